import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readMail } from '../../../../src/mail/read-mail.ts';
import { renderBody } from '../../../../src/mail/render-body.ts';
import { bodyOf, textPart } from '../support.ts';

const plain = (text: string, subject = 'Re: x') => bodyOf('text/plain', text, subject);

describe('the attribution of a quote', () => {
  const attributions = [
    'On Tue, 3 Mar 2026 at 09:14, Ann Berg <ann@x.example> wrote:',
    'On 3/3/26 9:14 AM, Ann Berg wrote:',
    'On Tue, 3 Mar 2026 at 09:14, Ann Berg\n<ann@x.example>\nwrote:',
    'Am Di., 3. März 2026 um 09:14 Uhr schrieb Ann Berg <\nann@x.example>:',
    'Am 03.03.26 um 09:14 schrieb Ann Berg:',
    'Ann Berg schrieb am 03.03.2026 um 09:14:',
    'Le mar. 3 mars 2026 à 09:14, Ann Berg <ann@x.example> a\nécrit :',
    'El mar, 3 mar 2026 a las 9:14, Ann Berg (<ann@x.example>) escribió:',
    'Il giorno mar 3 mar 2026 alle ore 09:14 Ann Berg <ann@x.example> ha scritto:',
    'Op di 3 mrt 2026 om 09:14 schreef Ann Berg <ann@x.example>:',
    'Em ter., 3 de mar. de 2026 às 09:14, Ann Berg <ann@x.example> escreveu:',
    'Den tis 3 mars 2026 kl 09:14 skrev Ann Berg <ann@x.example>:',
    'tir. 3. mars 2026 kl. 09:14 skrev Ann Berg <ann@x.example>:',
    'ti 3. maalisk. 2026 klo 9.14 Ann Berg (ann@x.example) kirjoitti:',
    'wt., 3 mar 2026 o 09:14 Ann Berg <ann@x.example> napisał(a):',
    'út 3. 3. 2026 v 9:14 odesílatel Ann Berg <ann@x.example> napsal:',
    'Ann Berg <ann@x.example> ezt írta (időpont: 2026. márc. 3., K, 9:14):',
    'Ann Berg <ann@x.example>, 3 Mar 2026 Sal, 09:14 tarihinde şunu yazdı:',
    'вт, 3 мар. 2026 г. в 09:14, Ann Berg <ann@x.example>:\nпишет:',
    'вт, 3 мар. 2026 г. в 09:14, Ann Berg <ann@x.example> пишет:',
    'Ann Berg <ann@x.example> 于2026年3月3日周二 09:14写道：',
    '2026年3月3日(火) 9:14 Ann Berg <ann@x.example>:',
    '2026년 3월 3일 (화) 오전 9:14, Ann Berg <ann@x.example>님이 작성:',
    'Στις Τρί 3 Μαρ 2026 στις 9:14 π.μ., ο χρήστης Ann Berg <ann@x.example> έγραψε:',
    '‫בתאריך יום ג׳, 3 במרץ 2026 ב-9:14 מאת ‪Ann Berg‬‏ <‪ann@x.example‬‏>:‬',
    'Ann Berg wrote:',
    // Without a verb that any list has.
    '03.03.2026, 09:14, "Ann Berg" <ann@x.example>:',
    'Вторник, 3 марта 2026, 09:14 +03:00 от Ann Berg <ann@x.example>:',
    'Missatge de Ann Berg <ann@x.example> del dia dt., 3 de març\n2026 a les 9:14:',
    'في الثلاثاء، ٣ مارس ٢٠٢٦ في ٩:١٤ ص تمت كتابة ما يلي بواسطة Ann Berg <ann@x.example>:',
    'در تاریخ سه‌شنبه ۳ مارس ۲۰۲۶، ۹:۱۴ Ann Berg <ann@x.example>:',
    'ในวันที่ อ. 3 มี.ค. 2569 เวลา 09:14 Ann Berg <ann@x.example> เขียนว่า:',
    'Ann Berg <ann@x.example> igorleak hau idatzi du (2026 mar. 3, ar. (9:14)):',
    'On 3 March 2026, at 09:14, Ann Berg said:',
    'Zitat von Ann Berg <ann@x.example>:',
    'Ann Berg [2026-03-03 09:14]:',
    '---- On Tue, 03 Mar 2026 09:14:00 +0100 Ann Berg <ann@x.example> wrote ----',
    // Wrapped within the brackets.
    '2026-03-03 9:14 GMT+01:00 Ann Berg <\nann@x.example>:',
  ];
  for (const attribution of attributions) {
    it(`is folded with the quote: ${attribution.replaceAll('\n', ' / ')}`, async () => {
      const lines = attribution.split('\n').length;
      assert.equal(
        await plain(`Yes.\n\n${attribution}\n\n> No?\n> A.\n`),
        `Yes.\n\n[${lines + 2} quoted lines folded]`,
      );
    });
  }

  it('leaves the line above it alone', async () => {
    const text = 'Yes.\nSee below:\nOn Tue, 3 Mar 2026 at 09:14, Ann <ann@x.example> wrote:\n> No?';
    assert.equal(await plain(text), 'Yes.\nSee below:\n\n[2 quoted lines folded]');
  });

  describe('where the quote has no sign of its own', () => {
    const unsigned = 'On Tuesday, March 3, 2026, 9:14 AM, Ann <ann@x.example> wrote:\n\nNo?\n\nAnn';
    it('is enough below own text in an answer', async () => {
      assert.equal(await plain(`Yes.\n\n${unsigned}`), 'Yes.\n\n[3 quoted lines folded]');
    });
    it('is enough in an answer that only its headers tell', async () => {
      const part = textPart('text/plain', `Yes.\n\n${unsigned}`);
      part.headers?.push({ name: 'In-Reply-To', value: '<1@x.example>' });
      const mail = await readMail(part, () => assert.fail());
      assert.equal(renderBody(mail, { unfold: false }), 'Yes.\n\n[3 quoted lines folded]');
    });
    it('folds nothing where it stands first, since the answer may stand below', async () => {
      assert.equal(await plain(unsigned), unsigned);
    });
    it('folds nothing in a mail that answers nobody', async () => {
      assert.equal(await plain(`Minutes.\n\n${unsigned}`, 'Minutes'), `Minutes.\n\n${unsigned}`);
    });
  });

  const own = [
    'The train leaves at 10:30.\nI bring the keys.\nAnn Berg wrote:',
    'The train leaves at 10:30\nI bring the keys\nAnn Berg wrote:',
    'Ich komme um 10:30 Uhr\nund bringe Brot mit\nAnn Berg schrieb:',
    "J'arrive à 10:30,\nBob\nAnn Berg a écrit :",
    'Bis 10:30,\nBob Lund <bob@x.example>\nAnn Berg schrieb:',
    'Приеду в 10:30!\nАнна Берг пишет:',
  ];
  for (const text of own) {
    it(`takes none of the lines above it: ${text.replaceAll('\n', ' / ')}`, async () => {
      const above = text.slice(0, text.lastIndexOf('\n'));
      assert.equal(await plain(`${text}\n> No?`), `${above}\n\n[2 quoted lines folded]`);
    });
  }

  for (const text of [
    'In her letter of 2026 she wrote:\n\nBring bread.',
    'He wrote:\nno.',
    'Times: 9:30 Ann, 9:45 Bob:\nfine',
  ]) {
    it(`is not seen in a sentence: ${text.split('\n')[0]}`, async () => assert.equal(await plain(text), text));
  }
});

