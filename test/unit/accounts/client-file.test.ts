import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkClient, clientIdFault, parseClientFile, secretFault } from '../../../src/accounts/client-file.ts';
import { problemOf } from '../support.ts';

const ID = '123456-abc_def.apps.googleusercontent.com';
const SECRET = 'GOCSPX-the_secret';
const API_KEY = 'AIzaSyA-1234567890abcdefghijklmnopqrstu';
const CLIENT = {
  client_id: ID,
  project_id: 'my-project',
  auth_uri: 'https://accounts.google.com/o/oauth2/auth',
  token_uri: 'https://oauth2.googleapis.com/token',
  auth_provider_x509_cert_url: 'https://www.googleapis.com/oauth2/v1/certs',
  client_secret: SECRET,
  redirect_uris: ['http://localhost'],
};
const GOOGLES = { clientId: ID, clientSecret: SECRET, sandboxOrigin: undefined };

const installed = (change: object = {}) => JSON.stringify({ installed: { ...CLIENT, ...change } });
const web = (redirect_uris: unknown) => JSON.stringify({ web: { ...CLIENT, redirect_uris } });

/** Why the file is refused. Fails the test where it is taken, or where the words tell the secret. */
async function refusalOf(text: string): Promise<string> {
  const problem = await problemOf(() => parseClientFile(text));
  assert.equal(problem.code, 'client_file_wrong');
  const words = JSON.stringify([problem.toWire(), problem.explain('person')]);
  for (const secret of [SECRET, API_KEY]) assert.ok(!words.includes(secret));
  return problem.explain('person').why;
}

describe('the client file', () => {
  const taken: [string, string][] = [
    ['of a desktop app', installed()],
    ['of a desktop app without redirects', installed({ redirect_uris: undefined })],
    ['without a token endpoint', installed({ token_uri: undefined })],
    ['with the older token endpoint', installed({ token_uri: 'https://accounts.google.com/o/oauth2/token' })],
    ['with another of Google’s endpoints', installed({ token_uri: 'https://www.googleapis.com/oauth2/v4/token' })],
    ['with a byte order mark', `\ufeff${installed()}`],
    ['with blanks around it', `\r\n  ${installed()}\n\n`],
    ['with blanks around id and secret', installed({ client_id: ` ${ID}\n`, client_secret: `\t${SECRET}\r\n` })],
    ['laid out over lines', JSON.stringify(JSON.parse(installed()), null, 4)],
    ['of a web client that redirects to localhost', web(['https://example.org/cb', 'http://localhost:8080/cb'])],
    ['of a web client that redirects to 127.0.0.1', web(['http://127.0.0.1'])],
    ['of a web client that redirects to [::1]', web(['http://[::1]:5000/'])],
    [
      'with both kinds, of which the desktop app counts',
      JSON.stringify({ installed: CLIENT, web: { ...CLIENT, client_id: 'x' } }),
    ],
  ];
  for (const [kind, text] of taken) {
    it(`is taken ${kind}`, () => {
      assert.deepEqual(parseClientFile(text), GOOGLES);
    });
  }

  const refused: [string, string, RegExp][] = [
    ['empty', '', /empty/],
    ['blank', ' \n\t', /empty/],
    ['nothing but a byte order mark', '\ufeff', /empty/],
    ['an API key', API_KEY, /API key/],
    ['an API key with a line’s end', `\n${API_KEY}\n`, /API key/],
    ['an API key in JSON', JSON.stringify({ key: API_KEY }), /no OAuth client/],
    ['an API key in place of the id', installed({ client_id: API_KEY }), /API key/],
    ['an API key in place of the secret', installed({ client_secret: API_KEY }), /API key/],
    ['cut off', installed().slice(0, -20), /cut off/],
    ['no JSON', '<html><title>Sign in</title></html>', /not JSON/],
    ['far too long', `${installed()}${' '.repeat(10)}`.padStart(200_000, '[') /* not trimmed */, /too long/],
    ['an array', `[${installed()}]`, /not a client file of Google Cloud/],
    ['nested arrays', `${'['.repeat(40_000)}${']'.repeat(40_000)}`, /not a client file of Google Cloud/],
    ['null', 'null', /not a client file of Google Cloud/],
    ['a number', '5', /not a client file of Google Cloud/],
    ['a text', '"installed"', /not a client file of Google Cloud/],
    ['an empty object', '{}', /no OAuth client/],
    ['a client that is null', '{"installed":null}', /not a client file of Google Cloud/],
    ['a client in an array', JSON.stringify({ installed: [CLIENT] }), /not a client file of Google Cloud/],
    ['a client without a secret', installed({ client_secret: undefined }), /not a client file of Google Cloud/],
    ['a client whose secret is a number', installed({ client_secret: 5 }), /not a client file of Google Cloud/],
    [
      'a service account',
      JSON.stringify({ type: 'service_account', client_id: '1', private_key: SECRET }),
      /service account/,
    ],
    [
      'default credentials',
      JSON.stringify({ type: 'authorized_user', client_id: ID, client_secret: SECRET, refresh_token: '1//x' }),
      /application default credentials/,
    ],
    ['workload identity', JSON.stringify({ type: 'external_account' }), /workload identity/],
    ['a web client without redirects', web(undefined), /web client/],
    ['a web client that redirects elsewhere', web(['https://example.org/cb', 'http://192.168.0.1/']), /web client/],
    [
      'a web client that redirects to a look-alike',
      web(['http://localhost.evil.example/', 'http://127.0.0.1.evil.example', 'http://127.0.0.11/']),
      /web client/,
    ],
    ['a web client with an https redirect to this computer', web(['https://localhost/']), /web client/],
    ['an id with a blank inside', installed({ client_id: ID.replace('-', ' ') }), /client id/],
    ['an id with a line break inside', installed({ client_id: ID.replace('-', '\n') }), /client id/],
    ['an id of something else', installed({ client_id: 'my-client' }), /client id/],
    ['an id of a service account', installed({ client_id: 'x@my-project.iam.gserviceaccount.com' }), /service account/],
    ['a blank secret', installed({ client_secret: ' ' }), /client secret is blank/],
    ['a secret with a blank inside', installed({ client_secret: `${SECRET} x` }), /client secret/],
    ['a secret with a line break inside', installed({ client_secret: `${SECRET}\r\nX-Header: 1` }), /client secret/],
    ['a secret that is endless', installed({ client_secret: 'x'.repeat(8193) }), /client secret/],
  ];
  for (const [kind, text, why] of refused) {
    it(`is refused where it is ${kind}`, async () => {
      assert.match(await refusalOf(text), why);
    });
  }

  describe('decides where the credentials go', () => {
    for (const [uri, origin] of [
      ['http://127.0.0.1:40123/token', 'http://127.0.0.1:40123'],
      ['http://localhost:8080/token', 'http://localhost:8080'],
      ['http://[::1]:8080/token', 'http://[::1]:8080'],
    ]) {
      it(`to the stand-in on this computer: ${uri}`, () => {
        assert.deepEqual(parseClientFile(installed({ token_uri: uri })), { ...GOOGLES, sandboxOrigin: origin });
      });
    }

    for (const uri of [
      'https://evil.example/token',
      'https://oauth2.googleapis.com.evil.example/token',
      'https://evil.example/https://oauth2.googleapis.com/token',
      'https://evil.example#https://oauth2.googleapis.com/',
      'https://oauth2.googleapis.com@evil.example/token',
      'https://oauth2.googleapis.com:token@evil.example/',
      'https://oauth2-googleapis.com/token',
      'https://oauth2xgoogleapis.com/token',
      'https://evil.googleapis.com/token',
      'http://oauth2.googleapis.com/token',
      'http://127.0.0.1.evil.example/token',
      'http://localhost.evil.example/token',
      'http://user@127.0.0.1/token',
      'http://2130706433/token',
      'http://127.1/token',
      'http://127.0.0.1:8080/other/token',
      'http://127.0.0.1:8080/token?x=1',
      'http://192.168.0.1/token',
      'file:///token',
      'token',
      '',
    ]) {
      it(`and not to ${uri || 'nowhere'}`, async () => {
        assert.match(await refusalOf(installed({ token_uri: uri })), /token_uri/);
      });
    }
  });
});

