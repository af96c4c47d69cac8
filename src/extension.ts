import path from 'node:path';
import timers from 'node:timers/promises';
import { commands, type Disposable, type ExtensionContext, env, lm, Uri, window, workspace } from 'vscode';
import { AccessTokens } from './accounts/access-tokens.ts';
import { AccountStore } from './accounts/account-store.ts';
import { ClientStore } from './accounts/client-store.ts';
import { SecretStore } from './accounts/secret-store.ts';
import { SignInMarks } from './accounts/sign-in-marks.ts';
import { BrokerServer } from './broker/broker-server.ts';
import type { BrokerSettings } from './broker/protocol.ts';
import { AccessCommands } from './editor/accounts/access-commands.ts';
import { AccountCommands } from './editor/accounts/account-commands.ts';
import { AccountLines } from './editor/accounts/account-lines.ts';
import { ExpiryNotice } from './editor/accounts/expiry-notice.ts';
import { vaultOf } from './editor/accounts/vault.ts';
import { ActivityCommands } from './editor/activity/activity-commands.ts';
import { ActivityLog } from './editor/activity/activity-log.ts';
import { logLine } from './editor/activity/entry-words.ts';
import { Recorder } from './editor/activity/recorder.ts';
import { attachmentFolders } from './editor/agent/attachment-folders.ts';
import { brokerHandlers } from './editor/agent/broker-handlers.ts';
import { GuardedSettings, placeOf } from './editor/agent/guarded-settings.ts';
import { askToLoosen } from './editor/agent/loosening-question.ts';
import { GmailServerProvider } from './editor/agent/mcp-provider.ts';
import { type LocalGoogle, SandboxCommand } from './editor/agent/sandbox-command.ts';
import { SaveFolder } from './editor/agent/save-folder.ts';
import { SettingsCheck } from './editor/agent/settings-check.ts';
import { UndoCommand } from './editor/agent/undo-command.ts';
import { COMMANDS, type CommandTarget, MESSAGE_BUTTONS, targetOf } from './editor/command-ids.ts';
import { ChangeGate } from './editor/gate/change-gate.ts';
import { ExactMessages } from './editor/gate/exact-message.ts';
import { ModalTurns } from './editor/gate/modal-turns.ts';
import { SendGate } from './editor/gate/send-gate.ts';
import { SendingPolicy } from './editor/gate/sending-policy.ts';
import { SentNotices } from './editor/gate/sent-notices.ts';
import { Reporter } from './editor/report.ts';
import { allowedRecipients, limitsAsSet, recordsSearches } from './editor/settings.ts';
import { addAccountCommand } from './editor/sign-in/add-account-command.ts';
import { copyNoteForAdministrator } from './editor/sign-in/administrator-note.ts';
import { signInBrowser } from './editor/sign-in/sign-in-browser.ts';
import { SignInCommand } from './editor/sign-in/sign-in-command.ts';
import { SignOutCommands } from './editor/sign-in/sign-out-commands.ts';
import { AccountHealth } from './editor/status/account-health.ts';
import { StatusItem } from './editor/status/status-item.ts';
import { askAgent } from './editor/walkthrough/ask-agent.ts';
import { openOnInstall } from './editor/walkthrough/open-on-install.ts';
import { ChangeAllowance } from './shared/changes/change-allowance.ts';
import { ChangeJournal } from './shared/changes/change-journal.ts';
import { systemClock } from './shared/clock.ts';
import { createLogger } from './shared/log.ts';
import { UnitBudgets } from './shared/quota/unit-budgets.ts';
import { Redactor } from './shared/redact.ts';

/** How long the start waits for the secret storage, in milliseconds. */
const KEYRING_MS = 2000;

/** What must end before the extension host does. */
let end: (() => Promise<void>) | undefined;

