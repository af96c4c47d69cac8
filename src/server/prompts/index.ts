import { descriptionOf, isBlank } from '../call/check-arguments.ts';
import { Refusal } from '../mcp/refusal.ts';
import { draftReply } from './draft-reply.ts';
import { findInvoice } from './find-invoice.ts';
import { findPromises } from './find-promises.ts';
import type { Prompt } from './prompt.ts';
import { summariseThread } from './summarise-thread.ts';
import { triageInbox } from './triage-inbox.ts';
import { unsubscribe } from './unsubscribe.ts';

/** A prompt as a client lists it. */
export interface OfferedPrompt {
  name: string;
  title: string;
  description: string;
  arguments: { name: string; description: string; required: boolean }[];
}

/** Every prompt, in the order in which a person sees them. */
const PROMPTS: readonly Prompt[] = [triageInbox, summariseThread, draftReply, findPromises, findInvoice, unsubscribe];

/** The same for every account: listing them needs no network. */
export const OFFERED_PROMPTS: readonly OfferedPrompt[] = PROMPTS.map(({ name, title, description, input }) => ({
  name,
  title,
  description,
  arguments: Object.entries(input.shape).map(([argument, field]) => ({
    name: argument,
    description: descriptionOf(field),
    required: !field.isOptional(),
  })),
}));

/**
 * The text of a prompt, as the person's own request. Blank arguments count as left out.
 *
 * @throws Refusal for a name or an argument that is none
 */
export function writePrompt(name: string, given: Readonly<Record<string, string>>): string {
  const prompt = PROMPTS.find((each) => each.name === name);
  if (!prompt) {
    const known = PROMPTS.map((each) => each.name).join(', ');
    throw new Refusal('invalid', `There is no prompt of that name. The prompts are ${known}.`);
  }
  const args = Object.fromEntries(Object.entries(given).filter(([, value]) => !isBlank(value)));
  const result = prompt.input.safeParse(args);
  if (result.success) return prompt.write(result.data);
  const [issue] = result.error.issues;
  if (issue?.code === 'unrecognized_keys') {
    throw new Refusal('invalid', `The prompt ${name} takes only ${Object.keys(prompt.input.shape).join(', ')}.`);
  }
  const argument = String(issue?.path[0] ?? '');
  const fault = args[argument] === undefined ? 'is missing or blank' : 'is not usable';
  const expected = descriptionOf(prompt.input.shape[argument]);
  throw new Refusal('invalid', `The argument ${argument} of ${name} ${fault}. Expected: ${expected}.`);
}
