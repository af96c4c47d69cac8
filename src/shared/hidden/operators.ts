import type { QueryTerm } from './query-terms.ts';

const DATE = /^(?:\d{4}[/-]\d{1,2}[/-]\d{1,2}|\d{1,2}[/-]\d{1,2}[/-]\d{4}|\d{9,11})$/;
const AGE = /^\d+[dmyh]$/i;
const SIZE = /^\d+[km]?b?$/i;
const WORDS = /[\p{L}\p{N}]/u;

/** What stands for a label of Gmail's own behind `in:` and `is:`. */
const OWN_LABELS =
  /^(?:unread|starred|important|snoozed|muted|inbox|sent|drafts?|spam|trash|chats?|scheduled|anywhere|archive|all)$/i;

/**
 * The operators that Gmail has, with the values that each takes (https://support.google.com/mail/answer/7190). What it
 * does not know it reads as words, or not at all.
 */
const OPERATORS: ReadonlyMap<string, RegExp> = new Map([
  ...['from', 'to', 'cc', 'bcc', 'subject', 'list', 'filename', 'deliveredto', 'rfc822msgid', 'label', 'in'].map(
    (name): [string, RegExp] => [name, WORDS],
  ),
  ['is', /^(?:read|unread|starred|important|snoozed|muted|sent|drafts?|inbox|spam|trash|chats?)$/i],
  [
    'has',
    /^(?:attachment|drive|document|spreadsheet|presentation|youtube|userlabels|nouserlabels|(?:yellow|orange|red|purple|blue|green)-star|(?:red|yellow)-bang|orange-guillemet|green-check|blue-info|purple-question)$/i,
  ],
  ['category', /^(?:primary|social|promotions|updates|forums|reservations|purchases)$/i],
  ...['after', 'before', 'older', 'newer'].map((name): [string, RegExp] => [name, DATE]),
  ...['older_than', 'newer_than'].map((name): [string, RegExp] => [name, AGE]),
  ...['size', 'larger', 'smaller'].map((name): [string, RegExp] => [name, SIZE]),
]);

const JOINS = /^(?:OR|AND|NOT|\||AROUND)$/;

/** Why Gmail would not do with a word what whoever wrote it meant; undefined where it would. */
export function whyIgnored({ operator, value, isPhrase }: QueryTerm): string | undefined {
  if (!isPhrase && JOINS.test(value)) return undefined;
  const takes = operator === undefined ? /[\p{L}\p{N}\p{Extended_Pictographic}]/u : OPERATORS.get(operator);
  if (!takes) return `${operator}: is no operator of Gmail; words with a colon stand between quotation marks`;
  if (!takes.test(value)) {
    return operator === undefined
      ? 'there is a sign without letters, which Gmail leaves out'
      : `${operator}: has a value that Gmail does not know`;
  }
  if (isPhrase || operator === 'rfc822msgid') return undefined;
  if (/^-*(?:or|and|not)$/i.test(value)) return `"${value}" is a word like others; the ones that join are in capitals`;
  return value.includes('*') ? 'there is a *, but Gmail finds whole words alone' : undefined;
}

/** The name of the label of the user's own that a word asks for. */
export function labelOf({ operator, value, isPhrase }: QueryTerm): string | undefined {
  if (operator !== 'label' && operator !== 'in') return undefined;
  const name = isPhrase ? value : value.replace(/^-+/, '');
  return OWN_LABELS.test(name) || (!isPhrase && JOINS.test(name)) ? undefined : name;
}
