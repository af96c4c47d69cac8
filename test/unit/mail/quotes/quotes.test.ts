import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readMail } from '../../../../src/mail/read-mail.ts';
import { renderBody } from '../../../../src/mail/render-body.ts';
import { bodyOf, readPart, textPart } from '../support.ts';

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

describe('a block of header lines', () => {
  const blocks = [
    'From: Mara Lund <mara@x.example>\nDate: 3 March 2026\nTo: Office\nSubject: Price',
    'Von: Mara Lund <mara@x.example>\nDatum: 3.3.2026\nAn: Büro\nBetreff: Preis',
    'De : Mara Lund <mara@x.example>\nDate : 3 mars 2026\nÀ : Bureau\nObjet : Prix',
    'From: The board\nSubject: Dogs',
  ];
  for (const block of blocks) {
    const text = `You have a message.\n\n${block}\n\nHow much is it?`;
    const name = block.split('\n')[0];
    it(`is text in a mail that answers nobody: ${name}`, async () => assert.equal(await plain(text, 'New'), text));
    it(`is text below a rule: ${name}`, async () => {
      const ruled = text.replace('\n\n', `\n\n${'-'.repeat(20)}\n`);
      assert.equal(await plain(ruled, 'New'), ruled);
    });
    it(`is text in HTML: ${name}`, async () => {
      const paragraphs = text
        .split('\n\n')
        .map((each) => `<p>${each.replaceAll('<', '&lt;').replaceAll('\n', '<br>')}</p>`);
      assert.equal(await html(paragraphs.join(''), 'New'), text);
    });
  }

  it('is text where it is set in, whatever the mail', async () => {
    const text =
      'This is about your message:\n\n  From: a@x.example\n  Date: 3 March\n  To: b\n  Subject: x\n\nNo such mailbox.';
    assert.equal(await plain(text), text);
  });

  it('is text in what a machine sends on its own', async () => {
    const text = 'Failed.\n\nFrom: a@x.example\nDate: 3 March\nTo: b\nSubject: x\n\nNo such mailbox.';
    const part = textPart('text/plain', text);
    part.headers?.push(
      { name: 'In-Reply-To', value: '<1@x.example>' },
      { name: 'Auto-Submitted', value: 'auto-replied' },
    );
    assert.equal(renderBody(await readMail(part, () => assert.fail()), { unfold: false }), text);
  });

  const quoted: [string, string][] = [
    ['Danish', '-------- Oprindelig besked --------\nFra: Ann <a@x.example>\nDato: 3.3.2026\nTil: Bob\nEmne: x'],
    ['Croatian', '---- Izvorna poruka ----\nŠalje: Ann <a@x.example>\nPoslano: 3.3.2026\nPrima: Bob\nPredmet: x'],
    [
      'a language that nobody knows',
      '----- Xyzzy plugh -----\nFoo: Ann <a@x.example>\nBar: 3.3.2026\nBaz: Bob\nQux: x',
    ],
    [
      'bold',
      '*-------- Original Message --------*\n*From:* Ann <a@x.example>\n*Sent:* 3.3.2026\n*To:* Bob\n*Subject:* x',
    ],
    [
      'a table',
      '---- Replied Message ----\n| From | Ann<a@x.example> |\n| Date | 3.3.2026 |\n| To | Bob |\n| Subject | x |',
    ],
    ['GMX', '\nGesendet: Dienstag, 3. März 2026 um 09:14 Uhr\nVon: "Ann" <a@x.example>\nAn: Bob\nBetreff: x'],
  ];
  for (const [name, block] of quoted) {
    it(`begins quoted mail in an answer: ${name}`, async () => {
      const lines = block.trim().split('\n').length + 1;
      assert.equal(await plain(`Yes.\n\n${block}\n\nNo?`), `Yes.\n\n[${lines} quoted lines folded]`);
    });
  }

  it('ends where signed lines end', async () => {
    const text = 'Hi.\n\n-----Original Message-----\nFrom: Ann\nTo: Bob\nSubject: x\n\n> No?\n\nYes, I do.';
    assert.equal(await plain(text), text);
  });
});

describe('below a quote', () => {
  const quote = 'On 3 March 2026 at 09:14, Ann <ann@x.example> wrote:\n> No?';
  const tails = [
    'This message is confidential.',
    'Diese Nachricht ist vertraulich.',
    'Ce message est confidentiel.',
    'Este mensaje es confidencial.',
    'Questo messaggio è riservato.',
    'Denne e-post er fortrolig.',
    'Niniejsza wiadomość jest poufna.',
    'Tato zpráva je důvěrná.',
    'Это сообщение конфиденциально.',
    'Bu e-posta gizlidir.',
    '本邮件含有保密信息。',
    'このメールには機密情報が含まれています。',
    'If you got this by mistake, delete it.\n\nFirm Ltd, 1 Road',
    'Virus-free. www.avast.com',
    `${'*'.repeat(40)}\nFirm Ltd`,
    'Envoyé de mon iPhone',
    'Von meinem iPhone gesendet',
    'Enviado desde mi Samsung',
    'Отправлено из мобильной Почты Mail.ru',
    '发自我的iPhone',
    'iPhoneから送信',
    '나의 iPhone에서 보냄',
    'Lähetetty iPhonesta',
    'נשלח מה-iPhone שלי',
    'أرسلت من الـ iPhone',
    'Télécharger Outlook pour iOS',
    'Gesendet von Outlook für Android\n\nDiese Nachricht ist vertraulich.',
    'Xyzzy plugh Galaxy S24\n\nThis message is confidential.',
  ];
  for (const tail of tails) {
    it(`nobody wrote this, so the quote is folded: ${tail.split('\n')[0]}`, async () => {
      assert.equal(await plain(`Yes.\n\n${quote}\n\n${tail}`), `Yes.\n\n[2 quoted lines folded]\n\n${tail}`);
    });
  }

  it('a notice is the answer where nothing stands above', async () => {
    const text = `${quote}\n\nThe confidential report follows.`;
    assert.equal(await plain(text), text);
  });

  it('an answer is an answer', async () => {
    const text = `Hello,\n\n${quote}\n\nYes, at noon.`;
    assert.equal(await plain(text), text);
  });
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

describe('a passage that the writer quotes', () => {
  const quote = 'On 3 March 2026 at 09:14, Ann <ann@x.example> wrote:\n\n> No?';
  for (const own of ['See:\n\n> A plan is a list.', 'See:\n> A plan\n> is a list.', 'A:\n> a\n\nB:\n> b']) {
    it(`stays above the fold: ${own.split('\n').join(' / ')}`, async () => {
      assert.equal(await plain(`${own}\n\n${quote}`), `${own}\n\n[2 quoted lines folded]`);
    });
  }

  it('is folded where it is a mail of its own', async () => {
    assert.equal(await plain(`Yes.\n\n${quote}\n\n${quote}`), 'Yes.\n\n[4 quoted lines folded]');
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
    [
      'below an attribution without a verb',
      '<p>Да.</p><p>вт, 3 марта 2026 г. в 09:14, Анна &lt;a@x.example&gt;:</p><blockquote>A</blockquote>',
      'Да.\n\n[2 quoted lines folded]',
    ],
    ['that is all there is', '<blockquote type="cite">A<br>B</blockquote>', '> A\n> B'],
    [
      'of GMX',
      '<div>Ja.</div><div name="quote"><div>Von: Ann<br>An: Bob</div><div>Nein?</div></div>',
      'Ja.\n\n[3 quoted lines folded]',
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
