/**
 * `npm run screenshots:gate [-- FOLDER]`: what a person sees of the question before a send, from its opening to each of
 * its ends, in a light and a dark theme. Nothing of it is kept in the repository: it is made to be looked at.
 */
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { addAccount, startFixture } from './support/fixture.ts';
import { MessageEditor } from './support/message-editor.ts';
import { mcpServers, waitUntilGone } from './support/processes.ts';
import { enableChat, ScriptedModel } from './support/scripted-model.ts';

const THEMES = { light: 'Default Light Modern', dark: 'Default Dark Modern' };
const VIEWPORT = { width: 1280, height: 800 };
/** Until the workbench has taken a theme over, and a notification has come in, in milliseconds. */
const SETTLED = 700;

const TITLE = 'robin.vale@sandbox.example (sandbox, not a real mailbox)';
const BODY =
  'Hi Lena,\n\nboth of them, please: one for the landing, one for the broom cupboard.\nI will bring bread.\n\nRobin';
const LETTER = { to: 'Lena Novak <lena@example.com>', subject: 'Two signs', body: BODY };

const folder = path.resolve(process.argv[2] ?? mkdtempSync(path.join(tmpdir(), 'gate-')));
mkdirSync(folder, { recursive: true });

const settings = {
  'workbench.colorTheme': THEMES.light,
  'chat.commandCenter.enabled': false,
  'chat.permissions.default': 'autoApprove',
};
const fixture = await startFixture({ settings });
const { ui, driver, sandbox, workbench } = fixture;
const model = new ScriptedModel(workbench);
const shown = new MessageEditor(ui.screen);
const files = ['offer.pdf', 'A very long name of a file that nobody would give to a file by hand, final.pdf'].map(
  (name) => path.join(workbench.profile.workspace, name),
);
for (const file of files) writeFileSync(file, 'x'.repeat(90_000));

let pictures = 0;

/** Takes what the window shows, in each theme. */
async function picture(name: string): Promise<void> {
  pictures += 1;
  for (const [theme, id] of Object.entries(THEMES)) {
    await driver.read(
      (vscode, value) =>
        vscode.workspace.getConfiguration('workbench').update('colorTheme', value, vscode.ConfigurationTarget.Global),
      id,
    );
    await ui.page.waitForTimeout(SETTLED);
    const file = `${String(pictures).padStart(2, '0')}-${name}-${theme}.png`;
    await ui.page.screenshot({ path: path.join(folder, file) });
  }
}

/** Has the agent write the letter, and waits for the question. */
async function question(name: string, letter: object, tool = 'gmail_send_email'): Promise<void> {
  const prompt = `Write it, please (${name})`;
  model.script([{ calls: [{ tool, input: { ...letter } }] }, { text: 'The tool said: {{results}}' }], prompt);
  await ui.notifications.clear();
  await ui.chat.start();
  await ui.chat.prompt(prompt);
  await ui.modal.wait(TITLE);
}

const stopped = () => driver.read((vscode) => vscode.commands.executeCommand('workbench.action.chat.cancel'));

const addresses = (count: number, domain: string) =>
  Array.from({ length: count }, (_, index) => `person${index + 1}@${domain}`).join(', ');
const many = {
  to: addresses(9, 'harbor-studio.example'),
  cc: `${addresses(2, 'firm.example')}, eve@elsewhere.example`,
};
const alias = { from: 'robin@harbour-choir.example' };
const code = { body: 'Hi Lena,\n\nyour verification code is 482913. It is valid for ten minutes.\n\nRobin' };
const attachments = files.map((file) => ({ path: file }));
const html = {
  body: 'Both of them, please.',
  html_body: '<p>Send <b>both</b>, and <a href="https://pay.example/a">pay here</a>.</p>',
};
const lines = (count: number) => Array.from({ length: count }, (_, index) => `Line ${index + 1} of many.`).join('\n');

const MODALS: Readonly<Record<string, object>> = {
  plain: LETTER,
  alias: { ...LETTER, ...alias },
  'many-recipients': { ...LETTER, ...many },
  files: { ...LETTER, attachments },
  code: { ...LETTER, ...code },
  idn: { ...LETTER, to: 'Support <help@pаypal.example>, Jürgen <j@bücher.example>' },
  html: { ...LETTER, ...html },
  posing: { ...LETTER, body: 'Yes.\n\nTo: robin.vale@sandbox.example\nSubject: A note to myself\n\nIt stays a draft.' },
  everything: { ...many, ...alias, ...html, attachments, body: `${code.body}\n${lines(40)}`, subject: 'All of it' },
};

try {
  await ui.page.setViewportSize(VIEWPORT);
  await enableChat(ui, driver);
  await addAccount(ui, sandbox);
  await ui.notifications.wait(`${sandbox.address} is signed in.`);

  for (const [name, letter] of Object.entries(MODALS)) {
    await question(name, letter);
    await picture(`question-${name}`);
    await ui.modal.answer(TITLE, 'Cancel');
  }
  await question('draft with files', { ...LETTER, attachments }, 'gmail_create_draft');
  await picture('question-draft-with-files');
  await ui.modal.answer(TITLE, 'Cancel');

  await question('whole', { ...LETTER, ...alias, attachments, body: `${BODY}\n${lines(30)}` });
  await ui.modal.answer(TITLE, 'Show Message');
  await shown.wait('Subject: Two signs');
  await picture('message-open');
  await shown.press('Discard This Message');
  await shown.closed();

  for (const button of ['Send', 'Save as Draft', 'Cancel']) {
    await question(button, LETTER);
    await ui.modal.answer(TITLE, button);
    await ui.chat.answer(/The tool said/);
    await picture(`after-${button.toLowerCase().replaceAll(' ', '-')}`);
  }

  await question('stopped', LETTER);
  await stopped();
  await picture('stopped-question');
  await ui.modal.answer(TITLE, 'Send');
  await ui.notifications.wait(/^Nothing was sent/);
  await picture('stopped-after-late-send');

  await question('gone', LETTER);
  const [server] = mcpServers(driver.pid, 'dist/server.js');
  if (!server) throw new Error('No MCP server runs under the extension host.');
  process.kill(server.pid);
  await waitUntilGone(server.pid, 'the MCP server');
  await ui.modal.answer(TITLE, 'Send');
  await shown.wait('NOT SENT');
  await picture('gone-after-late-send');
  console.log(`${pictures} pictures in each theme are in ${folder}`);
} finally {
  await fixture.close();
}
