import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type Sandbox, startSandbox } from '../../../src/sandbox/start.ts';
import { bodyOf, enclosed, file, startMail, succeed } from '../../support/mail.ts';
import type { ServerUnderTest } from '../../support/mcp-server.ts';

const SEARCH = 'gmail_search_emails';

describe('mail that is known', () => {
  let sandbox: Sandbox;
  let server: ServerUnderTest;
  let id: string;
  const query = 'subject:harvest';

  before(async () => {
    sandbox = await startSandbox();
    server = await startMail(sandbox);
    for (let nth = 1; nth <= 5; nth += 1) await file(sandbox.store, { subject: `Harvest ${nth}`, text: 'Apples.' });
    ({ id } = await file(sandbox.store, { subject: 'Harvest, the last', text: 'Pears.' }));
  });
  after(async () => {
    await server.close();
    await sandbox.close();
  });

  /** What a call answers between its marks, and what it asks Gmail for, without what the calls are made of. */
  async function asking(tool: string, args: Record<string, unknown>): Promise<{ answer: string; calls: string[] }> {
    const before = sandbox.calls.length;
    const text = await succeed(server, tool, args);
    const calls = sandbox.calls.slice(before).map((call) => call.replace(/\?.*/, '').replace(/^.*\/users\/me\//, ''));
    return { answer: enclosed(text).join('\n'), calls: calls.filter((call) => !call.includes('/batch/')) };
  }

  it('is found again for the list and the history alone', async () => {
    const first = await asking(SEARCH, { query });
    assert.equal(first.calls.filter((call) => call.startsWith('messages/')).length, 6);
    const again = await asking(SEARCH, { query });
    assert.deepEqual(again.calls, ['messages', 'history']);
    assert.equal(again.answer, first.answer);
  });

  it('is listed and read again by the original tools for the history alone', async () => {
    const once = async (tool: string, args: Record<string, unknown>) => {
      const before = sandbox.calls.length;
      const { json } = await server.call(tool, args);
      return {
        json,
        calls: sandbox.calls.slice(before).map((call) => call.replace(/\?.*/, '').replace(/^.*\/me\//, '')),
      };
    };
    const ways: [string, Record<string, unknown>, string[]][] = [
      ['gmail_get_recent_emails', { max_results: 3 }, ['messages', 'history']],
      ['gmail_get_email_body_chunk', { message_id: id }, ['history']],
    ];
    for (const [tool, args, asked] of ways) {
      const first = await once(tool, args);
      const again = await once(tool, args);
      assert.deepEqual(again.calls, asked);
      assert.deepEqual(again.json, first.json);
      sandbox.store.modify(id, ['STARRED'], []);
      assert.deepEqual((await once(tool, args)).calls.slice(0, asked.length), asked);
      sandbox.store.modify(id, [], ['STARRED']);
    }
  });

  it('is asked for where the history tells of it, and shown as it is then', async () => {
    sandbox.store.modify(id, ['STARRED'], []);
    const { answer, calls } = await asking(SEARCH, { query });
    assert.deepEqual(calls, ['messages', 'history', `messages/${id}`]);
    assert.match(answer, new RegExp(`\\*.*Harvest, the last.*${id}`));
    assert.deepEqual((await asking(SEARCH, { query })).calls, ['messages', 'history']);
  });

  it('is asked for where Gmail has forgotten what happened since, and known from then on', async () => {
    sandbox.store.modify(id, ['IMPORTANT'], []);
    sandbox.store.forgetHistoryBefore(sandbox.store.historyId);
    const { calls } = await asking(SEARCH, { query });
    assert.deepEqual(calls.slice(0, 3), ['messages', 'history', 'profile']);
    assert.equal(calls.filter((call) => call.startsWith('messages/')).length, 6);
    assert.deepEqual((await asking(SEARCH, { query })).calls, ['messages', 'history']);
  });

  it('is read again for the history alone, with the labels that it has', async () => {
    const read = { message_ids: [id] };
    assert.match((await asking('gmail_read_email', read)).answer, /Pears/);
    const again = await asking('gmail_read_email', read);
    assert.deepEqual(again.calls, ['history']);
    assert.match(again.answer, /Pears/);
    sandbox.store.modify(id, [], ['STARRED']);
    assert.deepEqual((await asking('gmail_read_email', read)).calls, ['history', `messages/${id}`]);
    sandbox.store.modify(id, [], ['IMPORTANT']);
    sandbox.store.forgetHistoryBefore(sandbox.store.historyId);
    assert.deepEqual((await asking('gmail_read_email', read)).calls, ['history', 'profile', `messages/${id}`]);
    assert.deepEqual((await asking('gmail_read_email', read)).calls, ['history']);
  });

  it('is not found any more when it is deleted', async () => {
    const gone = await file(sandbox.store, { subject: 'Harvest, called off', text: 'Plums.' });
    assert.match((await asking(SEARCH, { query })).answer, /called off/);
    sandbox.store.remove(gone.id);
    const { answer } = await asking(SEARCH, { query });
    assert.doesNotMatch(answer, /called off/);
    assert.match(answer, /the last/);
  });

  it('is asked for right after a call has changed something, whatever the history tells by then', async () => {
    await succeed(server, 'gmail_modify_emails', { message_ids: [id], action: 'star' });
    const { answer, calls } = await asking(SEARCH, { query });
    assert.ok(calls.includes(`messages/${id}`) && !calls.includes('history'), calls.join());
    assert.match(answer, new RegExp(`\\*.*Harvest, the last.*${id}`));
    assert.match(bodyOf(await succeed(server, 'gmail_read_email', { message_ids: [id] })), /Pears/);
  });
});
