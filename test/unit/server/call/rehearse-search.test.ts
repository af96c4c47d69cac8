import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { tellOfRequest } from '../../../../src/shared/turns/departure.ts';

type Rehearsal = typeof import('../../../../src/server/call/rehearse-search.ts');

/** A process rehearses once; this is as if it had not. */
async function rehearsalOf(process: string): Promise<Rehearsal['rehearseSearch']> {
  const file = new URL(`../../../../src/server/call/rehearse-search.ts?${process}`, import.meta.url);
  const { rehearseSearch } = (await import(file.href)) as Rehearsal;
  return rehearseSearch;
}

/** Until there are as many as wanted. */
async function until(count: () => number, wanted: number): Promise<void> {
  for (let waited = 0; waited < 500 && count() < wanted; waited += 1) await pause(10);
}

/** Then a rehearsal that goes on has gone on. */
const A_WHILE_MS = 200;

describe('the rehearsal of a search', () => {
  it('searches nothing before the token is there, whole lists while Gmail reads, and nothing when it has answered', async () => {
    const rehearseSearch = await rehearsalOf('whose token is on its way');
    let searches = 0;
    let answered = () => {};
    const over = new AbortController();
    const token = tellOfRequest();
    const done = rehearseSearch(async ({ mailbox }) => {
      searches += 1;
      await (await mailbox()).search({ query: 'is:unread', limit: 25 });
      if (searches === 3) answered();
    }, over.signal);
    await until(() => searches, 1);
    await pause(A_WHILE_MS);
    assert.equal(searches, 1, 'an empty search, before any request to Gmail');
    token();
    const listed = tellOfRequest();
    await pause(A_WHILE_MS);
    assert.equal(searches, 1, 'rows alone, after the list was asked for');
    listed();
    answered = tellOfRequest();
    await until(() => searches, 3);
    await pause(A_WHILE_MS);
    assert.equal(searches, 3, 'whole searches after the batch was asked for, until it was answered');
    const more = tellOfRequest();
    await until(() => searches, 4);
    assert.ok(searches >= 4, 'and the others while one more is on its way');
    over.abort();
    await done;
    more();
  });

  it('lets the call go first where its token is there already, until Gmail is asked', async () => {
    const rehearseSearch = await rehearsalOf('that has a token');
    let searches = 0;
    const over = new AbortController();
    tellOfRequest()();
    const done = rehearseSearch(async () => {
      searches += 1;
    }, over.signal);
    await pause(A_WHILE_MS);
    assert.equal(searches, 0, 'nothing while the call prepares its request');
    const listed = tellOfRequest();
    await until(() => searches, 1);
    assert.equal(searches, 1);
    over.abort();
    await done;
    listed();
  });
});
