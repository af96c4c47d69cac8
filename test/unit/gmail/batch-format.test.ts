import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { holdsRefusal, readBatch, writeBatch } from '../../../src/gmail/connection/batch-format.ts';

const TYPE = 'multipart/mixed; boundary=b';

const part = (body: string, { id = '', status = '200 OK', headers = '' } = {}) =>
  `--b\r\nContent-Type: application/http\r\n${id && `Content-ID: ${id}\r\n`}\r\n` +
  `HTTP/1.1 ${status}\r\nContent-Type: application/json\r\n${headers}\r\n${body}\r\n`;
const whole = (...parts: string[]) => `${parts.join('')}--b--\r\n`;
const bodies = (text: string, count: number, type = TYPE) => readBatch(type, text, count).map((answer) => answer?.body);

describe('writeBatch', () => {
  it('writes whole requests with numbers', () => {
    const part = (id: number, target: string) =>
      `--x\r\nContent-Type: application/http\r\nContent-ID: <item-${id}>\r\n\r\nGET ${target} HTTP/1.1\r\n\r\n`;
    // The empty line that ends a request, then the line break that belongs to the delimiter.
    assert.equal(writeBatch(['/a', '/b?c=d'], 'x'), `${part(0, '/a')}\r\n${part(1, '/b?c=d')}\r\n--x--\r\n`);
  });
});

describe('readBatch', () => {
  const one = part('1', { id: '<response-item-0>' });
  const two = part('2', { id: '<response-item-1>' });
  const rows: [string, string, number, unknown[], string?][] = [
    ['in order', whole(one, two), 2, [1, 2]],
    ['in another order', whole(two, one), 2, [1, 2]],
    [
      'named without brackets',
      whole(part('2', { id: 'response-item-1' }), part('1', { id: 'response-item-0' })),
      2,
      [1, 2],
    ],
    ['without names', whole(part('1'), part('2')), 2, [1, 2]],
    ['named in part', whole(part('1'), two), 2, [1, 2]],
    ['for fewer calls than there were', whole(two), 2, [undefined, 2]],
    ['for more calls than there were', whole(one, two, part('3', { id: '<response-item-2>' })), 2, [1, 2]],
    ['named wrongly', whole(part('1', { id: '<response-item-99>' }), two), 2, [undefined, 2]],
    ['twice', whole(one, part('9', { id: '<response-item-0>' })), 2, [1, undefined]],
    ['with bare line feeds', whole(one, two).replaceAll('\r\n', '\n'), 2, [1, 2]],
    ['with a preamble and an epilogue', `Hello\r\n\r\n${whole(one)}${two}`, 2, [1, undefined]],
    ['without the end', one + two, 2, [1, 2]],
    ['cut off', whole(one, part('{"id": "1', { id: '<response-item-1>' })), 2, [1, undefined]],
    ['cut off in the head', `${one}--b\r\nContent-Type: app`, 2, [1, undefined]],
    ['with a quoted boundary', whole(one), 1, [1], 'Multipart/Mixed; charset=x; boundary="b"'],
    ['with another boundary', whole(one), 1, [undefined], 'multipart/mixed; boundary=c'],
    ['with a boundary that it only begins with', whole(one), 1, [undefined], 'multipart/mixed; boundary=-b'],
    ['without a boundary', whole(one), 1, [undefined], 'multipart/mixed'],
    ['of another type', '{}', 1, [undefined], 'application/json'],
    ['empty', '', 2, [undefined, undefined]],
    ['with the delimiter in a text', whole(part('"--b--"', { id: '<response-item-0>' }), two), 2, ['--b--', 2]],
    ['with a longer delimiter', whole(part('1\r\n--bcd\r\n', { id: '<response-item-0>' }), two), 2, [undefined, 2]],
  ];
  for (const [name, text, count, expected, type] of rows) {
    it(`reads answers ${name}`, () => assert.deepEqual(bodies(text, count, type), expected));
  }

  it('reads the status and the headers of a failed call, whatever its body', () => {
    const failed = part('<html>', { status: '429 Too Many Requests', headers: 'Retry-After: 7\r\nbad header\r\n' });
    const [answer] = readBatch(TYPE, whole(failed), 1);
    assert.equal(answer?.status, 429);
    assert.equal(answer?.headers?.get('retry-after'), '7');
    assert.equal(answer?.body, undefined);
  });

  it('is done soon with a long answer', { timeout: 5000 }, () => {
    const long = `${'--b'.repeat(300_000)}\n${'\r\n--b \t'.repeat(100_000)}`;
    assert.deepEqual(bodies(long, 2), [undefined, undefined]);
  });
});

describe('holdsRefusal', () => {
  it('sees status lines alone', () => {
    assert.equal(holdsRefusal(whole(part('1'), part('{}', { status: '401 Unauthorized' }))), true);
    assert.equal(holdsRefusal(whole(part('{"snippet": "\\nHTTP/1.1 401 Unauthorized"}'))), false);
  });
});
