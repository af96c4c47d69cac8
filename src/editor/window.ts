import path from 'node:path';
import timers from 'node:timers/promises';
import { commands, type Disposable, type ExtensionContext, env, lm, Uri, window, workspace } from 'vscode';
import { AccessTokens } from '../accounts/access-tokens.ts';
import { AccountStore } from '../accounts/account-store.ts';
import { SignInMarks } from '../accounts/sign-in-marks.ts';
import { ActivityLog } from '../activity/activity-log.ts';
import type { Handlers } from '../broker/answer.ts';
import { BrokerServer } from '../broker/broker-server.ts';
import type { BrokerSettings } from '../broker/protocol.ts';
import { ChangeJournal } from '../shared/changes/change-journal.ts';
import { systemClock } from '../shared/clock.ts';
import { createLogger } from '../shared/log.ts';
import { Redactor } from '../shared/redact.ts';
import { AccountLines } from './accounts/account-lines.ts';
import { ExpiryNotice } from './accounts/expiry-notice.ts';
import { vaultOf } from './accounts/vault.ts';
import { GmailServerProvider } from './agent/mcp-provider.ts';
import type { LocalGoogle } from './agent/sandbox-command.ts';
import { SaveFolder } from './agent/save-folder.ts';
import { SettingsCheck } from './agent/settings-check.ts';
import { COMMANDS, type CommandName, type CommandTarget, MESSAGE_BUTTONS, targetOf } from './command-ids.ts';
import type { Commands } from './commands.ts';
import { ExactMessages } from './gate/exact-message.ts';
import { GuardedSettings, placeOf } from './limits/guarded-settings.ts';
import { askToLoosen } from './limits/loosening-question.ts';
import { Reporter } from './report.ts';
import { limitsAsSet } from './settings.ts';
import { AccountHealth } from './status/account-health.ts';
import { StatusItem } from './status/status-item.ts';
import { openOnInstall } from './walkthrough/open-on-install.ts';

/** How long the start waits for the secret storage, in milliseconds. */
const KEYRING_MS = 2000;

/** What must end before the extension host does. */
let end: (() => Promise<void>) | undefined;

/**
 * Builds the rooms of the window and connects them.
 *
 * @param startSandbox starts a local Google
 */
export async function openWindow(context: ExtensionContext, startSandbox: () => Promise<LocalGoogle>): Promise<void> {
  const { subscriptions, secrets, extension, globalStorageUri } = context;
  const channel = window.createOutputChannel('Gmail', { log: true });
  const redactor = new Redactor();
  // The channel has a level of its own, which the person sets.
  const log = createLogger((level, line) => channel[level](line), redactor, 'debug');
  const reporter = new Reporter(log, redactor);
  const vault = vaultOf(secrets);
  const store = new AccountStore(vault, new SignInMarks(context.globalState));
  const tokens = new AccessTokens(store, redactor, log);
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
  const { maximumLevel } = guard;
  const record = new ActivityLog(path.join(globalStorageUri.fsPath, 'activity'), () => lookAtStatus());
  const check = new SettingsCheck(reporter, log);
  const provider = new GmailServerProvider({ serverPath, brokerFolder, extensionVersion, store, maximumLevel });
  const expiry = new ExpiryNotice(store, context.globalState);
  const folders = new SaveFolder(context.globalState);
  const messages = new ExactMessages();
  const lookAtStatus = () => void status.look();
  const journal = new ChangeJournal(systemClock.now, lookAtStatus);
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
  const parts = {
    ...{ context, store, vault, tokens, redactor, reporter, log, guard, status, health, record, folders, messages },
    ...{ journal, serverPath, brokerFolder, channel, lookAgain, startSandbox, check },
  };
  let loaded: Promise<Commands> | undefined;
  const load = () => {
    loaded ??= import('./commands.ts').then(({ Commands }) => new Commands(parts));
    return loaded;
  };
  end = async () => (await loaded)?.dispose();
  for (const name of Object.keys(COMMANDS) as CommandName[]) {
    const run = async (target: CommandTarget) => (await load()).run(name, target);
    subscriptions.push(register(COMMANDS[name], run, reporter));
  }

  // Known before anything is offered, unless the keyring waits for the person: until then the strictest holds.
  await Promise.race([guard.follow(), timers.setTimeout(KEYRING_MS, undefined, { ref: false })]);
  let desk: Promise<Handlers> | undefined;
  const handlers = () => {
    desk ??= import('./agent/desk.ts').then(({ createDesk }) => createDesk(parts));
    return desk;
  };
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
    await Promise.all([started.dispose(), loaded?.then((commands) => commands.dispose())]);
  };
}

/** Ends what must end before the extension host does. */
export async function closeWindow(): Promise<void> {
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
