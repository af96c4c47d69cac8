import type { SendQuestion } from '../../broker/send-question.ts';
import {
  type ApprovalPart,
  approvalParts,
  exactParts,
  formatLine,
  quoteLine,
  signatureLine,
} from '../../compose/approval.ts';
import {
  asciiDomain,
  type EmailAddress,
  formatAddress,
  keyOf,
  LONGEST_NAME,
  posesAsOther,
} from '../../compose/email-address.ts';
import type { Letter } from '../../compose/letter.ts';
import { newSubjectLine, strangeReplyTo } from '../../compose/reply.ts';
import type { SendingRules } from '../../credentials/credentials.ts';
import type { SendAs } from '../../gmail/send-as.ts';
import { clip } from '../../shared/code-points.ts';
import type { WritingDoors } from './doors.ts';
import type { Origin } from './origin.ts';

/** Where a file of a message lies on this computer, by its place among the files. */
type FilePaths = ReadonlyMap<number, string>;

export interface QuestionOptions extends WritingDoors {
  kind: SendQuestion['kind'];
  origin: Origin;
  paths: FilePaths;
  /** The account's own addresses, with the names that they send under. */
  sendAs: readonly SendAs[];
  sending: Pick<SendingRules, 'policy'>;
  /** Whether a message like it may have gone out already a short while ago. */
  mayBeRepeat: boolean;
  /** Where it is asked about however seldom the person wants to be asked, and what is said first then. */
  always?: { notes: readonly string[] } | undefined;
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
  const holdsCodes = letter.codeInSubject === 'true' || (await options.box.holdsMasked(letter));
  const answered = origin.kind === 'reply' ? origin.message : undefined;
  const replyTo = answered && strangeReplyTo(answered);
  const newSubject = answered && newSubjectLine(letter.subject, answered.subject);
  const asksAlways =
    holdsCodes ||
    replyTo !== undefined ||
    letter.files.length > 0 ||
    options.mayBeRepeat ||
    options.always !== undefined;
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
    ...(from ? { from: formatAddress({ ...from, name: clip(from.name, LONGEST_NAME) }) } : {}),
    to: to.map(shown),
    cc: cc.map(shown),
    bcc: bcc.map(shown),
    subject: letter.subject,
    holdsCodes,
    notes: [
      ...(options.always?.notes ?? []),
      ...nameNotes(letter, options.sendAs),
      ...notesOf(letter, { replyTo, newSubject, isFormattedElsewhere, mayBeRepeat: options.mayBeRepeat }),
    ].map((note) => note.slice(0, 500)),
    files: letter.files.map(({ name, content }, index) => ({
      name: name.slice(0, 500),
      size: content.length,
      ...(paths.has(index) ? { path: paths.get(index) } : {}),
    })),
    parts: nonEmpty(approvalParts(letter)),
    exact: nonEmpty(exactParts(letter)),
    asksAlways,
  };
}

/** A domain in letters beyond ASCII stands there in its ASCII form as well, in which look-alikes differ. */
function shownAddress({ name, address }: EmailAddress): string {
  const entry = { name: clip(name, LONGEST_NAME), address };
  const ascii = asciiDomain(entry.address) ?? '';
  const isPlain = /^[\x20-\x7e]*$/.test(entry.address);
  return isPlain ? formatAddress(entry) : `${formatAddress(entry)} [domain ${ascii}]`;
}

/** How much of a name a remark repeats, in code points: the address behind it must stay in view. */
const LONGEST_QUOTED = 40;

/** What a draft that somebody else wrote may say in names: whose it is, and whom it goes to. */
function nameNotes({ from, to, cc, bcc }: Letter, sendAs: readonly SendAs[]): string[] {
  const own = sendAs.find(({ address }) => from && keyOf(address) === keyOf(from.address));
  const poses = [...to, ...cc, ...bcc].filter(posesAsOther);
  const [first] = poses;
  const more = poses.length > 1 ? `, and ${poses.length - 1} more are named like that` : '';
  return [
    ...(from?.name && own && own.displayName !== from.name
      ? [`The name of its sender is “${clip(from.name, LONGEST_QUOTED)}”, as the draft has it.`]
      : []),
    ...(first
      ? [
          `Careful: it goes to ${first.address}, whose name is another address (${clip(first.name, LONGEST_QUOTED)})${more}.`,
        ]
      : []),
  ];
}

interface Circumstances {
  replyTo: string | undefined;
  newSubject: string | undefined;
  isFormattedElsewhere: boolean;
  mayBeRepeat: boolean;
}

function notesOf(letter: Letter, { replyTo, newSubject, isFormattedElsewhere, mayBeRepeat }: Circumstances): string[] {
  const signature = signatureLine(letter);
  return [
    ...(mayBeRepeat ? ['A message like this may have been sent a few minutes ago: look in Sent first.'] : []),
    ...(replyTo ? [`Answers are asked for at another domain than the sender’s: ${replyTo}`] : []),
    ...(letter.quote && letter.quote.kind !== 'kept' ? [quoteLine(letter.quote)] : []),
    ...(newSubject ? [newSubject] : []),
    ...(letter.replyTo ? [`Answers go to ${letter.replyTo.address}.`] : []),
    ...(letter.body.html === undefined ? [] : [formatLine(letter.body.html, isFormattedElsewhere)]),
    ...(signature ? [`${signature}.`] : []),
  ];
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
