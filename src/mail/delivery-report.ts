import { cleanLine } from '../shared/invisible.ts';

/** The fields of one block of a report, by their names in lower case. */
type Fields = Map<string, string>;

/** A report can name every recipient of a list; no more lines than this are given. */
const MOST_RECIPIENTS = 50;

/** How the action of a report is told (RFC 3464, section 2.3.3). */
const ACTIONS: Record<string, string> = {
  failed: 'Not delivered to ',
  delayed: 'Delayed: ',
  delivered: 'Delivered: ',
  relayed: 'Relayed: ',
  expanded: 'Expanded: ',
};

/** Actions that programs made up. */
const OTHER_ACTIONS: [RegExp, string][] = [
  [/^(?:fail|expire|bounce|reject|refuse|undeliver|drop|dead|perm)/, 'failed'],
  [/^(?:delay|defer|retr|queue|warn|temp|transient)/, 'delayed'],
  [/^(?:deliver|success|sent$)/, 'delivered'],
];

/** What the class of a status or of an SMTP reply says (RFC 3463, section 2). */
const CLASSES: Record<string, string> = { 2: 'delivered', 4: 'delayed', 5: 'failed' };

/**
 * What a delivery report says, a line for each recipient: `Not delivered to ADDRESS: STATUS DIAGNOSTIC`, or `Delayed:`,
 * `Delivered:`, … instead.
 *
 * @param report the content of a message/delivery-status part (RFC 3464)
 */
export function readDeliveryReport(report: string): string[] {
  const blocks = report
    .replace(/\r\n?/g, '\n')
    .split(/\n[ \t]*\n/)
    .map(readFields);
  return linesOf(blocks);
}

/** The same of a report whose blocks Gmail shows as parts with headers. */
export function readDeliveryFields(blocks: readonly (readonly (readonly [string, string])[])[]): string[] {
  return linesOf(blocks.map((fields) => new Map(fields.map(([name, value]) => [name.toLowerCase(), value]))));
}

function linesOf(blocks: readonly Fields[]): string[] {
  const lines = blocks.map(lineOf).filter((line) => line !== undefined);
  if (lines.length <= MOST_RECIPIENTS) return lines;
  return [...lines.slice(0, MOST_RECIPIENTS), `… and ${lines.length - MOST_RECIPIENTS} more recipients`];
}

function lineOf(fields: Fields): string | undefined {
  const address = valueIn(fields.get('final-recipient')) || valueIn(fields.get('original-recipient'));
  const status = plainValue(fields.get('status'));
  const diagnostic = valueIn(fields.get('diagnostic-code'));
  const outcome = outcomeOf(plainValue(fields.get('action')), status || diagnostic);
  if (!address || !outcome) return undefined;
  const reason = [status, diagnostic].filter(Boolean).join(' ');
  return `${outcome}${address}${reason && `: ${reason}`}`;
}

/** How it is told, by the action, or by the class of the status where the action is none of the standard. */
function outcomeOf(action: string, status: string): string | undefined {
  const word = action.toLowerCase();
  if (Object.hasOwn(ACTIONS, word)) return ACTIONS[word];
  const other = OTHER_ACTIONS.find(([pattern]) => pattern.test(word))?.[1];
  const known = other ?? CLASSES[/^[245](?=\d\d\b|\.\d)/.exec(status)?.[0] ?? ''];
  return known && ACTIONS[known];
}

/** A value without the comments in it (RFC 5322, section 3.2.2). */
function plainValue(field = ''): string {
  return cleanLine(field.slice(0, 500).replace(/\([^()]*\)/g, ' '));
}

/** What follows the type, as in `rfc822; ann@example.org` and `smtp; 550 …`. */
function valueIn(field = ''): string {
  return cleanLine(field.replace(/^\s*[\w-]+\s*;/, '')).slice(0, 500);
}

function readFields(block: string): Fields {
  const fields: Fields = new Map();
  for (const line of block.replace(/\n[ \t]+/g, ' ').split('\n')) {
    const colon = line.indexOf(':');
    if (colon > 0) fields.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1));
  }
  return fields;
}
