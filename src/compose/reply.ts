import { isSameTopic } from '../mail/quotes/subject-prefix.ts';
import { clip } from '../shared/code-points.ts';
import { addressesOf } from './address-list.ts';
import { asciiDomain, type EmailAddress, LONGEST_NAME, mailboxKeyOf, ownKeyOf, posesAsOther } from './email-address.ts';

/**
 * What an answer takes from the message that it answers: headers as Gmail gives them, '' where there are none, and lists
 * of people that are clear (`isClearList`) or as they stand in the message.
 */
export interface AnsweredHeaders {
  from: string;
  replyTo: string;
  to: string;
  cc: string;
  subject: string;
  messageId: string;
  inReplyTo: string;
  references: string;
  /** Whether the account itself has sent it. */
  isSent: boolean;
}

/** Whom an answer goes to. */
export interface ReplyRecipients {
  to: EmailAddress[];
  cc: EmailAddress[];
}

/**
 * Whom an answer goes to (RFC 5322, section 3.6.3): the addresses of Reply-To, else the sender; to all, those of To and
 * Cc as well. One's own addresses are left out, unless nobody else is left. To a message of one's own it is whom that
 * one went to.
 *
 * @param own every address that the account receives or sends mail by
 */
export function replyRecipients(
  headers: AnsweredHeaders,
  { all, own }: { all: boolean; own: readonly string[] },
): ReplyRecipients {
  const [to, cc] = [peopleOf(headers.to), peopleOf(headers.cc)];
  if (headers.isSent) return distinct({ to, cc: all ? cc : [] });
  const replyTo = peopleOf(headers.replyTo);
  const first = replyTo.length > 0 ? replyTo : peopleOf(headers.from);
  const ownKeys = new Set(own.map(ownKeyOf));
  const isOther = ({ address }: EmailAddress) => !ownKeys.has(ownKeyOf(address));
  const others = distinct({ to: first.filter(isOther), cc: all ? [...to, ...cc].filter(isOther) : [] });
  if (others.to.length > 0) return others;
  return others.cc.length > 0 ? { to: others.cc, cc: [] } : distinct({ to: first, cc: [] });
}

/** With names that can go out again: none that poses as another address, none that nobody reads to its end. */
function peopleOf(header: string): EmailAddress[] {
  return addressesOf(header).map(({ name, address }) => ({
    name: posesAsOther({ name, address }) ? '' : [...name].slice(0, LONGEST_NAME).join('').trim(),
    address,
  }));
}

/** Each address once, in the first list that has it. */
function distinct({ to, cc }: ReplyRecipients): ReplyRecipients {
  const seen = new Set<string>();
  const isNew = ({ address }: EmailAddress) => {
    const isFirst = !seen.has(mailboxKeyOf(address));
    seen.add(mailboxKeyOf(address));
    return isFirst;
  };
  return { to: to.filter(isNew), cc: cc.filter(isNew) };
}

/** The address that answers are asked to, where it lies in another domain than the sender's. */
export function strangeReplyTo({ from, replyTo }: Pick<AnsweredHeaders, 'from' | 'replyTo'>): string | undefined {
  const domains = new Set(addressesOf(from).map(({ address }) => asciiDomain(address)));
  return addressesOf(replyTo).find(({ address }) => !domains.has(asciiDomain(address)))?.address;
}

/** An id of a message, angle brackets included (RFC 5322, section 3.6.4). */
const MESSAGE_ID = /<[^\s<>]+>/g;

/** More ids than this are left out from the middle, as the first and the last ones hold a thread together. */
const MOST_REFERENCES = 100;

export interface ThreadHeaders {
  inReplyTo: string;
  references: string[];
}

/**
 * The headers by which every mail program puts an answer below what it answers (RFC 5322, section 3.6.4): References
 * whole, then the id of the message itself. Undefined where that has none.
 */
export function threadHeaders(headers: Pick<AnsweredHeaders, 'messageId' | 'inReplyTo' | 'references'>) {
  const [inReplyTo] = headers.messageId.match(MESSAGE_ID) ?? [];
  if (inReplyTo === undefined) return undefined;
  const parents = headers.inReplyTo.match(MESSAGE_ID) ?? [];
  const before = headers.references.match(MESSAGE_ID) ?? (parents.length === 1 ? parents : []);
  const all = [...new Set([...before, inReplyTo])];
  const references = all.length <= MOST_REFERENCES ? all : [...all.slice(0, 1), ...all.slice(1 - MOST_REFERENCES)];
  return { inReplyTo, references } satisfies ThreadHeaders;
}

/** What stands before a subject that is an answer already, in the languages of the large mail programs. */
const ANSWERED =
  /^\s*(?:re|aw|antw|sv|vs|ref|rif|rép|odp|ynt|ytd|απ|回复|回覆|答复|返信|답장|תשובה|رد)(?:\s*\[\d+\])?\s*[:：]/iu;
const FORWARDED = /^\s*(?:fwd?|wg|tr|rv|enc|i|vl|doorst|pd|vb|转发|轉寄|전달|הועבר)(?:\s*\[\d+\])?\s*[:：]/iu;

/** The subject of an answer. One that is an answer already stays, because Gmail threads by equal subjects. */
export function replySubject(subject: string): string {
  const line = oneLine(subject);
  return ANSWERED.test(line) ? line : `Re: ${line}`.trimEnd();
}

/** The subject of a message that is passed on. */
export function forwardSubject(subject: string): string {
  const line = oneLine(subject);
  return FORWARDED.test(line) ? line : `Fwd: ${line}`.trimEnd();
}

/**
 * One line about an answer under another subject: Gmail keeps it in its thread for the sender, while programs of others
 * go by the subject as well. Undefined where the subject stays.
 */
export function newSubjectLine(subject: string, answered: string): string | undefined {
  if (isSameTopic(subject, replySubject(answered))) return undefined;
  return 'Its subject is another than that of the answered message: others may see it apart from that conversation.';
}

/** How much of a stranger's subject an answer takes over, in code points: a question must be able to show it. */
const LONGEST_TAKEN = 1_900;

/** The header of a stranger as one line. */
function oneLine(subject: string): string {
  return clip(subject.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' '), LONGEST_TAKEN);
}
