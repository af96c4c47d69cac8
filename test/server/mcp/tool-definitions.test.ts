import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { type Sandbox, startSandbox } from '../../../src/sandbox/start.ts';
import { argumentMode, environmentMode, startServer } from '../../support/mcp-server.ts';
import { toolTable } from '../../support/tool-table.ts';
import { accountOf, brokerFolder, openWindow } from '../../support/window.ts';

/** How Markdown is laid out is the formatter's business. */
const words = (text: string) => text.replace(/[\s-]+/g, ' ');

// `npm run build && node --test --test-update-snapshots test/server/tool-definitions.test.ts` writes them anew.
describe('what a model is told of the tools', () => {
  let sandbox: Sandbox;
  before(async () => {
    sandbox = await startSandbox();
  });
  after(() => sandbox.close());

  const definitions = async (env: Record<string, string>) => {
    const server = await startServer(env);
    try {
      return (await server.client.listTools()).tools;
    } finally {
      await server.close();
    }
  };

  it('with credentials from arguments', async (t) => {
    t.assert.snapshot(await definitions(argumentMode(sandbox)));
  });

  it('with an account from the environment', async (t) => {
    t.assert.snapshot(await definitions(environmentMode(sandbox)));
  });

  it('with two accounts in the editor', async (t) => {
    const folder = brokerFolder();
    const window = await openWindow(folder);
    await window.store.save(accountOf(sandbox));
    await window.store.save({ ...accountOf(sandbox), email: 'mira.vale@sandbox.example' });
    try {
      t.assert.snapshot(await definitions({ HEADLESS_GMAIL_BROKER: folder }));
    } finally {
      await window.close();
    }
  });

  it('keeps to the contract of names and hints', async () => {
    for (const { name, annotations } of await definitions(environmentMode(sandbox))) {
      assert.match(name, /^gmail_[a-z_]{1,34}$/);
      assert.equal(typeof annotations?.readOnlyHint, 'boolean', name);
    }
  });

  it('stands in README.md as well', () => {
    const readme = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8');
    assert.ok(words(readme).includes(words(toolTable())), 'run `npm run readme`');
  });
});
