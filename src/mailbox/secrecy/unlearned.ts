import type { MessageRow } from '../../gmail/messages/message-row.ts';
import { mayHoldCode } from '../../masking/known.ts';
import type { ShownMessage } from '../shown-message.ts';

/** Of a longer answer only the subject and the names of files are looked at, in characters. */
const SHORT_ANSWER = 400;

/** How many messages of a thread are read for what is masked in them: half of them the first, half the last. */
const MOST_READ = 10;

/**
 * Whether an answer or a draft holds what could be a code that only the message before it tells: in what is taken over
 * of it, the subject and the names of files, or in a few words that repeat it.
 */
export function repeatsCode({ answers, labelIds, subject, attachments, own, folded }: ShownMessage): boolean {
  if (!answers && !labelIds.includes('DRAFT')) return false;
  const text = own ?? folded;
  const lines = [subject, ...attachments.map(({ name }) => name), ...(text.length <= SHORT_ANSWER ? [text] : [])];
  return lines.some(mayHoldCode);
}

/** The same of the row of a draft, which anybody who may write drafts can make of a message whose code is masked. */
export const rowRepeatsCode = ({ labelIds, subject, snippet }: MessageRow): boolean =>
  labelIds.includes('DRAFT') && [subject, snippet].some(mayHoldCode);

/** The messages of a thread that tell what is masked in it. */
export function tellingOf<T>(entries: readonly T[]): T[] {
  if (entries.length <= MOST_READ) return [...entries];
  return [...entries.slice(0, MOST_READ / 2), ...entries.slice(-MOST_READ / 2)];
}
