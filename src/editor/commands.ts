import type { ExtensionContext, LogOutputChannel } from 'vscode';
import type { AccessTokens } from '../accounts/access-tokens.ts';
import type { AccountStore } from '../accounts/account-store.ts';
import { ClientStore } from '../accounts/client-store.ts';
import { SecretStore, type Vault } from '../accounts/secret-store.ts';
import type { ActivityLog } from '../activity/activity-log.ts';
import type { ChangeJournal } from '../shared/changes/change-journal.ts';
import type { Logger } from '../shared/log.ts';
import type { Redactor } from '../shared/redact.ts';
import { AccessCommands } from './accounts/access-commands.ts';
import { AccountCommands } from './accounts/account-commands.ts';
import { ActivityCommands } from './activity-commands.ts';
import { type LocalGoogle, SandboxCommand } from './agent/sandbox-command.ts';
import type { SaveFolder } from './agent/save-folder.ts';
import { UndoCommand } from './agent/undo-command.ts';
import type { CommandName, CommandTarget } from './command-ids.ts';
import { SendingPolicy } from './gate/sending-policy.ts';
import type { GuardedSettings } from './limits/guarded-settings.ts';
import type { Reporter } from './report.ts';
import { addAccountCommand } from './sign-in/add-account-command.ts';
import { copyNoteForAdministrator } from './sign-in/administrator-note.ts';
import { signInBrowser } from './sign-in/sign-in-browser.ts';
import { SignInCommand } from './sign-in/sign-in-command.ts';
import { SignOutCommands } from './sign-in/sign-out-commands.ts';
import type { AccountHealth } from './status/account-health.ts';
import type { StatusItem } from './status/status-item.ts';
import { askAgent } from './walkthrough/ask-agent.ts';

/** What the commands share with the rest of the window. */
export interface CommandParts {
  context: ExtensionContext;
  store: AccountStore;
  vault: Vault;
  tokens: AccessTokens;
  redactor: Redactor;
  reporter: Reporter;
  log: Logger;
  guard: GuardedSettings;
  status: StatusItem;
  health: AccountHealth;
  record: ActivityLog;
  folders: SaveFolder;
  journal: ChangeJournal;
  serverPath: string;
  brokerFolder: string;
  channel: Pick<LogOutputChannel, 'show'>;
  lookAgain(): Promise<void>;
  startSandbox(): Promise<LocalGoogle>;
}

/** All that the commands do. A window loads it with its first command: most windows run none. */
export class Commands {
  readonly #runs: Record<CommandName, (target: CommandTarget) => unknown>;
  readonly #sandbox: SandboxCommand;

  constructor(parts: CommandParts) {
    const { context, store, vault, tokens, redactor, reporter, guard, status, record, folders } = parts;
    const { maximumLevel } = guard;
    const sandbox = new SandboxCommand(parts.startSandbox, store, redactor);
    const sources = { store, clients: new ClientStore(vault), reporter, memento: context.globalState };
    const signIn = new SignInCommand({ ...sources, redactor, browser: signInBrowser(context, reporter) });
    const signOut = new SignOutCommands(store, new SecretStore(vault), () => forget(context, record), maximumLevel);
    const access = new AccessCommands(store, signIn, maximumLevel);
    const accounts = new AccountCommands({ store, tokens, reporter, health: parts.health, maximumLevel });
    const activity = new ActivityCommands(record, guard.recordsActivity);
    this.#sandbox = sandbox;
    this.#runs = {
      signIn: (target) => signIn.run(target),
      addAccount: () => addAccountCommand(sources, redactor),
      trySandbox: () => sandbox.run(),
      refreshToken: (target) => accounts.refresh(target),
      refreshAllTokens: () => accounts.refreshAll(),
      changeAccess: (target) => access.changeLevel(target),
      chooseDefault: (target) => access.chooseDefault(target),
      chooseSaveFolder: () => folders.choose(),
      changeWhenSendingAsks: () => new SendingPolicy(vault).change(),
      undoLastChange: () => new UndoCommand(parts).run(),
      showActivity: () => activity.show(),
      clearActivity: () => activity.clear(),
      showAccounts: () => accounts.show(),
      signOut: (target) => signOut.one(target),
      signOutEverywhere: () => signOut.everywhere(),
      showLog: () => parts.channel.show(),
      showMenu: () => parts.lookAgain().then(() => status.showMenu()),
      copyNoteForAdministrator: (target) => copyNoteForAdministrator(store, target),
      askAgent: ({ question }) => askAgent(question),
    };
  }

  /** Runs a command. Throws what keeps it from its end. */
  async run(name: CommandName, target: CommandTarget): Promise<void> {
    await this.#runs[name](target);
  }

  /** Ends what a command has started and left running. */
  dispose(): Promise<void> {
    return this.#sandbox.dispose();
  }
}

/** Deletes what the extension keeps outside the secret storage: notes, and the record of activity. */
async function forget({ globalState }: ExtensionContext, record: ActivityLog): Promise<void> {
  await record.clear();
  for (const key of globalState.keys()) await globalState.update(key, undefined);
}
