import type { EmailAddress } from '../../compose/email-address.ts';
import { type Body, checkBody, checkSubject, type Letter, type LetterFile } from '../../compose/letter.ts';
import { type QuotedOriginal, quoteForForward, quoteForReply } from '../../compose/quote-original.ts';
import { parseRecipients } from '../../compose/recipients.ts';
import { forwardSubject, replyRecipients, replySubject, threadHeaders } from '../../compose/reply.ts';
import type { AnsweredMessage } from '../../gmail/messages/answered-message.ts';
import type { SendAs } from '../../gmail/send-as.ts';
import { Problem } from '../../shared/problems.ts';
import type { WritingDoors } from './doors.ts';
import type { LetterArguments } from './letter-arguments.ts';
import type { Origin } from './origin.ts';
import { senderOf } from './sender.ts';

export interface LetterOptions {
  origin: Origin;
  sendAs: readonly SendAs[];
  /** What the call attaches; undefined where it says nothing of files. */
  files: readonly LetterFile[] | undefined;
  /** Whether a signature is added where the call does not say. */
  signsByDefault: boolean;
  /** Whether it is kept as a draft first, whose lines Gmail's editor would wrap. */
  isDraft: boolean;
}

/**
 * The message that a call asks for: what it says goes before what follows from the message that it answers, forwards or
 * changes.
 *
 * @throws Problem
 */
export async function letterOf(args: LetterArguments, doors: WritingDoors, options: LetterOptions): Promise<Letter> {
  const { origin, sendAs, files, isDraft } = options;
  const { from, signature, replyTo } = senderOf(args.from, origin, sendAs);
  const keepsBody = origin.kind === 'draft' && args.body === undefined && args.html_body === undefined;
  const signs = !keepsBody && (args.signature ?? options.signsByDefault);
  const original = await originalOf(args, doors, origin);
  return {
    from,
    replyTo,
    ...recipientsOf(args, origin, sendAs),
    subject: subjectOf(args, origin, original),
    body: bodyOf(args, origin),
    signature: signs ? signature : undefined,
    quote: original?.quote,
    thread: threadOf(origin),
    files: [...(original?.files ?? []), ...(files ?? (origin.kind === 'draft' ? origin.content.files : []))],
    asHtml: isDraft || origin.kind !== 'new',
  };
}

/** The thread that the message belongs to at Gmail; undefined where it begins one. */
export function threadIdOf(origin: Origin): string | undefined {
  if (origin.kind === 'reply') return origin.message.threadId;
  return origin.kind === 'draft' ? origin.draft.threadId : undefined;
}

function threadOf(origin: Origin) {
  if (origin.kind === 'draft') return origin.content.thread;
  if (origin.kind !== 'reply') return undefined;
  const headers = threadHeaders(origin.message);
  if (!headers) throw Problem.of('answer_unthreaded', { id: origin.message.id });
  return headers;
}

type Lists = Pick<Letter, 'to' | 'cc' | 'bcc'>;

function recipientsOf(args: LetterArguments, origin: Origin, sendAs: readonly SendAs[]): Lists {
  const implied = impliedRecipients(args, origin, sendAs);
  const listOf = (name: 'to' | 'cc' | 'bcc'): readonly EmailAddress[] => {
    const given = args[name];
    if (given === undefined) return implied[name];
    if (given.trim() !== '') return parseRecipients(name, given);
    // Models write "" for what they do not use; only in a draft is there something to take out.
    return origin.kind === 'draft' || name !== 'to' ? [] : implied.to;
  };
  return { to: listOf('to'), cc: listOf('cc'), bcc: listOf('bcc') };
}

function impliedRecipients(args: LetterArguments, origin: Origin, sendAs: readonly SendAs[]): Lists {
  if (origin.kind === 'draft') return origin.content;
  if (origin.kind !== 'reply') return { to: [], cc: [], bcc: [] };
  const own = sendAs.map(({ address }) => address);
  return { ...replyRecipients(origin.message, { all: args.reply_all === true, own }), bcc: [] };
}

function subjectOf({ subject }: LetterArguments, origin: Origin, original?: { subject: string }): string {
  if (subject !== undefined && (origin.kind === 'draft' || origin.kind === 'new' || subject.trim() !== '')) {
    return checkSubject(subject);
  }
  if (origin.kind === 'draft') return origin.content.subject;
  if (origin.kind === 'reply') return replySubject(origin.message.subject);
  return original ? forwardSubject(original.subject) : '';
}

function bodyOf({ body, html_body }: LetterArguments, origin: Origin): Body {
  if (body === undefined && html_body === undefined) {
    if (origin.kind === 'draft') return origin.content.body;
    // Whoever forwards need add nothing.
    if (origin.kind === 'forward') return { text: '' };
  }
  if (origin.kind === 'forward' && !body?.trim() && !html_body?.trim()) return { text: '' };
  return checkBody(body ?? '', html_body);
}

/** What is taken over of the original: as our reader shows it, so that nothing hidden or masked goes out. */
async function originalOf(args: LetterArguments, { box }: WritingDoors, origin: Origin) {
  const isForward = origin.kind === 'forward';
  if (!isForward && !(origin.kind === 'reply' && args.quote === true)) return undefined;
  const { id } = origin.message;
  const shown = await readOriginal(id, box);
  const original = { ...shown, text: shown.unfolded ?? shown.folded };
  const quote: QuotedOriginal = isForward ? quoteForForward(original) : quoteForReply(original);
  const files = isForward ? await filesOf(origin.message, shown.attachments, box) : [];
  return { subject: shown.subject, quote, files };
}

/** What is too large to read goes out neither: nobody could be shown it. */
async function readOriginal(id: string, box: WritingDoors['box']) {
  try {
    return await box.message(id, { fresh: false });
  } catch (error) {
    const isUnread = error instanceof Problem && (error.code === 'text_too_large' || error.code === 'text_unreadable');
    throw isUnread ? Problem.of('original_unreadable', { id, reason: error.explain('environment').what }) : error;
  }
}

async function filesOf(
  { id }: AnsweredMessage,
  attachments: readonly { partId: string }[],
  box: WritingDoors['box'],
): Promise<LetterFile[]> {
  const files: LetterFile[] = [];
  for (const { partId } of attachments) {
    const { name, type, load } = await box.file(id, partId);
    files.push({ name, type, content: await load() });
  }
  return files;
}
