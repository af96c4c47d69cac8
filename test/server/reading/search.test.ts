import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { type Sandbox, startSandbox } from '../../../src/sandbox/start.ts';
import {
  cursorOf,
  enclosed,
  file,
  pagesOf,
  refuse,
  requestsDuring,
  rowIds,
  startMail,
  succeed,
} from '../../support/mail.ts';
import type { ServerUnderTest } from '../../support/mcp-server.ts';
import { startServer } from '../../support/mcp-server.ts';
import { accountOf, brokerFolder, Opened, openWindow, otherAccountOf } from '../../support/window.ts';

const SEARCH = 'gmail_search_emails';
const MIRA = 'mira.vale@sandbox.example';
const DAY = 86_400_000;
/** Two years back, so that rows show the year and no test runs across its end. */
const NOON = Date.UTC(new Date().getUTCFullYear() - 2, 2, 1, 12);

describe('gmail_search_emails', () => {
  let sandbox: Sandbox;
  let server: ServerUnderTest;
  const opened = new Opened();
  const search = (query: string, more: Record<string, unknown> = {}) => succeed(server, SEARCH, { query, ...more });

  before(async () => {
    sandbox = await startSandbox(undefined, undefined, [MIRA]);
    server = await startMail(sandbox);
    await server.call('gmail_refresh_token');
  });
  afterEach(async () => {
    sandbox.faults.clear();
    await opened.close();
  });
  after(async () => {
    await server.close();
    await sandbox.close();
  });

  it('shows date, flags, sender, subject, snippet and id of each message, the newest first', async () => {
    const year = new Date(NOON).getUTCFullYear();
    const labels = ['INBOX', 'UNREAD', 'STARRED', 'IMPORTANT'];
    const files = [{ type: 'text/csv', name: 'a.csv', content: 'a' }];
    const first = await file(
      sandbox.store,
      { subject: 'rowtest plan', text: 'Tom & Jerry are <3 minutes late.', files },
      { labels, at: NOON },
    );
    const bare = { from: 'bob@mail.example', subject: 'rowtest a|b\u200b\u202ec', text: ' ' };
    const second = await file(sandbox.store, bare, { labels: [], at: NOON + DAY });
    const text = await search('rowtest in:anywhere');
    assert.match(text, /^2 messages, newest first \(U unread, \* starred, ! important, \+ has files\)\.\n/);
    assert.deepEqual(enclosed(text), [
      [
        `2 Mar ${year} bob@mail.example | rowtest a/bc |  | ${second.id}`,
        `1 Mar ${year} U*!+ Ann Example | rowtest plan | Tom & Jerry are <3 minutes late. | ${first.id}`,
      ].join('\n'),
    ]);
    assert.match(text, /\nThere are no more\.$/);
  });

  it('shows the time of mail of this year', async () => {
    const { id } = await file(sandbox.store, { subject: 'timetest' });
    assert.match(await search('timetest'), new RegExp(`\\n\\d{1,2} [A-Z][a-z]{2,3} \\d\\d:\\d\\d Ann .* ${id}\\n`));
  });

  it('says so where a message has no subject and no sender', async () => {
    const { id } = await file(sandbox.store, Buffer.from('Message-ID: <n@x.example>\r\n\r\nnamelesstest\r\n'));
    assert.match(
      await search('namelesstest'),
      new RegExp(`\\(no sender\\) \\| \\(no subject\\) \\| namelesstest \\| ${id}`),
    );
  });

  it('says so where nothing is found', async () => {
    assert.equal(await search('nobody-ever-wrote-this'), 'No messages match.');
  });

  it('goes on by cursor to the end with every message once', async () => {
    const ids: string[] = [];
    for (let n = 0; n < 60; n += 1)
      ids.unshift((await file(sandbox.store, { subject: `pagetest ${n}` }, { at: NOON + n * 1000 })).id);
    const pages = await pagesOf(server, SEARCH, { query: 'pagetest' });
    assert.deepEqual(
      pages.map((page) => rowIds(page).length),
      [25, 25, 10],
    );
    assert.deepEqual(pages.flatMap(rowIds), ids);
    assert.match(pages[2] ?? '', /\nThere are no more\.$/);
    assert.match(pages[1] ?? '', /^25 messages, .*\nMore follow: cursor \S+$/s);
  });

  it('cuts a page that is too long and goes on behind the cut', async () => {
    const ids: string[] = [];
    const subject = (n: number) =>
      `=?utf-8?B?${Buffer.from(`cuttest ${n} ${'漢字🎉'.repeat(30)}`).toString('base64')}?=`;
    for (let n = 0; n < 130; n += 1)
      ids.unshift((await file(sandbox.store, { subject: subject(n) }, { at: NOON + n * 1000 })).id);
    const pages = await pagesOf(server, SEARCH, { query: 'cuttest', max_results: 100 });
    assert.ok(pages.length > 2 && rowIds(pages[0] ?? '').length < 100, 'no page was cut');
    assert.deepEqual(pages.flatMap(rowIds), ids);
  });

  describe('goes on behind a cut', () => {
    const query = 'movetest';
    /** Files messages, of which a page of 100 shows only some; all ids, the newest first. */
    const fileMany = async (word: string) => {
      const ids: string[] = [];
      const subject = `=?utf-8?B?${Buffer.from(`${word} ${'漢字🎉'.repeat(30)}`).toString('base64')}?=`;
      for (let n = 0; n < 90; n += 1) ids.unshift((await file(sandbox.store, { subject }, { at: NOON + n * 1000 })).id);
      return ids;
    };
    const page = async (word: string, cursor?: string) => {
      const text = await search(word, { max_results: 100, ...(cursor ? { cursor } : {}) });
      return { ids: rowIds(text), cursor: cursorOf(text) };
    };
    const rest = async (word: string, from: string | undefined) => {
      const ids: string[] = [];
      for (let cursor = from; cursor; ) {
        const next = await page(word, cursor);
        ids.push(...next.ids);
        cursor = next.cursor;
      }
      return ids;
    };

    it('without skipping a message when earlier ones are deleted meanwhile', async () => {
      const ids = await fileMany(query);
      const first = await page(query);
      for (const id of first.ids.slice(0, 5)) sandbox.store.remove(id);
      assert.deepEqual([...first.ids, ...(await rest(query, first.cursor))], ids);
    });

    it('without skipping or repeating one when the last that was shown is deleted meanwhile', async () => {
      const ids = await fileMany('lasttest');
      const first = await page('lasttest');
      sandbox.store.remove(first.ids.at(-1) ?? '');
      assert.deepEqual([...first.ids, ...(await rest('lasttest', first.cursor))], ids);
    });

    it('without repeating a message when new mail comes, be it a page of it', async () => {
      const ids = await fileMany('newtest');
      const first = await page('newtest');
      for (let n = 0; n < 120; n += 1) await file(sandbox.store, { subject: 'newtest' }, { at: NOON + DAY });
      assert.deepEqual([...first.ids, ...(await rest('newtest', first.cursor))], ids);
    });
  });

  it('takes two HTTP requests for 25 rows', async () => {
    let rows = 0;
    const count = await requestsDuring(sandbox, async () => {
      rows = rowIds(await search('in:inbox')).length;
    });
    assert.equal(rows, 25);
    assert.equal(count, 2);
  });

  it('leaves out a message that is deleted between the list and the batch', async () => {
    const stays = await file(sandbox.store, { subject: 'gonetest' });
    const goes = await file(sandbox.store, { subject: 'gonetest' });
    const answer = { status: 404, body: { error: { code: 404, message: 'Requested entity was not found.' } } };
    sandbox.faults.add({ match: new RegExp(`/messages/${goes.id}$`), answer });
    const text = await search('gonetest');
    assert.deepEqual(rowIds(text), [stays.id]);
    assert.match(text, /^1 message, [\s\S]*There are no more\.$/);
  });

  describe('refuses a cursor', () => {
    const query = 'in:inbox';
    let cursor: string;
    before(async () => {
      cursor = cursorOf(await search(query)) ?? '';
      assert.notEqual(cursor, '');
    });
    const wrong =
      (reason: RegExp, args: Record<string, unknown>, tool = SEARCH) =>
      async () => {
        const text = await refuse(server, tool, { ...args, cursor: args.cursor ?? cursor }, reason);
        assert.match(text, /^The cursor is not usable here\..* without a cursor/s);
      };
    it('of another search', () => wrong(/a call with other arguments/, { query: 'in:sent' })());
    it('of another length', () => wrong(/a call with other arguments/, { query, max_results: 10 })());
    it('in another tool', () => wrong(/another tool/, {}, 'gmail_get_changes')());
    it('that lost its end', () => wrong(/damaged/, { query, cursor: cursor.slice(0, -3) })());
    it('with another letter in it', () => wrong(/damaged/, { query, cursor: cursor.replace(/^./, 'f') })());
    it('that is none', () => wrong(/damaged/, { query, cursor: 'next' })());

    it('of another account', async () => {
      const folder = brokerFolder();
      const window = opened.add(await openWindow(folder));
      await window.store.save(accountOf(sandbox));
      await window.store.save(otherAccountOf(sandbox, MIRA));
      const both = opened.add(await startServer({ HEADLESS_GMAIL_BROKER: folder }));
      const own = await succeed(both, SEARCH, { query, account: sandbox.address });
      const args = { query, account: MIRA, cursor: cursorOf(own) };
      await refuse(both, SEARCH, args, /belongs to another account/);
      await succeed(both, SEARCH, { ...args, account: sandbox.address });
    });
  });

  describe('refuses', () => {
    const rows: [string, Record<string, unknown>, RegExp][] = [
      ['no query', {}, /query is missing.*Expected: Gmail search/],
      ['a query that is no text', { query: 7 }, /query is not usable.*Got: 7\./],
      ['a query too long', { query: 'x'.repeat(2001) }, /query is not usable.*2,000.*2001 characters/],
      ['no results', { query: '', max_results: 0 }, /max_results.*1 to 100.*Got: 0\./],
      ['too many results', { query: '', max_results: 101 }, /max_results.*1 to 100.*Got: 101\./],
      ['half a result', { query: '', max_results: 1.5 }, /max_results.*1 to 100.*Got: 1\.5\./],
      ['an unknown argument', { query: '', limit: 3 }, /no argument limit.*query, max_results, cursor/],
    ];
    for (const [what, args, expected] of rows)
      it(what, () => refuse(server, SEARCH, args, expected).then(() => undefined));
  });
});
