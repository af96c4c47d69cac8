/** The only file that knows the MCP SDK: a new major version of it is a change here and nowhere else. */

import type { Readable, Writable } from 'node:stream';
import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { CallToolRequestSchema, ErrorCode, ListToolsRequestSchema, McpError } from '@modelcontextprotocol/sdk/types.js';
import * as z from 'zod';
import type { Answer, AskPerson } from './send-approval.ts';
import type { ToolAnnotations } from './tool.ts';

export interface OfferedTool {
  name: string;
  title: string;
  description: string;
  annotations: ToolAnnotations;
  input: z.ZodObject;
}

export interface ClientCall {
  /** Aborts when the client cancels the call or disconnects. */
  signal: AbortSignal;
  ask: AskPerson;
}

export interface McpHost {
  name: string;
  version: string;
  instructions: string;
  tools(): readonly OfferedTool[];
  /** Undefined where there is no such tool. */
  call(
    name: string,
    args: Record<string, unknown>,
    call: ClientCall,
  ): Promise<{ text: string; isError: boolean }> | undefined;
  onProtocolError(error: Error): void;
}

/** How long a person may take to answer, in milliseconds. */
const ANSWER_TIMEOUT_MS = 10 * 60_000;
/** Clients give up on a silent call after about a minute, so a waiting one says that it lives, in milliseconds. */
const PROGRESS_EVERY_MS = 10_000;

/** Serves tools over stdio until the client goes away. */
export async function serveStdio(host: McpHost, input: Readable, output: Writable): Promise<void> {
  const server = new Server(
    { name: host.name, version: host.version },
    { capabilities: { tools: { listChanged: true } }, instructions: host.instructions },
  );
  server.onerror = (error) => host.onProtocolError(error);
  server.setRequestHandler(ListToolsRequestSchema, () => ({
    tools: host.tools().map(({ input: schema, ...tool }) => ({ ...tool, inputSchema: toJsonSchema(schema) })),
  }));
  server.setRequestHandler(CallToolRequestSchema, async ({ params }, extra) => {
    const progressToken = extra._meta?.progressToken;
    const report = (message: string, progress: number) =>
      progressToken === undefined
        ? Promise.resolve()
        : extra.sendNotification({ method: 'notifications/progress', params: { progressToken, progress, message } });
    const ask = server.getClientCapabilities()?.elicitation ? asker(server, report) : undefined;
    const outcome = await host.call(params.name, params.arguments ?? {}, { signal: extra.signal, ask });
    if (!outcome)
      throw new McpError(ErrorCode.InvalidParams, `There is no tool of that name; tools/list names them all.`);
    return { content: [{ type: 'text', text: outcome.text }], isError: outcome.isError };
  });
  // The transport takes any streams; its own limit is switched off because the guard before it knows better.
  await server.connect(new StdioServerTransport(input, output, { maxBufferSize: Number.POSITIVE_INFINITY }));
}

function asker(server: Server, report: (message: string, progress: number) => Promise<void>) {
  return async (question: string, signal: AbortSignal): Promise<Answer> => {
    let ticks = 0;
    const tick = () => {
      ticks += 1;
      report('Waiting for the person to confirm.', ticks).catch(() => undefined);
    };
    tick();
    const timer = setInterval(tick, PROGRESS_EVERY_MS);
    try {
      const { action, content } = await server.elicitInput(
        {
          message: question,
          requestedSchema: {
            type: 'object',
            properties: {
              send: { type: 'boolean', title: 'Send it', description: 'Yes sends the e-mail', default: true },
            },
          },
        },
        { signal, timeout: ANSWER_TIMEOUT_MS },
      );
      return action === 'accept' && content?.send !== false ? 'accept' : 'decline';
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof McpError && error.code === ErrorCode.RequestTimeout) return 'unanswered';
      return 'decline';
    } finally {
      clearInterval(timer);
    }
  };
}

/** JSON Schema of a tool's arguments. Draft 7, which every client understands. */
function toJsonSchema(schema: z.ZodObject): { type: 'object'; [key: string]: unknown } {
  const { $schema: _dialect, ...json } = z.toJSONSchema(schema, { target: 'draft-7', io: 'input' });
  return { ...json, type: 'object' };
}
