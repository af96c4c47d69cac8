import type { CallReport } from '../broker/activity/protocol.ts';
import type { WhenSendingAsks } from '../broker/protocol.ts';
import type { SendQuestion } from '../broker/send-question.ts';
import type { GmailConnection } from '../gmail/connection/connection.ts';
import type { MailboxIdentity } from '../mailbox/call-mailbox.ts';
import type { AccessToken } from '../oauth/token-client.ts';
import type { ChangeRules } from '../organise/rules.ts';
import type { Access } from '../shared/access.ts';
import type { ChosenFolder } from '../shared/chosen-folder.ts';
import type { Logger } from '../shared/log.ts';
import type { Privacy } from '../shared/privacy.ts';
import type { CredentialSource } from '../shared/problem-catalogue.ts';
import type { Redactor } from '../shared/redact.ts';
import type { KnownAccess, KnownAccount } from './account-access.ts';
import type { AskPerson } from './ask-person.ts';
import type { DraftKeeper } from './draft-keeper.ts';
import type { ServerEnvironment } from './environment.ts';

/** Which credentials a tool takes as arguments where they come from arguments. */
export type NeededCredential = 'access token' | 'refresh token';

/** The outcome of a manual refresh. */
interface Renewal {
  token: Pick<AccessToken, 'value' | 'expiresAt' | 'lifetime'>;
  /** Whose mailbox it opens; undefined where that is not asked or cannot be known. */
  account: string | undefined;
}

/** What one call may do. All of it concerns one and the same account. Errors are Problems. */
export interface CallCredentials {
  /** @param outliving takes the place of the call's own signal, for what goes on after the call */
  gmail(outliving?: AbortSignal): GmailConnection;
  /** Whose mailbox it is, and what of it stays out of reach. */
  about(): MailboxIdentity & { privacy: Privacy };
  /** What the record of activity needs to know: whose mailbox it is, and whether searches are noted. */
  forRecord(): { account: string | undefined; notesSearches: boolean };
  /** The accounts that calls can name; none where the credentials leave no choice. */
  accounts(): Promise<readonly KnownAccount[]>;
  /** Throws where the account does not allow this now, or not any more: after a question, or beside the call's own. */
  assertAllows(access: Access): Promise<void>;
  /** Asks Google for an access token now. */
  renew(): Promise<Renewal>;
  /** The folder into which the person lets files be saved. Throws `save_folder_unset` or `save_folder_missing`. */
  saveFolder(): Promise<ChosenFolder>;
  /** The folders whose files may be attached; none where the person has named none. */
  attachmentFolders(): Promise<readonly ChosenFolder[]>;
  /** Asks the person, and throws where the message shall neither be sent nor kept; nothing has been sent then. */
  askToSend(question: SendQuestion, options: AskOptions): Promise<Consent>;
  sending: SendingRules;
  changes: ChangeRules;
}

/** Without an editor there is no record. */
export const NO_RECORD = { account: undefined, notesSearches: false } as const;

/** What is agreed to. */
interface Consent {
  answer: 'send' | 'draft';
  /** Whether a person was asked. */
  isAsked: boolean;
  /** By which the window knows the question, where it is one of the window's. */
  question?: string | undefined;
}

interface AskOptions {
  signal: AbortSignal;
  /** Whether a person is asked even where messages go without a question otherwise. */
  always: boolean;
  /** Called where the person asks for a draft after the call has been withdrawn. */
  onLate(): void;
}

/** What holds for sending beside the question itself. */
export interface SendingRules {
  /** Whether a person is asked before anything is sent. */
  asksPerson: boolean;
  /** How often the person wants to be asked, and which messages make nobody known. */
  policy(): Promise<{ asks: WhenSendingAsks; sent: readonly string[] }>;
  /** A message was sent. */
  report(messageId: string): Promise<void>;
  drafts: DraftKeeper;
}

/** Without an editor each message is asked about, and nothing is kept of it. */
export const PLAIN_RULES: Omit<SendingRules, 'drafts'> = {
  asksPerson: false,
  policy: async () => ({ asks: 'always', sent: [] }),
  report: async () => undefined,
};

export interface Call {
  args: Readonly<Record<string, unknown>>;
  /** What the account must allow. */
  access: Access;
  /** The account that the call names. */
  account: string | undefined;
  /** Reaches the person at the client, where the client can. */
  ask: AskPerson;
  /** The name that the client gives itself. */
  client: string;
  /** The same with what it shows of itself, for the person's record. */
  shownClient: string;
  /** Aborts when the client cancels the call. */
  signal: AbortSignal;
  /** Tells the client that the call lives, until the work ends. Absent where no client waits. */
  whileWaiting?: <T>(message: string, work: Promise<T>) => Promise<T>;
}

/** Where the credentials of calls come from. */
export interface Credentials {
  readonly source: CredentialSource;
  /** What is known of the accounts, within seconds and without Google; undefined while nothing is. */
  knownAccess(): Promise<KnownAccess | undefined>;
  /**
   * Begins to fetch what every call of such access needs, before it is known what this one asks for. Resolves when that
   * is on its way, whatever comes of it.
   */
  prepare(access: Access): Promise<void>;
  /** Throws a Problem where the account does not allow what the call needs; nothing else has happened then. */
  forCall(call: Call): Promise<CallCredentials>;
  /**
   * Has the window note what a call came to, where there is a window.
   *
   * @throws Problem where it cannot be noted
   */
  note(report: CallReport): Promise<void>;
}

/** What every kind of credentials is built on. */
export interface CredentialOptions {
  env: ServerEnvironment;
  log: Logger;
  redactor: Redactor;
  /** Is told what is known of the accounts whenever it may have changed. */
  onKnownAccess(known: KnownAccess): void;
}
