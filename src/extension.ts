import path from 'node:path';
import { commands, type ExtensionContext, lm, window, workspace } from 'vscode';
import { AccessTokens } from './accounts/access-tokens.ts';
import { AccountStore } from './accounts/account-store.ts';
import { BrokerServer } from './broker/broker-server.ts';
import { AccountCommands } from './editor/account-commands.ts';
import { addAccountCommand } from './editor/add-account-command.ts';
import { brokerHandlers } from './editor/broker-handlers.ts';
import { COMMANDS } from './editor/command-ids.ts';
import { GmailServerProvider } from './editor/mcp-provider.ts';
import { Reporter } from './editor/report.ts';
import { type LocalGoogle, SandboxMailbox } from './editor/sandbox-command.ts';
import { vaultOf } from './editor/vault.ts';
import { createLogger } from './shared/log.ts';
import { Redactor } from './shared/redact.ts';

/** What must end before the extension host does. */
let end: (() => Promise<void>) | undefined;

/** Builds the rooms and connects them. */
export async function activate({
  subscriptions,
  secrets,
  extension,
  globalStorageUri,
}: ExtensionContext): Promise<void> {
  const channel = window.createOutputChannel('Gmail', { log: true });
  const redactor = new Redactor();
  // The channel has a level of its own, which the person sets.
  const log = createLogger((level, line) => channel[level](line), redactor, 'debug');
  const reporter = new Reporter(log, redactor);
  const store = new AccountStore(vaultOf(secrets));
  const tokens = new AccessTokens(store, redactor, log);
  const sandbox = new SandboxMailbox(startSandbox, store, redactor);
  const accounts = new AccountCommands(store, tokens, reporter);
  const brokerFolder = path.join(globalStorageUri.fsPath, 'brokers');
  const provider = new GmailServerProvider({
    serverPath: path.join(__dirname, 'server.js'),
    brokerFolder,
    extensionVersion: String(extension.packageJSON.version),
    store,
  });

  const register = (id: string, run: () => unknown) =>
    subscriptions.push(
      commands.registerCommand(id, async () => {
        try {
          await run();
        } catch (error) {
          await reporter.show(error);
        }
      }),
    );
  const addAccount = () => addAccountCommand(store, redactor, reporter);
  register(COMMANDS.addAccount, addAccount);
  register(COMMANDS.trySandbox, () => sandbox.run());
  register(COMMANDS.refreshToken, () => accounts.refresh());
  register(COMMANDS.refreshAllTokens, () => accounts.refreshAll());
  register(COMMANDS.removeAccount, () => accounts.remove());
  register(COMMANDS.showAccounts, () => accounts.show(addAccount));
  register(COMMANDS.showLog, () => channel.show());

  const follow = () => {
    provider.refresh().catch(() => log.warn('The definition of the server could not be renewed.'));
    store.list().then(
      ({ unreadable }) => reporter.unreadable(unreadable),
      () => log.warn('The stored accounts cannot be read.'),
    );
  };
  store.onDidChange(follow);
  follow();
  subscriptions.push(
    channel,
    provider,
    secrets.onDidChange(() => store.notify()),
    lm.registerMcpServerDefinitionProvider('headlessGmail', provider),
  );

  const handlers = brokerHandlers(store, tokens, reporter);
  const settings = () => {
    const proxy = workspace.getConfiguration('http').get<string>('proxy');
    return proxy ? { proxy } : {};
  };
  end = () => sandbox.dispose();
  const broker = await BrokerServer.start({ folder: brokerFolder, handlers, settings, log }).catch((error: unknown) => {
    reporter.show(error, 'Agent mode cannot reach the accounts').then(undefined, () => undefined);
  });
  if (!broker) return;
  subscriptions.push(
    window.onDidChangeWindowState(
      ({ focused }) => focused && broker.focused().catch(() => log.warn('The window could not be announced again.')),
    ),
  );
  end = async () => {
    await Promise.all([broker.dispose(), sandbox.dispose()]);
  };
}

/** Called by VS Code when the window closes; it waits for the promise. */
export async function deactivate(): Promise<void> {
  await end?.();
}

/** Loaded on demand: most windows never need a local Google. */
async function startSandbox(): Promise<LocalGoogle> {
  const bundle: typeof import('./sandbox/start.ts') = require('./sandbox.js');
  return bundle.startSandbox();
}
