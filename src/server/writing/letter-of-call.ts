import { isShownBy } from '../../compose/draft-content.ts';
import { bringsQuote, isQuoteOf, splitQuote } from '../../compose/draft-quote.ts';
import { type EmailAddress, keyOf } from '../../compose/email-address.ts';
import {
  type Body,
  checkBody,
  checkSubject,
  endsWithSignature,
  htmlText,
  type Letter,
  type LetterFile,
  signatureText,
  signedBy,
} from '../../compose/letter.ts';
import { type KeptQuote, type QuotedOriginal, quoteForForward, quoteForReply } from '../../compose/quote-original.ts';
import { parseRecipients } from '../../compose/recipients.ts';
import { forwardSubject, replyRecipients, replySubject, threadHeaders } from '../../compose/reply.ts';
import { type SendAs, signatureFor } from '../../gmail/send-as.ts';
import type { ShownMessage } from '../../mailbox/shown-message.ts';
import { shownSubject, withoutCodes } from '../../mailbox/taken-over.ts';
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
  /** Whether it may have no text, as a draft that is only saved. */
  mayBeEmpty: boolean;
  /** Whether a person decides on it before it leaves, and so on a code in a subject by which the answer threads. */
  isAsked: boolean;
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
  const given = bodyOf(args, options);
  const body =
    keepsBody && args.from !== undefined
      ? signedBy(given, signatureFor(origin.content.from, sendAs), signature)
      : given;
  const signs = !keepsBody && (args.signature ?? options.signsByDefault) && !endsWithSignature(body, signature);
  const original = await originalOf(args, doors, origin);
  const quote = original?.quote ?? (await keptQuote(args, doors, origin, body));
  const kept = origin.kind === 'draft' ? origin.content : undefined;
  const letter: Letter = {
    from: kept && !isDraft ? fromOf(kept.from, from) : from,
    replyTo: args.from === undefined && kept ? kept.replyTo : replyTo,
    ...recipientsOf(args, doors, origin, sendAs),
    ...(await subjectOf(args, doors, options)),
    body,
    signature: signs ? signature : undefined,
    quote,
    thread: threadOf(origin),
    files: [...(original?.files ?? []), ...(files ?? [])],
    headers: kept?.headers,
    // A signature that is a picture has no plain form.
    asHtml: isDraft || origin.kind !== 'new' || (signs && signature !== undefined && !signatureText(signature).trim()),
  };
  if (!kept) return letter;
  // Pictures within the text go with it; a call that names files leaves them where they are shown.
  const html = htmlText(letter) ?? '';
  const isKept = ({ cid }: LetterFile) => (cid === undefined ? files === undefined : isShownBy(html, cid));
  return { ...letter, files: [...kept.files.filter(isKept), ...letter.files] };
}

