import { setImmediate as turn } from 'node:timers/promises';
import { reportOf, unnotedProblem } from '../../broker/activity/report.ts';
import { Tally } from '../../broker/activity/tally.ts';
import type { CallCredentials, Credentials } from '../../credentials/credentials.ts';
import type { Access } from '../../shared/access.ts';
import type { Logger } from '../../shared/log.ts';
import type { CredentialSource } from '../../shared/problem-catalogue.ts';
import { asProblem, type Problem, type ProblemCode, sentence } from '../../shared/problems.ts';
import type { Redactor } from '../../shared/redact.ts';
import type { ClientCall, MailServices } from './call-context.ts';
import { checkArguments } from './check-arguments.ts';
import type { RichResult, Tool } from './tool.ts';

export interface CallOutcome {
  text: string;
  images?: RichResult['images'];
  isError: boolean;
  /** What went wrong, where something did. */
  problem?: ProblemCode;
}

/** What the server lends to every call. */
export interface CallServices extends MailServices {
  credentials: Credentials;
  /** Aborts when the client has gone. */
  leaving: AbortSignal;
  log: Logger;
  redactor: Redactor;
}

/**
 * Runs one call: checks the arguments, finds the credentials, and turns whatever goes wrong into one clear error. What
 * it came to is noted before the client hears of it.
 */
export async function runCall(
  tool: Tool,
  args: Record<string, unknown>,
  client: ClientCall,
  services: CallServices,
): Promise<CallOutcome> {
  const { credentials, log } = services;
  const begun: Begun = { tally: new Tally() };
  const { outcome, problem } = await perform(tool, args, client, services, begun);
  services.reader.boundHeap();
  const { tally, held, account } = begun;
  const known = held?.forRecord();
  const report = reportOf({
    ...{ tool, tally, problem, client: client.shownClient },
    account: known?.account ?? account,
    notesSearches: known?.notesSearches ?? false,
  });
  try {
    await credentials.note(report);
    return outcome;
  } catch (error) {
    const reason = asProblem(error);
    log.warn(`${tool.name} was not noted: ${reason.code}`);
    const { source } = credentials;
    const said = problem ? sentence(problem.explain(source)) : `The result: ${outcome.text}`;
    const unnoted = unnotedProblem({ report, said, reason, source });
    return unnoted ? failed(tool, unnoted, services) : outcome;
  }
}

/** What a tool may do that changes the mailbox. */
const CHANGES: ReadonlySet<Access> = new Set<Access>(['draft', 'organise', 'filters', 'send']);

/** What is known of a call while it runs. */
interface Begun {
  tally: Tally;
  /** The account that the call names. */
  account?: string | undefined;
  held?: CallCredentials;
}

async function perform(
  tool: Tool,
  args: Record<string, unknown>,
  client: ClientCall,
  services: CallServices,
  begun: Begun,
): Promise<{ outcome: CallOutcome; problem: Problem | undefined }> {
  const { credentials, log } = services;
  const over = new AbortController();
  const endChange = CHANGES.has(tool.access) ? services.memory.beginChange() : undefined;
  try {
    const checked = checkArguments(tool, credentials.source, args);
    const own = Object.fromEntries(Object.entries(checked).filter(([name]) => name in tool.input.shape));
    begun.account = typeof checked.account === 'string' ? checked.account : undefined;
    const { ask, signal, client: clientName, shownClient, whileWaiting } = client;
    const holding = credentials.forCall({
      args: checked,
      access: tool.access,
      account: begun.account,
      ask,
      client: clientName,
      shownClient,
      signal,
      whileWaiting,
    });
    const loading = loadFor(tool);
    // What fails in it is no part of the call.
    loading.then(() => tool.rehearse?.(over.signal)).catch(() => undefined);
    const [held, { contextOf }] = await Promise.all([holding, loading]);
    begun.held = held;
    const { tally } = begun;
    const result = await tool.run(own, contextOf(held, credentials.source, client, { ...services, tally }));
    const rich = typeof result === 'string' ? { text: result } : result;
    return { outcome: { ...rich, isError: false }, problem: undefined };
  } catch (error) {
    const problem = asProblem(error);
    log.info(`${tool.name} failed: ${problem.code}${problem.details ? ` (${problem.details})` : ''}`);
    if (problem.code === 'internal' && error instanceof Error) log.error(error.stack ?? error.message);
    return { outcome: failed(tool, problem, services), problem };
  } finally {
    over.abort();
    endChange?.();
  }
}

/**
 * Loads what knows mail and Gmail, with the first call and while its token is on the way. Loading keeps the thread busy;
 * between its parts a connection to Google gets on.
 */
async function loadFor({ access }: Tool) {
  await turn();
  const context = await import('./call-context.ts');
  if (access !== 'none') {
    await turn();
    await import('../../gmail/connection/google-library.ts');
  }
  return context;
}

function failed(tool: Tool, problem: Problem, { credentials, redactor }: CallServices): CallOutcome {
  return { text: renderError(tool, problem, credentials.source, redactor), isError: true, problem: problem.code };
}

function renderError(tool: Tool, problem: Problem, source: CredentialSource, redactor: Redactor): string {
  const error = redactor.redact(sentence(problem.explain(source)));
  const details = problem.details && redactor.redact(problem.details);
  if (tool.errorsAsJson) return JSON.stringify({ error, ...(details ? { details } : {}), status: 'error' });
  const isSaid = details && !SAID_ALREADY.has(problem.code) && !NETWORK.test(details);
  return isSaid ? `${error}\nGoogle said: ${details}` : error;
}

/** Their details stand in the sentence already. */
const SAID_ALREADY: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  'offline',
  'timed_out',
  'answer_broken',
  'certificate_refused',
  'send_unclear',
  'draft_unclear',
]);

/** What Node says where Google said nothing, such as ECONNRESET or TimeoutError. */
const NETWORK = /^(?:[A-Z][A-Z\d_]+|\w*Error|no answer)$/;
