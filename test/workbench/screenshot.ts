/** `npm run screenshot`: takes the picture in README.md anew, of the real workbench with a scripted conversation. */
import { fileURLToPath } from 'node:url';
import { startFixture } from './support/fixture.ts';
import { enableChat, ScriptedModel } from './support/scripted-model.ts';

const PICTURE = fileURLToPath(new URL('../../media/screenshot.png', import.meta.url));
const PROMPT = 'What is new in my mail?';
const ANSWER = [
  'Three things that want you today:',
  '- **Wren** has sent Pip’s drawing of your flat, and there is soup at seven. Bring bread.',
  '- **Lena** reports that two visitors of the Northpier found the broom cupboard; the arrow on the second landing is the culprit.',
  '- **Marguerite Holloway** has an answer to your offer for flat 3B.',
  '\nOne message, “Your loan application has been paused”, asks you to sign in at an address that only looks like your bank’s. I would leave it alone.',
].join('\n');

const settings = { 'workbench.colorTheme': 'Default Light Modern', 'chat.commandCenter.enabled': false };
const fixture = await startFixture({ settings });
try {
  const { ui, driver, workbench } = fixture;
  await enableChat(ui, driver);
  await ui.runCommand('Gmail: Try the Sandbox Mailbox');
  await ui.notifications.wait(/The sandbox mailbox/);
  await ui.notifications.clear();
  const model = new ScriptedModel(workbench);
  model.script([{ calls: [{ tool: 'gmail_get_recent_emails', input: { max_results: 8 } }] }, { text: ANSWER }], PROMPT);
  await ui.chat.start();
  await ui.chat.prompt(PROMPT);
  await ui.chat.answer(/leave it alone/);
  await ui.page.setViewportSize({ width: 1280, height: 760 });
  await ui.page.waitForTimeout(1000);
  await ui.page.screenshot({ path: PICTURE });
  console.log(`Wrote ${PICTURE}`);
} finally {
  await fixture.close();
}
