/** `npm run screenshot`: takes the pictures in README.md anew, of the real workbench with a scripted conversation. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { startFixture } from './support/fixture.ts';
import { enableChat, ScriptedModel } from './support/scripted-model.ts';

const FOLDER = fileURLToPath(new URL('../../media/readme/', import.meta.url));
const THEMES = { light: 'Default Light Modern', dark: 'Default Dark Modern' };
const VIEWPORT = { width: 1240, height: 760 };
/** Until the workbench has taken a theme over, in milliseconds. */
const SETTLED = 1000;

const PROMPT = 'What is new in my mail?';
const ANSWER = [
  'Three things that want you today:',
  '- **Wren** has sent Pip’s drawing of your flat, and there is soup at seven. Bring bread.',
  '- **Lena** reports that two visitors of the Northpier found the broom cupboard; the arrow on the second landing is the culprit.',
  '- **Marguerite Holloway** has an answer to your offer for flat 3B.',
  '\nOne message, “Your loan application has been paused”, asks you to sign in at an address that only looks like your bank’s. I would leave it alone.',
].join('\n');
const REPLY_PROMPT = 'Answer Wren: I come at seven and bring bread';
const REPLY =
  'Dear Wren,\n\nthank Pip for the drawing: it hangs above my desk already.\nI come at seven, and I bring bread.\n\nRobin';

/** What the person works on meanwhile. */
const NOTES = `# Northpier, the signs

- 46 signs at 140 cm, one typeface
- second landing: turn the arrow, it leads into the broom cupboard
- step-free route: mark it from the quay on

## This week

1. Offer to the harbour office
2. Proofs to the printer by Thursday
3. Walk the building with Lena, from the door to the terrace
`;

const settings = {
  'workbench.colorTheme': THEMES.light,
  'chat.commandCenter.enabled': false,
  'workbench.layoutControl.enabled': false,
};
const fixture = await startFixture({ settings });
const { ui, driver, workbench } = fixture;

async function picture(name: string): Promise<void> {
  for (const [theme, id] of Object.entries(THEMES)) {
    await driver.read(
      (vscode, value) =>
        vscode.workspace.getConfiguration('workbench').update('colorTheme', value, vscode.ConfigurationTarget.Global),
      id,
    );
    await ui.page.waitForTimeout(SETTLED);
    await ui.page.screenshot({ path: path.join(FOLDER, `${name}-${theme}.png`) });
  }
}

try {
  mkdirSync(FOLDER, { recursive: true });
  const notes = path.join(workbench.profile.workspace, 'signs.md');
  writeFileSync(notes, NOTES);
  await ui.page.setViewportSize(VIEWPORT);
  await enableChat(ui, driver);
  await ui.runCommand('Gmail: Try the Sandbox Mailbox');
  await ui.notifications.wait(/The sandbox mailbox/);
  await ui.notifications.clear();
  await driver.read(async (vscode, file) => {
    await vscode.window.showTextDocument(vscode.Uri.file(file));
    await vscode.commands.executeCommand('workbench.action.closeSidebar');
  }, notes);
  const model = new ScriptedModel(workbench);
  model.script([{ calls: [{ tool: 'gmail_get_recent_emails', input: { max_results: 8 } }] }, { text: ANSWER }], PROMPT);
  await ui.chat.start();
  await ui.chat.prompt(PROMPT);
  await ui.chat.answer(/leave it alone/);
  // A hint of the chat's own, of no use without an account.
  await ui.page.locator('.chat-input-notification-dismiss').first().click();
  await picture('answer');

  const letter = { reply_to_message_id: '{{/\\| ([0-9a-f]+)(?:\\n|$)/}}', body: REPLY };
  const search = { query: 'from:wren has:attachment', max_results: 1 };
  model.script(
    [
      { say: 'I look for it.', calls: [{ tool: 'gmail_search_emails', input: search }] },
      { say: 'I answer in the thread.', calls: [{ tool: 'gmail_send_email', input: letter }] },
      { text: 'Done.' },
    ],
    REPLY_PROMPT,
  );
  await ui.chat.prompt(REPLY_PROMPT);
  await ui.chat.allowOnce();
  await ui.modal.wait(/^Send this e-mail/);
  await picture('question');
  await ui.modal.answer(/^Send this e-mail/, 'Cancel');
  console.log(`Wrote the pictures of README.md into ${FOLDER}`);
} finally {
  await fixture.close();
}
