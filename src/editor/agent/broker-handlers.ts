import type { AccessTokens } from '../../accounts/access-tokens.ts';
import type { Account } from '../../accounts/account.ts';
import { type AccountStore, firstAccount } from '../../accounts/account-store.ts';
import type { PersonAnswer } from '../../activity/entries.ts';
import type { Recorder } from '../../activity/recorder.ts';
import type { Handlers } from '../../broker/answer.ts';
import type { BrokerAccount, BrokerToken } from '../../broker/protocol.ts';
import type { SendAnswer } from '../../broker/send-question.ts';
import type { AccessToken } from '../../oauth/token-client.ts';
import { type Access, type AccessLevel, denialOf, lowerLevel } from '../../shared/access.ts';
import type { ChosenFolder } from '../../shared/chosen-folder.ts';
import { listed } from '../../shared/limits/listed.ts';
import type { Privacy } from '../../shared/privacy.ts';
import { Problem, type ProblemCode } from '../../shared/problems.ts';
import type { UnitBudgets } from '../../shared/quota/unit-budgets.ts';
import { DraftHolds } from '../../shared/turns/draft-holds.ts';
import type { SendGate } from '../gate/send-gate.ts';
import { assertRecipientsAllowed, needsAnswer } from '../gate/send-rules.ts';
import type { SendingPolicy } from '../gate/sending-policy.ts';
import type { SentNotices } from '../gate/sent-notices.ts';
import type { Reporter } from '../report.ts';
import { type ChangeServices, changeHandlers } from './change-handlers.ts';

/** What the window's half of the broker works with. */
export interface HandlerOptions extends Omit<ChangeServices, 'recorder'> {
  store: AccountStore;
  tokens: AccessTokens;
  reporter: Pick<Reporter, 'background' | 'recovered'>;
  /** The most that the administrator lets any account do; asked at each request. */
  maximumLevel(): AccessLevel;
  /** What the person keeps out of the agent's reach; asked at each request. */
  privacy(): Privacy;
  /** The folder into which the person lets files be saved; asks for it once. Undefined where the person gives none. */
  saveFolder(): Promise<ChosenFolder | undefined>;
  /** The folders whose files may be attached. */
  attachmentFolders(): readonly ChosenFolder[];
  gate: Pick<SendGate, 'ask'>;
  policy: Pick<SendingPolicy, 'asks' | 'sent' | 'remember'>;
  /** Notes what is done; what it cannot note is not done. */
  recorder: Pick<Recorder, 'called' | 'handedOut' | 'answered' | 'notesSearches'>;
  /** Tells the person what became of a message that was let go. */
  notices: Pick<SentNotices, 'letGo' | 'ended'>;
  /** Is told where the search that hides mail keeps all of a mailbox from being read. */
  onHidingFailed(email: string, query: string): void;
  /** Addresses and domains that may be written to; all where there are none. */
  allowedRecipients(): readonly string[];
  /** The quota of each account, over all its servers. */
  budgets: UnitBudgets;
}

/**
 * What the window does for the MCP servers that it started. An account does no more for them than its level and the
 * scopes that Google granted allow. Errors are Problems.
 */
