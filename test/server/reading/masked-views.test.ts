import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { type Sandbox, startSandbox } from '../../../src/sandbox/start.ts';
import { cursorOf, file, type Mail, mimeOf, requestsDuring, rowIds, startMail, succeed } from '../../support/mail.ts';
import type { ServerUnderTest } from '../../support/mcp-server.ts';

const OTP = 'Acme <no-reply@acme.example>';

describe('what is masked in one view', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'hg-views-'));
  let sandbox: Sandbox;
  let server: ServerUnderTest;
  before(async () => {
    sandbox = await startSandbox();
    server = await startMail(sandbox, { GMAIL_SAVE_DIR: folder });
  });
  after(async () => {
    await server.close();
    await sandbox.close();
    rmSync(folder, { recursive: true });
  });

  const search = (query: string, max_results = 25) => succeed(server, 'gmail_search_emails', { query, max_results });
  const read = (id: string) => succeed(server, 'gmail_read_email', { message_ids: [id] });

  const named: [string, Mail][] = [
    ['a file', { files: [{ type: 'text/plain', name: 'verification code 390517.txt', content: 'nothing' }] }],
    [
      'a file whose message says what it is',
      { subject: 'Your verification code', files: [{ type: 'text/plain', name: '390517.txt', content: 'nothing' }] },
    ],
    [
      'a message',
      { files: [{ type: 'message/rfc822', name: '390517 is your verification code.eml', content: mimeOf({}) }] },
    ],
  ];
  for (const [what, mail] of named) {
    it(`is masked in every name of ${what}`, async () => {
      const { id } = await file(sandbox.store, { from: OTP, text: 'It is the name of the file.', ...mail });
      const given = { message_id: id, part_id: '1' };
      const { contents } = await server.client.readResource({ uri: `gmail://attachment/${id}/1` });
      const views = [
        await read(id),
        await succeed(server, 'gmail_get_attachment', given),
        JSON.stringify(contents),
        await succeed(server, 'gmail_save_attachment', given),
      ];
      for (const view of views) assert.doesNotMatch(view, /390517/);
      assert.match(views[1] ?? '', /^Name: .*\.(?:txt|eml)$/m);
    });
  }

  it('is masked in the names that an address is found by', async () => {
    const mail = { subject: 'Hello', text: 'Your verification code is 390517' };
    await file(sandbox.store, { ...mail, from: '"Nimbus 390517 code" <otp@nimbus.example>' });
    const found = await succeed(server, 'gmail_find_address', { name: 'nimbus' });
    assert.match(found, /otp@nimbus\.example/);
    assert.doesNotMatch(found, /390517/);
    for (const name of ['390517', '390518']) {
      assert.match(await succeed(server, 'gmail_find_address', { name }), /^No address fits/);
    }
  });

  describe('is masked in its thread', () => {
    const CODE = { from: OTP, subject: 'Hello', text: 'Your verification code is 264801.' };
    const ANSWER = { from: 'Ann <ann@mail.example>', subject: 'Re: Hello', text: '264-801 worked, thanks' };
    const thread = async (): Promise<[string, string]> => {
      const at = Date.now();
      const code = await file(sandbox.store, CODE, { at });
      const headers = { 'In-Reply-To': code.header('message-id') };
      const answer = await file(sandbox.store, { ...ANSWER, headers }, { threadId: code.threadId, at: at + 1 });
      return [code.id, answer.id];
    };

    it('where an answer repeats it: in the thread, the answer alone, rows and recent mail', async () => {
      const [first, answer] = await thread();
      const views = [
        await read(answer),
        await succeed(server, 'gmail_read_thread', { thread_id: first }),
        await search('subject:hello from:ann'),
        (await server.call('gmail_get_recent_emails', { max_results: 2 })).text,
        (await server.call('gmail_get_email_body_chunk', { message_id: answer })).text,
      ];
      for (const view of views) assert.doesNotMatch(view, /264.?801/);
      assert.ok(!(await search('264-801')).includes(answer));
      assert.ok(!(await search('worked 264')).includes(answer));
    });

    it('where recent mail lists the answer above it', async () => {
      await thread();
      const other = await startMail(sandbox);
      const { text } = await other.call('gmail_get_recent_emails', { max_results: 2 });
      await other.close();
      assert.doesNotMatch(text, /264.?801/);
    });

    it('and not in other threads, nor inside other numbers', async () => {
      await thread();
      const [first] = await thread();
      await read(first);
      const apart = await file(sandbox.store, { text: 'Order 264801 has come.' });
      assert.match(await read(apart.id), /Order 264801/);
    });
  });

  describe('is not told by a search', () => {
    const mails: Record<string, Mail> = {
      letters: { from: OTP, subject: 'Qletters', text: 'Your verification code is KQZWVX' },
      groups: { from: OTP, subject: 'Qgroups', text: 'Your verification code:\n\nXKQZ-WVBM\n\nIt expires soon.' },
      words: { from: OTP, subject: 'Qwords', text: 'Your temporary verification code: sunny-otter-lamp' },
      spread: { from: OTP, subject: 'Qspread', text: 'Your verification code is 4 8 2 9 1 3 and it expires soon.' },
      link: {
        from: OTP,
        subject: 'Qlink',
        text: 'Reset your password: https://x.example/reset?token=kwzptmvbqrxyhgflldrw',
      },
    };
    const ids = new Map<string, string>();
    before(async () => {
      for (const [name, mail] of Object.entries(mails)) ids.set(name, (await file(sandbox.store, mail)).id);
    });

    const guesses: [string, string, string][] = [
      ['letters', 'KQZWVX', 'KQZWVY'],
      ['letters', '-KQZWVX', '-KQZWVY'],
      ['letters', '(KQZWVX OR zzzzz)', '(KQZWVY OR zzzzz)'],
      ['letters', '-{KQZWVX zzzzz}', '-{KQZWVY zzzzz}'],
      ['letters', '"is KQZWVX"', '"is KQZWVY"'],
      ['groups', 'XKQZ', 'XKQA'],
      ['groups', '-WVBM', '-WVBN'],
      ['words', 'otter', 'badger'],
      ['words', '-otter', '-badger'],
      ['spread', '4', '5'],
      ['spread', '-4', '-5'],
      ['spread', '"is 4"', '"is 5"'],
      ['spread', '"3 and"', '"4 and"'],
      ['link', 'kwzptmvbqrxyhgflldrw', 'kwzptmvbqrxyhgflldrx'],
    ];
    for (const [name, right, wrong] of guesses) {
      it(`${name}: ${right} as ${wrong}`, async () => {
        assert.match(await read(ids.get(name) ?? ''), /hidden/);
        for (const query of [right, wrong].map((guess) => `subject:q${name} ${guess}`)) {
          assert.equal(await search(query), 'No messages match.', query);
        }
      });
    }

    it('where the code stands far below the beginning, if its row speaks of codes or it was read', async () => {
      const text = `${'Dear customer, thank you. '.repeat(20)}\n\nYour verification code is KQZWVX`;
      const told = await file(sandbox.store, { from: OTP, subject: 'Qtold verification code', text });
      const silent = await file(sandbox.store, { from: OTP, subject: 'Qsilent', text });
      await read(silent.id);
      for (const subject of ['qtold', 'qsilent']) {
        for (const guess of ['KQZWVX', 'KQZWVY', '-KQZWVX', '-KQZWVY']) {
          assert.equal(await search(`subject:${subject} ${guess}`), 'No messages match.', `${subject} ${guess}`);
        }
      }
      assert.deepEqual(rowIds(await search('subject:qtold customer')), [told.id]);
    });

    it('by whether another page follows', async () => {
      const decoy = await file(sandbox.store, { subject: 'decoy', text: 'x' });
      const pages = [];
      for (const guess of ['KQZWVX', 'KQZWVY']) {
        const text = await search(`{subject:decoy ${guess}}`, 1);
        assert.deepEqual(rowIds(text), [decoy.id]);
        pages.push(cursorOf(text));
      }
      assert.deepEqual(pages, [undefined, undefined]);
    });

    it('which finds it by what is shown of it', async () => {
      const queries = [
        ...[
          'subject:qletters',
          'subject:qletters from:acme',
          'verification subject:qletters',
          '"code is" subject:qletters',
        ],
        ...['subject:qletters in:inbox to:me', 'subject:qletters (verification OR zzzzz)', 'subject:qletters -in:sent'],
        ...['subject:qspread newsletter OR expires', 'subject:qspread -newsletter', 'subject:qspread soon'],
      ];
      for (const query of queries) {
        const id = ids.get(query.includes('spread') ? 'spread' : 'letters') ?? '';
        assert.deepEqual(rowIds(await search(query)), [id], query);
      }
    });

    it('which costs no more where nothing is masked', async () => {
      for (const name of ['oak', 'elm', 'ash']) await file(sandbox.store, { subject: `tree ${name}`, text: 'A tree.' });
      assert.equal(await requestsDuring(sandbox, () => search('subject:tree tree -pine')), 2);
      assert.equal(await requestsDuring(sandbox, () => search('subject:tree', 2)), 2);
    });
  });
});