describe('a quote that a program wrapped', () => {
  const head = 'Yes.\n\nOn 3 March 2026 at 09:14, Ann <ann@x.example> wrote:\n';
  const long = '> Shall we meet on Tuesday at the old mill by the river in the town, or is';
  const rows: [string, string, number][] = [
    ['an address in brackets', '> See <https://x.example/a/very/long/path/that/goes/on/\nand/on#1>.\n> Ann', 4],
    ['a bare address', '> See https://x.example/a/very/long/path/that/goes/on/\nand/on\n> Ann', 4],
    ['words in brackets', '> See the list (of all that we have\ntalked about) and more\n> Ann', 4],
    ['a sentence', `${long}\nthat too far\n> for you?`, 4],
    ['twice', `${long}\nthat too far\n${long}\nthat late\n> Ann`, 6],
  ];
  for (const [name, quote, lines] of rows) {
    it(`is folded whole: ${name}`, async () => {
      assert.equal(await plain(head + quote), `Yes.\n\n[${lines} quoted lines folded]`);
    });
  }

  for (const answer of ['Yes.', 'yes', 'See you there', 'at ten']) {
    it(`is not to be seen in an answer: ${answer}`, async () => {
      const text = `> Shall we meet at the old mill?\n${answer}\n> And when?\nlater`;
      assert.equal(await plain(text), text);
    });
  }
});
