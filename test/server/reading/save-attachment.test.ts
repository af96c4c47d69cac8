import assert from 'node:assert/strict';
import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import { type Sandbox, startSandbox } from '../../../src/sandbox/start.ts';
import { enclosed, file, type Part, refuse, startMail, succeed } from '../../support/mail.ts';
import type { ServerUnderTest } from '../../support/mcp-server.ts';

const SAVE = 'gmail_save_attachment';

describe('gmail_save_attachment', () => {
  let sandbox: Sandbox;
  let server: ServerUnderTest;
  let folder: string;
  /** Files a message with a file, which has the part 1. */
  const attach = async (...files: Part[]) => (await file(sandbox.store, { subject: 'Files', files })).id;

  before(async () => {
    sandbox = await startSandbox();
    folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'hg-save-')));
    server = await startMail(sandbox, { GMAIL_SAVE_DIR: folder });
  });
  afterEach(() => {
    for (const name of readdirSync(folder)) rmSync(path.join(folder, name), { recursive: true });
  });
  after(async () => {
    await server.close();
    await sandbox.close();
    rmSync(folder, { recursive: true });
  });

  const saved = async (message_id: string) => {
    const text = await succeed(server, SAVE, { message_id, part_id: '1' });
    assert.match(text, /^Saved .+\. The file:\n--- /);
    return enclosed(text)[0] ?? '';
  };

  it('writes the very bytes into the folder', async () => {
    const content = Buffer.from(Array.from({ length: 70_000 }, (_, n) => (n * 31) % 256));
    const target = await saved(await attach({ type: 'application/zip', name: 'all.zip', content }));
    assert.equal(target, path.join(folder, 'all.zip'));
    assert.ok(readFileSync(target).equals(content));
    assert.deepEqual(readdirSync(folder), ['all.zip']);
  });

  it('never overwrites a file, nor follows a link', async () => {
    writeFileSync(path.join(folder, 'a.pdf'), 'mine');
    symlinkSync(path.join(folder, 'elsewhere'), path.join(folder, 'a (2).pdf'));
    const id = await attach({ type: 'application/pdf', name: 'a.pdf', content: 'theirs' });
    assert.deepEqual(
      [await saved(id), await saved(id)].map((target) => path.basename(target)),
      ['a (3).pdf', 'a (4).pdf'],
    );
    assert.equal(readFileSync(path.join(folder, 'a.pdf'), 'utf8'), 'mine');
    assert.ok(lstatSync(path.join(folder, 'a (2).pdf')).isSymbolicLink());
    assert.deepEqual(readdirSync(folder).sort(), ['a (2).pdf', 'a (3).pdf', 'a (4).pdf', 'a.pdf']);
  });

  const names = [
    '../../out.txt',
    '..\\\\..\\\\out.txt',
    '/etc/out.txt',
    '~/out.txt',
    '.out.txt',
    'out.txt\u202e',
    'C:\\\\out.txt',
  ];
  for (const name of names) {
    it(`stays in the folder with a file called ${JSON.stringify(name)}`, async () => {
      const target = await saved(await attach({ type: 'application/x-any', name, content: 'x' }));
      assert.equal(path.dirname(target), folder);
      assert.match(path.basename(target), /^\w*out\.txt_?$/);
      assert.equal(readFileSync(target, 'utf8'), 'x');
    });
  }

  it('is refused where no folder was chosen, or it is not there', async () => {
    const message_id = await attach({ type: 'application/pdf', name: 'a.pdf', content: 'x' });
    const unset = await startMail(sandbox);
    const gone = await startMail(sandbox, { GMAIL_SAVE_DIR: path.join(folder, 'nowhere') });
    const relative = await startMail(sandbox, { GMAIL_SAVE_DIR: 'here' });
    try {
      await refuse(
        unset,
        SAVE,
        { message_id, part_id: '1' },
        /No folder for attachments has been chosen.*GMAIL_SAVE_DIR/,
      );
      await refuse(gone, SAVE, { message_id, part_id: '1' }, /nowhere is no folder.*GMAIL_SAVE_DIR/);
      await refuse(relative, SAVE, { message_id, part_id: '1' }, /here is no folder, or not an absolute path/);
    } finally {
      for (const one of [unset, gone, relative]) await one.close();
    }
  });

  it('names the parts that there are where one is unknown, and leaves nothing behind', async () => {
    const message_id = await attach({ type: 'application/pdf', name: 'a.pdf', content: 'x' });
    await refuse(server, SAVE, { message_id, part_id: '2' }, /Its files have these parts: 1\./);
    await refuse(server, SAVE, { message_id: '12345678', part_id: '1' }, /no message with the id 12345678/);
    assert.deepEqual(readdirSync(folder), []);
  });

  describe('without a part', () => {
    const savedWhole = async (message_id: string) => {
      const text = await succeed(server, SAVE, { message_id });
      return { target: enclosed(text)[0] ?? '', text };
    };

    it('writes the whole message as it came, under its subject', async () => {
      const attached = { type: 'application/pdf', name: 'a.pdf', content: Buffer.alloc(300_000, 'x') };
      const mail = await file(sandbox.store, { subject: 'Plans 3/4: "done"', files: [attached] });
      const { target, text } = await savedWhole(mail.id);
      assert.equal(path.basename(target), 'Plans 3_4_ _done_.eml');
      assert.ok(readFileSync(target).equals(mail.raw));
      assert.ok(!text.includes('hidden in results'));
    });

    it('names a file whose subject is blank', async () => {
      const { id } = await file(sandbox.store, { subject: ' ' });
      for (const part_id of ['', undefined]) {
        const text = await succeed(server, SAVE, { message_id: id, ...(part_id === undefined ? {} : { part_id }) });
        assert.match(enclosed(text)[0] ?? '', /message( \(2\))?\.eml$/);
      }
    });

    it('says that the file holds what is masked, and tells none of it', async () => {
      const text = 'Your one-time code is 481926. It is valid for ten minutes.';
      const { id } = await file(sandbox.store, { subject: '481926 is your code', text });
      const answer = await savedWhole(id);
      assert.match(answer.text, /\nThe file holds \d+ one-time codes or sign-in links that are hidden in results;/);
      assert.ok(!answer.text.includes('481926'));
      assert.match(readFileSync(answer.target, 'utf8'), /481926 is your code/);
    });

    it('saves a message whose text is too large to be read', async () => {
      const large = { type: 'text/plain', content: Buffer.alloc(3 * 1024 * 1024, 'a') };
      const mail = await file(sandbox.store, { subject: 'large', files: [large] });
      const { target } = await savedWhole(mail.id);
      assert.ok(readFileSync(target).equals(mail.raw));
    });

    it('finds no message that is not there', async () => {
      await refuse(server, SAVE, { message_id: '12345678' }, /no message with the id 12345678/);
      assert.deepEqual(readdirSync(folder), []);
    });
  });

  it('saves nothing once another folder lies at the path', async () => {
    const message_id = await attach({ type: 'application/pdf', name: 'a.pdf', content: 'x' });
    const [mine, theirs] = [path.join(folder, 'mine'), path.join(folder, 'theirs')];
    mkdirSync(mine);
    mkdirSync(theirs);
    const other = await startMail(sandbox, { GMAIL_SAVE_DIR: mine });
    try {
      rmSync(mine, { recursive: true });
      symlinkSync(theirs, mine);
      await refuse(
        other,
        SAVE,
        { message_id, part_id: '1' },
        /Another folder than the one that was chosen.*GMAIL_SAVE_DIR/,
      );
      assert.deepEqual(readdirSync(theirs), []);
    } finally {
      await other.close();
    }
  });

  it('says that it changes something, and the others do not', async () => {
    const { tools } = await server.client.listTools();
    const hint = (name: string) => tools.find((tool) => tool.name === name)?.annotations?.readOnlyHint;
    assert.equal(hint(SAVE), false);
    assert.equal(hint('gmail_get_attachment'), true);
  });
});
