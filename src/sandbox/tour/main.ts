/** `npm start`: an agent's session on the sandbox mailbox, step by step in the terminal, with the real bundled server. */
import { fileURLToPath } from 'node:url';
import { startSandbox } from '../start.ts';
import { type Agent, startAgent } from './agent.ts';
import { screen } from './screen.ts';

interface Email {
  id: string;
  from: string;
  subject: string;
  body_size_bytes: number;
  contains_full_body: boolean;
}

interface Chunk {
  body: string;
  body_size_bytes: number;
  offset: number;
  chunk_size: number;
  contains_full_body: boolean;
}

const SERVER = fileURLToPath(new URL('../../../dist/server.js', import.meta.url));

async function refresh(agent: Agent): Promise<void> {
  screen.step(1, 'The agent checks that the sign-in works');
  const renewed = await agent.call<{ account: string; expires_at: string }>('gmail_refresh_token', {});
  screen.good(`${renewed.account}: a fresh access token until ${renewed.expires_at}. The token itself stays inside.`);
}

async function readRecent(agent: Agent): Promise<Email[]> {
  screen.step(2, 'It looks at the newest mail');
  const { emails } = await agent.call<{ emails: Email[] }>('gmail_get_recent_emails', { max_results: 12 });
  for (const { from, subject } of emails.slice(0, 8)) {
    screen.line(
      `${from
        .replace(/\s*<.*/, '')
        .slice(0, 24)
        .padEnd(26)}${subject || '(no subject)'}`,
    );
  }
  screen.quiet(`… and ${emails.length - 8} more`);
  return emails;
}

async function search(agent: Agent): Promise<string> {
  screen.step(3, 'It searches as a person would, and reads what it finds: marked, bounded, nothing hidden');
  const found = await agent.read('gmail_search_emails', { query: 'from:wren has:attachment', max_results: 5 });
  const id = /\| ([0-9a-f]+)$/m.exec(found)?.[1];
  if (!id) throw new Error('The search found nothing.');
  const text = await agent.read('gmail_read_email', { message_ids: [id] });
  for (const line of text.split('\n').slice(0, 12)) screen.line(`│ ${line}`);
  screen.good('The words of others stand between marks that are new each time');
  return id;
}

async function readLong(agent: Agent, emails: readonly Email[]): Promise<void> {
  screen.step(4, 'It reads the longest of them to its end, piece by piece');
  const [longest] = [...emails].sort((a, b) => b.body_size_bytes - a.body_size_bytes);
  if (!longest) throw new Error('The sandbox mailbox is empty.');
  let offset = 0;
  let text = '';
  for (let isLast = false; !isLast; ) {
    const chunk = await agent.call<Chunk>('gmail_get_email_body_chunk', { message_id: longest.id, offset });
    screen.line(`“${chunk.body.trim().replace(/\s+/g, ' ').slice(0, 80)}…”`);
    text += chunk.body;
    offset += chunk.chunk_size;
    isLast = chunk.contains_full_body;
  }
  if (Buffer.byteLength(text) !== longest.body_size_bytes) throw new Error('The pieces do not make up the whole.');
  screen.good(`“${longest.subject}”: ${offset} characters in pieces, none missing`);
}

async function answer(agent: Agent, id: string): Promise<string> {
  screen.step(5, 'It answers in the thread. Nothing leaves before a person has said yes');
  const body = 'Thank you, I have read it and will call you tomorrow.';
  const letter = { reply_to_message_id: id, body };
  const sent = await agent.call<{ messageId: string }>('gmail_send_email', letter);
  screen.good('Confirmed once, sent once');
  return sent.messageId;
}

async function findAgain(agent: Agent, id: string): Promise<void> {
  screen.step(6, 'It finds the answer in its thread');
  const text = await agent.read('gmail_read_email', { message_ids: [id] });
  const [, to] = /^To: (.*)$/m.exec(text) ?? [];
  const [, subject] = /^Subject: (.*)$/m.exec(text) ?? [];
  if (!to || !subject) throw new Error('The sent mail is not in the mailbox.');
  screen.good(`To ${to}: “${subject}”`);
}

async function tidy(agent: Agent): Promise<void> {
  screen.step(7, 'It tidies: it looks first, changes just what it has shown, and takes it back with one call');
  const preview = await agent.read('gmail_modify_emails', { ...PROMOTIONS, preview: true });
  for (const line of preview.split('\n')) screen.line(`│ ${line}`);
  const [selection] = /\bs-[\da-f]+/.exec(preview) ?? [];
  if (!selection) throw new Error('The preview named no selection.');
  const changed = await agent.read('gmail_modify_emails', { selection, action: PROMOTIONS.action });
  screen.line(`│ ${changed.split('\n')[0]}`);
  const undone = await agent.read('gmail_undo', {});
  screen.good(undone.split('\n')[0] ?? '');
}

const PROMOTIONS = { query: 'category:promotions in:inbox', action: 'archive' };

async function main(): Promise<void> {
  const sandbox = await startSandbox();
  screen.title('Headless Mail for Gmail: an agent’s session on a sandbox mailbox');
  screen.quiet(`A local Google with a mailbox of its own runs at ${sandbox.origin}; nothing leaves this computer.`);
  const agent = await startAgent(SERVER, sandbox, (question) => {
    for (const line of question.split('\n')) screen.line(`│ ${line}`);
    screen.line('│ [Send] pressed');
    return true;
  });
  try {
    await refresh(agent);
    const recent = await readRecent(agent);
    const found = await search(agent);
    await readLong(agent, recent);
    await findAgain(agent, await answer(agent, found));
    await tidy(agent);
  } finally {
    await agent.close();
    await sandbox.close();
  }
  screen.title('What next?');
  screen.line('A real mailbox: docs/headless.md (three variables), or README.md (VS Code).');
}

await main();
