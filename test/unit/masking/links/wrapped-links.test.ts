import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { maskRow, maskSecrets } from '../../../../src/masking/mask.ts';
import { hide, shown } from '../support.ts';

const RESET = '[password-reset link hidden]';
const SIGN_IN = '[sign-in link hidden]';

const HIDDEN: readonly [string, string][] = [
  [
    RESET,
    'Reset your password:\n\n«https://acme.example/accounts/password/reset/confirm/Mg/b7x4wp-9Qz2LkTv8n\nHd3RmYc6Ws1Jf5Gb0aE/»\n\nThe Acme team',
  ],
  [RESET, 'Passwort zurücksetzen:\n<«https://acme.example/passwort/neu?nutzer=robin\n&schluessel=9Qz2LkTv8nHd3Rm»>\n'],
  [RESET, '> Réinitialiser le mot de passe :\n> «https://acme.example/r?t=\n> 9Qz2LkTv8nHd3Rm»\n> À bientôt'],
  [
    SIGN_IN,
    `Log in: «https://click.acme.example/ls/click?upn=u001.9Qz2LkTv8nHd3RmYc6Ws1Jf5G\n${'b0aE7Kp4Xv'.repeat(6)}\nZz9yT4uQ1»\nBye`,
  ],
  [SIGN_IN, '«https://acme.example/login?token=9Qz2LkTv8n\nHd3RmYc6»\n'],
  [SIGN_IN, '«https://acme.example/login?token=9Qz2LkTv8n \nHd3RmYc6Ws»\n'],
  [SIGN_IN, 'DESCRIPTION:Sign in here: «https://acme.example/l/9Qz2LkTv8n\n Hd3RmYc6Ws»\nEND:VEVENT\n'],
];

const STAY: readonly string[] = [
  'https://acme.example/login\n\nRobin\n',
  'https://acme.example/forgot-password\nAnn\n',
  'https://news.example/a?id=9Qz2LkTv8nHd3Rm\nhttps://news.example/b?id=Yc6Ws1Jf5Gb0aE\n',
];

describe('links that are wrapped', () => {
  for (const [placeholder, row] of HIDDEN) {
    it(`are hidden whole: ${JSON.stringify(row).slice(0, 100)}`, () => {
      const masked = maskSecrets({ from: 'a@acme.example', subject: 'Hello', text: shown(row) });
      assert.equal(masked.text, hide(row, placeholder));
    });
  }

  for (const text of STAY) {
    it(`end at the end of their line: ${JSON.stringify(text)}`, () => {
      assert.equal(maskSecrets({ from: 'a@acme.example', subject: 'Hello', text }).text, text);
    });
  }

  it('do not swallow a code below them', () => {
    const row = 'Your code for https://acme.example/page?id=9Qz2LkTv8n\n«482913»\n';
    const { text } = maskSecrets({ from: 'a@acme.example', subject: 'Sign in', text: shown(row) });
    assert.equal(text, hide(row, '[one-time code hidden]'));
  });

  it('are hidden where a snippet runs their lines together', () => {
    const rows = [
      'Sign in here: «https://acme.example/login?token=9Qz2LkTv8n Hd3RmYc6Ws» Bye',
      '> Sign in: > «https://acme.example/x?mail=robin%40oak.example > &token=9Qz2LkTv8nHd3Rm» > Bye',
    ];
    for (const row of rows) {
      const { snippet } = maskRow({ from: '', subject: '', snippet: shown(row) });
      assert.equal(snippet, hide(row, SIGN_IN));
    }
  });

  it('come to an end where there are many', () => {
    const text = 'https://acme.example/login?token=9Qz2LkTv8n\n'.repeat(8_000) + 'Hd3RmYc6Ws\n'.repeat(30_000);
    assert.ok(maskSecrets({ from: '', subject: '', text }).count > 0);
  });
});
