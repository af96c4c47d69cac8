import type { StoredMessage } from '../store/mail-store.ts';
import type { MimeTree } from '../store/mime-tree.ts';
import { hasWords, namesPerson } from './search-text.ts';
import { parseAge, parseDate, parseSize } from './search-values.ts';

export type Test = (message: StoredMessage) => boolean;

interface Context {
  /** The owner's, for `from:me`. */
  address: string;
  /** Milliseconds since the epoch. */
  now: number;
  labelName(id: string): string;
  /** Whether no other forms of the words are looked for. */
  isExact: boolean;
}

/** Makes the test of a value, which is in lower case but for `rfc822msgid`; undefined where the operator can do nothing with it. */
type Operator = (value: string, context: Context) => Test | undefined;

/** The words of `is:` and `in:` that stand for a label. */
const IS: Record<string, string> = {
  unread: 'UNREAD',
  starred: 'STARRED',
  important: 'IMPORTANT',
  snoozed: 'SNOOZED',
  muted: 'MUTED',
};
const IN: Record<string, string> = {
  ...IS,
  inbox: 'INBOX',
  sent: 'SENT',
  draft: 'DRAFT',
  drafts: 'DRAFT',
  spam: 'SPAM',
  trash: 'TRASH',
  chats: 'CHAT',
};

const hasLabel =
  (id: string): Test =>
  ({ labelIds }) =>
    labelIds.has(id);

const NOT_ARCHIVED = ['INBOX', 'SENT', 'DRAFT', 'SPAM', 'TRASH'];

const isIn: Operator = (value, context) => {
  if (value === 'anywhere') return () => true;
  if (value === 'archive') return ({ labelIds }) => !NOT_ARCHIVED.some((id) => labelIds.has(id));
  return label(value, context);
};

const is: Operator = (value) => {
  if (value === 'read') return ({ labelIds }) => !labelIds.has('UNREAD');
  const id = IN[value];
  return id === undefined ? undefined : hasLabel(id);
};

/** Blanks, slashes and brackets of a label's name are written as dashes. */
const dashed = (name: string) => name.toLowerCase().replace(/[\s/(){}&|"]/g, '-');

const label: Operator = (value, { labelName }) => {
  const id = IN[value];
  if (id !== undefined) return hasLabel(id);
  return ({ labelIds }) => [...labelIds].some((known) => dashed(labelName(known)) === dashed(value));
};

/** Gmail has some categories that are no labels; nothing is in them here. */
const category: Operator = (value) => {
  if (value !== 'primary') return hasLabel(`CATEGORY_${value.toUpperCase()}`);
  return ({ labelIds }) => {
    const categories = [...labelIds].filter((id) => id.startsWith('CATEGORY_'));
    return categories.includes('CATEGORY_PERSONAL') || (labelIds.has('INBOX') && categories.length === 0);
  };
};

/** The API knows a starred message, but not the look of its star. */
const STARS =
  /^((yellow|orange|red|purple|blue|green)-star|(red|yellow)-bang|orange-guillemet|green-check|blue-info|purple-question)$/;

/** What `has:` finds by the links in a message. */
const LINKS: Record<string, RegExp> = {
  drive: /\b(drive|docs)\.google\.com\//i,
  document: /\bdocs\.google\.com\/document\//i,
  spreadsheet: /\bdocs\.google\.com\/spreadsheets\//i,
  presentation: /\bdocs\.google\.com\/presentation\//i,
  youtube: /\b(youtube\.com|youtu\.be)\//i,
};

const has: Operator = (value) => {
  if (STARS.test(value)) return hasLabel('STARRED');
  if (value === 'attachment') return ({ tree }) => partsOf(tree).some(isAttachment);
  if (value === 'userlabels') return hasUserLabel;
  if (value === 'nouserlabels') return (message) => !hasUserLabel(message);
  const link = LINKS[value];
  if (!link) return undefined;
  return ({ tree }) =>
    partsOf(tree).some(
      ({ mimeType, content }) => mimeType.startsWith('text/') && link.test(content.toString('latin1')),
    );
};

const hasUserLabel: Test = ({ labelIds }) => [...labelIds].some((id) => id.startsWith('Label_'));

/** Without those of attached messages, which are files. */
const partsOf = (tree: MimeTree): MimeTree[] =>
  tree.mimeType === 'message/rfc822' ? [tree] : [tree, ...tree.parts.flatMap(partsOf)];

/** A file, but no picture of the text. */
function isAttachment({ filename, headers }: MimeTree): boolean {
  const value = (name: string) => headers.find((header) => header.name?.toLowerCase() === name)?.value ?? '';
  return filename !== '' && !(value('content-id') && !/^attachment\b/i.test(value('content-disposition')));
}

const filename: Operator =
  (value) =>
  ({ tree }) =>
    partsOf(tree).some((part) => part.filename.toLowerCase() === value || hasWords(part.filename, value));

const person =
  (...headers: string[]): Operator =>
  (value, { address }) =>
  (message) =>
    headers.some((name) => namesPerson(message.header(name), value === 'me' ? address.toLowerCase() : value));

const words =
  (...headers: string[]): Operator =>
  (value, { isExact }) =>
  (message) =>
    headers.some((name) => hasWords(message.header(name), value, isExact));

/** A test of a number of the message against the one in the search. */
const compare =
  (
    read: (value: string, now: number) => number | undefined,
    passes: (message: StoredMessage, limit: number) => boolean,
  ): Operator =>
  (value, { now }) => {
    const limit = read(value, now);
    return limit === undefined ? undefined : (message) => passes(message, limit);
  };

const isLarger = compare(parseSize, ({ raw }, limit) => raw.length >= limit);
const isBefore = (read: typeof parseAge) => compare(read, ({ internalDate }, limit) => internalDate < limit);
const isAfter = (read: typeof parseAge) => compare(read, ({ internalDate }, limit) => internalDate >= limit);
const bareId = (id: string) => id.trim().replace(/^<|>$/g, '');

/**
 * Ids count with their case, and those that Outlook makes of bytes (`!&!AAAA…==@x`) are not found: that is known of
 * Gmail's search over IMAP (jstedfast/MailKit, issue 359), and nobody knows better of the API's.
 */
const hasMessageId: Operator = (value) => (message) =>
  !value.includes('!&!') && bareId(message.header('message-id')) === bareId(value);

/** What each operator asks of a message. */
export const OPERATORS: Record<string, Operator> = {
  from: person('from'),
  to: person('to', 'cc', 'bcc'),
  cc: person('cc'),
  bcc: person('bcc'),
  deliveredto: person('delivered-to'),
  subject: words('subject'),
  list: words('list-id', 'list-post'),
  label,
  in: isIn,
  is,
  has,
  filename,
  category,
  larger: isLarger,
  size: isLarger,
  smaller: compare(parseSize, ({ raw }, limit) => raw.length < limit),
  before: isBefore(parseDate),
  older: isBefore(parseDate),
  older_than: isBefore(parseAge),
  after: isAfter(parseDate),
  newer: isAfter(parseDate),
  newer_than: isAfter(parseAge),
  rfc822msgid: hasMessageId,
};
