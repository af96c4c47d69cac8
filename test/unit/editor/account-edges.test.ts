import assert from 'node:assert/strict';
import { it } from 'node:test';
import { AccountStore } from '../../../src/accounts/account-store.ts';
import { memoryVault } from '../../support/vault.ts';
import { standInForVscode } from './vscode-stand-in.ts';

/** As much of VS Code as these need. */
class E {
  event = () => undefined;
  fire() {}
  dispose() {}
}
class D {
  version;
  constructor(...a: string[]) {
    this.version = a[4];
  }
}
standInForVscode({
  window: { showWarningMessage: async () => undefined },
  commands: {},
  env: {},
  Uri: {},
  EventEmitter: E,
  McpStdioServerDefinition: D,
});
const { ExpiryNotice } = await import('../../../src/editor/accounts/expiry-notice.ts');
const { GmailServerProvider } = await import('../../../src/editor/agent/mcp-provider.ts');
const of = (email: string, signedInAt: number, more = {}) => ({
  version: 1 as const,
  email,
  clientId: 'c',
  clientSecret: 's',
  refreshToken: 'r',
  level: 'full' as const,
  signedInAt,
  ...more,
});

it('ExpiryNotice.look never rejects, as it says', async () => {
  const store = new AccountStore(memoryVault());
  await store.save(of('a@x', 1, { endsAt: Date.now() + 1000 }));
  const notice = new ExpiryNotice(store, {
    get: () => undefined,
    keys: () => [],
    update: () => Promise.reject(new Error('disk full')),
  });
  await notice.look();
});
it('the version does not change with the order of accounts that are not the default one', async () => {
  const store = new AccountStore(memoryVault());
  for (const [i, e] of ['a@x', 'b@x', 'c@x'].entries()) await store.save(of(e, i + 1));
  const p = new GmailServerProvider({
    serverPath: '',
    brokerFolder: '',
    extensionVersion: '1',
    store,
    maximumLevel: () => 'full',
  });
  const v = async () => (await p.provideMcpServerDefinitions())[0]?.version;
  const before = await v();
  await store.save(of('b@x', 9));
  assert.equal(await v(), before);
});
it('the version does not change with the order in which Google names the scopes', async () => {
  const store = new AccountStore(memoryVault());
  await store.save(of('a@x', 1, { scopes: ['r', 'c'] }));
  const p = new GmailServerProvider({
    serverPath: '',
    brokerFolder: '',
    extensionVersion: '1',
    store,
    maximumLevel: () => 'full',
  });
  const v = async () => (await p.provideMcpServerDefinitions())[0]?.version;
  const before = await v();
  await store.change('a@x', { scopes: ['c', 'r'] });
  assert.equal(await v(), before);
});
