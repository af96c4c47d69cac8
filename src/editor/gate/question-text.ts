import { domainToASCII } from 'node:url';
import type { SendQuestion } from '../../broker/send-question.ts';
import { countDomains, strangersFirst } from '../../shared/strangers-first.ts';
import { visible } from '../../shared/visible.ts';
import { clip, oneRow, rows } from './rows.ts';

/** A modal shows no scroll bar worth the name: what does not fit is counted, and *Show Message* opens all of it. */
const MOST_LINES = 20;
/** Further recipients are counted. */
const MOST_RECIPIENTS = 8;
const MOST_DOMAINS = 5;
/** Of each text, whatever stands above it. */
const FEWEST_ROWS = 2;

/** How much of a line above the text is shown, and how much of one of the text, in code points. */
const LONGEST_LINE = 110;
const LONGEST_TEXT_LINE = 200;

/** Begins each further row of a line above the text, so that what a subject or a name holds cannot pose as a line. */
const FURTHER_ROW = '      ';

/** Of one address, name or path in a line, in code points. */
const LONGEST_NAME = 40;
/** And of a file that has one row: as much as its letters leave room for. */
const SHORT_NAMES = [34, 30, 26, 22, 18];

/** Stands before each line of the message's text, so that no line of it can pose as one of the question. */
const TEXT_MARK = '| ';

const HOLDS_CODES = 'Careful: it holds a one-time code or sign-in link.';

/** The headline of the question. */
export function questionTitle({ kind, account, from }: SendQuestion, isSandbox: boolean): string {
  const mailbox =
    account === undefined ? '' : `${visible(account)}${isSandbox ? ' (sandbox, not a real mailbox)' : ''}`;
  const [what, where] =
    kind === 'draft'
      ? ['Save this draft with files of this computer', 'in the mailbox of']
      : ['Send this e-mail', from === undefined ? 'from' : 'from another address of'];
  return `${what}${mailbox && ` ${where} ${mailbox}`}?`;
}

/** How the lines above the text are laid out; what is over is counted. */
interface Layout {
  mostRecipients: number;
  /** Of many recipients, those who are named because they are written to for the first time. */
  mostNew: number;
  mostFiles: number;
  mostNotes: number;
  rowsOfRecipient(line: string): string[];
  rowsOfOther(line: string): string[];
  sender(shown: string): string;
  fileLine(file: File): string;
}

const inRows = (line: string) => rows(clip(line, LONGEST_LINE), FURTHER_ROW);
const inOne = (line: string) => [oneRow(line)];

const ROOMY: Layout = {
  ...{ mostRecipients: MOST_RECIPIENTS, mostNew: 4, mostFiles: 6, mostNotes: 4 },
  ...{ rowsOfRecipient: inRows, rowsOfOther: inRows },
  ...{ sender: visible, fileLine: (file) => fileLine(file, ends) },
};
const FEW = { mostFiles: 3, mostNotes: 2 };
const TIGHT: Layout = { ...ROOMY, rowsOfOther: inOne, sender: addressAlone, fileLine: shortFileLine };

/**
 * From the roomiest to the tightest, which has room for anything. Who gets it goes before what is in it, so that
 * recipients are counted last; and no list is so short that it names nothing.
 */
const LAYOUTS: readonly Layout[] = [
  ROOMY,
  TIGHT,
  { ...TIGHT, ...FEW },
  { ...TIGHT, ...FEW, mostNew: 2 },
  { ...TIGHT, ...FEW, mostNew: 2, rowsOfRecipient: inOne },
  { ...TIGHT, ...FEW, mostNew: 2, rowsOfRecipient: inOne, mostRecipients: 0 },
];

/** What stands below the headline, in at most 20 rows: recipients first, each row of the text marked as such. */
export function questionDetail(question: SendQuestion): string {
  // A blank line, and some rows of each text with its title.
  const below = 1 + question.parts.reduce((sum, { title }) => sum + FEWEST_ROWS + (title ? 1 : 0), 0);
  const heads = LAYOUTS.map((layout) => headRows(question, layout));
  const head = heads.find(({ length }) => length + below <= MOST_LINES) ?? heads.at(-1) ?? [];
  return [...head, '', ...textLines(question, MOST_LINES - head.length - 1)].join('\n');
}

function headRows(question: SendQuestion, layout: Layout): string[] {
  const { holdsCodes, from, subject, notes } = question;
  const files = question.files.map(layout.fileLine);
  return [
    ...(holdsCodes ? [HOLDS_CODES] : []),
    ...recipientLines(question, layout).flatMap(layout.rowsOfRecipient),
    ...[
      ...(from === undefined ? [] : [`From: ${layout.sender(from)}`]),
      `Subject: ${visible(subject) || '(none)'}`,
      ...listed(files, layout.mostFiles, 'files'),
      ...listed(notes.map(visible), layout.mostNotes, 'remarks'),
    ].flatMap(layout.rowsOfOther),
  ];
}

type File = SendQuestion['files'][number];
type Recipient = SendQuestion['to'][number] & { role: string };

/** Every recipient on a line of its own, or, where there are many, how many there are at which domains. */
function recipientLines({ to, cc, bcc }: SendQuestion, { mostRecipients, mostNew }: Layout): string[] {
  const roles = { To: to, Cc: cc, Bcc: bcc };
  const all = Object.entries(roles).flatMap(([role, list]) => list.map((entry): Recipient => ({ ...entry, role })));
  if (all.length === 0) return ['To: nobody yet'];
  if (all.length <= mostRecipients) return all.map(recipientLine);
  const inRoles = Object.entries(roles).flatMap(([role, list]) => (list.length > 0 ? `${list.length} in ${role}` : []));
  const fresh = strangersFirst(all).filter(({ isNew }) => isNew === true);
  const unknown = all.some(({ isNew }) => isNew === undefined);
  return [
    `To: ${all.length} recipients (${inRoles.join(', ')})`,
    ...listed(fresh.map(recipientLine), mostNew, 'who are written to for the first time'),
    ...(unknown ? ['Who of them was written to before was not looked up.'] : []),
    `At ${domains(countDomains(all))}`,
  ];
}

