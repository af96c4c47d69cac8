import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { BrowserContext } from 'playwright-core';
import { type Sandbox, startSandbox } from '../../src/sandbox/start.ts';
import { startServer } from '../support/mcp-server.ts';
import { connectDriver } from './support/companion.ts';
import { addAccount, EXTENSION, type Fixture, newGrant, signOut, startFixture } from './support/fixture.ts';
import { environmentOf, mcpServers, waitUntilGone } from './support/processes.ts';
import { enableChat, ScriptedModel, type Step } from './support/scripted-model.ts';
import { searchSecrets, storageOf } from './support/search-secrets.ts';
import { until } from './support/waiting.ts';

const SERVER = 'dist/server.js';
const MESSAGE = { to: 'lena@example.com', subject: 'Two signs', body: 'Both of them, please.' };

const calls = (tool: string, input: Record<string, unknown> = {}): Step => ({ calls: [{ tool, input }] });
const answer: Step = { text: 'DONE {{results}}' };

interface Launch {
  command: string;
  args: string[];
  /** Null takes a variable away. */
  env: Record<string, string | null>;
}

/** How to start the server, as VS Code has cached it in plain text for windows to come. */
async function cachedLaunch(browser: BrowserContext): Promise<Launch> {
  return until('the cached definition', async () => {
    const stored = (await storageOf(browser)).find(([place]) => place.endsWith('mcp.extCachedServers'));
    const providers: Record<string, { servers: { launch: Launch }[] }> = JSON.parse(stored?.[1] ?? '{}');
    // It is written anew when an extension host has ended.
    return providers[`${EXTENSION}/headlessGmail`]?.servers[0]?.launch;
  });
}

