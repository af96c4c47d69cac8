import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { describe, it } from 'node:test';
import { asBytes, withBoundedTexts } from '../../../src/gmail/connection/bounded-answer.ts';

type Adapter = ReturnType<typeof asBytes>;

/** What an adapter makes of an answer that comes in pieces. */
async function answered(adapter: Adapter, json: string, { ok = true, piece = 60_000 } = {}): Promise<unknown> {
  const bytes = Buffer.from(json);
  const pieces = Array.from({ length: Math.ceil(bytes.length / piece) }, (_, n) =>
    bytes.subarray(n * piece, (n + 1) * piece),
  );
  // The part of the HTTP library that an adapter uses.
  const send = async () => ({ ok, data: Readable.from(pieces) });
  const options = {} as Parameters<Adapter>[0];
  return (await adapter(options, send as unknown as Parameters<Adapter>[1])).data;
}

/** As much base64 as 2 MB of text make. */
const LONGEST = Math.ceil((2 * 1024 * 1024 * 4) / 3);
const message = (...values: string[]) =>
  JSON.stringify({ snippet: 'Grüße 🎉', parts: values.map((data) => ({ body: { size: 1, data } })) });
const lengths = (json: unknown): number[] =>
  JSON.parse(String(json)).parts.map(({ body }: { body: { data: string } }) => body.data.length);

describe('withBoundedTexts', () => {
  it('changes nothing in an answer that is not too long, wherever its bytes are cut', async () => {
    const json = message('QUJD', 'x'.repeat(100));
    for (const piece of [1, 2, 3, 50]) assert.equal(await answered(withBoundedTexts(1), json, { piece }), json);
  });

  it('leaves out a text that is too long to be read, and no other', async () => {
    const json = message('QUJD', 'x'.repeat(LONGEST + 1), 'Wg');
    assert.deepEqual(lengths(await answered(withBoundedTexts(25), json)), [4, 0, 2]);
  });

  it('leaves out the longest where all together are too long', async () => {
    const [half, third] = [Math.floor(LONGEST / 2), Math.floor(LONGEST / 3)];
    const json = message('x'.repeat(third), 'y'.repeat(half), 'QUJD', 'z'.repeat(third));
    assert.deepEqual(lengths(await answered(withBoundedTexts(1), json)), [third, 0, 4, third]);
    assert.deepEqual(lengths(await answered(withBoundedTexts(2), json)), [third, half, 4, third]);
  });

  it('reads a refusal as JSON', async () => {
    assert.deepEqual(await answered(withBoundedTexts(1), '{"error":{"code":403}}', { ok: false }), {
      error: { code: 403 },
    });
    assert.equal(await answered(withBoundedTexts(1), '<html>Bad gateway', { ok: false }), '<html>Bad gateway');
  });
});

describe('asBytes', () => {
  for (const padding of ['=', '\\u003d']) {
    it(`reads padding that comes as ${padding}`, async () => {
      for (const size of [1, 2, 3, 100]) {
        const bytes = randomBytes(size);
        const value = bytes.toString('base64').replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', padding);
        for (const piece of [1, 2, 5, 60_000]) {
          assert.deepEqual(await answered(asBytes(size), `{"data":"${value}","size":1}`, { piece }), bytes);
        }
      }
    });
  }

  for (const size of [0, 1, 2, 3, 4, 1000, 100_001]) {
    const bytes = randomBytes(size);
    const json = JSON.stringify({ size, data: bytes.toString('base64url') });
    for (const said of [size, 0, 10, 1_000_000]) {
      it(`gives the bytes of a file of ${size} that says it has ${said}`, async () => {
        for (const piece of [1, 7, 60_000]) {
          if (piece === 1 && size > 1000) continue;
          assert.deepEqual(await answered(asBytes(said), json, { piece }), bytes);
        }
      });
    }
  }

  it('takes no file that is cut off, and no page, for a whole one', async () => {
    const json = JSON.stringify({ attachmentId: 'a', size: 300, data: randomBytes(300).toString('base64url') });
    for (const cut of [
      '',
      '<html>Welcome</html>',
      'null',
      ...[10, 30, 200, json.length - 1].map((at) => json.slice(0, at)),
    ])
      for (const piece of [1, 60_000])
        await assert.rejects(answered(asBytes(300), cut, { piece }), { code: 'ERR_ANSWER_CUT' }, cut);
    assert.deepEqual(await answered(asBytes(0), '{"size":0}\n'), Buffer.alloc(0));
  });

  it('reads a refusal as JSON', async () => {
    assert.deepEqual(await answered(asBytes(5), '{"error":{"code":404}}', { ok: false }), { error: { code: 404 } });
  });
});
