import * as z from 'zod';
import { clip, lengthOf } from '../../shared/code-points.ts';
import type { CredentialSource } from '../../shared/problem-catalogue.ts';
import { Problem } from '../../shared/problems.ts';
import { accountArgument, fullInput } from './full-input.ts';
import type { Tool } from './tool.ts';

/**
 * Checks the arguments of a call, and fills in what was left out.
 *
 * @throws Problem `argument_unknown`, `argument_missing`, `argument_invalid` or `credentials_missing`
 */
export function checkArguments(
  tool: Tool,
  source: CredentialSource,
  args: Record<string, unknown>,
): Record<string, unknown> {
  // A model may hold an older list of tools, from when there was a choice of accounts.
  const schema = fullInput(tool, source, source === 'editor' ? accountArgument(tool) : {});
  const given = asMeant(schema, withoutBlanks(schema, args, tool.keepsBlanks ?? []));
  const result = schema.safeParse(given);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  if (issue?.code === 'unrecognized_keys') {
    const unknown = clip(issue.keys[0] ?? '', LONGEST_REPEATED);
    const list = issue.path.length > 0 ? String(issue.path[0]) : undefined;
    const known = Object.keys((list === undefined ? schema : itemOf(schema, list))?.shape ?? {}).join(', ');
    throw Problem.of('argument_unknown', {
      argument: list === undefined ? unknown : `${unknown} in ${list}`,
      known: list === undefined ? known || 'no arguments' : `${known} for each of ${list}`,
    });
  }
  const argument = String(issue?.path[0] ?? '');
  const most = issue?.code === 'too_big' && issue.origin === 'array' ? `, at most ${issue.maximum}` : '';
  const expected = descriptionOf(schema.shape[argument]) + most;
  const got = args[argument];
  const isCredential = argument.startsWith('google_');
  if (isBlank(got)) {
    throw isCredential
      ? Problem.of('credentials_missing', { names: missingCredentials(schema, args).join(', ') })
      : Problem.of('argument_missing', { argument, expected });
  }
  throw Problem.of('argument_invalid', { argument, expected, got: describe(got, isCredential, issue?.path.slice(1)) });
}

/** What the items of a list are, where they are objects. */
function itemOf(schema: z.ZodObject, argument: string): z.ZodObject | undefined {
  const list = innermost(schema.shape[argument]);
  return list instanceof z.ZodArray && list.element instanceof z.ZodObject ? list.element : undefined;
}

/** Models write "" or null for optional arguments that they do not use. */
function withoutBlanks(
  schema: z.ZodObject,
  args: Record<string, unknown>,
  kept: readonly string[],
): Record<string, unknown> {
  const isUnused = ([name, value]: [string, unknown]) =>
    isBlank(value) && schema.shape[name]?.isOptional() === true && !(typeof value === 'string' && kept.includes(name));
  return Object.fromEntries(Object.entries(args).filter((entry) => !isUnused(entry)));
}

/** What models write for a number, a switch or a list, where the argument can mean nothing else. */
function asMeant(schema: z.ZodObject, args: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(args).map(([name, value]) => [
      name,
      typeof value === 'string'
        ? meantBy(value, innermost(schema.shape[name]))
        : itemsAsMeant(value, itemOf(schema, name)),
    ]),
  );
}

/** Part 1 of a file is often written as a number. */
function itemsAsMeant(value: unknown, item: z.ZodObject | undefined): unknown {
  if (!Array.isArray(value) || !item) return value;
  return value.map((each: unknown) =>
    typeof each === 'object' && each !== null
      ? Object.fromEntries(
          Object.entries(each).map(([name, field]) => [
            name,
            typeof field === 'number' && innermost(item.shape[name]) instanceof z.ZodString ? String(field) : field,
          ]),
        )
      : each,
  );
}

function meantBy(value: string, field: z.core.$ZodType | undefined): unknown {
  const text = value.trim();
  if (field instanceof z.ZodNumber && /^-?\d{1,15}$/.test(text)) return Number(text);
  if (field instanceof z.ZodBoolean && /^(?:true|false)$/i.test(text)) return text.toLowerCase() === 'true';
  if (!(field instanceof z.ZodArray)) return value;
  const list = text.startsWith('[') ? parsed(text) : undefined;
  if (Array.isArray(list)) return list;
  return field.element instanceof z.ZodString ? [value] : value;
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function innermost(field: z.core.$ZodType | undefined): z.core.$ZodType | undefined {
  return field instanceof z.ZodOptional || field instanceof z.ZodDefault ? innermost(field.unwrap()) : field;
}

/** What an argument must be; the wrappers of optional ones and defaults hide it. Of a few words, which. */
export function descriptionOf(field: z.core.$ZodType | undefined): string {
  const inner = innermost(field);
  if (inner instanceof z.ZodEnum) return `one of ${inner.options.join(', ')}`;
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

/** How much of what came is repeated, in code points. */
const LONGEST_REPEATED = 60;

/**
 * Says what came without repeating much of it, and nothing at all of a credential.
 *
 * @param at which item of a list is wrong, and which field of the item; absent where it is the list
 */
function describe(value: unknown, isSecret: boolean, [at, field]: readonly PropertyKey[] = []): string {
  if (typeof value === 'string') {
    const length = lengthOf(value);
    return isSecret || length > LONGEST_REPEATED ? `a text of ${length} characters` : JSON.stringify(value);
  }
  if (typeof value === 'number' || typeof value === 'boolean' || value === null) return JSON.stringify(value);
  if (!Array.isArray(value)) return 'an object';
  if (typeof at === 'number') {
    const item: unknown = value[at];
    const named = typeof field === 'string' && typeof item === 'object' && item !== null;
    const wrong = named ? (item as Record<string, unknown>)[field] : item;
    const what = wrong === undefined ? 'missing' : describe(wrong, isSecret);
    return `a list in which ${named ? `${field} of ` : ''}item ${at + 1} is ${what}`;
  }
  return value.length === 0 ? 'an empty list' : `a list of ${value.length}`;
}
