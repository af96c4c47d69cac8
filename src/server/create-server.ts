import type { Readable, Writable } from 'node:stream';
import type { CredentialOptions, Credentials } from '../credentials/credentials.ts';
import { type ServerEnvironment, saveFolderProblem } from '../credentials/environment.ts';
import { argumentCredentials } from '../credentials/from-arguments.ts';
import { editorCredentials } from '../credentials/from-editor.ts';
import { environmentCredentials } from '../credentials/from-environment.ts';
import type { CallMailbox } from '../mailbox/call-mailbox.ts';
import { MailMemory } from '../mailbox/mail-memory.ts';
import { ReadingThread } from '../mailbox/reading/reading-thread.ts';
import { Selections } from '../organise/selections.ts';
import { problemIn } from '../shared/hidden/hidden-query.ts';
import { createLogger } from '../shared/log.ts';
import { sentence } from '../shared/problems.ts';
import { Redactor } from '../shared/redact.ts';
import type { ClientCall, MailServices } from './call/call-context.ts';
import { type CallServices, runCall } from './call/run-call.ts';
import type { Tool } from './call/tool.ts';
import { ToolList } from './call/tool-list.ts';
import { Completer } from './mcp/completion.ts';
import { instructions } from './mcp/instructions.ts';
import { LineGuard, type RequestId } from './mcp/line-guard.ts';
import { listedResources, RESOURCE_TEMPLATES, readResource } from './mcp/resources.ts';
import { type McpConnection, serveStdio } from './mcp/sdk.ts';
import { SERVER_INFO } from './mcp/server-info.ts';
import { OFFERED_PROMPTS, writePrompt } from './prompts/index.ts';
import { TOOLS } from './tools/index.ts';

export interface RunningServer {
  /** Withdraws every open question: the client has gone. */
  leave(): void;
  /** Resolves when no call is under way any more. */
  idle(): Promise<void>;
}

/** JSON-RPC 2.0, section 5.1. */
const INVALID_REQUEST = -32600;

/**
 * Builds the server on its environment and serves until the input ends. It needs no network and no credentials yet.
 *
 * @param script what the thread runs that reads mail
 */
export async function startServer(
  env: ServerEnvironment,
  streams: { input: Readable; output: Writable; errors: Writable },
  script: string,
): Promise<RunningServer> {
  const redactor = new Redactor();
  const log = createLogger((level, line) => streams.errors.write(`[${level}] ${line}\n`), redactor, env.logLevel);
  let client: McpConnection | undefined;
  const credentials = chooseCredentials({ env, log, redactor, onKnownAccess: (known) => tools.compare(known) });
  const tools: ToolList = new ToolList(TOOLS, credentials, () => client?.toolsChanged());
  const underWay = new Set<Promise<unknown>>();
  const track = <T>(work: Promise<T>): Promise<T> => {
    underWay.add(work);
    return work.finally(() => underWay.delete(work));
  };
  for (const wrong of [problemIn(env.privacy.hiddenQuery), saveFolderProblem(env)]) {
    if (wrong) log.warn(sentence(wrong.explain(credentials.source)));
  }
  const leaving = new AbortController();
  const mail = { memory: new MailMemory(), reader: new ReadingThread(script), selections: new Selections() };
  const services: CallServices = { ...mail, credentials, leaving: leaving.signal, log, redactor };
  const run = (tool: Tool, args: Record<string, unknown>, call: ClientCall) =>
    track(runCall(tool, args, call, services));
  const completer = new Completer((signal) => openMailbox(credentials, mail, signal));

  const guard = new LineGuard((id) => {
    log.warn('A request was too long and was not read. Send less in one call.');
    refuse(streams.output, id);
  });
  client = await serveStdio(
    {
      info: SERVER_INFO,
      instructions: instructions(credentials.source),
      tools: () => track(tools.list()),
      call: (name, args, call) => {
        const tool = tools.find(name);
        return tool && run(tool, args, call);
      },
      resourceTemplates: RESOURCE_TEMPLATES,
      resources: async (signal) => listedResources(await track(completer.newest(signal)), Date.now()),
      readResource: (uri, call) =>
        readResource(uri, {
          takesCredentials: credentials.source === 'arguments',
          run: (tool, args) => run(tool, args, call),
          find: (argument, value) => track(completer.complete({ argument, value, given: {} }, call.signal)),
        }),
      prompts: OFFERED_PROMPTS,
      writePrompt,
      complete: (typed, signal) => track(completer.complete(typed, signal)),
      onProtocolError: () =>
        log.warn(
          'A line on stdin was not a JSON-RPC message and was ignored. This program is started by an MCP client.',
        ),
    },
    streams.input.pipe(guard),
    streams.output,
  );
  return {
    leave: () => leaving.abort(),
    idle: async () => void (await Promise.allSettled(underWay)),
  };
}

/** The first that the environment names: the editor, an account, or neither. */
function chooseCredentials(options: CredentialOptions): Credentials {
  const { account, brokerFolder } = options.env;
  if (brokerFolder !== undefined) return editorCredentials(brokerFolder, options);
  return account ? environmentCredentials(options, account) : argumentCredentials(options);
}

/** The mailbox of the default account, outside any call of a tool. Throws a Problem where there is none. */
async function openMailbox(
  credentials: Credentials,
  services: MailServices,
  signal: AbortSignal,
): Promise<CallMailbox> {
  const held = await credentials.forCall({
    args: {},
    access: 'read',
    account: undefined,
    ask: undefined,
    client: '',
    shownClient: 'Completion of a prompt',
    signal,
  });
  const { mailboxOf } = await import('./call/call-context.ts');
  return mailboxOf(held, services, signal);
}

function refuse(output: Writable, id: RequestId | undefined): void {
  if (id === undefined) return;
  const message = 'The request is too long to read. Send less in one call.';
  output.write(`${JSON.stringify({ jsonrpc: '2.0', id, error: { code: INVALID_REQUEST, message } })}\n`);
}