/** A long name must not push the address out of view. */
function recipientLine(recipient: Recipient): string {
  const line = wholeRecipientLine(recipient);
  if (lengthOf(line) <= LONGEST_LINE) return line;
  return wholeRecipientLine({ ...recipient, shown: `${ends(recipient.address)}, named ${recipient.shown}` });
}

const wholeRecipientLine = ({ role, shown, isNew }: Recipient): string =>
  `${role}${isNew === true ? ' (first time)' : ''}: ${visible(shown)}`;

/** The rarest domains first, since a stranger among many colleagues is what a person looks for. */
function domains(counts: ReadonlyMap<string, number>): string {
  const sorted = [...counts].sort((a, b) => a[1] - b[1]);
  const named = sorted.slice(0, MOST_DOMAINS).map(([domain, count]) => `${domainShown(domain)} (${count})`);
  const rest = sorted.length - named.length;
  return `${named.join(', ')}${rest > 0 ? ` and ${rest} more domains` : ''}`;
}

/** In its ASCII form as well, in which look-alikes differ. */
function domainShown(domain: string): string {
  const ascii = domainToASCII(domain);
  return ascii === domain ? ends(domain) : `${ends(domain)} [${ends(ascii)}]`;
}

/** Of `Name <local@domain>`: what is cut must not be the address. */
function addressAlone(shown: string): string {
  return ends(/<([^<>]*)>$/.exec(shown)?.[1] ?? shown);
}

function fileLine({ name, size, path }: File, show: (text: string) => string): string {
  return `File: ${show(name)} (${kilobytes(size)})${path === undefined ? '' : `, ${show(path)}`}`;
}

/** In one row: the size first, which no long name pushes out of view; a path ends with the name. */
function shortFileLine({ name, size, path }: File): string {
  const [longest = '', ...shorter] = SHORT_NAMES.map(
    (most) => `File (${kilobytes(size)}): ${ends(path ?? name, most)}`,
  );
  return [longest, ...shorter].find((line) => oneRow(line) === line) ?? longest;
}

const kilobytes = (bytes: number): string => `${Math.max(1, Math.round(bytes / 1024))} KB`;

/** @param most how many rows there are for it, at least 2: the last one counts what is left out */
function listed(lines: readonly string[], most: number, what: string): string[] {
  if (lines.length <= most) return [...lines];
  return [...lines.slice(0, most - 1), `… and ${lines.length - most + 1} more ${what}`];
}

/** As much of the text as there is room for; runs of empty lines count as one. */
function textLines({ parts }: SendQuestion, room: number): string[] {
  const blocks = parts.map(({ title, text }) => ({
    title: title ? [title] : [],
    lines: text
      .replace(/\n(?:[^\S\n]*\n){2,}/g, '\n\n')
      .trim()
      .split('\n'),
  }));
  const each = Math.floor((room - blocks.flatMap(({ title }) => title).length) / blocks.length);
  return blocks.flatMap(({ title, lines }) => [...title, ...cut(lines, Math.max(FEWEST_ROWS, each))]);
}

function cut(lines: readonly string[], room: number): string[] {
  const all = lines.flatMap((line, index) =>
    rows(`${TEXT_MARK}${clip(visible(line), LONGEST_TEXT_LINE)}`, TEXT_MARK).map((row) => ({
      row: row.trimEnd(),
      index,
    })),
  );
  const isCut = all.length > room;
  const shown = (isCut ? all.slice(0, room - 1) : all).map(({ row }) => row);
  // A line that is shown in part counts as left out.
  const rest = lines.length - (all[room - 1]?.index ?? 0);
  return isCut
    ? [...shown, `… and ${rest} more ${rest === 1 ? 'line' : 'lines'}: Show Message opens all of it`]
    : shown;
}

const lengthOf = (text: string): number => [...text].length;

/** Beginning and end of an address, a name or a path: of an address the domain stands last, of a path the file. */
function ends(text: string, most = LONGEST_NAME): string {
  const characters = [...visible(text)];
  if (characters.length <= most) return characters.join('');
  const half = most / 2;
  return `${characters.slice(0, half).join('')}…${characters.slice(-half).join('')}`;
}

/** The whole message as it is opened to be read, everything invisible in it made visible. */
export function exactText(question: SendQuestion): string {
  const { from, account, to, cc, bcc, subject, files, notes, exact, holdsCodes } = question;
  const list = (role: string, entries: SendQuestion['to']) =>
    entries.map((entry) => wholeRecipientLine({ ...entry, role }));
  const head = [
    ...(holdsCodes ? [HOLDS_CODES] : []),
    `From: ${visible(from ?? account ?? '(the account’s own address)')}`,
    ...list('To', to),
    ...list('Cc', cc),
    ...list('Bcc', bcc),
    `Subject: ${visible(subject) || '(none)'}`,
    ...files.map((file) => fileLine(file, visible)),
    ...notes.map(visible),
  ];
  const texts = exact.flatMap(({ title, text }) => [
    '',
    ...(title ? [title] : []),
    ...text.split('\n').map((line) => `${TEXT_MARK}${visible(line)}`.trimEnd()),
  ]);
  return [...head, ...texts, ''].join('\n');
}
