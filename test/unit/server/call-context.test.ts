import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { Tally } from '../../../src/broker/activity/tally.ts';
import type { CallCredentials } from '../../../src/credentials/credentials.ts';
import { contextOf } from '../../../src/server/call/call-context.ts';
import { asProblem } from '../../../src/shared/problems.ts';
import { questionOf } from '../../support/question.ts';

const YES = { answer: 'send', isAsked: true } as const;

describe('the answer of a person', () => {
  let tally: Tally;
  let call: AbortController;
  let server: AbortController;
  let answer: PromiseWithResolvers<{ answer: 'send'; isAsked: boolean }>;
  beforeEach(() => {
    tally = new Tally();
    [call, server, answer] = [new AbortController(), new AbortController(), Promise.withResolvers()];
  });

  const ask = (what: 'change' | 'message') => {
    const held = {
      askToSend: () => answer.promise,
      changes: { confirm: () => answer.promise },
    } as unknown as CallCredentials;
    const client = { signal: call.signal, whileWaiting: <T>(_: string, work: Promise<T>) => work };
    const { changes, credentials } = contextOf(
      held,
      'editor',
      client as Parameters<typeof contextOf>[2],
      { leaving: server.signal, tally } as Parameters<typeof contextOf>[3],
    );
    const question = { title: 'Archive 60 messages?', verb: 'Archive', facts: [], examples: [] };
    return what === 'change' ? changes.confirm(question) : credentials.askToSend(questionOf(), () => undefined, false);
  };

  for (const what of ['change', 'message'] as const) {
    it(`counts while the call stands, and is noted: about a ${what}`, async () => {
      answer.resolve(YES);
      await ask(what);
      assert.equal(tally.approval, 'person');
    });

    for (const gone of ['call', 'server'] as const) {
      it(`counts no more once the ${gone} has ended: about a ${what}`, async () => {
        const asking = ask(what);
        answer.resolve(YES);
        ({ call, server })[gone].abort();
        await assert.rejects(asking, (error) => asProblem(error).code === 'cancelled');
      });
    }

    it(`is not waited for once the client has gone: about a ${what}`, async () => {
      const asking = ask(what);
      server.abort();
      await assert.rejects(asking, { code: 'cancelled' });
    });
  }
});
