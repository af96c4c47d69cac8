import type { MessageRow } from '../../gmail/messages/message-row.ts';
import { mayHoldCode } from '../../masking/known.ts';
import { Problem } from '../../shared/problems.ts';
import type { ShownMessage } from '../shown-message.ts';
import type { KnownSecrets } from './known-secrets.ts';

/** Of a longer answer only the subject and the names of files are looked at, in characters. */
const SHORT_ANSWER = 400;

/** How many messages of a thread are read for what is masked in them: half of them the first, half the last. */
const MOST_READ = 10;

/** How many threads one list or one reading looks into. */
const MOST_THREADS = 5;

/**
 * Whether an answer or a draft holds what could be a code that only the message before it tells: in what is taken over
 * of it, the subject and the names of files, or in a few words that repeat it.
 */
export function repeatsCode({ id, threadId, answers, labelIds, ...message }: ShownMessage): boolean {
  if (id === threadId || !(answers || labelIds.includes('DRAFT'))) return false;
  const { subject, attachments, folded, own = folded } = message;
  const lines = [subject, ...attachments.map(({ name }) => name), ...(own.length <= SHORT_ANSWER ? [own] : [])];
  return lines.some(mayHoldCode);
}

/** The same of the row of a draft, which anybody who may write drafts can make of a message whose code is masked. */
export const rowRepeatsCode = ({ id, threadId, labelIds, subject, snippet }: MessageRow): boolean =>
  id !== threadId && labelIds.includes('DRAFT') && [subject, snippet].some(mayHoldCode);

export interface Learning {
  known: KnownSecrets;
  /** What is known belongs to it. */
  mailbox: string;
  /** The messages of a thread. Throws `not_found`. */
  list(threadId: string): Promise<readonly { id: string }[]>;
  /** Reads messages, so that what is masked in them is known. */
  read(ids: readonly string[]): Promise<unknown>;
}

/**
 * Has threads read for what is masked in them, each of them once, by two requests.
 *
 * @throws Problem where one cannot be read for now; the next call tries it again
 */
export async function learnThreads(
  threads: readonly { threadId: string }[],
  { known, mailbox, list, read }: Learning,
): Promise<void> {
  for (const { threadId } of threads.slice(0, MOST_THREADS)) {
    if (!known.isToLearn(mailbox, threadId)) continue;
    try {
      await read(tellingOf(await list(threadId)).map(({ id }) => id));
    } catch (error) {
      known.unlearn(threadId);
      if (!(error instanceof Problem && error.code === 'not_found')) throw error;
    }
  }
}

/** The messages of a thread that tell what is masked in it. */
function tellingOf<T>(entries: readonly T[]): T[] {
  if (entries.length <= MOST_READ) return [...entries];
  return [...entries.slice(0, MOST_READ / 2), ...entries.slice(-MOST_READ / 2)];
}
