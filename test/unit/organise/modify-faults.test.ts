import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { type Modified, modifyMessages } from '../../../src/organise/modify.ts';
import type { ModifyRequest } from '../../../src/organise/modify-request.ts';
import { Selections } from '../../../src/organise/selections.ts';
import { Problem } from '../../../src/shared/problems.ts';
import { problemOf } from '../support.ts';
import { openRules, StubOrganiser } from './stub-organiser.ts';

const TAKEN = { isAllowed: true, limit: 'labels', recent: 0, ticket: 't' } as const;

describe('a change that fails', () => {
  let mail: StubOrganiser;
  let given: [string, number][];
  beforeEach(() => {
    [mail, given] = [new StubOrganiser(), []];
    mail.messages = ['a', 'b'];
  });

  const run = (request: Omit<ModifyRequest, 'query'>) => {
    const giveBack = async (ticket: string, count: number) => void given.push([ticket, count]);
    const rules = { ...openRules(), take: async () => TAKEN, giveBack };
    return modifyMessages(
      { query: 'x', ...request },
      {
        ...{ organiser: mail.door, rules, selections: new Selections(), source: 'editor' },
        reopen: async () => mail.door,
        onChanged: () => undefined,
      },
    );
  };
  const failing = (problem: Problem) => {
    mail.change = async (ids) => ({ done: [], left: [...ids], problem });
  };
  /** What the history shows of the messages. */
  const shows = (...ids: string[]) => {
    mail.history = async () =>
      ids.map((id) => ({ id: '1', labelsRemoved: [{ message: { id }, labelIds: ['INBOX'] }] }));
    mail.from = '0';
  };
  const refused = Problem.of('request_refused', { reason: 'Nope' });
  const failed = Problem.of('google_failed', { status: '503' });

  it('counts for nothing where Gmail refused it, and takes the label with it that it created', async () => {
    failing(refused);
    const problem = await problemOf(run({ add_labels: ['New'], create_labels: true }));
    assert.match(problem.explain('editor').what, /^0 messages were changed, and 2 were not: a, b\.$/);
    assert.deepEqual([given, mail.labelled], [[['t', 2]], []]);
    mail.stuck = ['New'];
    const { why } = (await problemOf(run({ add_labels: ['New'], create_labels: true }))).explain('editor');
    assert.match(why, /The call has created the label New, which stays\.$/);
  });

  it('counts for nothing where it could not begin', async () => {
    mail.place = () => Promise.reject(failed);
    assert.equal((await problemOf(run({ action: 'archive' }))).code, 'google_failed');
    assert.deepEqual(given, [['t', 2]]);
  });

  it('counts for what the history shows, whatever Gmail answered', async () => {
    failing(failed);
    shows('a');
    const problem = await problemOf(run({ action: 'archive' }));
    assert.match(problem.explain('editor').what, /^1 message was changed, and 1 was not: b\.$/);
    shows('a', 'b');
    const { lines } = (await run({ action: 'archive' })) as Modified;
    assert.deepEqual(lines, ['Archived: 2 messages.', 'gmail_undo takes it back.']);
    assert.deepEqual(given, [['t', 1]]);
  });

  it('is told of as unknown and counts where nothing shows it, and its label stays', async () => {
    failing(failed);
    const problem = await problemOf(run({ add_labels: ['New'], create_labels: true }));
    const { what, why } = problem.explain('editor');
    assert.match(what, /^0 messages were changed, and of 2 it is unknown whether they were: a, b\.$/);
    assert.match(why, /The call has created the label New, which stays\.$/);
    assert.deepEqual([given, mail.labelled.length], [[], 1]);
  });

  it('says one thing to do next', async () => {
    failing(Problem.of('rate_limited', { wait: '20 seconds' }));
    const limited = (await problemOf(run({ action: 'archive' }))).explain('editor').next;
    assert.match(
      limited,
      /^Wait 20 seconds, then call the tool again with selection s-\w+ and the same change for the rest\.$/,
    );
    failing(Problem.of('not_found', { kind: 'label', id: 'Label_1' }));
    const gone = (await problemOf(run({ action: 'archive' }))).explain('editor').next;
    assert.doesNotMatch(gone, /selection/);
  });
});
