/** The only file that knows the MCP SDK: a new major version of it is a change here and nowhere else. */

import './without-jit.ts';
import type { Readable, Writable } from 'node:stream';
import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import type { RequestHandlerExtra } from '@modelcontextprotocol/sdk/shared/protocol.js';
import {
  CallToolRequestSchema,
  CompleteRequestSchema,
  ErrorCode,
  GetPromptRequestSchema,
  ListPromptsRequestSchema,
  ListResourcesRequestSchema,
  ListResourceTemplatesRequestSchema,
  ListToolsRequestSchema,
  McpError,
  ReadResourceRequestSchema,
  type ServerNotification,
  type ServerRequest,
} from '@modelcontextprotocol/sdk/types.js';
import type { JsonSchemaValidator, jsonSchemaValidator } from '@modelcontextprotocol/sdk/validation/types.js';
import type { Answer, AskedAbout } from '../../credentials/ask-person.ts';
import type { ClientCall, WhileWaiting } from '../call/call-context.ts';
import type { McpHost } from './host.ts';

/** The way to a client beside the answers to its requests. */
export interface McpConnection {
  /** Tells the client that it would get another list of tools than before. A client that is not yet there needs none. */
  toolsChanged(): void;
}

/** How long a person may take to answer, in milliseconds. */
const ANSWER_TIMEOUT_MS = 10 * 60_000;
/** Clients give up on a silent call after about a minute, so a waiting one says that it lives, in milliseconds. */
const PROGRESS_EVERY_MS = 10_000;

/** What a person fills in at the client is read by `answerOf`; the SDK's own checker (Ajv) is not bundled. */
const UNCHECKED: jsonSchemaValidator = {
  getValidator:
    <T>(): JsonSchemaValidator<T> =>
    (input) => ({ valid: true, data: input as T, errorMessage: undefined }),
};

/** Serves tools, resources and prompts over stdio until the client goes away. */
export async function serveStdio(host: McpHost, input: Readable, output: Writable): Promise<McpConnection> {
  const server = new Server(host.info, {
    capabilities: { tools: { listChanged: true }, resources: {}, prompts: {}, completions: {} },
    instructions: host.instructions,
    jsonSchemaValidator: UNCHECKED,
  });
  server.onerror = (error) => host.onProtocolError(error);
  let isInitialized = false;
  server.oninitialized = () => {
    isInitialized = true;
  };
  serveTools(server, host);
  serveResources(server, host);
  servePrompts(server, host);
  // Each answer that the client has not read yet waits there; Node.js takes more than ten for a leak, and says so on stderr.
  output.setMaxListeners(0);
  // The transport takes any streams; its own limit is switched off because the guard before it knows better.
  await server.connect(new StdioServerTransport(input, output, { maxBufferSize: Number.POSITIVE_INFINITY }));
  return {
    toolsChanged: () => {
      // A client that has gone needs no news.
      if (isInitialized) server.sendToolListChanged().catch(() => undefined);
    },
  };
}

function serveTools(server: Server, host: McpHost): void {
  server.setRequestHandler(ListToolsRequestSchema, async () => ({ tools: await host.tools() }));
  server.setRequestHandler(CallToolRequestSchema, async ({ params }, extra) => {
    const outcome = await host.call(params.name, params.arguments ?? {}, callOf(server, extra));
    if (!outcome)
      throw new McpError(ErrorCode.InvalidParams, `There is no tool of that name; tools/list names them all.`);
    const images = (outcome.images ?? []).map(({ data, mimeType }) => ({
      type: 'image' as const,
      data: data.toString('base64'),
      mimeType,
    }));
    return { content: [{ type: 'text', text: outcome.text }, ...images], isError: outcome.isError };
  });
}

function serveResources(server: Server, host: McpHost): void {
  server.setRequestHandler(ListResourceTemplatesRequestSchema, () => ({
    resourceTemplates: [...host.resourceTemplates],
  }));
  server.setRequestHandler(ListResourcesRequestSchema, async (_request, { signal }) => ({
    resources: await host.resources(withoutReason(signal)),
  }));
  server.setRequestHandler(ReadResourceRequestSchema, async ({ params: { uri } }, extra) => {
    const content = await host.readResource(uri, callOf(server, extra));
    const { mimeType } = content;
    return {
      contents: [
        'text' in content
          ? { uri, mimeType, text: content.text }
          : { uri, mimeType, blob: content.blob.toString('base64') },
      ],
    };
  });
}

