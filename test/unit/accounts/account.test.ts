import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Account, parseAccount } from '../../../src/accounts/account.ts';

const WHOLE: Account = {
  version: 1,
  email: 'Me@example.org',
  clientId: '1-abc.apps.googleusercontent.com',
  clientSecret: 'GOCSPX-secret',
  refreshToken: '1//refresh',
  scopes: ['https://www.googleapis.com/auth/gmail.modify'],
  level: 'draft',
  sandboxOrigin: 'http://127.0.0.1:40123',
  signedInAt: 1_900_000_000_000,
  endsAt: 1_900_604_799_000,
  defaultSince: 1_900_000_000_000,
};

describe('a stored account', () => {
  it('is read as it was stored', () => {
    assert.deepEqual(parseAccount(JSON.stringify(WHOLE)), WHOLE);
  });

  it('may lack the scopes, the stand-in, an end and the default’s mark', () => {
    const { version, email, clientId, clientSecret, refreshToken, level, signedInAt } = WHOLE;
    const least = { version, email, clientId, clientSecret, refreshToken, level, signedInAt };
    assert.deepEqual(parseAccount(JSON.stringify(least)), least);
  });

  it('allows everything where it is from before there were levels', () => {
    const { level: _, ...older } = WHOLE;
    assert.deepEqual(parseAccount(JSON.stringify(older)), { ...WHOLE, level: 'full' });
  });

  it('loses the blanks around its secrets', () => {
    const stored = { ...WHOLE, refreshToken: ' 1//refresh\n', clientSecret: '\tGOCSPX-secret\r\n' };
    assert.deepEqual(parseAccount(JSON.stringify(stored)), WHOLE);
  });

  it('is cut off at no place without being noticed', () => {
    const stored = JSON.stringify(WHOLE);
    for (let length = 0; length < stored.length; length += 1) {
      assert.equal(parseAccount(stored.slice(0, length)), undefined, `cut at ${length}`);
    }
  });

  for (const junk of ['', 'hello', 'null', '5', '"text"', '[]', '{}', `[${JSON.stringify(WHOLE)}]`]) {
    it(`is not ${junk.slice(0, 20) || 'an empty text'}`, () => {
      assert.equal(parseAccount(junk), undefined);
    });
  }

  const required = ['version', 'email', 'clientId', 'clientSecret', 'refreshToken', 'signedInAt'] as const;
  for (const field of required) {
    it(`is not one without ${field}, or with one of another type`, () => {
      for (const value of [undefined, null, true, {}, ['x']]) {
        assert.equal(parseAccount(JSON.stringify({ ...WHOLE, [field]: value })), undefined);
      }
    });
  }

  for (const field of ['clientId', 'clientSecret', 'refreshToken'] as const) {
    it(`is not one whose ${field} is blank, too long, or more than one plain word`, () => {
      for (const value of ['', ' ', 'a\nb', 'a\rb', 'a b', 'a\u0000b', 'a\u2028b', 'ä', 'x'.repeat(8193)]) {
        assert.equal(parseAccount(JSON.stringify({ ...WHOLE, [field]: value })), undefined, JSON.stringify(value));
      }
    });
  }

  const wrong: [string, object][] = [
    ['another version', { version: 2 }],
    ['a version in words', { version: '1' }],
    ['an address that is none', { email: 'x' }],
    ['an endless address', { email: `${'x'.repeat(320)}@example.org` }],
    ['scopes in one text', { scopes: 'gmail.modify' }],
    ['scopes that are numbers', { scopes: [1] }],
    ['a stand-in that is no URL', { sandboxOrigin: 'nowhere' }],
    ['a time in words', { signedInAt: '2026-01-01' }],
    ['a level that there is not', { level: 'owner' }],
    ['an end in words', { endsAt: 'Friday' }],
    ['a default’s mark that is no time', { defaultSince: true }],
  ];
  for (const [kind, change] of wrong) {
    it(`is not one with ${kind}`, () => {
      assert.equal(parseAccount(JSON.stringify({ ...WHOLE, ...change })), undefined);
    });
  }
});
