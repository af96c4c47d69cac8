import { beforeEach } from 'node:test';
import { AccessTokens } from '../../../src/accounts/access-tokens.ts';
import type { Account } from '../../../src/accounts/account.ts';
import { AccountStore } from '../../../src/accounts/account-store.ts';
import type { Entry } from '../../../src/activity/entries.ts';
import { Recorder } from '../../../src/activity/recorder.ts';
import type { Handlers } from '../../../src/broker/answer.ts';
import { brokerHandlers } from '../../../src/editor/agent/broker-handlers.ts';
import type { Sandbox } from '../../../src/sandbox/start.ts';
import type { AccessLevel } from '../../../src/shared/access.ts';
import { ChangeAllowance } from '../../../src/shared/changes/change-allowance.ts';
import { ChangeJournal } from '../../../src/shared/changes/change-journal.ts';
import { asProblem, type Problem } from '../../../src/shared/problems.ts';
import { UnitBudgets } from '../../../src/shared/quota/unit-budgets.ts';
import { Redactor } from '../../../src/shared/redact.ts';
import { memoryVault } from '../../support/vault.ts';
import { accountOf, MemoryPolicy } from '../../support/window.ts';
import { problemOf, sandboxForAll, silent } from '../support.ts';

/** The name of the one question that lets a message go. */
export const QUESTION_NAME = 'b0e42fe7-31a5-4894-a441-007e5256afea';

/** A window's answers to its servers, over the sandbox, with everything noted that it asks, tells and keeps. */
export class Desk {
  readonly sandbox: Sandbox;
  readonly vault = memoryVault();
  readonly store = new AccountStore(this.vault);
  readonly handlers: Handlers;
  maximum: AccessLevel = 'full';
  now = 1_000;
  policy = new MemoryPolicy();
  /** What the record of activity says instead of taking a line. */
  refusing: Problem | undefined;
  /** Account of each question before a send, and whether it is the sandbox's. */
  readonly asked: [string, boolean][] = [];
  readonly askedOfChange: string[] = [];
  /** Mailboxes with problems, and their codes. */
  readonly told: [string, string][] = [];
  /** Mailboxes that work again. */
  readonly recovered: string[] = [];
  readonly noted: Entry[] = [];
  /** Messages that were let go. */
  letGo = 0;
  /** By what name calls ended. */
  readonly ended: (string | undefined)[] = [];
  /** Where the search that hides mail failed. */
  readonly hidden: [string, string][] = [];
  readonly changedMail: [string, string, number | undefined][] = [];

  constructor(sandbox: Sandbox) {
    this.sandbox = sandbox;
    const clock = () => this.now;
    this.handlers = brokerHandlers({
      budgets: new UnitBudgets(),
      store: this.store,
      tokens: new AccessTokens(this.store, new Redactor(), silent),
      reporter: {
        background: (email, error) => void this.told.push([email, asProblem(error).code]),
        recovered: (email) => void this.recovered.push(email),
      },
      maximumLevel: () => this.maximum,
      saveFolder: async () => undefined,
      privacy: () => ({ hiddenQuery: 'label:private', showsCodes: false }),
      attachmentFolders: () => [],
      notices: {
        letGo: () => {
          this.letGo += 1;
          return QUESTION_NAME;
        },
        ended: ({ question }) => void this.ended.push(question),
      },
      onHidingFailed: (email, query) => void this.hidden.push([email, query]),
      allowedRecipients: () => [],
      policy: { ...this.policy, asks: () => this.policy.asks() },
      recorder: this.#recorder(),
      allowance: new ChangeAllowance(clock),
      journal: new ChangeJournal(clock),
      onChanged: (account, { what, changed }) => void this.changedMail.push([account, what, changed]),
      changeGate: {
        ask: async (_question, account) => {
          this.askedOfChange.push(account);
          return true;
        },
      },
      gate: {
        ask: async ({ account = '' }, isSandbox) => {
          this.asked.push([account, isSandbox]);
          return 'send';
        },
      },
    });
  }

  #recorder(): Recorder {
    const append = async (entry: Entry) => {
      if (this.refusing) throw this.refusing;
      this.noted.push(entry);
    };
    return new Recorder({
      log: { append },
      isOn: () => true,
      takesSearches: () => false,
      clock: { now: () => this.now },
    });
  }

  /** Signs the sandbox's account in, or one like it. */
  save(change: Partial<Account> = {}) {
    return this.store.save({ ...accountOf(this.sandbox), ...change });
  }
}

/** A fresh desk for each test, over one sandbox for all of them. */
export function deskPerTest(onFresh: (desk: Desk) => void): void {
  let sandbox: Sandbox;
  sandboxForAll((started) => {
    sandbox = started;
  });
  beforeEach(() => onFresh(new Desk(sandbox)));
}

/** Is asked for by every request; nobody withdraws one. */
export const never = new AbortController().signal;

export const codeOf = async (work: Promise<unknown>) => (await problemOf(work)).code;
