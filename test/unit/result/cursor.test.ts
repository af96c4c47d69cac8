import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type CursorOwner, type CursorPlace, decodeCursor, encodeCursor } from '../../../src/result/cursor.ts';
import { problemOf } from '../support.ts';

const OWNER: CursorOwner = { kind: 'search', account: 'robin@example.org', query: 'from:ann is:unread' };
const CURSOR = encodeCursor(OWNER, { position: '0972', offset: 3 });

describe('a cursor', () => {
  const places: CursorPlace[] = [
    { offset: 0 },
    { offset: 12 },
    { position: '09876543210987654321', offset: 0 },
    { position: 'æ/+=\n"', offset: Number.MAX_SAFE_INTEGER },
    { position: '', offset: 1 },
  ];
  for (const place of places) {
    it(`leads back to ${JSON.stringify(place)}`, () => {
      const cursor = encodeCursor(OWNER, place);
      assert.match(cursor, /^[\w.-]+$/);
      assert.deepEqual(decodeCursor(cursor, OWNER), place);
      assert.deepEqual(decodeCursor(` ${cursor}\n`, OWNER), place);
    });
  }

  it('is the same each time, and tells neither the account nor the search', () => {
    assert.equal(CURSOR, encodeCursor(OWNER, { position: '0972', offset: 3 }));
    const plain = Buffer.from(CURSOR, 'base64url').toString();
    assert.doesNotMatch(plain, /robin|example|from:|ann/);
    assert.ok(CURSOR.length < 130, `${CURSOR.length} characters`);
  });

  /** One with a right checksum, whatever it holds: for that it has to be made by the same hand. */
  const forged = (place: unknown) => encodeCursor(OWNER, place as CursorPlace);
  const rows: [string, string, Partial<CursorOwner>, RegExp][] = [
    ['another tool', CURSOR, { kind: 'thread' }, /another tool/],
    ['another account', CURSOR, { account: 'lena@example.org' }, /another account/],
    ['another query', CURSOR, { query: 'from:bob' }, /other arguments/],
    ['an empty query', CURSOR, { query: '' }, /other arguments/],
    ['nothing', '', {}, /damaged/],
    ['a page token', '09876543210987654321', {}, /damaged/],
    ['one cut short', CURSOR.slice(0, -1), {}, /damaged/],
    ['one without its checksum', CURSOR.split('.')[0] ?? '', {}, /damaged/],
    ['one with more behind it', `${CURSOR}.x`, {}, /damaged/],
    ['one in other letters', CURSOR.toUpperCase(), {}, /damaged/],
    ['a long text', 'x'.repeat(1_000_000), {}, /damaged/],
    ['a place below zero', forged({ offset: -1 }), {}, /another version/],
    ['a place between two', forged({ offset: 1.5 }), {}, /another version/],
    ['a position that is no text', forged({ position: 7, offset: 0 }), {}, /another version/],
    ['no place', forged({}), {}, /another version/],
  ];
  for (const [name, cursor, owner, reason] of rows) {
    it(`is refused: ${name}`, async () => {
      const problem = await problemOf(() => decodeCursor(cursor, { ...OWNER, ...owner }));
      assert.equal(problem.code, 'cursor_wrong');
      assert.match(problem.explain('editor').why, reason);
    });
  }

  it('is refused with any one character changed', async () => {
    for (let index = 0; index < CURSOR.length; index += 1) {
      const changed = `${CURSOR.slice(0, index)}${CURSOR[index] === 'A' ? 'B' : 'A'}${CURSOR.slice(index + 1)}`;
      assert.equal((await problemOf(() => decodeCursor(changed, OWNER))).code, 'cursor_wrong', `at ${index}`);
    }
  });
});
