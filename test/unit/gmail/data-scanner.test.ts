import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { DataScanner } from '../../../src/gmail/connection/data-scanner.ts';

/** What a scanner makes of the pieces of a text. */
function scan(pieces: readonly string[]) {
  const found = { text: '', values: [] as string[] };
  let value = '';
  const scanner = new DataScanner({
    text: (piece) => {
      found.text += piece;
    },
    data: (piece) => {
      value += piece;
    },
    end: () => {
      found.values.push(value);
      value = '';
    },
  });
  for (const piece of pieces) scanner.push(piece);
  scanner.end();
  return { ...found, unfinished: value };
}

describe('DataScanner', () => {
  const json = JSON.stringify(
    {
      snippet: 'says "data": "no value" and \\"data":',
      body: { size: 3, data: 'QUJD-_' },
      parts: [{ body: { data: '' } }, { body: { data: 'Wg' }, database: 'data' }],
      end: 'data',
    },
    undefined,
    1,
  );
  const expected = { text: json.replace('QUJD-_', '').replace('Wg', ''), values: ['QUJD-_', '', 'Wg'], unfinished: '' };

  it('parts the values from the text around them', () => assert.deepEqual(scan([json]), expected));

  it('does so wherever the text is cut into pieces', () => {
    for (let at = 0; at <= json.length; at += 1)
      assert.deepEqual(scan([json.slice(0, at), json.slice(at)]), expected, `cut at ${at}`);
    for (const size of [1, 2, 3, 7, 31]) {
      const pieces = json.match(new RegExp(`[\\s\\S]{1,${size}}`, 'g')) ?? [];
      assert.deepEqual(scan(pieces), expected, `pieces of ${size}`);
    }
  });

  it('leaves a value unfinished whose end is missing', () => {
    assert.deepEqual(scan(['{"data":"QU', 'JD']), { text: '{"data":"', values: [], unfinished: 'QUJD' });
  });
});