/** Builds the rooms and connects them. */
export async function activate(context: ExtensionContext): Promise<void> {
  const { subscriptions, secrets, extension, globalStorageUri } = context;
  const channel = window.createOutputChannel('Gmail', { log: true });
  const redactor = new Redactor();
  // The channel has a level of its own, which the person sets.
  const log = createLogger((level, line) => channel[level](line), redactor, 'debug');
  const reporter = new Reporter(log, redactor);
  const vault = vaultOf(secrets);
  const store = new AccountStore(vault, new SignInMarks(context.globalState));
  const tokens = new AccessTokens(store, redactor, log);
  const sandbox = new SandboxCommand(startSandbox, store, redactor);
  const brokerFolder = path.join(globalStorageUri.fsPath, 'brokers');
  const serverPath = path.join(__dirname, 'server.js');
  const extensionVersion = String(extension.packageJSON.version);
  let broker: BrokerServer | undefined;
  const announce = () => {
    lookAtStatus();
    // A running server offers other tools by itself. Another definition would stop it, in the midst of a call perhaps.
    if (broker?.changed()) return;
    provider.refresh().catch(() => log.warn('The definition of the server could not be renewed.'));
  };
  const lookAgain = () => store.lookAgain().catch(() => log.warn('The stored accounts cannot be read.'));
  const guard = new GuardedSettings({
    store,
    vault,
    place: await placeOf(context.globalState, env.remoteName),
    settings: limitsAsSet,
    ask: askToLoosen,
    isFocused: () => window.state.focused,
    onChange: announce,
  });
  const { maximumLevel, privacy, recordsActivity } = guard;
  const record = new ActivityLog(path.join(globalStorageUri.fsPath, 'activity'), () => lookAtStatus());
  const recorder = new Recorder({
    log: {
      append: async (entry) => {
        log.info(logLine(entry));
        await record.append(entry);
      },
    },
    isOn: recordsActivity,
    takesSearches: recordsSearches,
    clock: systemClock,
  });
  const activity = new ActivityCommands(record, recordsActivity);
  const check = new SettingsCheck(reporter, log);
  const provider = new GmailServerProvider({ serverPath, brokerFolder, extensionVersion, store, maximumLevel });
  const expiry = new ExpiryNotice(store, context.globalState);
  const folders = new SaveFolder(context.globalState);
  const saveFolder = () => folders.get();
  const messages = new ExactMessages();
  const policy = new SendingPolicy(vault);
  const lookAtStatus = () => void status.look();
  const journal = new ChangeJournal(systemClock.now, lookAtStatus);
  const undo = new UndoCommand({ journal, serverPath, brokerFolder, log });
  const health = new AccountHealth(tokens, context.globalState, lookAtStatus);
  const lines = new AccountLines(tokens, log);
  const canUndo = () => journal.newestOpen() !== undefined;
  const status = new StatusItem({
    store,
    vault,
    health,
    maximumLevel,
    canUndo,
    hasActivity: () => record.hasLines(),
    extension,
  });
  end = () => sandbox.dispose();

  const sources = { store, clients: new ClientStore(vault), reporter, memento: context.globalState };
  const signIn = new SignInCommand({ ...sources, redactor, browser: signInBrowser(context, reporter) });
  const signOut = new SignOutCommands(store, new SecretStore(vault), () => forget(context, record), maximumLevel);
  const access = new AccessCommands(store, signIn, maximumLevel);
  const accounts = new AccountCommands({ store, tokens, reporter, health, maximumLevel });
  const runs: Record<keyof typeof COMMANDS, (target: CommandTarget) => unknown> = {
    signIn: (target) => signIn.run(target),
    addAccount: () => addAccountCommand(sources, redactor),
    trySandbox: () => sandbox.run(),
    refreshToken: (target) => accounts.refresh(target),
    refreshAllTokens: () => accounts.refreshAll(),
    changeAccess: (target) => access.changeLevel(target),
    chooseDefault: (target) => access.chooseDefault(target),
    chooseSaveFolder: () => folders.choose(),
    changeWhenSendingAsks: () => policy.change(),
    undoLastChange: () => undo.run(),
    showActivity: () => activity.show(),
    clearActivity: () => activity.clear(),
    showAccounts: () => accounts.show(),
    signOut: (target) => signOut.one(target),
    signOutEverywhere: () => signOut.everywhere(),
    showLog: () => channel.show(),
    showMenu: () => lookAgain().then(() => status.showMenu()),
    copyNoteForAdministrator: (target) => copyNoteForAdministrator(store, target),
    askAgent: ({ question }) => askAgent(question),
  };
  for (const [name, run] of Object.entries(runs)) {
    subscriptions.push(register(COMMANDS[name as keyof typeof COMMANDS], run, reporter));
  }

  // Known before anything is offered, unless the keyring waits for the person: until then the strictest holds.
  await Promise.race([guard.follow(), timers.setTimeout(KEYRING_MS, undefined, { ref: false })]);
  const turns = new ModalTurns(systemClock);
  const handlers = brokerHandlers({
    ...{ store, tokens, reporter, maximumLevel, privacy, saveFolder, policy, recorder, allowedRecipients },
    attachmentFolders: () => attachmentFolders(folders.known, globalStorageUri.fsPath),
    gate: new SendGate(messages, turns),
    notices: new SentNotices(),
    onHidingFailed: (email, query) => check.hidingFailed(email, query),
    budgets: new UnitBudgets(),
    changeGate: new ChangeGate(turns),
    allowance: new ChangeAllowance(systemClock.now),
    journal,
    onChanged: (email, change) => undo.offer(email, change, (error) => reporter.tell(error, { email })),
  });
  const starting = BrokerServer.start({ folder: brokerFolder, handlers, settings: brokerSettings, log });
  const started = await starting.catch((error: unknown) =>
    reporter.tell(error, { prefix: 'Agent mode cannot reach the accounts' }),
  );
  broker = started ?? undefined;
  const follow = () => {
    announce();
    check.look();
    void guard.follow();
    store.list().then(
      ({ accounts: known, unreadable }) => {
        lines.compare(known);
        reporter.unreadable(unreadable);
        journal.keepOnly(new Set(known.map(({ email }) => email.toLowerCase())));
        health.keepOnly(known.map(({ email }) => email));
      },
      () => log.warn('The stored accounts cannot be read.'),
    );
  };
  store.onDidChange(follow);
  follow();
  void expiry.look();
  openOnInstall(context).catch(() => log.warn('The walkthrough could not be opened.'));
  subscriptions.push(
    channel,
    messages,
    status,
    ...messageButtons(messages),
    provider,
    secrets.onDidChange(() => store.notify()),
    window.onDidChangeWindowState(({ focused }) => focused && void expiry.look()),
    workspace.onDidChangeConfiguration((event) => event.affectsConfiguration('headlessGmail') && follow()),
    lm.registerMcpServerDefinitionProvider('headlessGmail', provider),
  );
  if (!started) return;
  subscriptions.push(
    window.onDidChangeWindowState(
      ({ focused }) => focused && started.focused().catch(() => log.warn('The window could not be announced again.')),
    ),
    window.onDidChangeWindowState(({ focused }) => focused && void Promise.all([guard.follow(), lookAgain()])),
  );
  end = async () => {
    await Promise.all([started.dispose(), sandbox.dispose()]);
  };
}

