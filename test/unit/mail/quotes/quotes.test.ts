import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { renderBody } from '../../../../src/mail/render-body.ts';
import { bodyOf, readPart } from '../support.ts';

const plain = (text: string, subject = 'Re: x') => bodyOf('text/plain', text, subject);
const html = (text: string, subject = 'Re: x') => bodyOf('text/html', text, subject);

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

  it('is enough where the quote has no sign of its own', async () => {
    const text = 'Yes.\n\nOn Tuesday, March 3, 2026, 9:14 AM, Ann <ann@x.example> wrote:\n\nNo?\n\nAnn';
    assert.equal(await plain(text), 'Yes.\n\n[3 quoted lines folded]');
  });

  for (const text of [
    'In her letter of 2026 she wrote:\n\nBring bread.',
    'He wrote:\nno.',
    'Times: 9:30 Ann, 9:45 Bob:\nfine',
  ]) {
    it(`is not seen in a sentence: ${text.split('\n')[0]}`, async () => assert.equal(await plain(text), text));
  }
});

describe('quoted mail', () => {
  const header = 'From: Ann Berg <ann@x.example>\nSent: Tuesday, March 3, 2026 9:14 AM\nTo: Bob\nSubject: x\n\nNo?';
  const rows: [string, string, string][] = [
    ['below a header block', `Yes.\n\n${header}`, 'Yes.\n\n[5 quoted lines folded]'],
    [
      'below a header block in bold',
      `Yes.\n\n${header.replace(/^(\w+:)/gm, '*$1*')}`,
      'Yes.\n\n[5 quoted lines folded]',
    ],
    [
      'below a header block in German',
      'Ja.\n\nVon: Ann\nGesendet: Dienstag, 3. März 2026 09:14\nAn: Bob\nCc: Eve\nBetreff: x\n\nNein?',
      'Ja.\n\n[6 quoted lines folded]',
    ],
    ['below a line of underscores', `Yes.\n\n${'_'.repeat(32)}\n${header}`, 'Yes.\n\n[6 quoted lines folded]'],
    [
      'below “Original Message”',
      `Yes.\n\n-------- Original Message --------\n${header}`,
      'Yes.\n\n[6 quoted lines folded]',
    ],
    ['at the end without an attribution', 'Yes.\n> No?\n> A.', 'Yes.\n\n[2 quoted lines folded]'],
    ['in one line', 'Yes.\n> No?', 'Yes.\n\n[1 quoted line folded]'],
    ['above the answer', '> No?\n\nYes.', '> No?\n\nYes.'],
    ['between answers', '> A?\nYes.\n> B?\nNo.', '> A?\nYes.\n> B?\nNo.'],
    [
      'above a signature alone',
      'Yes.\n> No?\n-- \nBob\nFirm',
      'Yes.\n\n[1 quoted line folded]\n\n[signature of 2 lines folded]',
    ],
    [
      'above what a list adds',
      `Yes.\n\n> No?\n\n${'_'.repeat(47)}\nlist\nlist@x.example`,
      `Yes.\n\n[1 quoted line folded]\n\n${'_'.repeat(47)}\nlist\nlist@x.example`,
    ],
    ['that is all there is', '> No?\n> A.', '[2 quoted lines folded]'],
    ['that is none: header lines without a subject', 'From: noon\nTo: one', 'From: noon\nTo: one'],
    ['that is none: a line of dashes', 'a\n-----\nb', 'a\n-----\nb'],
  ];
  for (const [name, text, expected] of rows) it(name, async () => assert.equal(await plain(text), expected));

  it('is whole where it is unfolded', async () => {
    const mail = await readPart('text/plain', 'Yes.\n-- \nBob\nFirm\n\n> No?\n> A.');
    assert.equal(renderBody(mail, { unfold: true }), 'Yes.\n\nBob\nFirm\n\n> No?\n> A.');
    assert.deepEqual(
      mail.segments.map(({ kind }) => kind),
      ['text', 'signature', 'quote'],
    );
  });
});

describe('quoted mail in HTML', () => {
  const rows: [string, string, string][] = [
    [
      'of Gmail, with answers between the quotes',
      '<div class="gmail_quote"><div class="gmail_attr">On 3 Mar 2026, Ann &lt;a@x.example&gt; wrote:<br></div>' +
        '<blockquote class="gmail_quote">A?</blockquote><div>Yes.</div><blockquote class="gmail_quote">B?</blockquote>' +
        '<div>No.</div></div>',
      'On 3 Mar 2026, Ann <a@x.example> wrote:\n\n> A?\n\nYes.\n\n> B?\n\nNo.',
    ],
    [
      'within quotes, once',
      '<p>Yes.</p><blockquote type="cite">A<blockquote type="cite">B</blockquote></blockquote>',
      'Yes.\n\n[2 quoted lines folded]',
    ],
    ['that is a passage', '<p>See:</p><blockquote>A</blockquote>', 'See:\n\n> A'],
    [
      'that only its attribution tells from a passage',
      '<p>Yes.</p><p>On 3 Mar 2026, Ann &lt;a@x.example&gt; wrote:</p><blockquote>A</blockquote>',
      'Yes.\n\n[2 quoted lines folded]',
    ],
    [
      'of which only the beginning is marked',
      '<div>Yes.</div><div id="appendonsend"></div><div>A</div><p>B</p>',
      'Yes.\n\n[2 quoted lines folded]',
    ],
    ['that says so in letters', '<div>Yes.<br>&gt; No?</div>', 'Yes.\n> No?'],
  ];
  for (const [name, text, expected] of rows) it(name, async () => assert.equal(await html(text), expected));
});

describe('a forwarded mail', () => {
  const header = 'From: Ann <ann@x.example>\nDate: Tue, 3 Mar 2026\nSubject: x\nTo: Bob\n\nNo?\n\n--\nAnn\nFirm';
  const dividers = [
    '---------- Forwarded message ---------',
    '-------- Weitergeleitete Nachricht --------',
    '---------- Message transféré ---------',
    'Begin forwarded message:',
    'Anfang der weitergeleiteten Nachricht:',
  ];
  for (const divider of dividers) {
    it(`is content below ${divider}`, async () => {
      const text = `For you.\n\n${divider}\n${header}`;
      assert.equal(await plain(text, 'x'), text);
    });
  }

  for (const subject of ['Fwd: x', 'FW: x', 'WG: x', 'TR: x', 'RV: x', '转发：x', '[list] Fwd: x']) {
    it(`is content below ${subject}`, async () => {
      const text = `For you.\n\n${header}`;
      assert.equal(await plain(text, subject), text);
    });
  }

  it('is content where nothing else is', async () => assert.equal(await plain(header, 'x'), header));

  it('is content below a signature, which is folded', async () => {
    const text = `For you.\n\n-- \nBob\nFirm\n\n${dividers[0]}\n${header}`;
    assert.equal(await plain(text, 'x'), `For you.\n\n[signature of 2 lines folded]\n\n${dividers[0]}\n${header}`);
  });

  it('is folded within quoted mail', async () => {
    assert.equal(await plain(`Yes.\n\n> Look:\n> ${dividers[0]}\n> A`), 'Yes.\n\n[3 quoted lines folded]');
  });
});