/** A draft that goes out as it is names its sender itself; Gmail lets no other address than an own one stand. */
function fromOf(written: EmailAddress | undefined, own: EmailAddress | undefined): EmailAddress | undefined {
  const isOwn = written !== undefined && own !== undefined && keyOf(written.address) === keyOf(own.address);
  return isOwn && written.name !== '' ? written : own;
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

function recipientsOf(args: LetterArguments, doors: WritingDoors, origin: Origin, sendAs: readonly SendAs[]): Lists {
  const implied = impliedRecipients(args, doors, origin, sendAs);
  const listOf = (name: 'to' | 'cc' | 'bcc'): readonly EmailAddress[] => {
    const given = args[name];
    if (given === undefined) return implied[name];
    if (given.trim() !== '') return parseRecipients(name, given);
    // Models write "" for what they do not use; only in a draft is there something to take out.
    return origin.kind === 'draft' || name !== 'to' ? [] : implied.to;
  };
  return { to: listOf('to'), cc: listOf('cc'), bcc: listOf('bcc') };
}

function impliedRecipients(
  args: LetterArguments,
  { box }: WritingDoors,
  origin: Origin,
  sendAs: readonly SendAs[],
): Lists {
  if (origin.kind === 'draft') return origin.content;
  if (origin.kind !== 'reply') return { to: [], cc: [], bcc: [] };
  const own = sendAs.map(({ address }) => address);
  const { to, cc } = replyRecipients(origin.message, { all: args.reply_all === true, own });
  return { to: withoutCodes(box, to, origin.message), cc: withoutCodes(box, cc, origin.message), bcc: [] };
}

async function subjectOf(
  { subject }: LetterArguments,
  { box }: WritingDoors,
  options: LetterOptions,
): Promise<Pick<Letter, 'subject' | 'codeInSubject'>> {
  const { origin, isAsked, mayBeEmpty } = options;
  if (subject !== undefined && (origin.kind === 'draft' || origin.kind === 'new' || subject.trim() !== '')) {
    return { subject: checkSubject(subject) };
  }
  if (origin.kind === 'draft') return { subject: origin.content.subject };
  if (origin.kind === 'new') return { subject: '' };
  const shown = await shownSubject(box, origin.message);
  if (origin.kind === 'forward') return { subject: forwardSubject(shown) };
  if (shown === origin.message.subject) return { subject: replySubject(shown) };
  // Programs of recipients thread by the true subject. Whoever is asked sees it, and that it holds a code.
  const isTrue = isAsked && !mayBeEmpty;
  return isTrue
    ? { subject: replySubject(origin.message.subject), codeInSubject: 'true' }
    : { subject: replySubject(shown), codeInSubject: 'masked' };
}

function bodyOf({ body, html_body, quote }: LetterArguments, { origin, mayBeEmpty }: LetterOptions): Body {
  if (body === undefined && html_body === undefined && origin.kind === 'draft') {
    return quote === false ? splitQuote(origin.content.body).own : origin.content.body;
  }
  // Whoever forwards, or begins a draft, need add nothing.
  const isBlank = !body?.trim() && !html_body?.trim();
  if (isBlank && (origin.kind === 'forward' || mayBeEmpty)) return { text: '' };
  return checkBody(body ?? '', html_body);
}

/**
 * Other words in an answer leave what it answers below them, unless they bring it along. It counts as the original where
 * it is what the answered message says, and is made anew then.
 */
async function keptQuote(
  { body, html_body, quote }: LetterArguments,
  { box }: WritingDoors,
  origin: Origin,
  given: Body,
): Promise<QuotedOriginal | KeptQuote | undefined> {
  const changesBody = body !== undefined || html_body !== undefined;
  if (origin.kind !== 'draft' || !changesBody || quote === false || bringsQuote(given)) return undefined;
  const { quote: kept } = splitQuote(origin.content.body);
  if (!kept || origin.answered === undefined) return kept;
  const shown = await box.message(origin.answered, { fresh: false }).catch(() => undefined);
  const original = shown && quoteForReply(originalText(shown));
  return original && isQuoteOf(kept, original) ? original : kept;
}

const originalText = (shown: ShownMessage) => ({ ...shown, text: shown.unfolded ?? shown.folded });

/** What is taken over of the original: as our reader shows it, so that nothing hidden or masked goes out. */
async function originalOf(args: LetterArguments, { box }: WritingDoors, origin: Origin) {
  const isForward = origin.kind === 'forward';
  const quotes = isForward || (args.quote === true && origin.kind !== 'new');
  if (!quotes || (origin.kind === 'draft' && (!origin.answered || bringsQuote(origin.content.body)))) return undefined;
  const id = origin.kind === 'draft' ? (origin.answered ?? '') : origin.message.id;
  const shown = await readOriginal(id, box);
  const original = originalText(shown);
  const quote: QuotedOriginal = isForward ? quoteForForward(original) : quoteForReply(original);
  const files = isForward ? await filesOf(id, shown.attachments, box) : [];
  return { quote, files };
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
  id: string,
  attachments: readonly { partId: string; name: string }[],
  box: WritingDoors['box'],
): Promise<LetterFile[]> {
  const files: LetterFile[] = [];
  for (const { partId, name } of attachments) {
    const { type, load } = await box.file(id, partId);
    files.push({ name, type, content: await load() });
  }
  return files;
}
