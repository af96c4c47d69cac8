import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { askedPauseMs, printPause, retryAfterMs } from '../../../src/shared/google/asked-pause.ts';

describe('retryAfterMs', () => {
  const now = Date.UTC(1994, 10, 6, 8, 49, 0);
  const rows: [string | null | undefined, number | undefined][] = [
    [undefined, undefined],
    [null, undefined],
    ['', undefined],
    ['  ', undefined],
    ['0', 0],
    ['3', 3000],
    [' 12 ', 12_000],
    ['Sun, 06 Nov 1994 08:49:37 GMT', 37_000],
    ['Sun, 06 Nov 1994 08:00:00 GMT', 0],
    ['soon', undefined],
  ];
  for (const [header, expected] of rows) {
    it(`reads ${JSON.stringify(header)}`, () => assert.equal(retryAfterMs(header, now), expected));
  }
});

describe('askedPauseMs', () => {
  const now = Date.parse('2023-03-07T18:00:00.000Z');
  const said = (message: unknown) => ({ headers: undefined, body: { error: { code: 429, message } } });
  const rows: [string, unknown, number | undefined][] = [
    ['the time in the words', 'User-rate limit exceeded.  Retry after 2023-03-07T18:03:15.961Z', 195_961],
    ['one of sending alone', 'User-rate limit exceeded.  Retry after 2023-03-07T18:00:09Z (Mail sending)', 9000],
    ['a time that is over', 'User-rate limit exceeded.  Retry after 2023-03-07T17:59:00.000Z', 0],
    ['no time', 'Too many concurrent requests for user', undefined],
    ['a time that is none', 'Retry after 2023-99-99T99:99:99Z', undefined],
    ['no words', undefined, undefined],
    ['words that are no text', { a: 1 }, undefined],
  ];
  for (const [name, message, expected] of rows) {
    it(`reads ${name}`, () => assert.equal(askedPauseMs(said(message), now), expected));
  }

  it('goes by the header where there is one', () => {
    const failure = { ...said('Retry after 2023-03-07T18:03:15.961Z'), headers: new Headers({ 'retry-after': '7' }) };
    assert.equal(askedPauseMs(failure, now), 7000);
  });

  it('reads a body that is no error', () => {
    for (const body of [undefined, null, '', 'Retry after 2023-03-07T18:03:15.961Z', {}]) {
      assert.equal(askedPauseMs({ headers: undefined, body }, now), undefined);
    }
  });
});

describe('a pause in words', () => {
  for (const [milliseconds, words] of [
    [0, '1 second'],
    [1001, '2 seconds'],
    [119_000, '119 seconds'],
    [195_961, '4 minutes'],
    [7_200_001, '3 hours'],
  ] as const) {
    it(`${milliseconds} ms is ${words}`, () => assert.equal(printPause(milliseconds), words));
  }
});
