import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { AccessTokens } from '../../src/accounts/access-tokens.ts';
import type { Account } from '../../src/accounts/account.ts';
import { AccountStore } from '../../src/accounts/account-store.ts';
import type { Vault } from '../../src/accounts/secret-store.ts';
import type { Entry } from '../../src/activity/entries.ts';
import { Recorder } from '../../src/activity/recorder.ts';
import type { Handlers } from '../../src/broker/answer.ts';
import { BrokerServer } from '../../src/broker/broker-server.ts';
import type { ChangeQuestion } from '../../src/broker/change-protocol.ts';
import type { BrokerSettings, Method, WhenSendingAsks } from '../../src/broker/protocol.ts';
import type { SendQuestion } from '../../src/broker/send-question.ts';
import { brokerHandlers } from '../../src/editor/agent/broker-handlers.ts';
import type { SendingPolicy } from '../../src/editor/gate/sending-policy.ts';
import { FULL_SCOPES, type Sandbox } from '../../src/sandbox/start.ts';
import type { AccessLevel } from '../../src/shared/access.ts';
import { ChangeAllowance } from '../../src/shared/changes/change-allowance.ts';
import { ChangeJournal } from '../../src/shared/changes/change-journal.ts';
import { folderAt } from '../../src/shared/chosen-folder.ts';
import { systemClock } from '../../src/shared/clock.ts';
import { createLogger } from '../../src/shared/log.ts';
import type { Privacy } from '../../src/shared/privacy.ts';
import { UnitBudgets } from '../../src/shared/quota/unit-budgets.ts';
import { Redactor } from '../../src/shared/redact.ts';
import { memoryVault } from './vault.ts';

const temporary: string[] = [];
process.once('exit', () => {
  for (const folder of temporary) rmSync(folder, { recursive: true, force: true });
});

/** A folder of its own for brokers, removed with the process. */
export function brokerFolder(): string {
  const parent = mkdtempSync(path.join(tmpdir(), 'hg-test-'));
  temporary.push(parent);
  return path.join(parent, 'brokers');
}

/** The sandbox's own account as a sign-in would store it. */
export const accountOf = (sandbox: Sandbox): Account => ({
  version: 1,
  email: sandbox.address,
  clientId: sandbox.client.id,
  clientSecret: sandbox.client.secret,
  refreshToken: sandbox.refreshToken,
  level: 'full',
  sandboxOrigin: sandbox.origin,
  signedInAt: Date.now(),
});

/** Another account of the sandbox, as a sign-in would store it. */
export const otherAccountOf = (sandbox: Sandbox, email: string): Account => ({
  ...accountOf(sandbox),
  email,
  refreshToken: sandbox.grants.grant(sandbox.client.id, FULL_SCOPES, email),
});

/** Servers and windows of a test, which it closes in reverse when it ends. */
export class Opened {
  readonly #things: { close(): Promise<void> }[] = [];

  add<T extends { close(): Promise<void> }>(thing: T): T {
    this.#things.unshift(thing);
    return thing;
  }

  async close(): Promise<void> {
    for (const thing of this.#things.splice(0)) await thing.close();
  }
}

/** A request as it came to the window. */
export interface Asked {
  method: Method;
  params: object;
}

export interface Window {
  store: AccountStore;
  /** The requests of all servers so far, in turn. */
  requests: Asked[];
  /** The questions that were asked so far. */
  questions: SendQuestion[];
  /** The questions about changes that were asked so far. */
  changes: ChangeQuestion[];
  journal: ChangeJournal;
  /** The lines of the record of activity so far, the oldest first. */
  activity: Entry[];
  /** The mailbox and the error of each problem that the window was told of. */
  problems: [string, unknown][];
  /** Tells the servers that something may have changed, as it does by itself when the store has. */
  changed(): void;
  close(): Promise<void>;
}

/** What the person does: sends, declines, or keeps a draft. */
type Confirmed = boolean | 'draft';

/** How often the person is asked, without a secret storage. */
export class MemoryPolicy {
  readonly remembered: string[] = [];
  readonly #asks: WhenSendingAsks;

  constructor(asks: WhenSendingAsks = 'always') {
    this.#asks = asks;
  }