describe('what is typed', () => {
  it('is taken as a client, without the blanks around it', () => {
    assert.deepEqual(checkClient(` ${ID} `, `${SECRET}\n`), { clientId: ID, clientSecret: SECRET });
  });

  it('is refused with the id’s fault first', async () => {
    const problem = await problemOf(() => checkClient('my-client', ''));
    assert.equal(problem.code, 'client_file_wrong');
    assert.match(problem.explain('person').why, /client id/);
    assert.match((await problemOf(() => checkClient(ID, ''))).explain('person').why, /client secret is blank/);
  });

  const ids: [string, RegExp | undefined][] = [
    [ID, undefined],
    [` ${ID}\n`, undefined],
    ['1234.apps.googleusercontent.com', undefined],
    ['', /client id/],
    ['.apps.googleusercontent.com', /client id/],
    [`${ID}.evil.example`, /client id/],
    [ID.replaceAll('.', 'x'), /client id/],
    [`https://${ID}`, /client id/],
    [`${ID} ${ID}`, /client id/],
    [API_KEY, /API key/],
    ['robot@p.iam.gserviceaccount.com', /service account/],
  ];
  for (const [text, fault] of ids) {
    it(`is ${fault ? 'no' : 'a'} client id: ${JSON.stringify(text)}`, () => {
      if (fault) assert.match(clientIdFault(text) ?? '', fault);
      else assert.equal(clientIdFault(text), undefined);
    });
  }

  const secrets: [Parameters<typeof secretFault>[0], string, RegExp | undefined][] = [
    ['client secret', SECRET, undefined],
    ['client secret', ` ${SECRET}\n`, undefined],
    // Nothing keeps a secret from looking like an access token.
    ['client secret', 'ya29.secret', undefined],
    ['client secret', 'x'.repeat(8192), undefined],
    ['client secret', '', /client secret is blank/],
    ['client secret', '\n', /client secret is blank/],
    ['client secret', API_KEY, /API key, not a client secret/],
    ['client secret', 'two words', /client secret has/],
    ['client secret', 'two\nlines', /client secret has/],
    ['refresh token', '1//0abc-DEF_ghi', undefined],
    ['refresh token', ' 1//0abc\r\n', undefined],
    ['refresh token', '', /refresh token is blank/],
    ['refresh token', API_KEY, /API key, not a refresh token/],
    ['refresh token', 'ya29.a0Abc', /access token/],
    ['refresh token', ' ya29.a0Abc', /access token/],
    ['refresh token', '1//0a\tb', /refresh token has/],
    ['refresh token', '1//0a\u00a0b', /refresh token has/],
    ['refresh token', '1//0a\u200bb', /refresh token/],
  ];
  for (const [what, text, fault] of secrets) {
    it(`is ${fault ? 'no' : 'a'} ${what}: ${JSON.stringify(text).slice(0, 30)}`, () => {
      if (fault) assert.match(secretFault(what, text) ?? '', fault);
      else assert.equal(secretFault(what, text), undefined);
    });
  }
});
