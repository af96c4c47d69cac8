import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { CallToolResultSchema, ElicitRequestSchema, type ElicitResult } from '@modelcontextprotocol/sdk/types.js';
import type { Sandbox } from '../../src/sandbox/start.ts';

export const SERVER = fileURLToPath(new URL('../../dist/server.js', import.meta.url));

/** How many tools one account with every permission is offered. */
export const TOOL_COUNT = 17;

/** The environment of a server that is left with its arguments for credentials. */
export const argumentMode = (sandbox: Sandbox): Record<string, string> => ({
  GMAIL_API_BASE_URL: sandbox.origin,
  GOOGLE_OAUTH_BASE_URL: sandbox.origin,
});

/** The environment of a server that knows the sandbox's account. */
export const environmentMode = (sandbox: Sandbox): Record<string, string> => ({
  ...argumentMode(sandbox),
  GMAIL_CLIENT_ID: sandbox.client.id,
  GMAIL_CLIENT_SECRET: sandbox.client.secret,
  GMAIL_REFRESH_TOKEN: sandbox.refreshToken,
});

export interface ToolAnswer {
  isError: boolean;
  text: string;
  /** The text as JSON. Throws where it is not. */
  json: Record<string, unknown>;
}

export interface ServerUnderTest {
  client: Client;
  call(name: string, args?: Record<string, unknown>, signal?: AbortSignal): Promise<ToolAnswer>;
  /** Everything the process has written to stderr. */
  stderr(): string;
  close(): Promise<void>;
}

export interface ServerOptions {
  /** Answers the server's questions; without it the client has no elicitation. */
  onQuestion?: (message: string) => ElicitResult | Promise<ElicitResult>;
  serverPath?: string;
  node?: string;
}

/** Starts the bundled server over stdio with nothing in its environment but what is given and a PATH. */
export async function startServer(env: Record<string, string>, options: ServerOptions = {}): Promise<ServerUnderTest> {
  const { onQuestion, serverPath = SERVER, node = process.execPath } = options;
  const transport = new StdioClientTransport({ command: node, args: [serverPath], env, stderr: 'pipe' });
  let stderr = '';
  transport.stderr?.on('data', (chunk) => {
    stderr += String(chunk);
  });
  const client = new Client(
    { name: 'test', version: '1.0.0' },
    { capabilities: onQuestion ? { elicitation: {} } : {} },
  );
  if (onQuestion) client.setRequestHandler(ElicitRequestSchema, ({ params }) => onQuestion(params.message));
  await client.connect(transport);
  return {
    client,
    call: async (name, args = {}, signal) => {
      const result = await client.callTool({ name, arguments: args }, undefined, signal ? { signal } : {});
      const { content, isError } = CallToolResultSchema.parse(result);
      const text = content.map((part) => (part.type === 'text' ? part.text : '')).join('');
      return {
        isError: isError === true,
        text,
        get json() {
          return JSON.parse(text);
        },
      };
    },
    stderr: () => stderr,
    close: () => client.close(),
  };
}

export interface RawServer {
  child: ChildProcess;
  send(message: object | string): void;
  /** The next answer with that id. */
  answer(id: number): Promise<Record<string, unknown>>;
  stdout(): string;
  stderr(): string;
  /** Resolves with the exit code; null after a signal. */
  exited: Promise<number | null>;
}

/** Starts the bundle without a client library, to send it what a client would not. */
export function startRaw(
  env: Record<string, string>,
  args: readonly string[] = [SERVER],
  node = process.execPath,
): RawServer {
  const child = spawn(node, args, { env: { PATH: process.env.PATH ?? '', ...env }, stdio: 'pipe' });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk) => {
    stdout += String(chunk);
  });
  child.stderr.on('data', (chunk) => {
    stderr += String(chunk);
  });
  // Writing to a process that has ended is part of what is tested.
  child.stdin.on('error', () => undefined);
  const exited = new Promise<number | null>((resolve) => child.once('close', resolve));
  const find = (id: number) =>
    stdout
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as Record<string, unknown>)
      .find((message) => message.id === id);
  return {
    child,
    send: (message) => child.stdin.write(`${typeof message === 'string' ? message : JSON.stringify(message)}\n`),
    answer: async (id) => {
      for (;;) {
        const found = find(id);
        if (found) return found;
        await Promise.race([
          new Promise((resolve) => child.stdout.once('data', resolve)),
          exited.then((code) => {
            if (!find(id)) throw new Error(`The server ended (${code}) without answering ${id}. ${stderr}`);
          }),
        ]);
      }
    },
    stdout: () => stdout,
    stderr: () => stderr,
    exited,
  };
}

/** The opening of every MCP conversation. */
export function initialize(server: RawServer): void {
  server.send({
    jsonrpc: '2.0',
    id: 1,
    method: 'initialize',
    params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'raw', version: '1' } },
  });
  server.send({ jsonrpc: '2.0', method: 'notifications/initialized' });
}
