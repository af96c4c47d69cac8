import { type DraftContent, draftContent } from '../../compose/draft-content.ts';
import { bringsQuote } from '../../compose/draft-quote.ts';
import { assertBearable } from '../../compose/html/bearable-html.ts';
import type { RawDraft, StoredDraft } from '../../gmail/drafts.ts';
import type { AnsweredMessage } from '../../gmail/messages/answered-message.ts';
import { parseMessageFile } from '../../mail/mime/message-file.ts';
import { Problem } from '../../shared/problems.ts';
import type { WritingDoors } from './doors.ts';
import type { LetterArguments } from './letter-arguments.ts';

/** What a message begins with. */
export type Origin =
  | { kind: 'new' }
  | { kind: 'reply' | 'forward'; message: AnsweredMessage }
  | { kind: 'draft'; draft: RawDraft; content: DraftContent; answered: string | undefined };

/**
 * Finds what a message answers, forwards or changes.
 *
 * @throws Problem `one_origin_only`, `origin_needed`, `not_found`, `draft_gone`, `draft_not_answerable`, `argument_invalid`,
 * `html_unbearable`
 */
export async function originOf(args: LetterArguments, doors: WritingDoors): Promise<Origin> {
  const { reply_to_message_id: reply, forward_message_id: forward, draft_id: draftId } = args;
  const given = { reply_to_message_id: reply, forward_message_id: forward, draft_id: draftId };
  const names = Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [name]));
  if (names.length > 1) throw Problem.of('one_origin_only', { given: names.join(' and ') });
  const pointless = reply ? undefined : args.reply_all ? 'reply_all' : args.quote && !draftId ? 'quote' : undefined;
  if (pointless) throw originNeeded(pointless, draftId);
  if (forward !== undefined && args.quote === false) {
    const expected = 'nothing with forward_message_id, which always carries the original along';
    throw Problem.of('argument_invalid', { argument: 'quote', expected, got: 'false' });
  }
  if (reply !== undefined) return { kind: 'reply', message: await answerable(reply, doors, args.reply_all) };
  if (forward !== undefined) return { kind: 'forward', message: await answerable(forward, doors) };
  if (draftId === undefined) return { kind: 'new' };
  const draft = await doors.outbox.draft(draftId);
  const content = draftContent(await parseMessageFile(draft.raw));
  assertBearable(content.body.html ?? '', 'the draft');
  await doors.box.learnFor(draft, [content.subject, content.body.text, ...content.files.map(({ name }) => name)]);
  const quotes = bringsQuote(content.body);
  const needsOriginal = args.quote === true && !quotes;
  const keepsQuote = quotes && args.quote !== false && (args.body !== undefined || args.html_body !== undefined);
  const answered = needsOriginal || keepsQuote ? await answeredBy(content, draft, doors) : undefined;
  if (needsOriginal && answered === undefined) throw originNeeded('quote', draftId);
  return { kind: 'draft', draft, content, answered };
}

/** With the way out that the caller has: a draft cannot be made an answer. */
function originNeeded(argument: string, draftId: string | undefined): Problem {
  const needed = draftId === undefined ? 'reply_to_message_id' : undefined;
  return Problem.of('origin_needed', { argument, ...(needed ? { needed } : {}) });
}

/** The id of the message that a draft answers, where it can be seen. */
async function answeredBy({ thread }: DraftContent, draft: StoredDraft, { box }: WritingDoors) {
  const entries = thread ? await box.thread(draft.threadId) : [];
  for (const { id } of entries.toReversed()) {
    if (id !== draft.messageId && (await box.answered(id, { all: false })).messageId.trim() === thread?.inReplyTo)
      return id;
  }
  return undefined;
}

/** The message itself, or in place of a draft the last message of its thread that is none. */
async function answerable(id: string, { box }: WritingDoors, all = false): Promise<AnsweredMessage> {
  const message = await box.answered(id, { all });
  if (!message.isDraft) return message;
  const entries = await box.thread(message.threadId);
  for (const entry of entries.toReversed()) {
    if (entry.id === id) continue;
    const earlier = await box.answered(entry.id, { all });
    if (!earlier.isDraft) return earlier;
  }
  throw Problem.of('draft_not_answerable', { id });
}
