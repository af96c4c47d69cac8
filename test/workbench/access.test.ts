import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import { type Sandbox, startSandbox } from '../../src/sandbox/start.ts';
import { addAccount, clientFile, type Fixture, startFixture } from './support/fixture.ts';
import { lastPage, press, signInTab } from './support/google.ts';
import { mcpServers } from './support/processes.ts';
import { enableChat, ScriptedModel, type Step } from './support/scripted-model.ts';

const MIRA = 'mira.vale@sandbox.example';
const READONLY = 'https://www.googleapis.com/auth/gmail.readonly';

describe('what the agent may do', () => {
  let fixture: Fixture;
  let mira: Sandbox;
  let model: ScriptedModel;

  before(async () => {
    fixture = await startFixture();
    mira = await startSandbox(undefined, MIRA);
    const { ui, driver, workbench, sandbox } = fixture;
    model = new ScriptedModel(workbench);
    await enableChat(ui, driver);
    await addAccount(ui, sandbox);
    await ui.notifications.wait(`${sandbox.address} is signed in.`);
  });
  afterEach(async () => {
    await fixture.ui.notifications.clear();
  });
  after(async () => {
    await fixture.close();
    await mira.close();
  });

  /** Has the agent call a tool; answers the names of the tools that it was offered and what the call said. */
  const ask = async (prompt: string, tool: string, input: Record<string, unknown> = {}) => {
    const { ui } = fixture;
    const steps: Step[] = [{ calls: [{ tool, input }] }, { text: 'DONE {{results}}' }];
    model.script(steps, prompt);
    await ui.notifications.clear();
    await ui.chat.start();
    await ui.chat.prompt(prompt);
    await ui.chat.answer(/DONE/);
    const last = model.trace(prompt).at(-1);
    const offered = (last?.mcp ?? []).map(({ name }) => name.slice(name.lastIndexOf('gmail_')));
    return { offered, tools: last?.mcp ?? [], said: last?.results.join('\n') ?? '' };
  };
  const serverIds = () => mcpServers(fixture.driver.pid, 'dist/server.js').map(({ pid }) => pid);
  const changeLevel = async (level: string, email?: string) => {
    const { ui, sandbox } = fixture;
    await ui.runCommand('Gmail: Change Access Level…');
    if (email) await ui.input.pick('Change the access level of which account?', email);
    await ui.input.pick(`What the agent may do with ${email ?? sandbox.address}`, level);
  };

  it('is everything at the level Full', async () => {
    const { offered } = await ask('first look', 'gmail_refresh_token');
    assert.ok(offered.includes('gmail_send_email'), offered.join());
    assert.ok(!offered.includes('gmail_list_accounts'), offered.join());
  });

  it('is less from the next message on, and the server runs on', async () => {
    const { ui } = fixture;
    const before = serverIds();
    assert.equal(before.length, 1);
    await changeLevel('Read');
    await ui.notifications.wait(/^The agent may now find and read mail with robin\.vale/);
    const { offered, said } = await ask('after the change', 'gmail_refresh_token');
    assert.ok(!offered.includes('gmail_send_email'), offered.join());
    assert.match(said, /"status":"success"/);
    assert.deepEqual(serverIds(), before);
  });

  it('is more again without the browser, where Google has allowed it already', async () => {
    const { ui, browser } = fixture;
    const tabs = browser.pages().length;
    await changeLevel('Full');
    await ui.notifications.wait(/^The agent may now read, write, organise, and send mail/);
    assert.equal(browser.pages().length, tabs);
    const { offered } = await ask('once more', 'gmail_refresh_token');
    assert.ok(offered.includes('gmail_send_email'), offered.join());
  });

  it('names the account where there are several, and lists them', async () => {
    const { ui, sandbox } = fixture;
    const before = serverIds();
    // As somebody has it who unticked everything but reading.
    mira.grants.disconnect(mira.client.id, MIRA);
    await addAccount(ui, mira, mira.grants.grant(mira.client.id, [READONLY], MIRA));
    const told = await ui.notifications.wait(`${MIRA} is signed in.`);
    assert.match(told.message, /writing drafts, organising mail, and sending mail was not ticked/);
    const { offered, tools, said } = await ask('which accounts', 'gmail_list_accounts');
    assert.deepEqual(serverIds(), before);
    assert.ok(offered.includes('gmail_list_accounts'));
    for (const tool of tools.filter(({ name }) => /gmail_(get|send)/.test(name))) {
      assert.match(JSON.stringify(tool), /"account"/, tool.name);
    }
    assert.match(said, /robin\.vale@sandbox\.example.*"default":true.*mira\.vale@sandbox\.example/s);
    const other = await ask('whose is it', 'gmail_refresh_token', { account: MIRA });
    assert.match(other.said, new RegExp(`"account":"${MIRA}"`));
    const usual = await ask('and by default', 'gmail_refresh_token');
    assert.match(usual.said, new RegExp(`"account":"${sandbox.address}"`));
  });

  it('is refused with the reason where the account does not allow it, and asks nobody', async () => {
    const before = mira.requests.length;
    const message = { account: MIRA, to: 'a@example.com', subject: 's', body: 'b' };
    const { ui } = fixture;
    const prompt = 'send from the other one';
    model.script([{ calls: [{ tool: 'gmail_send_email', input: message }] }, { text: 'DONE {{results}}' }], prompt);
    await ui.chat.start();
    await ui.chat.prompt(prompt);
    await ui.chat.allowOnce();
    await ui.chat.answer(/DONE/);
    assert.match(model.trace(prompt).at(-1)?.results.join() ?? '', /mira\.vale@sandbox\.example.*Gmail: Sign In…/s);
    assert.equal(mira.requests.slice(before).filter((request) => request.includes('send')).length, 0);
  });

  it('follows the choice of another default account', async () => {
    const { ui } = fixture;
    await ui.runCommand('Gmail: Choose Default Account…');
    await ui.input.pick('Use which account by default?', MIRA);
    await ui.notifications.wait(`The agent uses ${MIRA} where you name no other account.`);
    const { said } = await ask('whose is it now', 'gmail_refresh_token');
    assert.match(said, new RegExp(`"account":"${MIRA}"`));
  });

  it('grows through Google’s page where a permission is missing', async () => {
    const { ui, browser } = fixture;
    await changeLevel('Full', MIRA);
    const page = await signInTab(browser, mira);
    await press(page, 'Continue');
    assert.equal(await lastPage(page), 'You are signed in');
    await ui.notifications.wait(/mira\.vale@sandbox\.example was signed in already; its sign-in has been renewed\./);
    const { offered } = await ask('everything for everybody', 'gmail_refresh_token');
    assert.ok(offered.includes('gmail_send_email'));
  });
});

