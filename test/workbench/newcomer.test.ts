import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { BrowserContext, Page } from 'playwright-core';
import { type Sandbox, startSandbox } from '../../src/sandbox/start.ts';
import { openBrowser } from './support/browser.ts';
import { connectDriver, type Driver, packageCompanion } from './support/companion.ts';
import { Decisions } from './support/decisions.ts';
import { clientFile, EXTENSION, STEPS, signOut, vsixFile } from './support/fixture.ts';
import { lastPage, signInTab } from './support/google.ts';
import { enableChat, ScriptedModel } from './support/scripted-model.ts';
import { openWindow, type Ui } from './support/ui.ts';
import { Walkthrough } from './support/walkthrough.ts';
import { startWorkbench, type Workbench } from './support/workbench.ts';

const SKILLS = ['draft-email-reply', 'find-email-promises', 'find-invoice-email', 'summarise-email-thread'];

describe('a newcomer with a keyboard alone', () => {
  let workbench: Workbench;
  let browser: BrowserContext;
  let ui: Ui;
  let driver: Driver;
  let model: ScriptedModel;
  let walkthrough: Walkthrough;
  let decisions: Decisions;
  let google: Sandbox;

  before(async () => {
    const companions = await Promise.all([packageCompanion('driver'), packageCompanion('model')]);
    workbench = await startWorkbench({
      vsixFiles: companions,
      settings: { 'workbench.welcomePage.walkthroughs.openOnInstall': true },
    });
    google = await startSandbox();
    browser = await openBrowser(workbench.profile.browser);
    ui = await openWindow(browser, workbench);
    driver = await connectDriver(workbench);
    model = new ScriptedModel(workbench);
    walkthrough = new Walkthrough(ui.screen);
    await enableChat(ui, driver);
    decisions = await Decisions.in(browser);
    model.script([
      { calls: [{ tool: 'gmail_search_emails', input: { query: 'is:unread' } }] },
      { text: 'DONE {{results}}' },
    ]);
  });
  after(async () => {
    await browser?.close();
    await google?.close();
    await workbench?.remove();
  });

  it('comes from the install to an answer about the sandbox mailbox by six decisions at most', async () => {
    await ui.runCommand('Extensions: Install from VSIX...');
    assert.equal(await ui.input.chooseFile('Install from VSIX', vsixFile()), '');
    await walkthrough.wait('Get started with Gmail in agent mode');
    await walkthrough.done('Your email in the chat');
    assert.equal(await walkthrough.isDone('Try it with a made-up mailbox'), false);

    await walkthrough.press('Try it with a made-up mailbox', 'Open the Sandbox Mailbox');
    await walkthrough.done('Try it with a made-up mailbox');
    assert.equal(await walkthrough.isDone('Connect your Google account'), false);

    await walkthrough.press('Ask it something', 'What is new in my email?');
    await ui.screen.until('the question in the chat', async () => (await ui.chat.field()).includes('What is new'));
    await walkthrough.done('Ask it something');
    assert.deepEqual([await ui.chat.transcript(), model.trace()], [[], []]);
    await ui.screen.press('Enter');
    assert.match(await ui.chat.answer(/DONE/), /messages?, newest first/);

    assert.ok(decisions.made.length > 3 && decisions.made.length <= 6, decisions.made.join('\n'));
    assert.deepEqual(decisions.clicks, []);
  });

  it('has done the step of the access level once the levels were looked at', async () => {
    await walkthrough.press('Choose what the agent may do', 'Change Access Level');
    await ui.input.cancel(/^What the agent may do with/);
    await walkthrough.done('Choose what the agent may do');
  });

  it('finds the walkthrough in one tab, also where VS Code opens it as well', async () => {
    await driver.read(async (vscode, id) => {
      await vscode.commands.executeCommand('workbench.action.openWalkthrough', `${id}#start`);
    }, EXTENSION);
    assert.equal(await ui.page.locator('.part.editor .tab').count(), 1);
  });

  it('hears from a screen reader what there is to see', async () => {
    // The picture has no room beside the chat.
    await ui.runCommand('View: Hide Secondary Side Bar');
    await walkthrough.open('Choose what the agent may do');
    const spoken = await ui.page.locator('.monaco-workbench').ariaSnapshot();
    for (const words of [
      'checkbox "Try it with a made-up mailbox: Completed" [checked]',
      'checkbox "Connect your Google account: Not completed"',
      'button "Change Access Level"',
      'button "Gmail, 1 account is signed in"',
    ]) {
      assert.ok(spoken.includes(words), words);
    }
    // The picture has a page of its own within the window.
    const picture = 'img "Four levels, Read, Draft, Organise and Full, of which one is chosen"';
    await ui.screen.until('the picture to be spoken of', async () => {
      const pages = ui.page.frames().map((frame) => frame.locator('body').ariaSnapshot({ timeout: 500 }));
      const told = await Promise.allSettled(pages);
      return told.some((each) => each.status === 'fulfilled' && each.value.includes(picture));
    });
  });

  it('gives the agent its skills', async () => {
    const skills = await driver.read(async (vscode, id) => {
      const files: { uri: { path: string }; type: string; extensionId: string }[] =
        await vscode.commands.executeCommand('_listExtensionPromptFiles');
      return files.filter((file) => file.type === 'skill' && file.extensionId === id).map(({ uri }) => uri.path);
    }, EXTENSION);
    const names = skills.map((file) => /\/media\/skills\/([^/]+)\/SKILL\.md$/.exec(file)?.[1]);
    assert.deepEqual(names.sort(), [...SKILLS, 'triage-email', 'unsubscribe-email']);
    const received = model.trace().at(-1)?.received ?? '';
    for (const name of names) assert.ok(received.includes(`${name}`), `the model was not told of ${name}`);
  });

  /** Goes through the pages of the sign-in by Tab and Enter. */
  const consent = async (page: Page): Promise<void> => {
    for (const button of [google.address, 'Continue']) {
      const wanted = page.getByRole('button', { name: button, exact: true });
      await wanted.waitFor();
      const isFocused = () => wanted.and(page.locator(':focus')).isVisible();
      for (let presses = 0; presses < 20 && !(await isFocused()); presses += 1) await page.keyboard.press('Tab');
      assert.ok(await isFocused(), `The Tab key does not lead to "${button}".`);
      await page.keyboard.press('Enter');
    }
  };

  it('comes from a sign-in through the pages in the browser to an answer about that mailbox', async () => {
    await signOut(ui, google.address);
    await ui.notifications.clear();
    await ui.chat.start();
    decisions.reset();

    await ui.runCommand('Gmail: Sign In…');
    await ui.input.pick(STEPS.way, /Paste the client file/);
    await ui.input.answer(STEPS.paste, clientFile(google));
    await ui.input.pick(STEPS.level, 'Read');
    const page = await signInTab(browser, google);
    await consent(page);
    assert.equal(await lastPage(page), 'You are signed in');
    await ui.screen.until('the sign-in to be told', () =>
      ui.page.getByText(`${google.address} is signed in.`).first().isVisible(),
    );
    google.requests.length = 0;
    await ui.runCommand('Chat: Open Chat (Agent)');
    await ui.screen.until('the focus in the chat', () => ui.page.locator('.interactive-input-part :focus').isVisible());
    await ui.screen.type('What is new after the sign-in?');
    await ui.screen.press('Enter');
    assert.match(await ui.chat.answer(/DONE/), /messages?, newest first/);

    assert.ok(google.requests.some((request) => request.includes('/messages')));
    assert.equal(decisions.made.length, 8, decisions.made.join('\n'));
    assert.deepEqual(decisions.clicks, []);
  });
});
