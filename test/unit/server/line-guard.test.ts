import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { LineGuard, LONGEST_LINE, type RequestId } from '../../../src/server/mcp/line-guard.ts';

interface Passed {
  lines: string[];
  dropped: (RequestId | undefined)[];
}

/** Sends the chunks through a guard and collects what it lets pass. */
async function pass(chunks: readonly Uint8Array[], longest?: number): Promise<Passed> {
  const dropped: (RequestId | undefined)[] = [];
  const guard = new LineGuard((id) => void dropped.push(id), longest);
  for (const chunk of chunks) guard.write(chunk);
  guard.end();
  const pieces: Buffer[] = [];
  for await (const piece of guard as AsyncIterable<Buffer>) pieces.push(piece);
  const text = Buffer.concat(pieces).toString('utf8');
  if (text !== '') assert.ok(text.endsWith('\n'), 'it ends within a line');
  return { lines: text.split('\n').slice(0, -1), dropped };
}

/** The text in pieces of that many bytes, which may end inside a character. */
function cut(text: string, size: number): Buffer[] {
  const bytes = Buffer.from(text);
  const count = Math.ceil(bytes.length / size);
  return Array.from({ length: count }, (_, index) => bytes.subarray(index * size, (index + 1) * size));
}

const LINES = [
  '{"jsonrpc":"2.0","id":1,"method":"ping"}',
  '{"jsonrpc":"2.0","id":2,"method":"x","params":{"text":"Größe 日本 😀"}}',
  '',
  '  {"id":3}\r',
  'not JSON at all',
];
const TEXT = `${LINES.join('\n')}\n`;

describe('LineGuard', () => {
  for (const size of [1, 2, 3, 5, 7, 16, 41, 64, 10_000]) {
    it(`passes lines on unchanged, in chunks of ${size} bytes`, async () => {
      assert.deepEqual(await pass(cut(TEXT, size)), { lines: LINES, dropped: [] });
    });
  }

  it('passes each line on as soon as it is whole', () => {
    const guard = new LineGuard(() => undefined);
    guard.write('{"id":1}\n{"id":');
    assert.equal(String(guard.read()), '{"id":1}\n');
    assert.equal(guard.read(), null);
    guard.write('2}\n');
    assert.equal(String(guard.read()), '{"id":2}\n');
  });

  const long = 'x'.repeat(5000);
  const requests: [string, string, RequestId | undefined][] = [
    ['a number at the head', `{"jsonrpc":"2.0","id":17,"params":{"body":"${long}"}}`, 17],
    ['a number at the tail', `{"jsonrpc":"2.0","params":{"body":"${long}"},"id":18}`, 18],
    ['a text at the head', `{"id":"call-1","params":{"body":"${long}"}}`, 'call-1'],
    ['a text at the tail', `{"params":{"body":"${long}"},"id" : "call-2" }`, 'call-2'],
    ['zero', `{"id":0,"params":{"body":"${long}"}}`, 0],
    ['none, as in a notification', `{"method":"x","params":{"body":"${long}"}}`, undefined],
    ['none but one that stands inside a text', `{"params":{"body":"\\"id\\": 5 ${long}"}}`, undefined],
    ['none where it is null', `{"id":null,"params":{"body":"${long}"}}`, undefined],
    ['none in what is not JSON', long, undefined],
  ];
  for (const [name, request, id] of requests) {
    for (const size of [1, 100, 1024, 100_000]) {
      it(`drops a too long line and makes out its id: ${name}; chunks of ${size}`, async () => {
        const text = `${LINES[0]}\n${request}\n${LINES[1]}\n`;
        assert.deepEqual(await pass(cut(text, size), 3000), { lines: LINES.slice(0, 2), dropped: [id] });
      });
    }
  }

  it('drops several too long lines, each with its own id', async () => {
    const requestOf = (id: number) => `{"id":${id},"body":"${long}"}`;
    const text = [requestOf(1), 'short', requestOf(2), requestOf(3), 'end', ''].join('\n');
    assert.deepEqual(await pass(cut(text, 333), 3000), { lines: ['short', 'end'], dropped: [1, 2, 3] });
  });

  it('draws the line at exactly the longest, the line end counted', async () => {
    const ok = 'x'.repeat(99);
    assert.deepEqual(await pass([Buffer.from(`${ok}\n`)], 100), { lines: [ok], dropped: [] });
    assert.deepEqual(await pass([Buffer.from(`${ok}x\n`)], 100), { lines: [], dropped: [undefined] });
  });

  it('keeps no more of a too long line than its ends', async () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const guard = new LineGuard(() => undefined, 10_000);
    const memory: WeakRef<ArrayBufferLike>[] = [];
    for (let count = 0; count < 20; count += 1) {
      await new Promise((resolve) => {
        const chunk = Buffer.alloc(1024 * 1024, 'x');
        memory.push(new WeakRef(chunk.buffer));
        guard.write(chunk, resolve);
      });
    }
    // A weak reference holds on until the current job has ended.
    await new Promise((resolve) => setImmediate(resolve));
    collect();
    const kept = memory.filter((reference) => reference.deref() !== undefined).length;
    assert.ok(kept <= 2, `${kept} of 20 chunks`);
    guard.destroy();
  });

  it('by default takes a mail of 25 MB as base64', () => {
    assert.ok(LONGEST_LINE > (25 * 1024 * 1024 * 4) / 3 + 1024 * 1024);
  });

  it('says nothing of an unfinished last line', async () => {
    assert.deepEqual(await pass([Buffer.from('{"id":1}\n{"id":2')]), { lines: ['{"id":1}'], dropped: [] });
  });
});
