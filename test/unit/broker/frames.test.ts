import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { FrameChannel } from '../../../src/broker/frames.ts';

type Frame = Record<string, unknown>;
const LIMIT = 200;

describe('FrameChannel', () => {
  let folder: string;
  let server: Server;
  /** The channel's own end, and the other one. */
  let near: Socket;
  let far: Socket;
  let channel: FrameChannel;
  let frames: Frame[];
  let onFrame: (frame: Frame) => void;
  let hasClosed: Promise<unknown>;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'frames-'));
    server = createServer();
    server.listen(path.join(folder, 's'));
    const accepted = once(server, 'connection');
    far = connect(path.join(folder, 's'));
    // A cut connection may be reported as reset; what counts is that it is closed.
    far.on('error', () => undefined);
    [near] = (await accepted) as [Socket];
    hasClosed = once(near, 'close');
    [frames, onFrame] = [[], () => undefined];
    channel = new FrameChannel(near, LIMIT, (frame) => {
      frames.push(frame);
      onFrame(frame);
    });
  });
  afterEach(async () => {
    far.destroy();
    near.destroy();
    server.close();
    await rm(folder, { recursive: true, force: true });
  });

  const received = async (count: number) => {
    while (frames.length < count && !near.destroyed) await turn();
    return frames;
  };
  /** A frame of exactly so many bytes, without the line's end. */
  const frameOf = (bytes: number) => `{"x":"${'a'.repeat(bytes - '{"x":""}'.length)}"}`;

  it('reads many frames of one chunk, in order', async () => {
    const sent = Array.from({ length: 50 }, (_, id) => ({ id }));
    far.write(sent.map((frame) => `${JSON.stringify(frame)}\n`).join(''));
    assert.deepEqual(await received(50), sent);
  });

  it('reads a frame that comes byte by byte, through the middle of characters', async () => {
    const sent = [{ text: 'äöü 漢字 👩‍👩‍👧 é' }, { id: 2 }];
    const bytes = Buffer.from(sent.map((frame) => `${JSON.stringify(frame)}\n`).join(''));
    for (const [index, byte] of bytes.entries()) {
      far.write(Buffer.from([byte]));
      // So that no two bytes come in one chunk.
      while (near.bytesRead <= index && !near.destroyed) await turn();
    }
    assert.deepEqual(await received(2), sent);
  });

  it('keeps half a frame until the rest is there', async () => {
    const half = once(near, 'data');
    far.write('{"id":1}\n{"id"');
    await half;
    assert.deepEqual(frames, [{ id: 1 }]);
    far.write(':2}\n');
    assert.deepEqual(await received(2), [{ id: 1 }, { id: 2 }]);
  });

  it('sends each frame as one line, whatever its text', async () => {
    far.setEncoding('utf8');
    const frame = { text: 'one\ntwo\r\nthree\u2028four\u0000 漢' };
    channel.send(frame);
    channel.send({ id: 2 });
    let text = '';
    while (text.split('\n').length < 3) text += String((await once(far, 'data'))[0]);
    const lines = text.split('\n');
    assert.deepEqual([JSON.parse(lines[0] ?? ''), JSON.parse(lines[1] ?? ''), lines[2]], [frame, { id: 2 }, '']);
  });

  describe('cuts off a peer', () => {
    for (const junk of ['', 'hello', '{"id":', '[{"id":2}]', '[]', 'null', '5', '"text"', 'true', '{"id":2}{"id":3}']) {
      it(`that sends ${JSON.stringify(junk)}, and reads nothing after it`, async () => {
        far.write(`{"id":1}\n${junk}\n{"id":4}\n`);
        await hasClosed;
        assert.deepEqual(frames, [{ id: 1 }]);
      });
    }

    it('whose frame is a byte too long, but not before', async () => {
      far.write(`${frameOf(LIMIT)}\n`);
      assert.equal((await received(1)).length, 1);
      far.write(`${frameOf(LIMIT + 1)}\n`);
      await hasClosed;
      assert.equal(frames.length, 1);
    });

    it('that never ends its line', async () => {
      far.write('a'.repeat(LIMIT + 1));
      await hasClosed;
      assert.deepEqual(frames, []);
    });

    it('whose frame is too long in bytes, although it has few characters', async () => {
      far.write(`{"x":"${'漢'.repeat(LIMIT / 2)}"}\n{"id":2}\n`);
      await Promise.race([hasClosed, received(1)]);
      assert.deepEqual(frames, []);
    });

    it('that never reads, and holds little more than a mebibyte for it until then', async () => {
      far.pause();
      const frame = { text: 'x'.repeat(64 * 1024) };
      let most = 0;
      for (let count = 0; count < 2000 && !near.destroyed; count += 1) {
        channel.send(frame);
        if (!near.destroyed) most = Math.max(most, near.writableLength);
        await turn();
      }
      assert.ok(near.destroyed);
      assert.ok(most <= 1024 * 1024, `${most} bytes were waiting`);
    });
  });

  it('does not cut off a peer that reads, however much it is sent', async () => {
    const chunk = 'x'.repeat(200 * 1024);
    let read = 0;
    far.on('data', (data) => {
      read += data.length;
    });
    for (let count = 1; count <= 20; count += 1) {
      channel.send({ chunk });
      while (read < count * chunk.length && !near.destroyed) await turn();
    }
    assert.equal(near.destroyed, false);
    assert.equal(read, 20 * (JSON.stringify({ chunk }).length + 1));
  });

  it('reads longer frames once it is widened, from the very next one', async () => {
    onFrame = () => channel.widen(1000);
    far.write(`{"id":1}\n${frameOf(1000)}\n`);
    assert.equal((await received(2)).length, 2);
    far.write(`${frameOf(1001)}\n`);
    await hasClosed;
    assert.equal(frames.length, 2);
  });

  it('reads no frame after it was closed, and sends none', async () => {
    onFrame = () => channel.close();
    far.write('{"id":1}\n{"id":2}\n{"id":3}\n');
    await hasClosed;
    channel.send({ id: 4 });
    assert.deepEqual(frames, [{ id: 1 }]);
  });
});
