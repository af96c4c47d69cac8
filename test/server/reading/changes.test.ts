import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { type Sandbox, startSandbox } from '../../../src/sandbox/start.ts';
import { cursorOf, enclosed, file, refuse, requestsDuring, rowIds, startMail, succeed } from '../../support/mail.ts';
import type { ServerUnderTest } from '../../support/mcp-server.ts';

const CHANGES = 'gmail_get_changes';

describe('gmail_get_changes', () => {
  let sandbox: Sandbox;
  let server: ServerUnderTest;
  /** Where the last call ended. */
  let cursor: string;
  const changes = async (from: string | undefined = cursor) => {
    const text = await succeed(server, CHANGES, from === '' ? {} : { cursor: from });
    cursor = cursorOf(text) ?? '';
    return text;
  };

  before(async () => {
    sandbox = await startSandbox();
    server = await startMail(sandbox);
  });
  beforeEach(() => changes(''));
  after(async () => {
    await server.close();
    await sandbox.close();
  });

  it('begins without a cursor, says no changes, and gives one', async () => {
    assert.match(
      await changes(''),
      /^Changes are tracked from now on\. Call again with the cursor.*\nNext time: cursor \S+$/,
    );
  });

  it('says so where nothing has changed', async () => {
    assert.match(await changes(), /^Nothing has changed\.\nNext time: cursor \S+$/);
    assert.match(await changes(), /^Nothing has changed\./);
  });

  it('tells of new, relabelled and deleted messages, once', async () => {
    const [kept, gone] = [await file(sandbox.store, {}), await file(sandbox.store, {})];
    await changes();
    const first = await file(sandbox.store, { subject: 'The first' }, { labels: ['INBOX', 'UNREAD'] });
    const second = await file(sandbox.store, { subject: 'The second' });
    sandbox.store.modify(kept.id, ['STARRED'], ['INBOX']);
    sandbox.store.remove(gone.id);
    const passing = await file(sandbox.store, { subject: 'Came and went' });
    sandbox.store.remove(passing.id);
    const text = await changes();
    assert.match(text, /^New \(U unread, .*\):\n---/);
    assert.deepEqual(rowIds(text), [second.id, first.id]);
    assert.match(
      enclosed(text)[0] ?? '',
      /^.* Ann Example \| The second \| A text\. .*\n.* U Ann Example \| The first /,
    );
    assert.match(
      text,
      new RegExp(`\nRelabelled:\n${kept.id} \\+STARRED -INBOX\nDeleted for good: ${gone.id}\nNext time:`),
    );
    assert.ok(!text.includes(passing.id));
    assert.match(await changes(), /^Nothing has changed\./);
  });

  it('goes on by cursor through many changes, each once, with few requests', async () => {
    const [ids, starred]: string[][] = [[], []];
    for (const message of sandbox.store.messages().slice(0, 30)) {
      sandbox.store.modify(message.id, [message.labelIds.has('STARRED') ? 'IMPORTANT' : 'STARRED'], []);
      starred?.push(message.id);
    }
    for (let n = 0; n < 120; n += 1)
      ids?.push((await file(sandbox.store, { subject: `Number ${n} ${'long words '.repeat(10)}` })).id);
    const pages: string[] = [];
    const count = await requestsDuring(sandbox, async () => {
      do pages.push(await changes());
      while (pages.at(-1)?.includes('More changes follow: '));
    });
    assert.deepEqual(pages.flatMap(rowIds).toSorted(), ids?.toSorted());
    const relabelled = pages.flatMap((page) => page.match(/^[0-9a-f]+(?= [+-])/gm) ?? []);
    assert.deepEqual(
      relabelled.toSorted(),
      sandbox.store
        .messages()
        .map(({ id }) => id)
        .filter((id) => relabelled.includes(id))
        .toSorted(),
    );
    assert.ok(relabelled.length > 0 && relabelled.every((id) => starred?.includes(id)));
    assert.match(pages.at(-1) ?? '', /\nNext time: cursor \S+$/);
    assert.ok(count <= pages.length * 4, `${count} requests for ${pages.length} pages`);
    assert.match(await changes(), /^Nothing has changed\./);
  });

  it('leaves the last ones for the next call where not all that was read fits, and reads the history once', async () => {
    const ids: string[] = [];
    for (let n = 0; n < 40; n += 1) ids.push((await file(sandbox.store, { subject: `${n} ${'漢字'.repeat(40)}` })).id);
    sandbox.calls.length = 0;
    const first = await changes();
    const histories = sandbox.calls.filter((call) => call.includes('/history'));
    assert.equal(histories.length, 1);
    assert.match(first, /\nMore changes follow: cursor \S+$/);
    const told = rowIds(first);
    assert.ok(told.length > 5 && told.length < 40, `${told.length} rows`);
    while (told.length < 40) {
      const text = await changes();
      assert.ok(rowIds(text).length > 0, text);
      told.push(...rowIds(text));
    }
    assert.deepEqual(told.toSorted(), ids.toSorted());
    assert.deepEqual(told.slice(0, rowIds(first).length), ids.slice(0, rowIds(first).length).toReversed());
    assert.match(await changes(), /^Nothing has changed\./);
  });

  it('says what to do where Gmail has forgotten, and goes on from there', async () => {
    await file(sandbox.store, {});
    await file(sandbox.store, {});
    sandbox.store.forgetHistoryBefore(sandbox.store.historyId);
    const text = await changes();
    assert.match(
      text,
      /^Gmail no longer knows what has changed since that cursor.*Search again.*\nNext time: cursor \S+$/,
    );
    const { id } = await file(sandbox.store, {});
    assert.deepEqual(rowIds(await changes()), [id]);
  });

  it('refuses cursors that are not its own', async () => {
    const search = cursorOf(await succeed(server, 'gmail_search_emails', { query: '' }));
    await refuse(server, CHANGES, { cursor: search }, /cursor is not usable here\..*belongs to another tool/);
    await refuse(server, CHANGES, { cursor: `${cursor}=` }, /it is damaged/);
    await refuse(server, CHANGES, { cursor: cursor.slice(1) }, /it is damaged/);
    await refuse(server, CHANGES, { cursor: '1000' }, /it is damaged/);
    await refuse(server, CHANGES, { cursor: 7 }, /cursor is not usable\..*Got: 7\./);
    await refuse(server, CHANGES, { since: '2026' }, /There is no argument since\. This tool takes cursor\./);
  });
});
