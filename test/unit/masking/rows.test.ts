import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { maskFields, maskRow } from '../../../src/masking/mask.ts';
import { hide, shown } from './support.ts';

const HIDDEN = '[one-time code hidden]';
const from = 'Service <noreply@acme.example>';

/** Texts, with their line breaks; a snippet has blanks instead. */
const CODES: readonly [string, string][] = [
  ['Signing in', 'To sign in, enter these digits on the site\n\n«71 30 58»'],
  ['Almost there', 'Finish logging in with\n\n«730158»'],
  ['Hello', 'Hi Robin,\n\n«730158»\n\nNot you? You can ignore this mail safely.'],
  ['Hello', 'Your confirmation code is below.\n\n«WKZ-QVB»\n\nThe Acme team'],
  ['Hello', 'Your confirmation code is below.\n\n«WKZQVB»'],
  ['Hello', 'Your login code is below.\n\n«misty-blue-heron»\n\nNot you?'],
  ['Hello', 'Your recovery codes\n\n«73015821»\n«44093176»\n«90127735»'],
  ['ログイン', 'ログインするには以下の数字を入力してください。\n\n«7301 5829»'],
  ['Вход', 'Чтобы войти, введите эти цифры\n\n«73015»\n\nНикому их не сообщайте.'],
  ['Anmeldung', 'Geben Sie zum Anmelden diese Ziffern ein\n\n«730158»'],
  ['登录', '请输入以下数字登录。\n\n«730158»'],
];

const READABLE: readonly [string, string][] = [
  ['Standup', 'Meeting ID: 936 1234 5678\nPasscode: 550193'],
  ['ACME-5501: Password reset mail is not sent', 'Ann commented on it.'],
  ['Training', 'Our security code of conduct, version 2026. 1500 people signed in to the training.'],
  ['Re: OTP design', 'RFC 6238 says 30 seconds. See section 5501.'],
  ['Episode 1305: passcodes and people', 'A new one is out.'],
  ['Your parcel', 'Tracking number 5501938. Thank you'],
  ['Invoice', 'Invoice 5501938 is due. The login is at the top.'],
];

const flat = (text: string) => text.replace(/\n+/g, ' ');

describe('a row', () => {
  for (const [subject, text] of CODES) {
    it(`hides what its message hides: ${JSON.stringify(text)}`, () => {
      const message = maskFields({ from, subject, text: shown(text), snippet: flat(shown(text)) });
      assert.equal(message.text, hide(text, HIDDEN));
      assert.equal(message.snippet, hide(flat(text), HIDDEN));
      assert.equal(maskRow({ from, subject, snippet: flat(shown(text)) }).snippet, hide(flat(text), HIDDEN));
    });
  }

  for (const [subject, text] of READABLE) {
    it(`shows what its message shows: ${subject}: ${JSON.stringify(text)}`, () => {
      assert.equal(maskFields({ from, subject, text, snippet: flat(text) }).snippet, flat(text));
      const row = maskRow({ from, subject, snippet: flat(text) });
      assert.deepEqual([row.subject, row.snippet, row.count], [subject, flat(text), 0]);
    });
  }

  it('hides in the subject what the snippet gives away, and the other way round', () => {
    const row = maskRow({ from, subject: '[730158] Acme', snippet: 'Your verification code is 730158' });
    assert.deepEqual([row.subject, row.snippet], [`[${HIDDEN}] Acme`, `Your verification code is ${HIDDEN}`]);
    assert.equal(
      maskRow({ from, subject: 'Your login code is 730158', snippet: 'Use 730158 now' }).snippet,
      `Use ${HIDDEN} now`,
    );
  });

  it('reads the cells of a table on after one another', () => {
    const snippet = 'Verification code Expires 730158 10 minutes';
    assert.equal(maskRow({ from, subject: 'Hi', snippet }).snippet, `Verification code Expires ${HIDDEN} 10 minutes`);
  });

  it('hides in a snippet what only the rest of the text tells', () => {
    const text = 'Welcome. 730158 it is.\n\nYour verification code is 730158.';
    assert.equal(
      maskFields({ from, subject: 'Hi', text, snippet: 'Welcome. 730158 it is.' }).snippet,
      `Welcome. ${HIDDEN} it is.`,
    );
  });
});
