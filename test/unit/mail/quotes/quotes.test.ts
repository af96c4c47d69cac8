import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { renderBody } from '../../../../src/mail/render-body.ts';
import { bodyOf, readPart } from '../support.ts';

const plain = (text: string, subject = 'Re: x') => bodyOf('text/plain', text, subject);
const html = (text: string, subject = 'Re: x') => bodyOf('text/html', text, subject);

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
