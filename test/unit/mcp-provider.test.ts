import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { registerHooks } from 'node:module';
import { beforeEach, describe, it } from 'node:test';
import type { McpStdioServerDefinition } from 'vscode';
import type { Account } from '../../src/accounts/account.ts';
import { AccountStore } from '../../src/accounts/account-store.ts';
import type { GmailServerProvider } from '../../src/editor/mcp-provider.ts';
import { memoryVault } from '../support/window.ts';

/** As much of VS Code as the provider needs; the workbench tests run it in the real one. */
class Definition {
  readonly label: string;
  readonly command: string;
  readonly args: string[];
  readonly env: Record<string, unknown>;
  readonly version: string;

  constructor(label: string, command: string, args: string[], env: Record<string, unknown>, version: string) {
    this.label = label;
    this.command = command;
    this.args = args;
    this.env = env;
    this.version = version;
  }
}

class Emitter {
  readonly #emitter = new EventEmitter();
  readonly event = (listener: () => void) => this.#emitter.on('event', listener);
  fire(): void {
    this.#emitter.emit('event');
  }
  dispose(): void {
    this.#emitter.removeAllListeners();
  }
}

Object.assign(globalThis, { vscodeStandIn: { EventEmitter: Emitter, McpStdioServerDefinition: Definition } });
const SOURCE = 'export const { EventEmitter, McpStdioServerDefinition } = globalThis.vscodeStandIn;';
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'vscode'
      ? { url: `data:text/javascript,${encodeURIComponent(SOURCE)}`, shortCircuit: true }
      : next(specifier, context),
});
const { GmailServerProvider: Provider } = await import('../../src/editor/mcp-provider.ts');

const ACCOUNT: Account = {
  version: 1,
  email: 'me@example.org',
  clientId: '1-abc.apps.googleusercontent.com',
  clientSecret: 'GOCSPX-canary-secret',
  refreshToken: '1//canary-refresh-token',
  signedInAt: 1,
};

describe('the definition of the server', () => {
  let store: AccountStore;
  let provider: GmailServerProvider;
  let changes: number;

  beforeEach(() => {
    store = new AccountStore(memoryVault());
    const paths = { serverPath: '/ext/dist/server.js', brokerFolder: '/storage/brokers' };
    provider = new Provider({ ...paths, extensionVersion: '1.2.3', store });
    changes = 0;
    provider.onDidChangeMcpServerDefinitions(() => {
      changes += 1;
    });
  });

  const provide = async (): Promise<McpStdioServerDefinition> => {
    const [definition, ...others] = await provider.provideMcpServerDefinitions();
    assert.deepEqual(others, []);
    assert.ok(definition);
    return definition;
  };

  it('starts the bundle with the editor’s own runtime, and leads to the brokers', async () => {
    const { label, command, args, env } = await provide();
    assert.deepEqual([label, command, args], ['Gmail', process.execPath, ['/ext/dist/server.js']]);
    assert.equal(env.ELECTRON_RUN_AS_NODE, '1');
    assert.equal(env.HEADLESS_GMAIL_BROKER, '/storage/brokers');
  });

  it('takes every setting of a headless server out of the environment', async () => {
    const { env } = await provide();
    for (const name of ['GMAIL_CLIENT_ID', 'GMAIL_CLIENT_SECRET', 'GMAIL_REFRESH_TOKEN', 'GMAIL_API_BASE_URL']) {
      assert.equal(env[name], null, name);
    }
    assert.equal(env.GOOGLE_OAUTH_BASE_URL, null);
    assert.equal(env.GMAIL_CONFIRM_SEND, null);
  });

  it('is a fresh object each time and holds no secret', async () => {
    await store.save(ACCOUNT);
    const [first, second] = [await provide(), await provide()];
    assert.notEqual(first, second);
    assert.deepEqual(first, second);
    assert.doesNotMatch(JSON.stringify(first), /canary|me@example/);
  });

  it('has a version that tells whether anybody is signed in, and announces only a change of it', async () => {
    await provider.refresh();
    assert.equal(changes, 0, 'announced before anything was provided');
    assert.equal((await provide()).version, '1.2.3-signed-out');
    await provider.refresh();
    assert.equal(changes, 0);
    await store.save(ACCOUNT);
    await provider.refresh();
    assert.equal(changes, 1);
    assert.equal((await provide()).version, '1.2.3-signed-in');
    await store.save({ ...ACCOUNT, email: 'other@example.org' });
    await provider.refresh();
    assert.equal(changes, 1);
    await store.remove('other@example.org');
    await store.remove(ACCOUNT.email);
    await provider.refresh();
    assert.equal(changes, 2);
  });
});