describe('what an administrator has set', () => {
  let fixture: Fixture;
  const folder = mkdtempSync(path.join(tmpdir(), 'hg-admin-'));
  const file = path.join(folder, 'client_secret.json');

  before(async () => {
    const settings = { 'headlessGmail.clientFile': file, 'headlessGmail.maximumAccess': 'read' };
    fixture = await startFixture({ settings });
  });
  after(async () => {
    rmSync(folder, { recursive: true });
    await fixture.close();
  });

  it('is the client, so that nobody brings one, and the most that anybody may allow', async () => {
    const { ui, sandbox, browser } = fixture;
    await ui.runCommand('Gmail: Sign In…');
    const told = await ui.notifications.wait(/setting headlessGmail\.clientFile names a file; it is not there/);
    assert.deepEqual(told.buttons, ['Open the Setting']);
    await ui.notifications.clear();
    writeFileSync(file, clientFile(sandbox));
    await ui.runCommand('Gmail: Sign In…');
    // Neither a client nor a level is asked for: one is given, and of the other only one is left.
    const page = await signInTab(browser, sandbox);
    await press(page, sandbox.address);
    await press(page, 'Continue');
    assert.equal(await lastPage(page), 'You are signed in');
    await ui.notifications.wait(`${sandbox.address} is signed in. The agent may find and read mail.`);
    await ui.screen.until('every question to be gone', async () => !(await ui.input.isOpen()));
  });
});
