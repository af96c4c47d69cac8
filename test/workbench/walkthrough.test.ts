import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { BrowserContext } from 'playwright-core';
import { openBrowser } from './support/browser.ts';
import { connectDriver, type Driver, packageCompanion } from './support/companion.ts';
import { EXTENSION, vsixFile } from './support/fixture.ts';
import { plain } from './support/screen.ts';
import { enableChat, ScriptedModel } from './support/scripted-model.ts';
import { openWindow, type Ui } from './support/ui.ts';
import { startWorkbench, type Workbench } from './support/workbench.ts';

const SKILLS = ['draft-email-reply', 'find-email-promises', 'find-invoice-email', 'summarise-email-thread'];

describe('the first minutes after an install through the workbench, by keyboard alone', () => {
  let workbench: Workbench;
  let browser: BrowserContext;
  let ui: Ui;
  let driver: Driver;
  let model: ScriptedModel;

  before(async () => {
    const companions = await Promise.all([packageCompanion('driver'), packageCompanion('model')]);
    workbench = await startWorkbench({
      vsixFiles: companions,
      settings: { 'workbench.welcomePage.walkthroughs.openOnInstall': true },
    });
    browser = await openBrowser(workbench.profile.browser);
    ui = await openWindow(browser, workbench);
    driver = await connectDriver(workbench);
    model = new ScriptedModel(workbench);
    await enableChat(ui, driver);
  });
  after(async () => {
    await browser?.close();
    await workbench?.remove();
  });

  const page = () => ui.page.locator('.gettingStartedContainer');
  const step = (title: string) => page().locator('.getting-started-step', { hasText: title });
  /** Presses Tab until what has the focus in the walkthrough begins with such words. */
  const tabTo = async (words: string): Promise<void> => {
    for (let presses = 0; presses < 60; presses += 1) {
      const [focused = ''] = await page().locator(':focus').allInnerTexts();
      if (plain(focused).startsWith(words)) return;
      await ui.screen.press('Tab');
    }
    assert.fail(`The Tab key does not lead to "${words}".`);
  };
  const press = async (title: string, button: string): Promise<void> => {
    await tabTo(title);
    await ui.screen.press('Enter');
    await ui.screen.visible(`the step "${title}"`, step(title).and(page().locator('.expanded')));
    await tabTo(button);
    await ui.screen.press('Enter');
  };
  const done = (title: string) =>
    ui.screen.visible(`the mark of "${title}"`, step(title).locator('.codicon-getting-started-step-checked').first());
  const isDone = (title: string) => step(title).locator('.codicon-getting-started-step-checked').first().isVisible();

  it('opens the walkthrough by itself', async () => {
    await ui.runCommand('Extensions: Install from VSIX...');
    assert.equal(await ui.input.chooseFile('Install from VSIX', vsixFile()), '');
    await ui.screen.visible(
      'the walkthrough',
      page().locator('h2', { hasText: 'Get started with Gmail in agent mode' }),
    );
    await done('Your email in the chat');
    // Where the welcome page was open before, VS Code opens the walkthrough as well.
    await driver.read(async (vscode, id) => {
      await vscode.commands.executeCommand('workbench.action.openWalkthrough', `${id}#start`);
    }, EXTENSION);
    assert.equal(await ui.page.locator('.part.editor .tab').count(), 1);
    assert.equal(await isDone('Try it with a made-up mailbox'), false);
  });

  it('does a step when the sandbox mailbox is there, and one when the level was looked at', async () => {
    await press('Try it with a made-up mailbox', 'Open the Sandbox Mailbox');
    await ui.notifications.wait(/The sandbox mailbox .* is ready\./);
    await done('Try it with a made-up mailbox');
    assert.equal(await isDone('Connect your Google account'), false);
    await press('Choose what the agent may do', 'Change Access Level');
    await ui.screen.until('the levels', () => ui.input.isOpen());
    await ui.screen.press('Escape');
    await done('Choose what the agent may do');
  });

  it('puts a question into the chat, which the person sends and the agent answers', async () => {
    model.script([
      { calls: [{ tool: 'gmail_search_emails', input: { query: 'is:unread' } }] },
      { text: 'DONE {{results}}' },
    ]);
    await press('Ask it something', 'What is new in my email?');
    const field = ui.page.locator('.interactive-input-part .monaco-editor').first();
    const holds = async () =>
      plain((await field.locator('.view-line').allInnerTexts()).join(' ')).includes('What is new');
    await ui.screen.until('the question in the chat', holds);
    await done('Ask it something');
    assert.deepEqual(await ui.chat.transcript(), []);
    assert.deepEqual(model.trace(), []);
    await ui.screen.press('Enter');
    assert.match(await ui.chat.answer(/DONE/), /messages?, newest first/);
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
});
