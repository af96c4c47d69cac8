import type { Logger } from '../../shared/log.ts';
import type { CredentialSource } from '../../shared/problem-catalogue.ts';
import { asProblem, type Problem, type ProblemCode, sentence } from '../../shared/problems.ts';
import type { Redactor } from '../../shared/redact.ts';
import type { Credentials } from '../credentials/credentials.ts';
import { type ClientCall, contextOf, type MailServices } from './call-context.ts';
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

/** Runs one call: checks the arguments, finds the credentials, and turns whatever goes wrong into one clear error. */
export async function runCall(
  tool: Tool,
  args: Record<string, unknown>,
  client: ClientCall,
  services: CallServices,
): Promise<CallOutcome> {
  const { credentials, log, redactor } = services;
  try {
    const checked = checkArguments(tool, credentials, args);
    const own = Object.fromEntries(Object.entries(checked).filter(([name]) => name in tool.input.shape));
    const account = typeof checked.account === 'string' ? checked.account : undefined;
    const { ask, signal, client: clientName } = client;
    const held = await credentials.forCall({
      args: checked,
      access: tool.access,
      account,
      ask,
      client: clientName,
      signal,
    });
    const result = await tool.run(own, contextOf(held, credentials.source, client, services));
    return typeof result === 'string' ? { text: result, isError: false } : { ...result, isError: false };
  } catch (error) {
    const problem = asProblem(error);
    log.info(`${tool.name} failed: ${problem.code}${problem.details ? ` (${problem.details})` : ''}`);
    if (problem.code === 'internal' && error instanceof Error) log.error(error.stack ?? error.message);
    return { text: renderError(tool, problem, credentials.source, redactor), isError: true, problem: problem.code };
  }
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
  'certificate_refused',
  'send_unclear',
  'draft_unclear',
]);

/** What Node says where Google said nothing, such as ECONNRESET or TimeoutError. */
const NETWORK = /^(?:[A-Z][A-Z\d_]+|\w*Error|no answer)$/;
