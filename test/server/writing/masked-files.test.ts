import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { file, mimeOf, type Part, succeed } from '../../support/mail.ts';
import { Desk } from './support.ts';

const CUE = 'Your verification code is 615042';
const RTF = String.raw`{\rtf1\ansi{\fonttbl\f0 Arial;}\f0 Your verification code\par is 615042}`;

const FILES: readonly [string, Part][] = [
  ['text', { type: 'text/plain', name: 'a.txt', content: CUE }],
  ['a table', { type: 'text/csv', name: 'a.csv', content: `note\n${CUE}\n` }],
  ['HTML', { type: 'text/html', name: 'a.html', content: `<p>Your verification code is</p><b>615042</b>` }],
  [
    'a calendar',
    { type: 'text/calendar', name: 'a.ics', content: `BEGIN:VCALENDAR\r\nSUMMARY:${CUE}\r\nEND:VCALENDAR` },
  ],
  ['RTF', { type: 'application/rtf', name: 'a.rtf', content: RTF }],
  ['JSON', { type: 'application/json', name: 'a.json', content: `{"note": "${CUE}"}` }],
  ['bytes', { type: 'application/octet-stream', name: 'a.dat', content: CUE }],
  ['a message', { type: 'message/rfc822', name: 'a.eml', content: mimeOf({ subject: CUE, text: 'Hello' }) }],
];

describe('a file that leaves', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'hg-masked-'));
  let desk: Desk;
  before(async () => {
    desk = await Desk.open({ attachmentFolders: [folder], saveFolder: folder });
    desk.answer = () => false;
  });
  after(async () => {
    await desk.close();
    rmSync(folder, { recursive: true });
  });

  const asked = async (args: Record<string, unknown>) => {
    await desk.server.call('gmail_send_email', args);
    return desk.question.holdsCodes;
  };
  const letter = { to: 'ann@mail.example', subject: 'A file', body: 'Hello' };
  const fileOf = async (part: Part) => {
    const { id } = await file(desk.sandbox.store, { subject: 'A file', text: 'See the file.', files: [part] });
    return { message_id: id, part_id: '1' };
  };

  for (const [what, part] of FILES) {
    it(`is told of where it holds a code: ${what}`, async () => {
      const given = await fileOf(part);
      assert.equal(await asked({ ...letter, attachments: [given] }), true, 'attached');
      assert.equal(await asked({ ...letter, forward_message_id: given.message_id }), true, 'forwarded');
      const draft = await desk.save({ ...letter, attachments: [given] });
      assert.equal(await asked({ draft_id: draft.id }), true, 'in a draft');
    });
  }

  it('is told of by path, and by its name', async () => {
    writeFileSync(path.join(folder, 'plain.txt'), CUE);
    writeFileSync(path.join(folder, 'verification code 615042.txt'), 'nothing');
    for (const name of ['plain.txt', 'verification code 615042.txt']) {
      assert.equal(await asked({ ...letter, attachments: [{ path: path.join(folder, name) }] }), true, name);
    }
  });

  it('is told of where it is a message that was saved whole', async () => {
    const { id } = await file(desk.sandbox.store, { subject: 'Sign in', text: CUE });
    await succeed(desk.server, 'gmail_save_attachment', { message_id: id });
    assert.equal(await asked({ ...letter, attachments: [{ path: path.join(folder, 'Sign in.eml') }] }), true);
  });

  it('is told of where only its message says that it holds a code', async () => {
    const { id } = await file(desk.sandbox.store, {
      subject: CUE,
      text: 'See the file.',
      files: [{ type: 'text/plain', name: 'b.txt', content: 'x,615042' }],
    });
    assert.equal(await asked({ ...letter, attachments: [{ message_id: id, part_id: '1' }] }), true);
  });

  it('goes without a word where it holds nothing of the kind', async () => {
    const harmless: Part[] = [
      { type: 'text/plain', name: 'order 773105.txt', content: 'Order 773105 of 12 May' },
      { type: 'application/pdf', name: 'a.pdf', content: `%PDF-1.7\n\0${CUE}` },
    ];
    for (const part of harmless) {
      assert.equal(await asked({ ...letter, attachments: [await fileOf(part)] }), false, part.name);
    }
  });

  it('is called the user’s alone where it is saved', async () => {
    const save = async (part: Part) => succeed(desk.server, 'gmail_save_attachment', await fileOf(part));
    const [, coded] = FILES[0] ?? assert.fail();
    assert.match(await save(coded), /for the user alone, so do not read it/);
    assert.doesNotMatch(await save({ type: 'text/plain', name: 'c.txt', content: 'Hello' }), /for the user alone/);
  });

  it('is of no more weight than a bare code, which is told directly and by a draft', async () => {
    const bare = { to: 'ann@mail.example', subject: 'Hello', body: '615042' };
    assert.equal(await asked(bare), true);
    const draft = await desk.save(bare);
    assert.equal(await asked({ draft_id: draft.id }), true);
  });
});
