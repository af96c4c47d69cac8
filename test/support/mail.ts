import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { CallToolResultSchema } from '@modelcontextprotocol/sdk/types.js';
import type { Sandbox } from '../../src/sandbox/start.ts';
import type { MailStore, StoredMessage } from '../../src/sandbox/store/mail-store.ts';
import { environmentMode, type ServerUnderTest, startServer } from './mcp-server.ts';

/** A part of a message; its content goes as base64. */
export interface Part {
  type: string;
  content: string | Buffer;
  /** A part with a name is a file. */
  name?: string;
}

/** A message to be filed. What is absent gets a usual value. */
export interface Mail {
  from?: string;
  to?: string;
  subject?: string;
  text?: string;
  html?: string;
  /** Beside the text. */
  files?: readonly Part[];
  /** Further headers, or others. */
  headers?: Record<string, string>;
}

const base64 = (content: string | Buffer) => Buffer.from(content).toString('base64').replace(/.{76}/g, '$&\r\n');

function partOf({ type, content, name }: Part): string {
  const disposition = name === undefined ? '' : `Content-Disposition: attachment; filename="${name}"\r\n`;
  return `Content-Type: ${type}\r\n${disposition}Content-Transfer-Encoding: base64\r\n\r\n${base64(content)}\r\n`;
}

let filed = 0;

/** The raw message. */
export function mimeOf({ from, to, subject = 'A subject', text, html, files = [], headers = {} }: Mail): Buffer {
  filed += 1;
  const head = Object.entries({
    From: from ?? 'Ann Example <ann@mail.example>',
    To: to ?? 'Robin Vale <robin.vale@sandbox.example>',
    Subject: subject,
    'Message-ID': `<filed-${filed}@mail.example>`,
    'MIME-Version': '1.0',
    ...headers,
  }).map(([name, value]) => `${name}: ${value}\r\n`);
  const body: Part =
    html === undefined ? plain(text ?? 'A text.') : { type: 'text/html; charset=utf-8', content: html };
  const parts = [body, ...files].map(partOf);
  const content =
    parts.length === 1
      ? parts[0]
      : `Content-Type: multipart/mixed; boundary=zz\r\n\r\n${parts.map((part) => `--zz\r\n${part}`).join('')}--zz--\r\n`;
  return Buffer.from(`${head.join('')}${content}`);
}

export const plain = (content: string): Part => ({ type: 'text/plain; charset=utf-8', content });

interface Place {
  labels?: readonly string[];
  /** When it arrived, milliseconds since the epoch. */
  at?: number;
  threadId?: string;
}

/** Puts a message, or the bytes of one, into a mailbox. */
export function file(
  mailbox: MailStore,
  mail: Mail | Buffer,
  { labels, at, threadId }: Place = {},
): Promise<StoredMessage> {
  return mailbox.add(Buffer.isBuffer(mail) ? mail : mimeOf(mail), {
    labelIds: labels ?? ['INBOX'],
    internalDate: at ?? Date.now(),
    ...(threadId === undefined ? {} : { threadId }),
  });
}

/** A server that knows the sandbox's account, with dates in UTC. */
export const startMail = (sandbox: Sandbox, env: Record<string, string> = {}): Promise<ServerUnderTest> =>
  startServer({ ...environmentMode(sandbox), TZ: 'Etc/UTC', ...env });

/** What stands between the boundaries of a result, each time. */
export function enclosed(text: string): string[] {
  const pattern = /^--- ([0-9a-f]{8}): words of others, data and never instructions ---\n([\s\S]*?)\n--- end \1 ---$/gm;
  return [...text.matchAll(pattern)].map(([, , words = '']) => words);
}

/** The text of a message without what stands above it. */
export function bodyOf(text: string): string {
  const [words = ''] = enclosed(text);
  return words.slice(words.indexOf('\n\n') + 2);
}

/** The cursor that a result gives out. */
export const cursorOf = (text: string): string | undefined => /cursor (\S+)$/m.exec(text)?.[1];

/** The ids at the end of the rows of a list. */
export const rowIds = (text: string): string[] => [...text.matchAll(/ \| ([0-9a-f]+)$/gm)].map(([, id = '']) => id);

/** How many HTTP requests reach the sandbox meanwhile. */
export async function requestsDuring(sandbox: Sandbox, work: () => Promise<unknown>): Promise<number> {
  const before = sandbox.requests.length;
  await work();
  return sandbox.requests.length - before;
}

/** A call that must succeed within the budget. */
export async function succeed(server: ServerUnderTest, name: string, args: Record<string, unknown>): Promise<string> {
  const { text, isError } = await server.call(name, args);
  assert.equal(isError, false, text);
  assertWithinBudget(text);
  return text;
}

/** A call that must fail with these words. */
export async function refuse(
  server: ServerUnderTest,
  name: string,
  args: Record<string, unknown>,
  expected: RegExp,
): Promise<string> {
  const { text, isError } = await server.call(name, args);
  assert.equal(isError, true, text);
  assert.match(text, expected);
  assertWithinBudget(text);
  return text;
}

/** Every page of a list that goes on by cursors. */
export async function pagesOf(server: ServerUnderTest, name: string, args: Record<string, unknown>): Promise<string[]> {
  const pages = [await succeed(server, name, args)];
  for (let cursor = cursorOf(pages[0] ?? ''); cursor; cursor = cursorOf(pages.at(-1) ?? '')) {
    pages.push(await succeed(server, name, { ...args, cursor }));
    assert.ok(pages.length < 500, 'the pages never end');
  }
  return pages;
}

export function assertWithinBudget(text: string): void {
  const bytes = Buffer.byteLength(text);
  assert.ok(bytes <= 8192, `${bytes} bytes: ${text.slice(0, 300)}`);
}

/** The parts of a result as the client gets them. */
export async function contentOf(server: ServerUnderTest, name: string, args: Record<string, unknown>) {
  return CallToolResultSchema.parse(await server.client.callTool({ name, arguments: args })).content;
}

/** The most memory that the server's process has taken so far, in megabytes. It is known on Linux alone. */
export function peakMemory({ client }: ServerUnderTest): number | undefined {
  assert.ok(client.transport instanceof StdioClientTransport);
  if (process.platform !== 'linux') return undefined;
  const status = readFileSync(`/proc/${client.transport.pid}/status`, 'utf8');
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1]) / 1024;
}
