import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Account } from '../../../src/accounts/account.ts';
import { type Sandbox, startSandbox } from '../../../src/sandbox/start.ts';
import { type ServerUnderTest, startServer, TOOL_COUNT } from '../../support/mcp-server.ts';
import {
  accountOf,
  brokerFolder,
  Opened,
  openWindow,
  otherAccountOf,
  type WindowOptions,
} from '../../support/window.ts';

const MIRA = 'mira.vale@sandbox.example';
const MESSAGE = { to: 'Lena <lena@example.com>', subject: 'Two signs', body: 'Both of them, please.' };
const READONLY = 'https://www.googleapis.com/auth/gmail.readonly';
const RECENT = [
  ...['gmail_search_emails', 'gmail_read_email', 'gmail_read_thread', 'gmail_get_attachment', 'gmail_save_attachment'],
  ...['gmail_get_changes', 'gmail_list_labels', 'gmail_get_recent_emails', 'gmail_get_email_body_chunk'],
  'gmail_find_address',
];

describe('the accounts of a window', () => {
  let sandbox: Sandbox;
  const opened = new Opened();
  const signedIn = async (accounts: readonly Account[], options: WindowOptions = {}) => {
    const folder = brokerFolder();
    const window = opened.add(await openWindow(folder, options));
    for (const account of accounts) await window.store.save(account);
    const server = opened.add(await startServer({ HEADLESS_GMAIL_BROKER: folder }));
    return { window, server };
  };
  const both = () => [accountOf(sandbox), otherAccountOf(sandbox, MIRA)];
  const offered = async ({ client }: ServerUnderTest) => (await client.listTools()).tools.map(({ name }) => name);
  const sentBy = (address: string) =>
    sandbox.stores
      .get(address)
      ?.messages()
      .filter(({ labelIds }) => labelIds.has('SENT')).length ?? 0;

  before(async () => {
    sandbox = await startSandbox(undefined, undefined, [MIRA]);
  });
  afterEach(() => opened.close());
  after(() => sandbox.close());

  it('with one of them, leave no choice to a call', async () => {
    const { server } = await signedIn([accountOf(sandbox)]);
    const { tools } = await server.client.listTools();
    assert.equal(tools.length, TOOL_COUNT);
    for (const { inputSchema } of tools) assert.ok(!('account' in (inputSchema.properties ?? {})));
    // A model may hold the list from when there were two.
    const { isError } = await server.call('gmail_get_recent_emails', { max_results: 1, account: sandbox.address });
    assert.equal(isError, false);
    assert.equal((await server.call('gmail_list_accounts')).isError, false);
  });

  it('with two of them, can be listed and named in each call', async () => {
    const { server } = await signedIn(both());
    const { tools } = await server.client.listTools();
    assert.equal(tools.length, TOOL_COUNT + 1);
    for (const { name, inputSchema } of tools) {
      const account = inputSchema.properties?.account as { type: string; description: string } | undefined;
      if (name === 'gmail_list_accounts') assert.deepEqual(inputSchema.properties, {});
      else if (name === 'gmail_create_draft') assert.equal(account?.type, 'string', 'described by gmail_send_email');
      else
        assert.match(account?.description ?? '', new RegExp(`\\(default ${sandbox.address}\\).*gmail_list_accounts`));
      assert.ok(!inputSchema.required?.includes('account'), name);
    }
    const { json } = await server.call('gmail_list_accounts');
    assert.deepEqual(json, {
      accounts: [
        { account: sandbox.address, default: true, access: 'full', sandbox: true },
        { account: MIRA, default: false, access: 'full', sandbox: true },
      ],
    });
  });

  it('are used by name, the default one without', async () => {
    const { server } = await signedIn(both());
    const emails = async (args: object) =>
      (await server.call('gmail_get_recent_emails', { max_results: 1, ...args })).json.emails as unknown[];
    assert.equal((await emails({})).length, 1);
    assert.equal((await emails({ account: ` ${MIRA.toUpperCase()} ` })).length, 0, 'her mailbox is empty');
    assert.equal((await emails({ account: '' })).length, 1, 'blank is the default one');
    const whose = async (args: object) => (await server.call('gmail_refresh_token', { ...args })).json.account;
    assert.deepEqual([await whose({}), await whose({ account: MIRA })], [sandbox.address, MIRA]);
  });

  it('keep a call from its beginning to its end, whatever the default is meanwhile', async () => {
    const { window, server } = await signedIn(both(), {
      confirm: async ({ account }) => {
        assert.equal(account, MIRA);
        await window.store.change(sandbox.address, { defaultSince: Date.now() + 1000 });
        return true;
      },
    });
    const [robins, hers] = [sentBy(sandbox.address), sentBy(MIRA)];
    assert.equal((await server.call('gmail_send_email', { ...MESSAGE, account: MIRA })).isError, false);
    assert.deepEqual([sentBy(sandbox.address), sentBy(MIRA)], [robins, hers + 1]);
  });

  it('are named where a call names another, and nobody is asked', async () => {
    const { window, server } = await signedIn(both(), { confirm: () => true });
    for (const [name, args] of [
      ['gmail_get_recent_emails', {}],
      ['gmail_refresh_token', {}],
      ['gmail_send_email', MESSAGE],
    ] as const) {
      const { isError, json } = await server.call(name, { ...args, account: 'lena@example.com' });
      assert.equal(isError, true);
      assert.match(String(json.error), /No account lena@example\.com.*Signed in: .*robin.*, mira.*Name one of these/);
    }
    assert.deepEqual(window.questions, []);
  });

  it('fit into a result however many there are', async () => {
    const { server } = await signedIn([]);
    assert.deepEqual((await server.call('gmail_list_accounts')).json, { accounts: [] });
    const many = Array.from({ length: 200 }, (_, index) => ({
      ...accountOf(sandbox),
      email: `a-rather-long-name-of-somebody-${index}@department.example.org`,
    }));
    const { server: other } = await signedIn(many);
    const { text, json } = await other.call('gmail_list_accounts');
    assert.ok(Buffer.byteLength(text) <= 8192);
    assert.equal((json.accounts as unknown[]).length + Number(json.left_out), 200);
  });

  describe('that allow reading only', () => {
    for (const [what, change, options, expected] of [
      [
        'by their level',
        { level: 'read' },
        {},
        /may not use robin.* for sending mail.*level Read.*Gmail: Change Access Level…/,
      ],
      [
        'by the administrator’s limit',
        {},
        { maximumLevel: () => 'read' },
        /may not use robin.* for sending mail\. The administrator of this computer allows no more than Read.*go on without it/,
      ],
    ] as [string, Partial<Account>, WindowOptions, RegExp][]) {
      it(`${what} get no tool that sends, and a call of it explains and asks nobody`, async () => {
        const { window, server } = await signedIn([{ ...accountOf(sandbox), ...change }], {
          ...options,
          confirm: () => true,
        });
        assert.deepEqual(await offered(server), [...RECENT, 'gmail_refresh_token']);
        sandbox.requests.length = 0;
        const { isError, json } = await server.call('gmail_send_email', MESSAGE);
        assert.equal(isError, true);
        assert.match(String(json.error), expected);
        assert.deepEqual([window.questions, window.problems, sandbox.requests], [[], [], []]);
        assert.equal((await server.call('gmail_get_recent_emails', { max_results: 1 })).isError, false);
      });
    }

    it('by what Google granted are told apart from a level', async () => {
      const { window, server } = await signedIn([{ ...accountOf(sandbox), scopes: [READONLY] }], {
        confirm: () => true,
      });
      assert.deepEqual(await offered(server), [...RECENT, 'gmail_refresh_token']);
      const { json } = await server.call('gmail_send_email', MESSAGE);
      assert.match(String(json.error), /sign-in of robin.* does not include sending mail.*Gmail: Sign In….*tick/);
      assert.deepEqual(window.questions, []);
    });

    it('by what Google granted, unknown before the first token, still ask nobody', async () => {
      const refreshToken = sandbox.grants.grant(sandbox.client.id, [READONLY]);
      const { window, server } = await signedIn([{ ...accountOf(sandbox), refreshToken }], { confirm: () => true });
      assert.equal((await offered(server)).length, TOOL_COUNT);
      const { json } = await server.call('gmail_send_email', MESSAGE);
      assert.match(String(json.error), /does not include sending mail/);
      assert.deepEqual(window.questions, []);
    });

    it('leave the tools of another account that allows more', async () => {
      const [robin, mira] = both() as [Account, Account];
      const { server } = await signedIn([{ ...robin, level: 'draft' }, mira], { confirm: () => true });
      assert.ok((await offered(server)).includes('gmail_send_email'));
      assert.match(String((await server.call('gmail_send_email', MESSAGE)).json.error), /level Draft.*needs Full/);
      assert.equal((await server.call('gmail_send_email', { ...MESSAGE, account: MIRA })).isError, false);
      const { json } = await server.call('gmail_list_accounts');
      assert.deepEqual(
        (json.accounts as { access: string }[]).map(({ access }) => access),
        ['draft', 'full'],
      );
    });
  });

  it('that grant less than their level say what is missing', async () => {
    const [robin, mira] = both() as [Account, Account];
    const { server } = await signedIn([{ ...robin, scopes: [READONLY] }, mira]);
    const { json } = await server.call('gmail_list_accounts');
    assert.deepEqual((json.accounts as object[])[0], {
      account: sandbox.address,
      default: true,
      access: 'full',
      not_granted: ['draft', 'organise', 'send'],
      sandbox: true,
    });
  });
});