/** Called by VS Code when the window closes; it waits for the promise. */
export async function deactivate(): Promise<void> {
  await end?.();
}

/** A command whose errors the person sees. Its argument comes from a button of ours, or from anywhere. */
function register(id: string, run: (target: CommandTarget) => unknown, reporter: Reporter): Disposable {
  return commands.registerCommand(id, async (argument: unknown) => {
    try {
      await run(targetOf(argument));
    } catch (error) {
      await reporter.show(error);
    }
  });
}

/** They answer for the editor that they stand in, whose address VS Code hands over; nobody else can name it. */
function messageButtons(messages: ExactMessages): Disposable[] {
  return Object.entries(MESSAGE_BUTTONS).map(([id, answer]) =>
    commands.registerCommand(id, (uri: unknown) => messages.answer(uri instanceof Uri ? uri : undefined, answer)),
  );
}

/** What servers cannot see by themselves. */
function brokerSettings(): BrokerSettings {
  const proxy = workspace.getConfiguration('http').get<string>('proxy');
  return proxy ? { proxy } : {};
}

/** Deletes what the extension keeps outside the secret storage: notes, and the record of activity. */
async function forget({ globalState }: ExtensionContext, record: ActivityLog): Promise<void> {
  await record.clear();
  for (const key of globalState.keys()) await globalState.update(key, undefined);
}

/** Loaded on demand: most windows never need a local Google. */
async function startSandbox(): Promise<LocalGoogle> {
  const bundle: typeof import('./sandbox/start.ts') = require('./sandbox.js');
  return bundle.startSandbox();
}
