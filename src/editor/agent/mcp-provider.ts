import { createHash } from 'node:crypto';
import { EventEmitter, type McpServerDefinitionProvider, McpStdioServerDefinition } from 'vscode';
import type { AccountStore } from '../../accounts/account-store.ts';
import { type AccessLevel, lowerLevel } from '../../shared/access.ts';

export interface ProviderOptions {
  /** Path of the bundled server. */
  serverPath: string;
  /** Folder in which brokers announce themselves; it stays the same from window to window. */
  brokerFolder: string;
  extensionVersion: string;
  store: AccountStore;
  /** The most that any account may allow. */
  maximumLevel(): AccessLevel;
}

/** Settings of a headless server that must not reach one of the editor's: null removes a variable. */
const NOT_INHERITED = [
  ...['GMAIL_CLIENT_ID', 'GMAIL_CLIENT_SECRET', 'GMAIL_REFRESH_TOKEN'],
  ...['GMAIL_API_BASE_URL', 'GOOGLE_OAUTH_BASE_URL', 'GMAIL_CONFIRM_SEND'],
  ...['GMAIL_HIDDEN_QUERY', 'GMAIL_SHOW_CODES', 'GMAIL_SAVE_DIR'],
];

/**
 * Tells VS Code how to start the server. A definition is cached in plain text and used by later windows, so it holds
 * nothing but the way to a broker: no secret, no socket.
 */
export class GmailServerProvider implements McpServerDefinitionProvider<McpStdioServerDefinition> {
  readonly #options: ProviderOptions;
  readonly #changed = new EventEmitter<void>();
  readonly onDidChangeMcpServerDefinitions = this.#changed.event;
  #provided: string | undefined;

  constructor(options: ProviderOptions) {
    this.#options = options;
  }

  async provideMcpServerDefinitions(): Promise<McpStdioServerDefinition[]> {
    const { serverPath, brokerFolder } = this.#options;
    const version = await this.#version();
    this.#provided = version;
    const env = {
      // The editor's own runtime, so that no Node.js need be installed.
      ELECTRON_RUN_AS_NODE: '1',
      HEADLESS_GMAIL_BROKER: brokerFolder,
      ...Object.fromEntries(NOT_INHERITED.map((name) => [name, null])),
    };
    return [new McpStdioServerDefinition('Gmail', process.execPath, [serverPath], env, version)];
  }

  /** Tells VS Code, if what it was given last is no longer true. */
  async refresh(): Promise<void> {
    if (this.#provided !== undefined && this.#provided !== (await this.#version())) this.#changed.fire();
  }

  dispose(): void {
    this.#changed.dispose();
  }

  /** What changes the tools: the extension, who is signed in, and what the agent may do. */
  async #version(): Promise<string> {
    const { extensionVersion, store, maximumLevel } = this.#options;
    const { accounts } = await store.list().catch(() => ({ accounts: [] }));
    const rows = accounts.map(({ email, level, scopes = [] }) =>
      [email, lowerLevel(level, maximumLevel()), ...[...scopes].sort()].join(' '),
    );
    // Which account is the default is part of it, the order of the others is not.
    const state = [accounts[0]?.email, ...rows.sort()];
    // A digest, because a version is kept in plain text and addresses are nobody's business.
    const digest = createHash('sha256').update(JSON.stringify(state)).digest('hex').slice(0, 12);
    return `${extensionVersion}-${accounts.length > 0 ? `signed-in-${digest}` : 'signed-out'}`;
  }
}
