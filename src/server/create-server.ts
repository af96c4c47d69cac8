import type { Readable, Writable } from 'node:stream';
import { createLogger } from '../shared/log.ts';
import { Redactor } from '../shared/redact.ts';
import { argumentCredentials } from './argument-credentials.ts';
import { runCall } from './call.ts';
import type { CredentialOptions, Credentials } from './credentials.ts';
import { editorCredentials } from './editor-credentials.ts';
import type { ServerEnvironment } from './environment.ts';
import { environmentCredentials } from './environment-credentials.ts';
import { instructions } from './instructions.ts';
import { LineGuard, type RequestId } from './line-guard.ts';
import { type ClientCall, type McpConnection, serveStdio } from './mcp.ts';
import { ToolList } from './tool-list.ts';

declare const HEADLESS_GMAIL_VERSION: string;

export interface RunningServer {
  /** Withdraws every open question: the client has gone. */
  leave(): void;
  /** Resolves when no call is under way any more. */
  idle(): Promise<void>;
}

/** JSON-RPC 2.0, section 5.1. */
const INVALID_REQUEST = -32600;

/** Builds the server on its environment and serves until the input ends. It needs no network and no credentials yet. */
export async function startServer(
  env: ServerEnvironment,
  streams: { input: Readable; output: Writable; errors: Writable },
): Promise<RunningServer> {
  const redactor = new Redactor();
  const log = createLogger((level, line) => streams.errors.write(`[${level}] ${line}\n`), redactor, env.logLevel);
  let client: McpConnection | undefined;
  const credentials = chooseCredentials({ env, log, redactor, onOffer: (offer) => tools.compare(offer) });
  const tools: ToolList = new ToolList(credentials, () => client?.toolsChanged());
  const underWay = new Set<Promise<unknown>>();
  const track = <T>(work: Promise<T>): Promise<T> => {
    underWay.add(work);
    return work.finally(() => underWay.delete(work));
  };
  const leaving = new AbortController();

  const call = (name: string, args: Record<string, unknown>, { signal, ask, whileWaiting }: ClientCall) => {
    const tool = tools.find(name);
    const around = { credentials, ask, whileWaiting, signal, leaving: leaving.signal, log, redactor };
    return tool && track(runCall(tool, args, around));
  };

  const guard = new LineGuard((id) => {
    log.warn('A request was too long and was not read. Send less in one call.');
    refuse(streams.output, id);
  });
  client = await serveStdio(
    {
      name: 'headless-gmail',
      version: HEADLESS_GMAIL_VERSION,
      instructions: instructions(credentials.source),
      tools: () => track(tools.list()),
      call,
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

function refuse(output: Writable, id: RequestId | undefined): void {
  if (id === undefined) return;
  const message = 'The request is too long to read. Send less in one call.';
  output.write(`${JSON.stringify({ jsonrpc: '2.0', id, error: { code: INVALID_REQUEST, message } })}\n`);
}
