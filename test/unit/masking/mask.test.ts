import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { maskNames, maskRow, maskSecrets } from '../../../src/masking/mask.ts';
import { hide, shown } from './support.ts';

const CODE = '[one-time code hidden]';

describe('maskNames', () => {
  const rows: readonly [string, string][] = [
    ['"Your code is «482913»" <no-reply@bank.example>', 'Sign in'],
    ['«482913» <no-reply@bank.example>', 'Your verification code'],
    ['Ann <482913@bank.example>, 482914@bank.example, "«482915»" <a@b.example>', 'Your verification code'],
    ['Room 482913 <a@b.example>', 'Minutes of the choir'],
    ['Ann Example <ann@mail.example>', 'Your verification code'],
  ];
  for (const [row, context] of rows) {
    it(`keeps addresses and hides the codes of ${row}, beside "${context}"`, () => {
      assert.equal(maskNames(shown(row), context), hide(row, CODE));
    });
  }

  it('keeps a header of 10,000 people whole', () => {
    const header = Array.from({ length: 10_000 }, (_, n) => `P${n} <p${n}@mail.example>`).join(', ');
    assert.equal(maskNames(header, 'Your verification code'), header);
  });
});

describe('maskRow', () => {
  const hidden: readonly [string, string][] = [
    ['«123456» is your verification code', ''],
    ['Your code is «4821»', ''],
    ['Verification code Hi Robin, «482913» If you did not ask for this, do nothing. © 2026 Acme', ''],
    ['Hi Robin, enter «482913» to continue. Order 55120934', 'Your verification code'],
    ['«482 913» Gültig bis 10:30 Uhr', 'Ihr Sicherheitscode'],
    ['Sign in to Notes «AB3D-9KQ2» The Notes team', 'Your login code'],
    ['«482913»', 'Anna, here is the one-time password'],
  ];
  for (const [row, context] of hidden) {
    it(`hides ${row}, beside "${context}"`, () => {
      const { snippet } = maskRow({ from: '', subject: context, snippet: shown(row) });
      assert.equal(snippet, hide(row, CODE));
    });
  }

  it('hides links', () => {
    const snippet = 'Choose a new one: https://a.example/reset?token=Q2-7mZxT1nD0pW If not you, wait';
    const { subject, snippet: masked } = maskRow({ from: '', subject: 'Hello', snippet });
    assert.deepEqual([subject, masked], ['Hello', 'Choose a new one: [password-reset link hidden] If not you, wait']);
  });

  const stay: readonly [string, string][] = [
    ['Your order 12345678 has shipped', ''],
    ['Order 55120934: paid 23.60 EUR on 12 May 2026', 'Your verification code'],
    ['Minutes of 2026-05-12, 14 people, 2500 words', 'The choir'],
    ['Use code SAVE20 at checkout', 'Spring sale'],
    ['Call 0800 123 4567, card ending in 4821', 'About your security code'],
  ];
  for (const [line, context] of stay) {
    it(`keeps ${line}, beside "${context}"`, () => {
      assert.equal(maskRow({ from: '', subject: context, snippet: line }).snippet, line);
    });
  }
});

describe('maskSecrets', () => {
  const mask = (text: string, subject = 'Hello') => maskSecrets({ from: 'a@acme.example', subject, text });

  it('changes nothing the second time', () => {
    const pieces = [
      'Your verification code is ',
      '482913',
      ' 7FQK2Z ',
      '\n\n482 913\n\n',
      'code: ABCDEF',
      ', order 12345678',
      ' https://a.example/reset?token=Q2-7mZxT1nD0pW ',
      'Reset your password (https://t.example/r/Ab3dE9xK)',
      '\nHelp (https://t.example/r/Ab3dE9xL)\n',
      ' discount at checkout ',
      '. ',
      'x'.repeat(40),
      'paste this into your browser: https://t.example/Zz9qK4\n',
      '[one-time code hidden]',
      ' is your code',
      '\n1234\n',
    ];
    // A fixed linear congruential generator: the same texts in each run.
    let seed = 7;
    const next = (below: number) => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return Math.floor((seed / 2_147_483_648) * below);
    };
    for (let round = 0; round < 2_000; round++) {
      const text = Array.from({ length: 2 + next(10) }, () => pieces[next(pieces.length)]).join('');
      const subject = next(2) ? 'Your login code' : '482913 and more';
      const once = mask(text, subject);
      const twice = mask(once.text, once.subject);
      assert.deepEqual(twice, { ...once, count: 0 }, JSON.stringify(text));
    }
  });

  const long: readonly [string, string][] = [
    ['digits', '1'],
    ['digits and blanks', '1 '],
    ['codes', '482913 '],
    ['words and codes', 'code 482913 '],
    ['trigger words', 'verification code '],
    ['halves of trigger words', 'one-time sign in '],
    ['letters', 'a'],
    ['capitals with hyphens', 'AB3D-'],
    ['dots', 'a.'],
    ['blanks', ' '],
    ['line breaks', '\n'],
    ['lone codes', '482913\n'],
    ['links', 'https://a.example/reset?token=Q2-7mZxT1nD0pW '],
    ['one link', 'https://a.example/a/'],
    ['ends of links', 'reset your password ('],
    ['parentheses', '('],
    ['colons', 'a:'],
    ['Japanese', '認証コード'],
  ];
  for (const [name, piece] of long) {
    // A text of this length would never come to its end if the work grew faster than the text.
    it(`comes to an end with 300 KB of ${name}`, () => {
      const text = piece.repeat(Math.ceil(300_000 / piece.length));
      const masked = mask(text, 'Your verification code');
      assert.equal(masked.text.replace(/\[[\w- ]+ hidden\]/g, '').length <= text.length, true);
    });
  }

  it('hands back empty texts as they are', () => {
    assert.deepEqual(mask('', ''), { subject: '', text: '', count: 0 });
  });
});
