import type { SendQuestion } from '../../broker/send-question.ts';
import { type ApprovalPart, approvalParts, exactParts, signatureLine } from '../../compose/approval.ts';
import { asciiDomain, type EmailAddress, formatAddress } from '../../compose/email-address.ts';
import type { Letter } from '../../compose/letter.ts';
import { strangeReplyTo } from '../../compose/reply.ts';
import type { Outbox } from '../../mailbox/outbox.ts';
import { maskSecrets } from '../../masking/mask.ts';
import type { SendingRules } from '../credentials/credentials.ts';
import type { Origin } from './origin.ts';

/** Where a file of a message lies on this computer, by its place among the files. */
type FilePaths = ReadonlyMap<number, string>;

export interface QuestionOptions {
  kind: SendQuestion['kind'];
  origin: Origin;
  outbox: Outbox;
  paths: FilePaths;
  sending: Pick<SendingRules, 'policy'>;
  /** Whether a message like it may have gone out already a short while ago. */
  mayBeRepeat: boolean;
}

/** How many recipients are looked up among the sent mail; more are not marked at all. */
const MOST_LOOKED_UP = 50;

/**
 * What a person decides on before a message leaves: made from the very message that is then composed.
 */
export async function questionOf(letter: Letter, options: QuestionOptions): Promise<SendQuestion> {
  const { kind, origin, paths } = options;
  const [to, cc, bcc] = [letter.to, letter.cc, letter.bcc];
  const isFormattedElsewhere = origin.kind === 'draft' && letter.body === origin.content.body;
  const holdsCodes = isMasked(letter);
  const replyTo = origin.kind === 'reply' ? strangeReplyTo(origin.message) : undefined;
  const asksAlways = holdsCodes || replyTo !== undefined || letter.files.length > 0 || options.mayBeRepeat;
  const all = [...to, ...cc, ...bcc];
  const [written, known] = [await writtenTo(all, options), asksAlways ? undefined : await knownOf(all, options)];
  const shown = (entry: EmailAddress) => ({
    shown: shownAddress(entry),
    address: entry.address,
    ...(written ? { isNew: !written.has(entry.address) } : {}),
    ...(known ? { isKnown: known.has(entry.address) } : {}),
  });
  const { from } = letter;
  return {
    kind,
    ...(from ? { from: formatAddress(from) } : {}),
    to: to.map(shown),
    cc: cc.map(shown),
    bcc: bcc.map(shown),
    subject: letter.subject,
    holdsCodes,
    notes: notesOf(letter, { replyTo, isFormattedElsewhere, mayBeRepeat: options.mayBeRepeat }),
    files: letter.files.map(({ name, content }, index) => ({
      name: name.slice(0, 500),
      size: content.length,
      ...(paths.has(index) ? { path: paths.get(index) } : {}),
    })),
    parts: nonEmpty(approvalParts(letter)),
    exact: nonEmpty(exactParts(letter)),
    asksAlways,
    ...(origin.kind === 'draft' ? { draftId: origin.draft.id } : {}),
  };
}

/** A domain in letters beyond ASCII stands there in its ASCII form as well, in which look-alikes differ. */
function shownAddress(entry: EmailAddress): string {
  const ascii = asciiDomain(entry.address) ?? '';
  const isPlain = /^[\x20-\x7e]*$/.test(entry.address);
  return isPlain ? formatAddress(entry) : `${formatAddress(entry)} [domain ${ascii}]`;
}

interface Circumstances {
  replyTo: string | undefined;
  isFormattedElsewhere: boolean;
  mayBeRepeat: boolean;
}

function notesOf(letter: Letter, { replyTo, isFormattedElsewhere, mayBeRepeat }: Circumstances): string[] {
  const signature = signatureLine(letter);
  return [
    ...(mayBeRepeat ? ['A message like this may have been sent a few minutes ago: look in Sent first.'] : []),
    ...(letter.replyTo ? [`Answers to it go to ${letter.replyTo.address}, as Gmail keeps it for this sender.`] : []),
    ...(replyTo ? [`Answers are asked for at another domain than the sender’s: ${replyTo}`] : []),
    ...(isFormattedElsewhere ? formattedLine(letter) : letter.body.html === undefined ? [] : ['It goes out as HTML.']),
    ...(signature ? [`${signature}.`] : []),
    ...(letter.quote ? ['The original message is quoted below it.'] : []),
  ].map((note) => note.slice(0, 500));
}

/** A draft whose HTML somebody else wrote goes out as it is. */
function formattedLine({ body: { html } }: Letter): string[] {
  if (html === undefined) return [];
  const links = html.match(/<a\b[^>]*\bhref\s*=/gi)?.length ?? 0;
  const pictures = html.match(/<img\b[^>]*\bsrc\s*=\s*["']?\s*https?:/gi)?.length ?? 0;
  return [`Formatted, and sent as it stands in the draft: ${links} links, ${pictures} remote images.`];
}

/** Whether the message holds what would be masked for a model. */
function isMasked({ from, subject, codeInSubject, body, quote }: Letter): boolean {
  if (codeInSubject === 'true') return true;
  const text = [body.text, body.html ?? '', quote?.text ?? ''].join('\n\n');
  return maskSecrets({ from: from?.address ?? '', subject, text }).count > 0;
}

async function writtenTo(all: readonly EmailAddress[], { outbox, kind }: QuestionOptions) {
  if (kind === 'draft' || all.length > MOST_LOOKED_UP) return undefined;
  return outbox.writtenTo(all.map(({ address }) => address));
}

/** Whom the person has written to by themself; undefined where it makes no difference to being asked. */
async function knownOf(all: readonly EmailAddress[], { outbox, kind, sending }: QuestionOptions) {
  if (kind === 'draft') return undefined;
  const { asks, sent } = await sending.policy();
  if (asks !== 'newRecipients') return undefined;
  const none: ReadonlySet<string> = new Set();
  if (all.length > MOST_LOOKED_UP) return none;
  const addresses = all.map(({ address }) => address);
  return (await outbox.known(addresses, sent)) ?? none;
}

/** A message may be a file alone. */
const nonEmpty = (parts: readonly ApprovalPart[]): ApprovalPart[] =>
  parts.length === 0 ? [{ title: '', text: '' }] : [...parts];
