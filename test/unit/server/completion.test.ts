import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import type { CallMailbox } from '../../../src/mailbox/call-mailbox.ts';
import type { ShownRow } from '../../../src/mailbox/shown-row.ts';
import { Completer } from '../../../src/server/mcp/completion.ts';

const row = (id: string): ShownRow => ({
  ...{ id, threadId: `t${id}`, date: 1, sender: 'Ann', from: 'Ann <ann@example.org>', subject: 'Tea', snippet: '' },
  ...{ unread: false, starred: false, important: false, hasAttachment: false, isNewsletter: false, holdsMasked: false },
});

describe('what completion keeps', () => {
  let now: number;
  let view: string;
  /** The queries that were asked. */
  let asked: string[];
  let completer: Completer;
  const type = async (value: string) => {
    const { signal } = new AbortController();
    const values = await completer.complete({ argument: 'message_id', value, given: {} }, signal);
    return values.map((words) => /\(id (\S+)\)$/.exec(words)?.[1]);
  };

  beforeEach(() => {
    [now, view, asked] = [1_000_000, 'one', []];
    const search = async ({ query }: { query: string }) => {
      asked.push(query);
      return { rows: [row(`${asked.length}`)] };
    };
    completer = new Completer(async () => ({ view, search }) as unknown as CallMailbox, { now: () => now });
  });

  it('is not asked for again within a minute, and then is', async () => {
    assert.deepEqual(await type(''), ['1']);
    now += 59_999;
    assert.deepEqual(await type(''), ['1']);
    now += 2;
    assert.deepEqual(await type(''), ['2']);
    assert.deepEqual(asked, ['', '']);
  });

  it('belongs to one view of a mailbox: what is hidden or masked meanwhile is not offered', async () => {
    await type('');
    view = 'two';
    assert.deepEqual(await type(''), ['2']);
    view = 'one';
    assert.deepEqual(await type(''), ['1']);
  });

  it('is bounded: what was used least lately is asked for anew', async () => {
    await type('w0');
    for (let index = 1; index < 16; index += 1) await type(`w${index}`);
    await type('w0');
    assert.equal(asked.length, 16);
    await type('w16');
    await type('w0');
    assert.equal(asked.length, 17);
    await type('w1');
    assert.equal(asked.length, 18);
  });
});
