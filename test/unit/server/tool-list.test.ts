import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type KnownAccount, knownAccessOf } from '../../../src/credentials/account-access.ts';
import { makeLists } from '../../../src/server/offer/make-lists.ts';
import { ToolList } from '../../../src/server/offer/tool-list.ts';
import type { CredentialSource } from '../../../src/shared/problem-catalogue.ts';

const { tools, prompts } = makeLists();
const account = (email: string, isDefault: boolean): KnownAccount => ({ email, isDefault, level: 'full' });

function listFor(source: CredentialSource, accounts?: KnownAccount[]) {
  const knownAccess = async () => accounts && knownAccessOf(accounts);
  return new ToolList(tools, { source, knownAccess }, () => assert.fail()).list();
}

const named = async (list: ReturnType<typeof listFor>, name: string) => {
  const tool = (await list).find((each) => each.name === name);
  return { properties: Object.keys(tool?.inputSchema.properties ?? {}), required: tool?.inputSchema.required, tool };
};

describe('the list of tools that was written beforehand', () => {
  it('survives being written as JSON', () => {
    assert.deepEqual(JSON.parse(JSON.stringify({ tools, prompts })), { tools, prompts });
  });

  it('has credentials among the arguments where they come with each call, and nowhere else', async () => {
    const taking = await named(listFor('arguments'), 'gmail_read_email');
    assert.deepEqual(taking.properties, ['google_access_token', 'message_ids', 'offset', 'unfold']);
    assert.deepEqual(taking.required, ['google_access_token', 'message_ids']);
    for (const source of ['environment', 'editor'] as const) {
      const plain = await named(listFor(source), 'gmail_read_email');
      assert.deepEqual(plain.properties, ['message_ids', 'offset', 'unfold']);
      assert.deepEqual(plain.required, ['message_ids']);
    }
  });

  it('names the account of calls that name none, where there are several', async () => {
    const address = 'robin$&@example.org';
    const accounts = [account(address, true), account('b@example.org', false)];
    const { properties, required, tool } = await named(listFor('editor', accounts), 'gmail_read_email');
    assert.deepEqual(properties, ['message_ids', 'offset', 'unfold', 'account']);
    assert.deepEqual(required, ['message_ids']);
    assert.ok(tool?.inputSchema.properties?.account?.description?.includes(`(default ${address})`));
    const draft = await named(listFor('editor', accounts), 'gmail_create_draft');
    assert.deepEqual(draft.tool?.inputSchema.properties?.account, { type: 'string' });
    const list = await named(listFor('editor', accounts), 'gmail_list_accounts');
    assert.deepEqual(list.properties, []);
  });

  it('is told of again only where it would be another', async () => {
    let told = 0;
    const known = knownAccessOf([account('a', true)]);
    const list = new ToolList(tools, { source: 'editor', knownAccess: async () => known }, () => {
      told += 1;
    });
    list.compare(knownAccessOf([]));
    await list.list();
    list.compare(known);
    assert.equal(told, 0);
    list.compare(knownAccessOf([account('a', true), account('b', false)]));
    assert.equal(told, 1);
  });
});