  asks = async () => this.#asks;
  sent = async () => [...this.remembered];
  remember = async (_account: string, messageId: string) => void this.remembered.push(messageId);
}

const OPEN: Privacy = { hiddenQuery: '', showsCodes: false };

export interface WindowOptions {
  /** How the person answers; refuses where absent. */
  confirm?: (question: SendQuestion, signal: AbortSignal) => Promise<Confirmed> | Confirmed;
  /** Whether the person agrees to a change; no where absent. */
  confirmChange?: (question: ChangeQuestion, signal: AbortSignal) => Promise<boolean> | boolean;
  /** Folders of which files may be attached. */
  attachmentFolders?: readonly string[];
  /** The administrator's; everybody where absent. */
  allowedRecipients?: readonly string[];
  /** How often the person is asked; always where absent. */
  policy?: Pick<SendingPolicy, 'asks' | 'sent' | 'remember'>;
  settings?: BrokerSettings;
  /** The administrator's; full where absent. */
  maximumLevel?: () => AccessLevel;
  /** Where files may be saved; nowhere where absent. */
  saveFolder?: string;
  /** What stays out of reach; nothing is hidden and codes are masked where absent. */
  privacy?: () => Privacy;
  /** Is told of each line of the record before it is written; what it throws keeps it from being written. */
  onEntry?: (entry: Entry) => void;
  /** Whether searches are recorded; they are not where absent. */
  recordsSearches?: boolean;
  /** Where windows share their accounts. */
  vault?: Vault;
}

/** The accounts and the broker of a window, without the window: what the extension host runs, less what a person sees. */
export async function openWindow(folder: string, options: WindowOptions = {}): Promise<Window> {
  const { confirm, settings = {}, maximumLevel = () => 'full', privacy = () => OPEN, vault = memoryVault() } = options;
  const redactor = new Redactor();
  const store = new AccountStore(vault);
  const log = createLogger(() => undefined, redactor);
  const questions: SendQuestion[] = [];
  const problems: [string, unknown][] = [];
  const requests: Asked[] = [];
  const changes: ChangeQuestion[] = [];
  const journal = new ChangeJournal(Date.now);
  const activity: Entry[] = [];
  const recorder = new Recorder({
    log: {
      append: async (entry) => {
        options.onEntry?.(entry);
        activity.push(entry);
      },
    },
    isOn: () => true,
    takesSearches: () => options.recordsSearches ?? false,
    clock: systemClock,
  });
  const handlers = brokerHandlers({
    budgets: new UnitBudgets(),
    journal,
    allowance: new ChangeAllowance(Date.now),
    onChanged: () => undefined,
    changeGate: {
      ask: async (question, _account, signal) => {
        changes.push(question);
        return (await options.confirmChange?.(question, signal)) ?? false;
      },
    },
    store,
    tokens: new AccessTokens(store, redactor, log),
    reporter: { background: (email, error) => void problems.push([email, error]), recovered: () => undefined },
    maximumLevel,
    privacy,
    saveFolder: async () => folderAt(options.saveFolder ?? ''),
    attachmentFolders: () => (options.attachmentFolders ?? []).flatMap((folder) => folderAt(folder) ?? []),
    notices: { letGo: () => randomUUID(), ended: () => undefined },
    onHidingFailed: () => undefined,
    allowedRecipients: () => options.allowedRecipients ?? [],
    policy: options.policy ?? new MemoryPolicy(),
    recorder,
    gate: {
      ask: async (question, _isSandbox, signal) => {
        questions.push(question);
        const answer = (await confirm?.(question, signal)) ?? false;
        return answer === true ? 'send' : answer === false ? 'decline' : answer;
      },
    },
  });
  const noted = noting(handlers, requests);
  const broker = await BrokerServer.start({
    folder,
    handlers: async () => noted,
    settings: () => settings,
    log,
  });
  store.onDidChange(() => broker.changed());
  return {
    store,
    requests,
    questions,
    changes,
    journal,
    activity,
    problems,
    changed: () => broker.changed(),
    close: () => broker.dispose(),
  };
}

/** The same handlers, which note what they are asked. */
function noting(handlers: Handlers, requests: Asked[]): Handlers {
  const entries = Object.entries(handlers) as [
    Method,
    (params: object, signal: AbortSignal, gone?: AbortSignal) => Promise<object>,
  ][];
  const noted = entries.map(([method, handle]) => [
    method,
    (params: object, signal: AbortSignal, gone?: AbortSignal) => {
      requests.push({ method, params });
      return handle(params, signal, gone);
    },
  ]);
  return Object.fromEntries(noted);
}
