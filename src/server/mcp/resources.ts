import * as z from 'zod';
import type { ShownRow } from '../../mailbox/shown-row.ts';
import { idIn, wordsOf } from '../../result/choice.ts';
import { opaqueId, partId } from '../call/fields.ts';
import type { CallOutcome } from '../call/run-call.ts';
import type { Tool } from '../call/tool.ts';
import { getAttachment } from '../tools/get-attachment.ts';
import { readEmail } from '../tools/read-email.ts';
import { readThread } from '../tools/read-thread.ts';
import { Refusal } from './refusal.ts';
import { RESOURCE_TEMPLATES, type ResourceTemplate } from './resource-templates.ts';

/** One resource as a client lists it. */
export interface ListedResource {
  uri: string;
  /** What a person reads of it, and finds it by. */
  name: string;
  mimeType: string;
}

/** What a resource holds: text, or the bytes of a picture. */
export type ResourceContent = { mimeType: string } & ({ text: string } | { blob: Buffer });

/** A tool with the arguments that make it read a resource. */
interface Reading {
  tool: Tool;
  args: Record<string, unknown>;
}

/** The call that a URI stands for; undefined where it is of another kind, or its ids cannot be any. */
type Family = (uri: string) => Reading | undefined;

const FAMILIES: readonly Family[] = [
  family(RESOURCE_TEMPLATES.message, z.object({ message_id: opaqueId('Message id') }), ({ message_id }) => ({
    tool: readEmail,
    args: { message_ids: [message_id] },
  })),
  family(RESOURCE_TEMPLATES.thread, z.object({ thread_id: opaqueId('Thread id') }), (args) => ({
    tool: readThread,
    args,
  })),
  family(
    RESOURCE_TEMPLATES.attachment,
    z.object({ message_id: opaqueId('Message id'), part_id: partId() }),
    (args) => ({ tool: getAttachment, args }),
  ),
];

/**
 * Messages as resources, which clients offer in a list. A mailbox has too many for all of them; the others are found by
 * the templates.
 *
 * @param now milliseconds since the epoch
 */
export function listedResources(rows: readonly ShownRow[], now: number): ListedResource[] {
  return rows.map((row) => ({
    uri: `gmail://message/${encodeURIComponent(row.id)}`,
    name: wordsOf(row, now),
    mimeType: 'text/plain',
  }));
}

/** What reading a resource takes of the server. */
export interface ResourceServices {
  /** Whether credentials are arguments of calls, which a resource has none of. */
  takesCredentials: boolean;
  /** Runs a call of a tool. */
  run(tool: Tool, args: Record<string, unknown>): Promise<CallOutcome>;
  /** What a person may mean by words in the place of an id, as pickers offer it. */
  find(argument: string, words: string): Promise<readonly string[]>;
}

/**
 * Reads a resource of the default account, exactly as the tool for it would.
 *
 * @throws Refusal where there is no such resource, or it cannot be read
 */
export async function readResource(
  uri: string,
  { takesCredentials, run, find }: ResourceServices,
): Promise<ResourceContent> {
  const meant = await meantBy(uri, find);
  const reading = FAMILIES.map((readingOf) => readingOf(meant)).find((found) => found !== undefined);
  if (!reading) {
    const known = Object.values(RESOURCE_TEMPLATES)
      .map(({ uriTemplate }) => uriTemplate)
      .join(', ');
    throw new Refusal('not found', `There is no such resource. Resources are ${known}, with ids as tools list them.`);
  }
  const { tool, args } = reading;
  if (takesCredentials) {
    throw new Refusal(
      'failed',
      'The resource cannot be read: google_access_token is missing, and a resource takes no arguments. ' +
        `Call ${tool.name} with it instead, or give the server an account in its environment.`,
    );
  }
  const { text, images = [], problem } = await run(tool, args);
  if (problem) throw new Refusal(problem === 'not_found' || problem === 'part_unknown' ? 'not found' : 'failed', text);
  const [image] = images;
  return image ? { mimeType: image.mimeType, blob: image.data } : { mimeType: 'text/plain', text };
}

/**
 * The address of the one message or thread that words mean. The workbench's picker hands over what was typed, where
 * Enter is pressed before a row is chosen.
 *
 * @throws Refusal where several fit
 */
async function meantBy(uri: string, find: ResourceServices['find']): Promise<string> {
  const [, kind = '', encoded = ''] = /^gmail:\/\/(message|thread)\/([^/?#]+)$/.exec(uri) ?? [];
  const words = wordsIn(encoded);
  if (!words) return uri;
  const [first, ...others] = await find(`${kind}_id`, words);
  if (others.length > 0) {
    const many = `${others.length + 1} or more ${kind}s fit what was typed`;
    throw new Refusal('not found', `${many}. Choose one in the list with the arrow keys, or type more of its words.`);
  }
  return first === undefined ? uri : `gmail://${kind}/${encodeURIComponent(idIn(first))}`;
}

/** Words where a URI has some; undefined where it has an id, as Gmail's are or with words before it, or nothing to look for. */
function wordsIn(encoded: string): string | undefined {
  try {
    const text = decodeURIComponent(encoded);
    return idIn(text) !== text || /^[0-9a-f]*$/i.test(text) || !/[\p{L}\p{N}]/u.test(text) ? undefined : text;
  } catch {
    return undefined;
  }
}

function family<Shape extends z.ZodRawShape>(
  { uriTemplate }: ResourceTemplate,
  ids: z.ZodObject<Shape>,
  readingOf: (ids: z.infer<z.ZodObject<Shape>>) => Reading,
): Family {
  const pattern = new RegExp(`^${uriTemplate.replace(/\{(\w+)\}/g, '(?<$1>[^/?#]+)')}$`);
  return (uri) => {
    const found = ids.safeParse(decodedGroups(pattern.exec(uri)));
    return found.success ? readingOf(found.data) : undefined;
  };
}

/**
 * The variables of a URI without their percent signs, and without the words that a picker showed; undefined where the
 * signs stand for no text.
 */
function decodedGroups(match: RegExpExecArray | null): Record<string, string> | undefined {
  try {
    return match
      ? Object.fromEntries(Object.entries(match.groups ?? {}).map(([name, value]) => [name, idOf(value)]))
      : undefined;
  } catch {
    return undefined;
  }
}

/** Throws URIError. */
function idOf(encoded: string): string {
  // VS Code writes letters beyond ASCII into a URI by their code points, which is no UTF-8; behind them stands the id.
  const [chosen] = /(?:%20|\s)(?:%28|\()(?:id|part)(?:%20|\s)[^()\s]+(?:%29|\))$/i.exec(encoded) ?? [];
  return idIn(decodeURIComponent(chosen ?? encoded));
}
