/** All that a call needs: a server that only lists what it offers loads none of it. */

import type { Credentials } from '../credentials/credentials.ts';
import { MailMemory } from '../mailbox/mail-memory.ts';
import type { ReadingThread } from '../mailbox/reading/reading-thread.ts';
import { Selections } from '../organise/selections.ts';
import type { Logger } from '../shared/log.ts';
import type { Redactor } from '../shared/redact.ts';
import type { ClientCall } from './call/call-context.ts';
import { type CallServices, runCall } from './call/run-call.ts';
import type { Tool } from './call/tool.ts';
import { Completer } from './mcp/completion.ts';
import type { McpHost } from './mcp/host.ts';
import { listedResources, readResource } from './mcp/resources.ts';
import { isThere } from './offer/offered-tools.ts';
import { TOOLS } from './tools/index.ts';

/** What a server does beside its lists. */
export type Work = Pick<McpHost, 'call' | 'resources' | 'readResource' | 'writePrompt' | 'complete'>;

export interface WorkOptions {
  credentials: Credentials;
  /** The thread that reads mail. */
  reader: ReadingThread;
  /** Aborts when the client has gone. */
  leaving: AbortSignal;
  log: Logger;
  redactor: Redactor;
}

/** Answers calls, reads resources and writes prompts, all with the same memory of mail. */
export function workWith(options: WorkOptions): Work {
  const { credentials, reader } = options;
  const mail = { memory: new MailMemory(), reader, selections: new Selections() };
  const services: CallServices = { ...mail, ...options };
  const run = (tool: Tool, args: Record<string, unknown>, call: ClientCall) => runCall(tool, args, call, services);
  const completer = new Completer(async (signal) => {
    const [held, { mailboxOf }] = await Promise.all([
      credentials.forCall(defaultAccount(signal)),
      import('./call/call-context.ts'),
    ]);
    return mailboxOf(held, mail, signal);
  });
  return {
    call: async (name, args, call) => {
      // Offered or not: a call of one that is not allowed says why.
      const tool = TOOLS.find((each) => each.name === name);
      return tool && isThere(tool, credentials.source) ? run(tool, args, call) : undefined;
    },
    resources: async (signal) => listedResources(await completer.newest(signal), Date.now()),
    readResource: (uri, call) =>
      readResource(uri, {
        takesCredentials: credentials.source === 'arguments',
        run: (tool, args) => run(tool, args, call),
        find: (argument, value) => completer.complete({ argument, value, given: {} }, call.signal),
      }),
    writePrompt: async (name, args) => (await import('./prompts/index.ts')).writePrompt(name, args),
    complete: (typed, signal) => completer.complete(typed, signal),
  };
}

/** A use of the default account outside any call of a tool. */
const defaultAccount = (signal: AbortSignal) => ({
  args: {},
  access: 'read' as const,
  account: undefined,
  ask: undefined,
  client: '',
  shownClient: 'Completion of a prompt',
  signal,
});
