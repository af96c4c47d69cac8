/** `npm run bench:tokens`: what the tools cost a model, in tokens (o200k), bytes and HTTP requests. */
import { startSandbox } from '../../src/sandbox/start.ts';
import { environmentMode, startServer } from '../support/mcp-server.ts';
import { addNewsletter } from '../support/newsletter.ts';
import { tokensOf } from '../support/tokens.ts';

interface Row {
  task: string;
  tokens: number;
  bytes: number;
  'HTTP requests': number;
}

const sandbox = await startSandbox();
const newsletter = await addNewsletter(sandbox.store, 200 * 1024);
const server = await startServer(environmentMode(sandbox));
const rows: Row[] = [];

async function measure(task: string, name: string, args: Record<string, unknown>): Promise<string> {
  const before = sandbox.requests.length;
  const { text } = await server.call(name, args);
  const requests = sandbox.requests.length - before;
  rows.push({ task, tokens: tokensOf(text), bytes: Buffer.byteLength(text), 'HTTP requests': requests });
  return text;
}

try {
  const list = JSON.stringify((await server.client.listTools()).tools);
  rows.push({ task: 'tools/list', tokens: tokensOf(list), bytes: Buffer.byteLength(list), 'HTTP requests': 0 });
  // The first call gets the access token, which is not part of any task.
  await server.call('gmail_refresh_token');
  const found = await measure('search, 25 rows', 'gmail_search_emails', { query: 'in:inbox' });
  const ids = [...found.matchAll(/\| ([0-9a-f]+)$/gm)].map(([, id]) => id ?? '');
  await measure('search, 100 rows', 'gmail_search_emails', { query: '', max_results: 100 });
  await measure('read one message', 'gmail_read_email', { message_ids: ids.slice(1, 2) });
  await measure('read ten messages', 'gmail_read_email', { message_ids: ids.slice(1, 11) });
  await measure('newsletter of 200 KB, first page', 'gmail_read_email', { message_ids: [newsletter] });
  const threads = sandbox.store.messages().map(({ threadId }) => threadId);
  const longest = threads.toSorted((a, b) => count(threads, b) - count(threads, a))[0];
  await measure(`thread of ${count(threads, longest)} messages`, 'gmail_read_thread', { thread_id: longest });
  await measure('labels', 'gmail_list_labels', {});
  const cursor = /cursor (\S{20,})/.exec(await measure('changes, the beginning', 'gmail_get_changes', {}))?.[1];
  await addNewsletter(sandbox.store, 1024);
  await measure('changes, one new message', 'gmail_get_changes', { cursor });
  await measure('the original: ten recent messages', 'gmail_get_recent_emails', {});
  console.table(rows);
} finally {
  await server.close();
  await sandbox.close();
}

function count<T>(list: readonly T[], item: T): number {
  return list.filter((each) => each === item).length;
}