export function brokerHandlers({
  store,
  tokens,
  reporter,
  maximumLevel,
  privacy,
  saveFolder,
  attachmentFolders,
  gate,
  policy,
  recorder,
  notices,
  onHidingFailed,
  allowedRecipients,
  budgets,
  ...changes
}: HandlerOptions): Handlers {
  const drafts = new DraftHolds();
  const levelOf = ({ level }: Account) => lowerLevel(level, maximumLevel());
  const assertAllowed = (account: Account, needed: Access, scopes: readonly string[] | undefined) => {
    const denial = denialOf(needed, levelOf(account), scopes);
    if (denial === 'level') {
      const level = levelOf(account);
      throw Problem.of('level_too_low', { account: account.email, level, needed, isMaximum: level !== account.level });
    }
    if (denial === 'scope') throw Problem.of('scope_not_granted', { account: account.email, needed });
  };
  /** Tells the person what keeps a mailbox from working. */
  const watched = async <T>(email: string, work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      reporter.background(email, error);
      throw error;
    }
  };
  const find = (email: string | undefined) =>
    watched(email ?? '', () => accountFor(store, email)).catch((error: unknown): never => {
      // What a server still counts on may have been signed out in another window.
      store.lookAgain().catch(() => undefined);
      throw error;
    });
  const refreshed = async (account: Account, ask: () => Promise<AccessToken>): Promise<AccessToken> => {
    const token = await watched(account.email, ask);
    reporter.recovered(account.email);
    return token;
  };
  /** Accounts by the address under which a server got a token, so that a report of it need not read the secret storage. */
  const served = new Map<string, Account>();
  /** A token for a server. It is noted first, since whoever has it can read without leaving a line. */
  const handOver = async (account: Account, token: AccessToken, client: string | undefined): Promise<BrokerToken> => {
    await watched(account.email, () => recorder.handedOut(account, token.value, client));
    served.set(account.email, account);
    return { ...toBrokerToken(account, token, privacy()), notesSearches: recorder.notesSearches() };
  };
  /** A local stand-in has no quota. */
  const takeUnits = async ({ email, sandboxOrigin }: Account, units: number, signal: AbortSignal) => {
    if (sandboxOrigin === undefined) await budgets.of(email).take(units, signal);
  };
  const findOrganisable = async (email: string | undefined) => {
    const account = await accountFor(store, email);
    assertAllowed(account, 'organise', account.scopes);
    return account;
  };
  return {
    ...changeHandlers({ ...changes, recorder }, findOrganisable),
    listAccounts: async () => {
      const { accounts } = await store.list();
      return { accounts: accounts.map((account, index) => toBrokerAccount(account, levelOf(account), index === 0)) };
    },
    getToken: async ({ account: email, access, refused, client, units }, signal) => {
      const account = await find(email);
      assertAllowed(account, access, account.scopes);
      const token = await refreshed(account, () =>
        refused === undefined ? tokens.get(account) : tokens.replace(account, refused),
      );
      // Of an account that was pasted in, the scopes are known only now.
      assertAllowed(account, access, token.scopes);
      if (units !== undefined) await takeUnits(account, units, signal);
      return handOver(account, token, client);
    },
    renewToken: async ({ account: email, client }) => {
      const account = await find(email);
      return handOver(account, await refreshed(account, () => tokens.renew(account)), client);
    },
    takeUnits: async ({ account: email, units }, signal) => {
      await takeUnits(await find(email), units, signal);
      return {};
    },
    restUnits: async ({ account: email, milliseconds }) => {
      budgets.of((await find(email)).email).rest(milliseconds);
      return {};
    },
    noteCall: async (report) => {
      const { account: named = '' } = report;
      const account = served.get(named) ?? (named ? await store.find(named).catch(() => undefined) : undefined);
      // What became of a message is told whether or not it can be recorded.
      notices.ended(report);
      if (account && HIDING_FAILED.has(report.reason)) onHidingFailed(account.email, privacy().hiddenQuery);
      await watched(named, () => recorder.called(report, account));
      return {};
    },
    saveFolder: async () => {
      const folder = await saveFolder();
      if (folder === undefined) throw Problem.of('save_folder_unset', {});
      return folder;
    },
    attachmentFolders: async () => ({ folders: [...attachmentFolders()] }),
    sendPolicy: async ({ account: email }) => {
      const account = await find(email);
      return { asks: await policy.asks(), sent: await policy.sent(account.email) };
    },
    reportSent: async ({ account, messageId }) => {
      await policy.remember(account, messageId);
      return {};
    },
    holdDraft: async ({ draftId, holder }, _signal, gone) => {
      drafts.take(draftId, holder, gone);
      return {};
    },
    releaseDraft: async ({ draftId, holder }) => {
      drafts.release(draftId, holder);
      return {};
    },
    confirmSend: async (question, signal, gone) => {
      const account = await accountFor(store, question.account);
      assertAllowed(account, question.kind, account.scopes);
      if (question.kind === 'send') assertRecipientsAllowed(question, allowedRecipients());
      const { email, sandboxOrigin } = account;
      const isAsked = await needsAnswer(question, policy);
      const answer = isAsked
        ? await gate.ask({ ...question, account: email }, sandboxOrigin !== undefined, signal)
        : question.kind;
      if (isAsked) await recorder.answered(account, question.kind, personAnswer(answer, signal));
      // The call was withdrawn while the question stood: a late click sends nothing, but may keep a draft.
      if (signal.aborted && answer !== 'draft') throw Problem.of('cancelled', {});
      const isLetGo = question.kind === 'send' && answer === 'send';
      return {
        answer,
        account: email,
        isAsked,
        ...(isLetGo ? { question: notices.letGo(question, account, gone) } : {}),
      };
    },
  };
}

/** What the search that hides mail may fail with: the model can do nothing about it, and the person must know. */
const HIDING_FAILED: ReadonlySet<string | undefined> = new Set<ProblemCode>([
  'hidden_query_wrong',
  'hidden_label_unknown',
]);

/** How a question ended: an answer that comes after the call was withdrawn counts for a draft alone. */
function personAnswer(answer: SendAnswer['answer'], { aborted }: AbortSignal): PersonAnswer {
  if (answer === 'draft') return answer;
  return aborted ? 'withdrawn' : answer === 'send' ? 'yes' : 'no';
}

/** How many accounts an error names. */
const NAMED = 10;

/** The named account, or the default one. Throws `account_unknown`, or `signed_out` where there is none at all. */
async function accountFor(store: AccountStore, email: string | undefined): Promise<Account> {
  const named = email === undefined ? undefined : await store.find(email);
  if (named) return named;
  const stored = await store.list();
  const first = firstAccount(stored);
  if (email === undefined) return first;
  if (stored.unreadable.includes(email.toLowerCase())) throw Problem.of('signed_out', { unreadable: email });
  const emails = stored.accounts.map((account) => account.email);
  throw Problem.of('account_unknown', { account: email, known: listed(emails, NAMED) });
}

function toBrokerAccount({ email, scopes, sandboxOrigin }: Account, level: AccessLevel, isDefault: boolean) {
  const account: BrokerAccount = { email, isDefault, level };
  return { ...account, ...(scopes ? { scopes } : {}), ...(sandboxOrigin ? { isSandbox: true } : {}) };
}

function toBrokerToken(
  account: Account,
  { value, expiresAt, lifetime, clockSkewMs }: AccessToken,
  privacy: Privacy,
): Omit<BrokerToken, 'notesSearches'> {
  const home = account.sandboxOrigin ? { apiOrigin: account.sandboxOrigin } : {};
  return { account: account.email, value, expiresAt, lifetime, clockSkewMs, privacy, ...home };
}
