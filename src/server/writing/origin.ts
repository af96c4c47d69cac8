import { type DraftContent, draftContent } from '../../compose/draft-content.ts';
import type { StoredDraft } from '../../gmail/drafts.ts';
import type { AnsweredMessage } from '../../gmail/messages/answered-message.ts';
import { parseMessageFile } from '../../mail/mime/message-file.ts';
import { Problem } from '../../shared/problems.ts';
import type { WritingDoors } from './doors.ts';
import type { LetterArguments } from './letter-arguments.ts';

/** What a message begins with. */
export type Origin =
  | { kind: 'new' }
  | { kind: 'reply' | 'forward'; message: AnsweredMessage }
  | { kind: 'draft'; draft: StoredDraft; content: DraftContent };

/**
 * Finds what a message answers, forwards or changes.
 *
 * @throws Problem `one_origin_only`, `origin_needed`, `not_found`, `draft_gone`, `draft_not_answerable`, `argument_invalid`
 */
export async function originOf(args: LetterArguments, doors: WritingDoors): Promise<Origin> {
  const { reply_to_message_id: reply, forward_message_id: forward, draft_id: draftId } = args;
  const given = { reply_to_message_id: reply, forward_message_id: forward, draft_id: draftId };
  const names = Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [name]));
  if (names.length > 1) throw Problem.of('one_origin_only', { given: names.join(' and ') });
  if (reply === undefined) {
    for (const argument of ['reply_all', 'quote'] as const) {
      if (args[argument] === true) throw Problem.of('origin_needed', { argument, needed: 'reply_to_message_id' });
    }
  }
  if (forward !== undefined && args.quote === false) {
    const expected = 'nothing with forward_message_id, which always carries the original along';
    throw Problem.of('argument_invalid', { argument: 'quote', expected, got: 'false' });
  }
  if (reply !== undefined) return { kind: 'reply', message: await answerable(reply, doors, args.reply_all) };
  if (forward !== undefined) return { kind: 'forward', message: await answerable(forward, doors) };
  if (draftId === undefined) return { kind: 'new' };
  const { raw, ...draft } = await doors.outbox.draft(draftId);
  const content = draftContent(await parseMessageFile(raw));
  await doors.box.learnFor(draft, [content.subject, content.body.text, ...content.files.map(({ name }) => name)]);
  return { kind: 'draft', draft, content };
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
