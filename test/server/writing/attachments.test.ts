import assert from 'node:assert/strict';
import {
  appendFileSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { type Sandbox, startSandbox } from '../../../src/sandbox/start.ts';
import { refuse, startMail } from '../../support/mail.ts';
import type { ServerUnderTest } from '../../support/mcp-server.ts';
import { contentOf, Desk } from './support.ts';

const LETTER = { to: 'ann@mail.example', subject: 'Files', body: 'See there.' };
/** As `openssl pkcs12` writes one. */
const KEY =
  'Bag Attributes\n    localKeyID: 01\n-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEA\n-----END OPENSSH PRIVATE KEY-----\n';

describe('files of this computer', () => {
  const parent = realpathSync(mkdtempSync(path.join(tmpdir(), 'hg-files-')));
  const folder = path.join(parent, 'workspace');
  const inside = (...names: string[]) => path.join(folder, ...names);
  let desk: Desk;

  before(async () => {
    mkdirSync(inside('plans'), { recursive: true });
    mkdirSync(inside('.git'));
    writeFileSync(path.join(parent, 'secret.txt'), 'canary');
    writeFileSync(inside('plans', 'Übersicht.txt'), 'all of it');
    writeFileSync(inside('.env'), 'TOKEN=canary');
    writeFileSync(inside('.git', 'config'), 'canary');
    writeFileSync(inside('empty.txt'), '');
    writeFileSync(inside('twice.txt'), 'x');
    linkSync(inside('twice.txt'), inside('again.txt'));
    symlinkSync(path.join(parent, 'secret.txt'), inside('out.txt'));
    symlinkSync(parent, inside('up'));
    symlinkSync(inside('plans', 'Übersicht.txt'), inside('within.txt'));
    symlinkSync(inside('.env'), inside('environment.txt'));
    writeFileSync(inside('id.txt'), KEY);
    desk = await Desk.open({ attachmentFolders: [folder] });
  });
  after(async () => {
    await desk.close();
    rmSync(parent, { recursive: true });
  });

  for (const [how, given] of [
    ['its whole path', inside('plans', 'Übersicht.txt')],
    ['a path from the folder', 'plans/Übersicht.txt'],
    ['a link that stays inside', 'within.txt'],
  ] as const) {
    it(`go along by ${how}, and the question shows where they lie and how large they are`, async () => {
      const { files } = await contentOf(await desk.send({ ...LETTER, attachments: [{ path: given }] }));
      assert.deepEqual(
        files.map(({ name, type, content }) => [name, type, content.toString().trim()]),
        [['Übersicht.txt', 'text/plain', 'all of it']],
      );
      const file = { name: 'Übersicht.txt', size: 9, path: inside('plans', 'Übersicht.txt') };
      assert.deepEqual(desk.question.files, [file]);
      assert.equal(desk.question.asksAlways, true);
    });
  }

  it('in a draft pass the question too, and a no leaves nothing', async () => {
    const args = { ...LETTER, attachments: [{ path: 'plans/Übersicht.txt' }] };
    desk.answer = () => false;
    await desk.refuse('gmail_create_draft', args, /draft was not saved.*said no/);
    desk.answer = () => true;
    const { message } = await desk.save(args);
    assert.deepEqual([desk.question.kind, (await contentOf(message)).files.length], ['draft', 1]);
  });

  for (const [what, given, expected] of [
    ['outside', '../secret.txt', /There is no such file in the folders/],
    ['outside by a whole path', '/etc/hostname', /There is no such file in the folders/],
    ['behind a link out', 'out.txt', /There is no such file in the folders/],
    ['behind a folder that leads out', 'up/secret.txt', /There is no such file in the folders/],
    ['that are not there', 'nowhere.txt', /There is no such file in the folders/],
    ['with a dot before the name', '.env', /begin with a dot/],
    ['in a folder with a dot before its name', '.git/config', /begin with a dot/],
    ['behind a link to a name with a dot', 'environment.txt', /begin with a dot/],
    ['with a second name', 'twice.txt', /hard link/],
    ['that are folders', 'plans', /is a folder/],
    ['that are empty', 'empty.txt', /is empty/],
    ['that are private keys', 'id.txt', /private key/],
    ['with a zero byte in the path', 'plans\0/x', /not attached|is not usable/],
  ] as const) {
    it(`${what} do not go along, and nobody is asked`, async () => {
      const asked = desk.window.questions.length;
      for (const form of ['gmail_send_email', 'gmail_create_draft']) {
        await desk.refuse(form, { ...LETTER, attachments: [{ path: given }] }, expected);
      }
      assert.equal(desk.window.questions.length, asked);
    });
  }

  it('that grow while they are read go along as they were, or not at all', async () => {
    writeFileSync(inside('growing.txt'), 'line\n'.repeat(200_000));
    const growing = setInterval(() => appendFileSync(inside('growing.txt'), 'line\n'), 1);
    const { isError, text } = await desk.server.call('gmail_send_email', {
      ...LETTER,
      subject: 'Growing',
      attachments: [{ path: 'growing.txt' }],
    });
    clearInterval(growing);
    const sent = desk.sandbox.store.messages().find((message) => message.header('subject') === 'Growing');
    if (isError) assert.match(text, /changed while it was read/);
    assert.equal(isError, sent === undefined);
    const [file] = sent ? (await contentOf(sent)).files : [];
    if (sent) assert.equal(file?.content.length, desk.question.files[0]?.size);
  });
});

describe('files of this computer, for a server without an editor', () => {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'hg-save-')));
  let sandbox: Sandbox;
  let server: ServerUnderTest;
  before(async () => {
    sandbox = await startSandbox();
    writeFileSync(path.join(folder, 'plan.txt'), 'plan');
    server = await startMail(sandbox, { GMAIL_SAVE_DIR: folder, GMAIL_CONFIRM_SEND: 'never' });
  });
  after(async () => {
    await server.close();
    await sandbox.close();
    rmSync(folder, { recursive: true });
  });

  it('come from the folder for attachments alone', async () => {
    const { json } = await server.call('gmail_send_email', { ...LETTER, attachments: [{ path: 'plan.txt' }] });
    const sent = sandbox.store.get(String(json.messageId)) ?? assert.fail(String(json.error));
    assert.deepEqual(
      (await contentOf(sent)).files.map(({ name }) => name),
      ['plan.txt'],
    );
    const outside = { ...LETTER, attachments: [{ path: '/etc/hostname' }] };
    await refuse(server, 'gmail_send_email', outside, /There is no such file in the folders/);
  });

  it('say what is wrong with the folder, and the server does so at its start', async () => {
    const args = { ...LETTER, attachments: [{ path: 'plan.txt' }] };
    for (const [named, expected] of [
      ['here', /here is no folder, or not an absolute path to one.*GMAIL_SAVE_DIR/],
      [path.join(folder, 'plan.txt'), /plan\.txt is no folder.*GMAIL_SAVE_DIR/],
      ['', /folders that files can be attached from: none.*name a folder in GMAIL_SAVE_DIR/],
    ] as const) {
      const other = await startMail(sandbox, { GMAIL_SAVE_DIR: named, GMAIL_CONFIRM_SEND: 'never' });
      try {
        await refuse(other, 'gmail_send_email', args, expected);
        if (named) assert.match(other.stderr(), /No file can be saved or attached/);
      } finally {
        await other.close();
      }
    }
  });

  it('come from the folder of its start, and from none that takes its place', async () => {
    const attachments = [{ path: 'hostname' }];
    renameSync(folder, `${folder}-away`);
    symlinkSync('/etc', folder);
    await refuse(server, 'gmail_send_email', { ...LETTER, attachments }, /no such file in the folders.*: none/);
    rmSync(folder);
    mkdirSync(folder);
    writeFileSync(path.join(folder, 'hostname'), 'another');
    await refuse(server, 'gmail_send_email', { ...LETTER, attachments }, /no such file in the folders.*: none/);
    rmSync(folder, { recursive: true });
    renameSync(`${folder}-away`, folder);
    const { isError, text } = await server.call('gmail_send_email', { ...LETTER, attachments: [{ path: 'plan.txt' }] });
    assert.equal(isError, false, text);
  });
});
