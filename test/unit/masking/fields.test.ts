import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { maskFields, maskSecrets } from '../../../src/masking/mask.ts';

const HIDDEN = '[one-time code hidden]';
const DAY = 86_400_000;

describe('maskFields', () => {
  const mail = { from: 'Bank <no-reply@bank.example>', subject: 'Your sign-in code', text: 'It is 482913.' };

  it('hides in each field what another one gives away', () => {
    const masked = maskFields({
      from: '"482913" <no-reply@bank.example>',
      subject: 'Your sign-in code is 482913',
      text: 'Hello Robin',
      lines: ['Summary: call the bank (482913)', 'Where: room 4821, 10115 Berlin'],
      files: ['482913.txt', 'invoice-20260512.pdf'],
    });
    assert.deepEqual(masked, {
      from: `"${HIDDEN}" <no-reply@bank.example>`,
      subject: `Your sign-in code is ${HIDDEN}`,
      text: 'Hello Robin',
      views: [],
      snippet: '',
      lines: [`Summary: call the bank (${HIDDEN})`, 'Where: room 4821, 10115 Berlin'],
      files: [`${HIDDEN}.txt`, 'invoice-20260512.pdf'],
      count: 4,
      secrets: new Set(['482913']),
    });
  });

  it('hides a code above a folded quote that says what it is', () => {
    const [own, quote] = ['7392', 'On Monday Robin wrote:\n> What is the security code that they sent you?'];
    const from = 'Ann Reed <ann@reed.example>';
    const masked = maskFields({ from, subject: 'Re: bank', text: `${own}\n\n${quote}`, views: [own] });
    assert.deepEqual(masked.views, [HIDDEN]);
  });

  it('keeps the Date header of a mail with a code', () => {
    const lines = ['Tue, 12 May 2026 09:00:00 +0200', 'Tue, 12 May 2026 19:20:40 GMT'];
    assert.deepEqual(maskFields({ ...mail, lines }).lines, lines);
  });

  it('hides a code in place of the date', () => {
    assert.deepEqual(maskFields({ ...mail, lines: ['Your code: 482913'] }).lines, [`Your code: ${HIDDEN}`]);
  });

  it('keeps the names of files in which nothing is hidden as they are', () => {
    const files = ['IMG_20260504.jpg', 'scan-4821_b.pdf', 'no ending', '.env', 'a.b.c'];
    assert.deepEqual(maskFields({ from: 'a@b.example', subject: 'Files', text: '', files }).files, files);
  });
});

describe('the age of a mail', () => {
  const bare = { from: 'Lena <hello@lena.example>', subject: 'Lena', text: 'Type this within 10 minutes:\n\n440182\n' };

  it('counts where circumstances alone speak for a code', () => {
    assert.equal(maskSecrets(bare, { age: DAY / 2 }).count, 1);
    assert.equal(maskSecrets(bare).count, 1);
    assert.equal(maskSecrets(bare, { age: 2 * DAY }).count, 0);
  });

  const ageless: readonly [string, string][] = [
    ['Your backup codes', '8841-2093\n1190-7734\n'],
    ['Recovery codes', 'a1b2c-d3e4f\nk9m2p-x7q4r\n'],
    ['Reset your password', 'Click here (https://acme.example/reset?token=Q2-7mZxT1nD0pW)'],
    ['Sign in', 'Sign in (https://acme.example/magic/7mZxT1nD0pWq8Zk3mT)'],
  ];
  for (const [subject, text] of ageless) {
    it(`changes nothing under the subject ${subject}`, () => {
      const young = maskSecrets({ from: 'a@acme.example', subject, text });
      const old = maskSecrets({ from: 'a@acme.example', subject, text }, { age: 3_000 * DAY });
      assert.deepEqual(old, young);
      assert.ok(young.count > 0);
    });
  }
});

describe('the digits of other scripts', () => {
  const sixes = ['٤٨٢٩١٣', '۴۸۲۹۱۳', '४८२९१३', '৪৮২৯১৩', '๔๘๒๙๑๓', '４８２９１３', '𝟒𝟖𝟐𝟗𝟏𝟑', '4️⃣8️⃣2️⃣9️⃣1️⃣3️⃣'];
  for (const digits of sixes) {
    it(`are a code as ${digits}`, () => {
      const { text } = maskSecrets({ from: '', subject: 'Sign in', text: `Your code is ${digits}` });
      assert.equal(text, `Your code is ${HIDDEN}`);
    });
  }
});
