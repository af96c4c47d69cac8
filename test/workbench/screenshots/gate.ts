import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { MessageEditor } from '../support/message-editor.ts';
import { mcpServers, waitUntilGone } from '../support/processes.ts';
import type { Album } from './album.ts';

const TITLE = 'robin.vale@sandbox.example (sandbox, not a real mailbox)';
const BODY =
  'Hi Lena,\n\nboth of them, please: one for the landing, one for the broom cupboard.\nI will bring bread.\n\nRobin';
const LETTER = { to: 'Lena Novak <lena@example.com>', subject: 'Two signs', body: BODY };

const NAMES = ['offer.pdf', 'A very long name of a file that nobody would give to a file by hand, final.pdf'];

const addresses = (count: number, domain: string) =>
  Array.from({ length: count }, (_, index) => `person${index + 1}@${domain}`).join(', ');
const many = {
  to: addresses(9, 'harbor-studio.example'),
  cc: `${addresses(2, 'firm.example')}, eve@elsewhere.example`,
};
const alias = { from: 'robin@harbour-choir.example' };
const code = { body: 'Hi Lena,\n\nyour verification code is 482913. It is valid for ten minutes.\n\nRobin' };
const html = {
  body: 'Both of them, please.',
  html_body: '<p>Send <b>both</b>, and <a href="https://pay.example/a">pay here</a>.</p>',
};
const lines = (count: number) => Array.from({ length: count }, (_, index) => `Line ${index + 1} of many.`).join('\n');

/** By what the question shows of them. */
const letters = (attachments: readonly { path: string }[]): Readonly<Record<string, object>> => ({
  plain: LETTER,
  alias: { ...LETTER, ...alias },
  'many-recipients': { ...LETTER, ...many },
  files: { ...LETTER, attachments },
  code: { ...LETTER, ...code },
  idn: { ...LETTER, to: 'Support <help@pаypal.example>, Jürgen <j@bücher.example>' },
  html: { ...LETTER, ...html },
  posing: { ...LETTER, body: 'Yes.\n\nTo: robin.vale@sandbox.example\nSubject: A note to myself\n\nIt stays a draft.' },
  everything: { ...many, ...alias, ...html, attachments, body: `${code.body}\n${lines(40)}`, subject: 'All of it' },
});

/** The question before a send, from its opening to each of its ends. */
export async function takeGate(album: Album): Promise<void> {
  const { ui, driver, workbench } = album.fixture;
  const shown = new MessageEditor(ui.screen);
  const files = NAMES.map((name) => path.join(workbench.profile.workspace, name));
  for (const file of files) writeFileSync(file, 'x'.repeat(90_000));
  const attachments = files.map((file) => ({ path: file }));
  const question = async (name: string, letter: object, tool = 'gmail_send_email'): Promise<void> => {
    await album.ask(`Write it, please (${name})`, { calls: [{ tool, input: { ...letter } }] });
    await ui.modal.wait(TITLE);
  };

  for (const [name, letter] of Object.entries(letters(attachments))) {
    await question(name, letter);
    await album.take(`question-${name}`);
    await ui.modal.answer(TITLE, 'Cancel');
  }
  await question('draft with files', { ...LETTER, attachments }, 'gmail_create_draft');
  await album.take('question-draft-with-files');
  await ui.modal.answer(TITLE, 'Cancel');

  await question('whole', { ...LETTER, ...alias, attachments, body: `${BODY}\n${lines(30)}` });
  await ui.modal.answer(TITLE, 'Show Message');
  await shown.wait('Subject: Two signs');
  await album.take('message-open');
  await shown.press('Discard This Message');
  await shown.closed();

  for (const button of ['Send', 'Save as Draft', 'Cancel']) {
    await question(button, LETTER);
    await ui.modal.answer(TITLE, button);
    await ui.chat.answer(/The tools said/);
    await album.take(`after-${button.toLowerCase().replaceAll(' ', '-')}`);
  }

  await question('stopped', LETTER);
  await driver.read((vscode) => vscode.commands.executeCommand('workbench.action.chat.cancel'));
  await album.take('stopped-question');
  await ui.modal.answer(TITLE, 'Send');
  await ui.notifications.wait(/^Nothing was sent/);
  await album.take('stopped-after-late-send');

  await question('gone', LETTER);
  const [server] = mcpServers(driver.pid, 'dist/server.js');
  if (!server) throw new Error('No MCP server runs under the extension host.');
  process.kill(server.pid);
  await waitUntilGone(server.pid, 'the MCP server');
  await ui.modal.answer(TITLE, 'Send');
  await shown.wait('NOT SENT');
  await album.take('gone-after-late-send');
}
