import type { BrokerClient } from '../broker/broker-client.ts';
import type { ChangeRules } from '../organise/rules.ts';
import { ChangeAllowance } from '../shared/changes/change-allowance.ts';
import { ChangeJournal } from '../shared/changes/change-journal.ts';
import { clip } from '../shared/code-points.ts';
import { Problem } from '../shared/problems.ts';
import { OpenQuestions } from '../shared/turns/open-questions.ts';
import type { AskPerson } from './ask-person.ts';
import { assertPersonAgreesToChange } from './elicitation.ts';

/** Longer names of clients are cut, in code points: the window takes 200 code units. */
const LONGEST_NAME = 99;

/** The rules of a window, which counts, asks and remembers for all its servers. */
export function windowRules(
  broker: BrokerClient,
  { client, account, signal }: { client: string; account(): { account?: string }; signal: AbortSignal },
): ChangeRules {
  const { signal: always } = new AbortController();
  return {
    take: (kind, count) => broker.request('takeAllowance', { ...account(), kind, count }, signal),
    // What was not changed is not counted, whether or not the client still waits.
    giveBack: async (ticket, count) =>
      void (await broker.request('giveBackAllowance', { ...account(), ticket, count }, always)),
    confirm: async (question) => {
      const { agrees } = await broker.request('confirmChange', { ...question, ...account() }, signal);
      signal.throwIfAborted();
      if (!agrees) throw Problem.of('change_not_agreed', { how: 'decline', reason: question.reason });
    },
    journal: {
      begin: async (ids, change) => {
        const named = {
          ...change,
          client: clip(client, LONGEST_NAME),
          add: [...change.add],
          remove: [...change.remove],
          own: [...change.own],
        };
        return (await broker.request('beginChange', { ...account(), ids: [...ids], change: named }, signal)).id;
      },
      // What was changed is noted whether or not the client still waits.
      end: async (id, ending) => (await broker.request('endChange', { ...account(), id, ...ending }, always)).isNoted,
      claim: async (id) => (await broker.request('claimUndo', { ...account(), id }, signal)).claim,
      release: async (id) => void (await broker.request('releaseUndo', { ...account(), id }, always)),
      undone: async (id, window) => void (await broker.request('noteUndone', { ...account(), id, window }, always)),
      list: async () => {
        const { changes } = await broker.request('changesMade', account(), signal);
        return { changes, client: clip(client, LONGEST_NAME) };
      },
      idsOf: async (id) => (await broker.request('changedIds', { ...account(), id }, signal)).ids,
    },
  };
}

/** Without a window the server counts and remembers by itself, as long as it runs, and asks by its client. */
export class OwnRules {
  readonly #allowance = new ChangeAllowance(Date.now);
  readonly #journal = new ChangeJournal(Date.now);
  readonly #questions = new OpenQuestions();

  /** @param ownerOf finds the account that it is about, in whatever form tells it from others, before anything is done */
  of(
    ownerOf: () => Promise<string>,
    { client, ask, signal }: { client: string; ask: AskPerson; signal: AbortSignal },
  ): ChangeRules {
    const journal = this.#journal;
    return {
      take: async (kind, count) => this.#allowance.take(await ownerOf(), kind, count),
      giveBack: async (ticket, count) => this.#allowance.giveBack(await ownerOf(), ticket, count),
      confirm: (question) => this.#questions.ask(() => assertPersonAgreesToChange(ask, question, signal)),
      journal: {
        begin: async (ids, change) => journal.begin(await ownerOf(), ids, { ...change, client }),
        end: async (id, ending) => journal.end(await ownerOf(), id, ending) !== undefined || ending.changed === 0,
        claim: async (id) => journal.claim(await ownerOf(), id),
        release: async (id) => journal.release(await ownerOf(), id),
        undone: async (id, window) => journal.undone(await ownerOf(), id, window),
        list: async () => ({ changes: journal.list(await ownerOf()), client }),
        idsOf: async (id) => journal.idsOf(await ownerOf(), id),
      },
    };
  }
}
