import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createLogger, LOG_LEVELS, type LogLevel } from '../../../src/shared/log.ts';
import { Redactor } from '../../../src/shared/redact.ts';

const REFRESH = '1//0gExampleExampleExample-Ref_resh';
const ACCESS = 'ya29.a0Example-Access_Token.more';

describe('Redactor', () => {
  describe('values it was told of', () => {
    const secret = 'p@ss/wörd "quoted" +1';
    const redactor = new Redactor();
    redactor.learn(secret);
    for (const [name, spelling] of [
      ['as they are', secret],
      ['URL-encoded', encodeURIComponent(secret)],
      ['JSON-escaped', JSON.stringify(secret).slice(1, -1)],
    ] as const) {
      it(`are hidden ${name}, every time they occur`, () => {
        assert.equal(redactor.redact(`a ${spelling} b ${spelling} c`), 'a [hidden] b [hidden] c');
      });
    }

    it('are hidden without the blanks around them', () => {
      const trimmed = new Redactor();
      trimmed.learn('  opensesame\n');
      assert.equal(trimmed.redact('opensesame!'), '[hidden]!');
    });

    it('are hidden whole where one begins with another, in whichever order they were learned', () => {
      for (const order of [
        ['shorter', 'shorter-and-longer'],
        ['shorter-and-longer', 'shorter'],
      ]) {
        const both = new Redactor();
        both.learn(...order);
        assert.equal(both.redact('x shorter-and-longer y shorter z'), 'x [hidden] y [hidden] z');
      }
    });

    it('are taken as text, not as a pattern', () => {
      const dots = new Redactor();
      dots.learn('a.b.c.d+$&');
      assert.equal(dots.redact('a.b.c.d+$& aXbXcXd'), '[hidden] aXbXcXd');
    });

    it('leave ordinary text alone where they are blank, absent or very short', () => {
      const careless = new Redactor();
      careless.learn(undefined, '', '   ', 'a', 'token', '12345');
      assert.equal(careless.redact('a token of 12345 letters'), 'a token of 12345 letters');
      careless.learn('123456');
      assert.equal(careless.redact('123456'), '[hidden]');
    });
  });

  describe('values that look like one of Google’s', () => {
    const secrets: Record<string, string> = {
      'access token': ACCESS,
      'refresh token': REFRESH,
      'authorization code': '4/0AExampleExampleExampleExample',
      'client secret': 'GOCSPX-ExampleExample_Secret',
      'API key': 'AIzaSyExampleExampleExampleExample',
    };
    for (const [name, secret] of Object.entries(secrets)) {
      for (const frame of [(s: string) => s, (s: string) => `(${s})`, (s: string) => `{"x":"${s}"}`]) {
        it(`hides the ${name} in ${frame('…')}`, () => {
          assert.equal(new Redactor().redact(frame(secret)), frame('[hidden]'));
        });
      }
    }
  });

  describe('values in a telling place', () => {
    const rows: [string, string][] = [
      ['Authorization: Bearer abc.DEF_123-x~y/z==', 'Authorization: Bearer [hidden]'],
      ['authorization: bearer abc', 'authorization: bearer [hidden]'],
      ['{"access_token":"abc","n":1}', '{"access_token":"[hidden]","n":1}'],
      ['{"refresh_token" : "abc"}', '{"refresh_token" : "[hidden]"}'],
      ['{"client_secret":"abc"}', '{"client_secret":"[hidden]"}'],
      ['{"id_token":"a.b.c"}', '{"id_token":"[hidden]"}'],
      ['{"code_verifier":"abc"}', '{"code_verifier":"[hidden]"}'],
      ['{"google_access_token":"abc"}', '{"google_access_token":"[hidden]"}'],
      ['{"google_refresh_token":"abc"}', '{"google_refresh_token":"[hidden]"}'],
      ['{"google_client_secret":"abc"}', '{"google_client_secret":"[hidden]"}'],
      ['client_id=me&client_secret=abc&x=1', 'client_id=me&client_secret=[hidden]&x=1'],
      ['refresh_token=1%2F%2Fabc&grant_type=refresh_token', 'refresh_token=[hidden]&grant_type=refresh_token'],
      ['GET /tokeninfo?access_token=abc 200', 'GET /tokeninfo?access_token=[hidden] 200'],
      ['POST /revoke?token=abc', 'POST /revoke?token=[hidden]'],
      ['code_verifier=abc', 'code_verifier=[hidden]'],
    ];
    for (const [text, safe] of rows) {
      it(`turns ${text} into ${safe}`, () => assert.equal(new Redactor().redact(text), safe));
    }
  });

  for (const text of [
    'GET /gmail/v1/users/me/messages?pageToken=abc&maxResults=10 took 120 ms',
    'HTTP 401 authError: Request had invalid authentication credentials.',
    'Meet at 1/2 past 4/5, see https://example.com//path',
    '{"token_type":"Bearer","expires_in":3599,"scope":"a b"}',
    'invalid_grant: Token has been expired or revoked.',
    'page token missing; client secrets belong together',
    '',
  ]) {
    it(`leaves ordinary text as it is: ${text || '(nothing)'}`, () => assert.equal(new Redactor().redact(text), text));
  }
});

describe('createLogger', () => {
  const writeAll = (level: LogLevel | undefined): [LogLevel, string][] => {
    const written: [LogLevel, string][] = [];
    const sink = (at: LogLevel, line: string) => void written.push([at, line]);
    const log = level ? createLogger(sink, new Redactor(), level) : createLogger(sink, new Redactor());
    for (const at of LOG_LEVELS) log[at](`line of ${at}`);
    return written;
  };

  const rows: [LogLevel | undefined, LogLevel[]][] = [
    ['error', ['error']],
    ['warn', ['error', 'warn']],
    ['info', ['error', 'warn', 'info']],
    ['debug', ['error', 'warn', 'info', 'debug']],
    [undefined, ['error', 'warn', 'info']],
  ];
  for (const [level, expected] of rows) {
    it(`at ${level ?? 'no stated level'} writes ${expected.join(', ')}`, () => {
      assert.deepEqual(
        writeAll(level),
        expected.map((at) => [at, `line of ${at}`]),
      );
    });
  }

  it('hides secrets, also those learned after it was made', () => {
    const lines: string[] = [];
    const redactor = new Redactor();
    const log = createLogger((_, line) => void lines.push(line), redactor, 'debug');
    log.debug(`token ${ACCESS}`);
    redactor.learn('home-made-secret');
    log.error('told home-made-secret');
    assert.deepEqual(lines, ['token [hidden]', 'told [hidden]']);
  });
});