describe('agent mode in the real workbench', () => {
  let fixture: Fixture;
  let model: ScriptedModel;
  /** Every secret that was made while the tests ran. */
  const secrets = new Set<string>();

  /** Notes what a local Google issues from now on, and what it has issued already. */
  const noteSecrets = ({ grants, client, refreshToken }: Sandbox) => {
    const [refresh, grant] = [grants.refresh.bind(grants), grants.grant.bind(grants)];
    secrets.add(client.secret).add(refreshToken);
    grants.refresh = (...args) => {
      const token = refresh(...args);
      secrets.add(token.value);
      return token;
    };
    grants.grant = (...args) => {
      const token = grant(...args);
      secrets.add(token);
      return token;
    };
  };

  before(async () => {
    fixture = await startFixture();
    const { ui, driver, sandbox, workbench } = fixture;
    noteSecrets(sandbox);
    model = new ScriptedModel(workbench);
    await enableChat(ui, driver);
  });
  after(() => fixture.close());

  const sends = () =>
    fixture.sandbox.store
      .messages()
      .filter(({ raw, labelIds }) => labelIds.has('SENT') && raw.includes('Subject: Two signs')).length;

  /** Types a prompt into a new chat. Notifications that lie over the chat's field are cleared away first. */
  const prompted = async (prompt: string, ...steps: Step[]): Promise<void> => {
    model.script([...steps, answer], prompt);
    await fixture.ui.notifications.clear();
    await fixture.ui.chat.start();
    await fixture.ui.chat.prompt(prompt);
  };

  /** Asks in a new chat and answers what the tools said. Fails where the chat asks for an approval. */
  const ask = async (prompt: string, ...steps: Step[]): Promise<string> => {
    await prompted(prompt, ...steps);
    await fixture.ui.screen.until(`the answer to "${prompt}"`, async () => {
      assert.equal(await fixture.ui.chat.isAsking(), false, 'the chat asked for an approval');
      return model.trace(prompt).some(({ reply }) => reply.text.startsWith('DONE'));
    });
    return model.trace(prompt).at(-1)?.results.join('\n') ?? '';
  };

  it('says how to sign in while nobody is', async () => {
    const said = await ask('is there mail before anybody is signed in', calls('gmail_get_recent_emails'));
    assert.match(said, /No Gmail account is signed in.*Gmail: Sign In…/);
  });

  it('reads mail right after a sign-in, without a restart by hand and without a question', async () => {
    const { ui, sandbox } = fixture;
    await addAccount(ui, sandbox);
    await ui.notifications.wait(`${sandbox.address} is signed in.`);
    const said = await ask(
      'what is new',
      calls('gmail_refresh_token'),
      calls('gmail_get_recent_emails', { max_results: 3 }),
    );
    assert.match(said, /"account":"robin\.vale@sandbox\.example".*"status":"success"/);
    assert.match(said, /Pip has drawn your flat/);
    assert.match(await ui.chat.answer(/DONE/), /Pip has drawn your flat/);
  });

  it('is offered every tool, with no credential in any argument', () => {
    const offered = model.trace('what is new').at(-1)?.mcp ?? [];
    const names = ['gmail_get_recent_emails', 'gmail_get_email_body_chunk', 'gmail_send_email', 'gmail_refresh_token'];
    for (const name of names) {
      const tool = offered.find((each) => each.name.endsWith(name));
      assert.ok(tool, `${name} was not offered`);
      assert.ok(!JSON.stringify(tool).includes('google_'));
    }
  });

  it('sends nothing when the person cancels, and once when the person agrees', async () => {
    const { ui } = fixture;
    const before = sends();
    for (const [prompt, press, expected] of [
      ['send it but I will cancel', 'Cancel', before],
      ['send it and I will agree', 'Send', before + 1],
    ] as const) {
      await prompted(prompt, calls('gmail_send_email', MESSAGE));
      await ui.chat.allowOnce();
      const { detail } = await ui.modal.wait(
        'Send this e-mail from robin.vale@sandbox.example (sandbox, not a real mailbox)?',
      );
      assert.match(
        detail,
        /^To \(first time\): lena@example\.com\nSubject: Two signs\nThe signature of .*\n.*\n\n\| Both of them/,
      );
      assert.equal(sends(), before, 'something was sent before the person had answered');
      await ui.modal.answer('Send this e-mail', press);
      await until('the answer', () => model.trace(prompt).some(({ reply }) => reply.text.startsWith('DONE')));
      assert.equal(sends(), expected);
      const said = model.trace(prompt).at(-1)?.results.join() ?? '';
      assert.match(said, press === 'Send' ? /messageId/ : /The message was not sent.*did not confirm/);
    }
    const told = (await ui.notifications.list()).filter(({ message }) => message.startsWith('Sent to '));
    assert.deepEqual(
      told.map(({ message, buttons }) => [message, buttons]),
      [['Sent to lena@example.com, from robin.vale@sandbox.example.', []]],
    );
  });

  it('leaves lines in the log of what was done, with no word of a mail', async () => {
    const { data } = fixture.workbench.profile;
    const line = /\[info\] Sent an email · robin\.vale@sandbox\.example · gmail_send_email · done · after your yes · “/;
    const log = await until('the line of the send', () => {
      const files = readdirSync(data, { recursive: true, encoding: 'utf8' }).filter((file) =>
        /\bGmail\.log$/.test(file),
      );
      const text = files.map((file) => readFileSync(path.join(data, file), 'utf8')).join('\n');
      return line.test(text) ? text : undefined;
    });
    assert.match(log, /\[info\] robin\.vale@sandbox\.example: access token refreshed, good until 20/);
    assert.doesNotMatch(log, /lena|Two signs|ya29/);
  });

  it('tells the agent and the person when Google has ended the sign-in', async () => {
    const { ui, sandbox } = fixture;
    sandbox.grants.end(sandbox.refreshToken, 'revoked');
    const said = await ask('is there more mail', calls('gmail_get_recent_emails'), calls('gmail_refresh_token'));
    assert.match(said, /no longer accepts the refresh token.*Ask the user to run the command.*Gmail: Sign In…/);
    const told = await ui.notifications.wait(
      /^robin\.vale@sandbox\.example: Google no longer accepts the refresh token/,
    );
    assert.equal(told.severity, 'error');
    assert.deepEqual(told.buttons, ['Sign In Again']);
    // Two calls failed for one reason, so there is one notification.
    const all = await ui.notifications.list();
    assert.equal(all.filter(({ message }) => message.includes('no longer accepts')).length, 1);
    sandbox.refreshToken = sandbox.grants.grant(sandbox.client.id, ['https://www.googleapis.com/auth/gmail.modify']);
    await addAccount(ui, sandbox);
    await ui.notifications.wait(/was signed in already; its sign-in has been renewed/);
    assert.match(await ask('and now', calls('gmail_get_recent_emails', { max_results: 1 })), /Pip has drawn/);
  });

  it('follows a sign-out and another sign-in from one call to the next', async () => {
    const { ui, sandbox } = fixture;
    await signOut(ui, sandbox.address);
    assert.match(await ask('who am I', calls('gmail_refresh_token')), /No Gmail account is signed in/);
    const mira = await startSandbox(undefined, 'mira.vale@sandbox.example');
    noteSecrets(mira);
    await addAccount(ui, mira);
    await ui.notifications.wait(`${mira.address} is signed in.`);
    assert.match(await ask('who am I now', calls('gmail_refresh_token')), /"account":"mira\.vale@sandbox\.example"/);
    await signOut(ui, mira.address);
    await mira.close();
    newGrant(sandbox);
    await addAccount(ui, sandbox);
    await ui.notifications.wait(`${sandbox.address} is signed in.`);
  });

  it('leaves no process and no broken store behind when the extension host is killed in a call', async () => {
    const { ui, sandbox, driver, workbench } = fixture;
    await ask('one more before the end', calls('gmail_get_recent_emails', { max_results: 1 }));
    const [server] = mcpServers(driver.pid, SERVER);
    assert.ok(server, 'no MCP server runs under the extension host');
    sandbox.faults.add({ match: /messages/, delayMs: 20_000, times: 1 });
    sandbox.requests.length = 0;
    await prompted('hang in there', calls('gmail_get_recent_emails', { max_results: 1 }));
    await until('the call to reach the sandbox', () =>
      sandbox.requests.some((request) => request.includes('/messages')),
    );
    process.kill(driver.pid, 'SIGKILL');
    await waitUntilGone(server.pid, 'the MCP server');
    sandbox.faults.clear();
    fixture.driver = await connectDriver(workbench, { not: driver });
    await fixture.driver.active(EXTENSION);
    await ui.runCommand('Gmail: Refresh Access Token');
    await ui.notifications.wait(/^Access token refreshed/);
  });

  it('leads by the cached definition of an earlier window to the broker of this one', async () => {
    const { ui, driver, workbench, browser, sandbox } = fixture;
    const { command, args, env } = await cachedLaunch(browser);
    await ui.reload();
    fixture.driver = await connectDriver(workbench, { not: driver });
    await fixture.driver.active(EXTENSION);
    // Started as the agent host starts it: from what was cached, by no window.
    const kept = Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== null);
    const server = await startServer(Object.fromEntries(kept), { node: command, serverPath: args[0] ?? '' });
    const { json } = await server.call('gmail_refresh_token');
    await server.close();
    assert.equal(json.account, sandbox.address);
    await enableChat(ui, fixture.driver);
    assert.match(
      await ask('what is new after the reload', calls('gmail_get_recent_emails', { max_results: 1 })),
      /Pip has drawn/,
    );
  });

  it('leaves secrets nowhere', async () => {
    const { driver, workbench, browser, ui } = fixture;
    const [server] = mcpServers(driver.pid, SERVER);
    assert.ok(server, 'no MCP server runs under the extension host');
    assert.equal(environmentOf(server.pid).ELECTRON_RUN_AS_NODE, '1');
    await ui.runCommand('Gmail: Show Log');
    assert.ok(secrets.size > 8);
    assert.deepEqual(await searchSecrets({ workbench, browser, secrets: [...secrets] }), []);
  });

  it('would have been caught: what is no secret is found where the editor keeps results and definitions', async () => {
    const { sandbox, workbench, browser } = fixture;
    assert.notDeepEqual(await searchSecrets({ workbench, browser, secrets: [sandbox.address] }), []);
    const folder = path.join(EXTENSION, 'brokers');
    const places = (await searchSecrets({ workbench, browser, secrets: [folder] })).map(({ place }) => place);
    assert.ok(
      places.some((place) => /IndexedDB/.test(place)),
      `the cached definition is not among ${places.join(', ')}`,
    );
  });
});