function servePrompts(server: Server, host: McpHost): void {
  server.setRequestHandler(ListPromptsRequestSchema, () => ({ prompts: [...host.prompts] }));
  server.setRequestHandler(GetPromptRequestSchema, async ({ params }) => {
    const text = await host.writePrompt(params.name, params.arguments ?? {});
    return { messages: [{ role: 'user', content: { type: 'text', text } }] };
  });
  server.setRequestHandler(CompleteRequestSchema, async ({ params: { argument, context } }, { signal }) => {
    const typed = { argument: argument.name, value: argument.value, given: context?.arguments ?? {} };
    return { completion: { values: await host.complete(typed, withoutReason(signal)) } };
  });
}

function callOf(server: Server, extra: CallExtra): ClientCall {
  const ask = server.getClientCapabilities()?.elicitation ? asker(server) : undefined;
  const { name: client = 'an unnamed client', title, version } = server.getClientVersion() ?? {};
  const shownClient = [title ?? client, version].filter(Boolean).join(' ');
  return { client, shownClient, signal: withoutReason(extra.signal), ask, whileWaiting: progressReporter(extra) };
}

/** A client may say in words why it withdraws a request, and words that are thrown are not known for what they mean. */
function withoutReason(signal: AbortSignal): AbortSignal {
  const withdrawn = new AbortController();
  if (signal.aborted) withdrawn.abort();
  else signal.addEventListener('abort', () => withdrawn.abort(), { once: true });
  return withdrawn.signal;
}

function asker(server: Server) {
  return async (question: string, what: AskedAbout, signal: AbortSignal): Promise<Answer> => {
    // The SDK never stops listening to a signal: one that aborts later would withdraw a question that was answered.
    const asking = new AbortController();
    const withdraw = () => asking.abort(signal.reason);
    signal.addEventListener('abort', withdraw, { once: true });
    try {
      signal.throwIfAborted();
      const { action, content } = await server.elicitInput(
        { message: question, requestedSchema: schemaOf(what) },
        { signal: asking.signal, timeout: ANSWER_TIMEOUT_MS },
      );
      return answerOf(action, content?.[NAMES[what]]);
    } catch (error) {
      signal.throwIfAborted();
      // What is no error of the protocol is the SDK's own of an answer in another form.
      if (!(error instanceof McpError)) return 'unusable';
      if (error.code === ErrorCode.RequestTimeout) return 'unanswered';
      return error.code === ErrorCode.MethodNotFound ? 'unable' : 'failed';
    } finally {
      signal.removeEventListener('abort', withdraw);
    }
  };
}

/** Without a default: clients preselect one, and some answer with it unasked. */
const schemaOf = (what: AskedAbout) => ({
  type: 'object' as const,
  properties: { [NAMES[what]]: FIELDS[what] },
  required: [NAMES[what]],
});

/** What agrees is named alike for everything that leaves. */
const NAMES = { send: 'send', draft: 'send', change: 'change' } as const satisfies Record<AskedAbout, string>;

const FIELDS = {
  send: { type: 'boolean' as const, title: 'Send it', description: 'true sends the email' },
  draft: {
    type: 'boolean' as const,
    title: 'Save it',
    description: 'true saves the draft with its files; nothing is sent',
  },
  change: { type: 'boolean' as const, title: 'Change it', description: 'true changes the mailbox' },
} satisfies Record<AskedAbout, object>;

/** Only an explicit yes is one. */
function answerOf(action: string, agrees: unknown): Answer {
  if (action === 'decline') return 'decline';
  if (action !== 'accept') return 'cancelled';
  if (agrees === true) return 'accept';
  return agrees === false ? 'decline' : 'unusable';
}

type CallExtra = RequestHandlerExtra<ServerRequest, ServerNotification>;

function progressReporter({ _meta, sendNotification }: CallExtra): WhileWaiting {
  const progressToken = _meta?.progressToken;
  return async (message, work) => {
    if (progressToken === undefined) return work;
    let progress = 0;
    const tick = () => {
      progress += 1;
      // A client that has gone needs no progress.
      sendNotification({ method: 'notifications/progress', params: { progressToken, progress, message } }).catch(
        () => undefined,
      );
    };
    tick();
    const timer = setInterval(tick, PROGRESS_EVERY_MS);
    try {
      return await work;
    } finally {
      clearInterval(timer);
    }
  };
}
