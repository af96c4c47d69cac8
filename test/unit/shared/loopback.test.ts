import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseLoopbackOrigin } from '../../../src/shared/google/loopback.ts';

describe('parseLoopbackOrigin', () => {
  const accepted: [string, string][] = [
    ['http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
    ['http://127.0.0.1:8080/', 'http://127.0.0.1:8080'],
    ['http://127.0.0.1', 'http://127.0.0.1'],
    ['http://localhost:3000', 'http://localhost:3000'],
    ['HTTP://LocalHost:3000', 'http://localhost:3000'],
    ['http://[::1]:9', 'http://[::1]:9'],
    ['https://[::1]', 'https://[::1]'],
    ['https://localhost', 'https://localhost'],
    ['  http://127.0.0.1:1  ', 'http://127.0.0.1:1'],
  ];
  for (const [value, origin] of accepted) {
    it(`accepts ${JSON.stringify(value)}`, () => assert.equal(parseLoopbackOrigin('SOME_URL', value), origin));
  }

  const refused: Record<string, RegExp> = {
    // Another host.
    'https://google.com': /host/,
    'http://0.0.0.0:8080': /host/,
    'http://[::]:8080': /host/,
    'http://192.168.0.1': /host/,
    'http://127.0.0.2': /host/,
    'http://127.0.0.1.evil.example': /host/,
    'http://localhost.evil.example': /host/,
    'http://localhost.': /host/,
    'http://evil-localhost': /host/,
    // Other spellings of this one, which the URL parser would take.
    'http://127.1': /host/,
    'http://2130706433': /host/,
    'http://0x7f.1': /host/,
    'http://0177.0.0.1': /host/,
    'http://127.0.0.1.': /host/,
    'http://[::ffff:127.0.0.1]': /host/,
    'http://[0:0:0:0:0:0:0:1]': /host/,
    'http://１２７.0.0.1': /host/,
    'http://127。0。0。1': /host/,
    'http://ｌocalhost': /host/,
    'http://%6cocalhost': /host/,
    'http://local\thost': /host/,
    'http:127.0.0.1': /host/,
    'http:\\\\127.0.0.1': /host/,
    // A user part.
    'http://user@127.0.0.1': /user part/,
    'http://user:password@localhost': /user part/,
    'http://127.0.0.1@evil.example': /user part/,
    'http://127.0.0.1:80@evil.example': /user part/,
    'http://@127.0.0.1': /user part/,
    // More than an origin.
    'http://127.0.0.1:8080/gmail': /more than a host/,
    'http://127.0.0.1:8080/?x=1': /more than a host/,
    'http://localhost/#x': /more than a host/,
    // Not the web.
    'file:///etc/passwd': /http or https/,
    'ftp://127.0.0.1': /http or https/,
    'javascript:alert(1)': /http or https/,
    'localhost:8080': /http or https/,
    // No URL at all.
    '127.0.0.1:8080': /not a URL/,
    'http://': /not a URL/,
    'http://127.0.0.1:99999': /not a URL/,
    '': /not a URL/,
  };
  for (const [value, reason] of Object.entries(refused)) {
    it(`refuses ${JSON.stringify(value)}`, () => {
      assert.throws(
        () => parseLoopbackOrigin('SOME_URL', value),
        (error) => {
          assert.ok(error instanceof TypeError);
          assert.match(error.message, /^SOME_URL /);
          assert.match(error.message, reason);
          assert.match(error.message, /http:\/\/127\.0\.0\.1:8080/);
          return true;
        },
      );
    });
  }

  it('does not repeat a password that the value may hold', () => {
    assert.throws(
      () => parseLoopbackOrigin('SOME_URL', 'http://user:hunter2@localhost'),
      (error) => error instanceof TypeError && !error.message.includes('hunter2'),
    );
  });
});
