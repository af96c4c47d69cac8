import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { beforeEach, describe, it } from 'node:test';
import type { McpStdioServerDefinition } from 'vscode';
import type { Account } from '../../../src/accounts/account.ts';
import { AccountStore } from '../../../src/accounts/account-store.ts';
import type { GmailServerProvider } from '../../../src/editor/agent/mcp-provider.ts';
import type { AccessLevel } from '../../../src/shared/access.ts';
import { memoryVault } from '../../support/vault.ts';
import { standInForVscode } from './vscode-stand-in.ts';

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

standInForVscode({ EventEmitter: Emitter, McpStdioServerDefinition: Definition });
const { GmailServerProvider: Provider } = await import('../../../src/editor/agent/mcp-provider.ts');

const ACCOUNT: Account = {
  version: 1,
  email: 'me@example.org',
  clientId: '1-abc.apps.googleusercontent.com',
  clientSecret: 'GOCSPX-canary-secret',
  refreshToken: '1//canary-refresh-token',
  scopes: ['gmail.modify'],
  level: 'organise',
  signedInAt: 1,
};

describe('the definition of the server', () => {
  let store: AccountStore;
  let provider: GmailServerProvider;
  let changes: number;
  let maximum: AccessLevel;

  beforeEach(() => {
    store = new AccountStore(memoryVault());
    const paths = { serverPath: '/ext/dist/server.js', brokerFolder: '/storage/brokers' };
    provider = new Provider({ ...paths, extensionVersion: '1.2.3', store, maximumLevel: () => maximum });
    [changes, maximum] = [0, 'full'];
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

  const OTHER: Account = { ...ACCOUNT, email: 'other@example.org', signedInAt: 2 };
  const version = async () => (await provide()).version ?? '';

  it('has a version that tells the extension’s, and whether anybody is signed in', async () => {
    assert.equal(await version(), '1.2.3-signed-out');
    await store.save(ACCOUNT);
    assert.match(await version(), /^1\.2\.3-signed-in-[0-9a-f]{12}$/);
    await store.remove(ACCOUNT.email);
    assert.equal(await version(), '1.2.3-signed-out');
  });

  it('announces nothing before anything was provided', async () => {
    await store.save(ACCOUNT);
    await provider.refresh();
    assert.equal(changes, 0);
  });

  /** What changes the tools or what they say, each after two accounts have signed in. */
  const news: [string, () => Promise<unknown>][] = [
    ['another account', () => store.save({ ...ACCOUNT, email: 'third@example.org', signedInAt: 3 })],
    ['an account less', () => store.remove(OTHER.email)],
    [
      'nobody being signed in',
      async () => {
        await store.remove(OTHER.email);
        await store.remove(ACCOUNT.email);
      },
    ],
    ['another default account', () => store.change(OTHER.email, { defaultSince: 5 })],
    ['a lower level', () => store.change(ACCOUNT.email, { level: 'read' })],
    ['a higher level', () => store.change(ACCOUNT.email, { level: 'full' })],
    ['other scopes', () => store.change(ACCOUNT.email, { scopes: ['gmail.readonly'] })],
    [
      'a lower maximum',
      async () => {
        maximum = 'draft';
      },
    ],
  ];
  for (const [kind, work] of news) {
    it(`announces ${kind}, once, by another version`, async () => {
      await store.save(ACCOUNT);
      await store.save(OTHER);
      const before = await version();
      await work();
      await provider.refresh();
      assert.equal(changes, 1);
      const after = await version();
      assert.notEqual(after, before);
      assert.doesNotMatch(after, /@|example/);
      await provider.refresh();
      assert.equal(changes, 1);
    });
  }

  const noNews: [string, () => Promise<unknown>][] = [
    ['nothing', async () => undefined],
    ['a new refresh token', () => store.replaceRefreshToken(ACCOUNT, '1//newer')],
    ['a new sign-in of the default account', () => store.save({ ...ACCOUNT, signedInAt: 9, refreshToken: '1//x' })],
    ['a new sign-in of another account', () => store.save({ ...OTHER, signedInAt: 9, endsAt: 99 })],
    ['the choice of the account that is the default one', () => store.change(ACCOUNT.email, { defaultSince: 9 })],
    [
      'a maximum that takes nothing away',
      async () => {
        maximum = 'organise';
      },
    ],
  ];
  for (const [kind, work] of noNews) {
    it(`announces nothing after ${kind}`, async () => {
      await store.save(ACCOUNT);
      await store.save(OTHER);
      const before = await version();
      await work();
      await provider.refresh();
      assert.equal(changes, 0);
      assert.equal(await version(), before);
    });
  }

  it('is there although the secret storage is locked', async () => {
    store.list = () => Promise.reject(new Error('locked'));
    assert.equal(await version(), '1.2.3-signed-out');
  });
});
