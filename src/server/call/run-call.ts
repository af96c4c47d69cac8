import * as z from 'zod';
import type { Logger } from '../../shared/log.ts';
import type { CredentialSource } from '../../shared/problem-catalogue.ts';
import { asProblem, Problem, type ProblemCode, sentence } from '../../shared/problems.ts';
import type { Redactor } from '../../shared/redact.ts';
import type { AskPerson } from '../credentials/ask-person.ts';
import type { Credentials } from '../credentials/credentials.ts';
import { CallMailbox, type MailMemory } from '../mailbox/call-mailbox.ts';
import type { MailReader } from '../mailbox/reading-thread.ts';
import { accountArgument } from './offered-tools.ts';
import type { RichResult, Tool, WhileWaiting } from './tool.ts';

export interface CallOutcome {
  text: string;
  images?: RichResult['images'];
  isError: boolean;
  /** What went wrong, where something did. */
  problem?: ProblemCode;
}

export interface CallSurroundings {
  credentials: Credentials;
  ask: AskPerson;
  whileWaiting: WhileWaiting;
  signal: AbortSignal;
  /** Aborts when the client has gone. */
  leaving: AbortSignal;
  log: Logger;
  redactor: Redactor;
  /** What earlier calls have read. */
  memory: MailMemory;
  reader: MailReader;
}

/**
 * The arguments of a tool as a client sees them: those that carry credentials, its own, and the one that names an
 * account, where there is a choice.
 */
export function fullInput(tool: Tool, credentials: Credentials, account: z.ZodRawShape): z.ZodObject {
  return z.strictObject({ ...credentials.argumentsFor(tool.needs), ...tool.input.shape, ...account });
}

/** Runs one call: checks the arguments, finds the credentials, and turns whatever goes wrong into one clear error. */
export async function runCall(
  tool: Tool,
  args: Record<string, unknown>,
  around: CallSurroundings,
): Promise<CallOutcome> {
  const { credentials, ask, whileWaiting, signal, leaving, log, redactor, memory, reader } = around;
  try {
    const checked = checkArguments(tool, credentials, args);
    const own = Object.fromEntries(Object.entries(checked).filter(([name]) => name in tool.input.shape));
    const account = typeof checked.account === 'string' ? checked.account : undefined;
    const held = await credentials.forCall({ args: checked, access: tool.access, account, ask, signal });
    const result = await tool.run(own, {
      source: credentials.source,
      credentials: {
        ...held,
        assertApproved: async (message) => {
          const waiting = AbortSignal.any([signal, leaving]);
          await whileWaiting('Waiting for the person to confirm.', held.assertApproved(message, waiting));
          // A late click, after a cancellation or for a client that has gone, sends nothing.
          waiting.throwIfAborted();
        },
      },
      mailbox: async () => new CallMailbox({ gmail: held.gmail(), ...held.about(), memory, reader, signal }),
      whileWaiting,
      signal,
    });
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
  return details ? `${error}\nGoogle said: ${details}` : error;
}

function checkArguments(tool: Tool, credentials: Credentials, args: Record<string, unknown>): Record<string, unknown> {
  // A model may hold an older list of tools, from when there was a choice of accounts.
  const schema = fullInput(tool, credentials, credentials.source === 'editor' ? accountArgument(tool) : {});
  const given = withoutBlanks(schema, args);
  const result = schema.safeParse(given);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  if (issue?.code === 'unrecognized_keys') {
    throw Problem.of('argument_unknown', {
      argument: shorten(issue.keys[0] ?? ''),
      known: Object.keys(schema.shape).join(', ') || 'no arguments',
    });
  }
  const argument = String(issue?.path[0] ?? '');
  const expected = descriptionOf(schema.shape[argument]);
  const got = args[argument];
  const isCredential = argument.startsWith('google_');
  if (isBlank(got)) {
    throw isCredential
      ? Problem.of('credentials_missing', { names: missingCredentials(schema, args).join(', ') })
      : Problem.of('argument_missing', { argument, expected });
  }
  throw Problem.of('argument_invalid', { argument, expected, got: describe(got, isCredential) });
}

/** Models write "" or null for optional arguments that they do not use. */
function withoutBlanks(schema: z.ZodObject, args: Record<string, unknown>): Record<string, unknown> {
  const isUnused = ([name, value]: [string, unknown]) => isBlank(value) && schema.shape[name]?.isOptional() === true;
  return Object.fromEntries(Object.entries(args).filter((entry) => !isUnused(entry)));
}

/** What an argument must be; the wrappers of optional ones and defaults hide it. */
export function descriptionOf(field: z.core.$ZodType | undefined): string {
  if (field instanceof z.ZodOptional || field instanceof z.ZodDefault)
    return field.description ?? descriptionOf(field.unwrap());
  return field instanceof z.ZodType ? (field.description ?? 'of another form') : 'of another form';
}

function missingCredentials(schema: z.ZodObject, args: Record<string, unknown>): string[] {
  const isNeeded = (name: string) => name.startsWith('google_') && !schema.shape[name]?.isOptional();
  return Object.keys(schema.shape).filter((name) => isNeeded(name) && isBlank(args[name]));
}

/** Whether nothing stands in an argument. */
export const isBlank = (value: unknown) =>
  value === undefined || value === null || (typeof value === 'string' && !value.trim());

/** Says what came without repeating much of it, and nothing at all of a credential. */
function describe(value: unknown, secret: boolean): string {
  if (typeof value === 'string' && (secret || value.length > 60)) return `a text of ${value.length} characters`;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return JSON.stringify(value);
  return Array.isArray(value) ? 'a list' : 'an object';
}

const shorten = (name: string) => (name.length > 60 ? `${name.slice(0, 60)}…` : name);
