import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readMail } from '../../../../src/mail/read-mail.ts';
import { renderBody } from '../../../../src/mail/render-body.ts';
import { bodyOf, textPart } from '../support.ts';

const plain = (text: string, subject = 'Re: x') => bodyOf('text/plain', text, subject);
const html = (text: string, subject = 'Re: x') => bodyOf('text/html', text, subject);

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
