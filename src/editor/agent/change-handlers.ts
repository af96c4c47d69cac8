import type { Account } from '../../accounts/account.ts';
import type { Recorder } from '../../activity/recorder.ts';
import type { Handlers } from '../../broker/answer.ts';
import type { CHANGE_METHODS } from '../../broker/change-protocol.ts';
import type { ChangeAllowance } from '../../shared/changes/change-allowance.ts';
import type { ChangeJournal, MadeChange } from '../../shared/changes/change-journal.ts';
import type { ChangeGate } from '../gate/change-gate.ts';

/** What the window keeps of changes to mail. */
export interface ChangeServices {
  allowance: ChangeAllowance;
  journal: ChangeJournal;
  changeGate: Pick<ChangeGate, 'ask'>;
  recorder: Pick<Recorder, 'answered'>;
  /** Is told of a change that was made. */
  onChanged(account: string, change: MadeChange): void;
}

/**
 * The window's half of organising mail: it counts, asks and remembers for all its servers.
 *
 * @param find the account of a request, which must allow organising; throws a Problem otherwise
 */
export function changeHandlers(
  { allowance, journal, changeGate, recorder, onChanged }: ChangeServices,
  find: (email: string | undefined) => Promise<Account>,
): Pick<Handlers, keyof typeof CHANGE_METHODS> {
  /** Accounts are told apart as mailboxes are, letter case aside. */
  const keyOf = async (email: string | undefined) => (await find(email)).email.toLowerCase();
  return {
    takeAllowance: async ({ account, kind, count }) => allowance.take(await keyOf(account), kind, count),
    giveBackAllowance: async ({ account, ticket, count }) => {
      allowance.giveBack(await keyOf(account), ticket, count);
      return {};
    },
    confirmChange: async ({ account, ...question }, signal) => {
      const found = await find(account);
      const { email, sandboxOrigin } = found;
      const shown = `${email}${sandboxOrigin === undefined ? '' : ' (sandbox, not a real mailbox)'}`;
      const agrees = await changeGate.ask(question, shown, signal);
      await recorder.answered(found, 'change', agrees ? 'yes' : signal.aborted ? 'withdrawn' : 'no');
      return { agrees };
    },
    beginChange: async ({ account, ids, change }) => ({ id: journal.begin(await keyOf(account), ids, change) }),
    endChange: async ({ account, id, ...ending }) => {
      const key = await keyOf(account);
      const made = journal.end(key, id, ending);
      if (made) onChanged(key, made);
      return { isNoted: made !== undefined || ending.changed === 0 };
    },
    claimUndo: async ({ account, id }) => ({ claim: journal.claim(await keyOf(account), id) }),
    releaseUndo: async ({ account, id }) => {
      journal.release(await keyOf(account), id);
      return {};
    },
    noteUndone: async ({ account, id, window }) => {
      journal.undone(await keyOf(account), id, window);
      return {};
    },
    changesMade: async ({ account }) => ({ changes: journal.list(await keyOf(account)).map(forServers) }),
    changedIds: async ({ account, id }) => ({ ids: [...journal.idsOf(await keyOf(account), id)] }),
  };
}

const forServers = ({ add, remove, own, ...made }: MadeChange) => ({
  ...made,
  add: [...add],
  remove: [...remove],
  own: [...own],
});
