import type { Readable, Writable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import type { KnownAccess } from '../credentials/account-access.ts';
import type { CredentialOptions, Credentials } from '../credentials/credentials.ts';
import { type ServerEnvironment, saveFolderProblem } from '../credentials/environment.ts';
import type { ThreadCode } from '../mailbox/reading/reading-thread.ts';
import { problemIn } from '../shared/hidden/hidden-query.ts';
import { createLogger } from '../shared/log.ts';
import type { CredentialSource } from '../shared/problem-catalogue.ts';
import { sentence } from '../shared/problems.ts';
import { Redactor } from '../shared/redact.ts';
import { instructions } from './mcp/instructions.ts';
import { LineGuard, type RequestId } from './mcp/line-guard.ts';
import { RESOURCE_TEMPLATES } from './mcp/resource-templates.ts';
import { type McpConnection, serveStdio } from './mcp/sdk.ts';
import { SERVER_INFO } from './mcp/server-info.ts';
import { type ReadyTool, readyLists } from './offer/ready-lists.ts';
import { ToolList } from './offer/tool-list.ts';
import { redactAll } from './safe-stderr.ts';
import type { Work } from './work.ts';

export interface RunningServer {
  /** Withdraws every open question: the client has gone. */
  leave(): void;
  /** Resolves when no call is under way any more. */
  idle(): Promise<void>;
}

/** When what calls need is loaded after the list of tools, in milliseconds: a client has other lists to ask for. */
const LOAD_AFTER_MS = 150;

/** JSON-RPC 2.0, section 5.1. */
const INVALID_REQUEST = -32600;

/**
 * Builds the server on its environment and serves until the input ends. It needs no network and no credentials yet, and
 * of its own code no more than the lists of what it offers: what a first request to Google is made with loads once the
 * client has its first answer, the rest once it has the list of tools.
 *
 * @param thread what the thread runs that reads mail
 */
export async function startServer(
  env: ServerEnvironment,
  streams: { input: Readable; output: Writable; errors: Writable },
  thread: ThreadCode,
): Promise<RunningServer> {
  const redactor = new Redactor();
  redactAll(streams.errors, redactor);
  const log = createLogger((level, line) => streams.errors.write(`[${level}] ${line}\n`), redactor, env.logLevel);
  const onKnownAccess = (known: KnownAccess) => tools.compare(known);
  const { source, load: loadCredentials } = credentialsOf({ env, log, redactor, onKnownAccess });
  for (const wrong of [problemIn(env.privacy.hiddenQuery), saveFolderProblem(env)]) {
    if (wrong) log.warn(sentence(wrong.explain(source)));
  }
  let client: McpConnection | undefined;
  const credentials = once(loadCredentials);
  const { tools: ready, prompts } = readyLists();
  // The editor is asked whose accounts there are; elsewhere only a call finds out more.
  const knownAccess = async () =>
    source === 'editor' || credentials.isBegun() ? (await credentials.get()).knownAccess() : undefined;
  const tools: ToolList = new ToolList(ready, { source, knownAccess }, () => client?.toolsChanged());
  const leaving = new AbortController();
  const reading = once(async () => new (await import('../mailbox/reading/reading-thread.ts')).ReadingThread(thread));
  const work = once(async (): Promise<Work> => {
    const parts = [import('./work.ts'), credentials.get(), reading.get()] as const;
    const [{ workWith }, held, reader] = await Promise.all(parts);
    return workWith({ credentials: held, reader, leaving: leaving.signal, log, redactor });
  });
  /** Begins what the call will wait for, before it is loaded what it needs for itself: what fails here fails there again. */
  const prepare = async ({ access, readsText }: ReadyTool) => {
    // On another processor the thread gets ready while this one finds out what it shall read.
    if (readsText) (await reading.get()).prepare();
    await (await credentials.get()).prepare(access);
  };
  /** What a first request to Google is made with: a first call begins with it. */
  const first = once(async () => {
    await credentials.get();
    await turn();
    await import('../shared/google/google-auth.ts');
  });
  /** All that a call needs and that there is room for while nothing is asked. */
  const ahead = once(async () => {
    await work.get();
    await (await import('../oauth/rehearse-token.ts')).rehearseToken();
  });
  /** Loads one of the two. What fails is tried again by the call that needs it. */
  const load = (part: typeof first | typeof ahead) => void part.get().catch(() => undefined);
  const { track, idle } = underWay();
  const busy = <T>(part: (work: Work) => Promise<T>): Promise<T> => track(work.get().then(part));

  const guard = new LineGuard((id) => {
    log.warn('A request was too long and was not read. Send less in one call.');
    refuse(streams.output, id);
  });
  client = await serveStdio(
    {
      info: SERVER_INFO,
      instructions: instructions(source),
      tools: () => track(tools.list().finally(() => setTimeout(load, LOAD_AFTER_MS, ahead).unref())),
      call: async (name, args, call) => {
        const tool = tools.find(name);
        const begun = tool && prepare(tool).catch(() => undefined);
        return begun && track(begun.then(() => busy((part) => part.call(name, args, call))));
      },
      resourceTemplates: Object.values(RESOURCE_TEMPLATES),
      resources: (signal) => busy((part) => part.resources(signal)),
      readResource: (uri, call) => busy((part) => part.readResource(uri, call)),
      prompts,
      writePrompt: (name, args) => busy((part) => part.writePrompt(name, args)),
      complete: (typed, signal) => busy((part) => part.complete(typed, signal)),
      onProtocolError: () =>
        log.warn(
          'A line on stdin was not a JSON-RPC message and was ignored. This program is started by an MCP client.',
        ),
    },
    streams.input.pipe(guard),
    streams.output,
  );
  // The first message is answered by then, and the client reads the answer.
  guard.once('data', () => setImmediate(load, first));
  // A window that signs somebody in tells of it at once.
  if (source === 'editor') await credentials.get();
  return { leave: () => leaving.abort(), idle };
}

/**
 * Where credentials come from: the first that the environment names of the editor, an account, or neither. Each kind
 * loads what it needs, and no other.
 */
function credentialsOf(options: CredentialOptions): { source: CredentialSource; load: () => Promise<Credentials> } {
  const { account, brokerFolder } = options.env;
  if (brokerFolder !== undefined) {
    const load = async () => (await import('../credentials/from-editor.ts')).editorCredentials(brokerFolder, options);
    return { source: 'editor', load };
  }
  if (account) {
    const load = async () =>
      (await import('../credentials/from-environment.ts')).environmentCredentials(options, account);
    return { source: 'environment', load };
  }
  const load = async () => (await import('../credentials/from-arguments.ts')).argumentCredentials(options);
  return { source: 'arguments', load };
}

/** Makes something when it is first wanted, and again where that has failed. */
function once<T>(make: () => Promise<T>): { get: () => Promise<T>; isBegun: () => boolean } {
  let made: Promise<T> | undefined;
  const get = () => {
    made ??= make().catch((error: unknown) => {
      made = undefined;
      throw error;
    });
    return made;
  };
  return { get, isBegun: () => made !== undefined };
}

/** What has begun and not ended. */
function underWay(): { track: <T>(work: Promise<T>) => Promise<T>; idle: () => Promise<void> } {
  const open = new Set<Promise<unknown>>();
  return {
    track: (work) => {
      open.add(work);
      return work.finally(() => open.delete(work));
    },
    idle: async () => void (await Promise.allSettled(open)),
  };
}

function refuse(output: Writable, id: RequestId | undefined): void {
  if (id === undefined) return;
  const message = 'The request is too long to read. Send less in one call.';
  output.write(`${JSON.stringify({ jsonrpc: '2.0', id, error: { code: INVALID_REQUEST, message } })}\n`);
}
