import { asProblem, Problem } from '../problems.ts';
import { labelOf, whyIgnored } from './operators.ts';
import { alternativesOf, termsOf } from './query-terms.ts';

/** Spellings of quotes and brackets that a search engine may take for the plain ones. */
const LOOK_ALIKES: Record<string, string> = {
  ...{ '“': '"', '”': '"', '„': '"', '‟': '"', '«': '"', '»': '"', '＂': '"' },
  ...{ '（': '(', '）': ')', '｛': '{', '｝': '}' },
};

/** Quotes and brackets of a search in their plain spelling, so that they mean the same to everyone who reads it. */
export function plainQuotes(query: string): string {
  return query.replace(/[“”„‟«»＂（）｛｝]/g, (character) => LOOK_ALIKES[character] ?? character);
}

/**
 * Why a search cannot stand between brackets without changing what is around it; undefined where it can. Brackets
 * within quotes are words (https://support.google.com/mail/answer/7190).
 */
export function unbalanced(query: string): string | undefined {
  const open: string[] = [];
  const bare = query.replace(/"[^"]*"/g, ' ');
  if (bare.includes('"')) return 'a quotation mark is not closed';
  for (const [bracket] of bare.matchAll(/[(){}]/g)) {
    if (bracket === '(') open.push(')');
    else if (bracket === '{') open.push('}');
    else if (open.pop() !== bracket) return `a bracket ${bracket} closes nothing`;
  }
  return open.length > 0 ? 'a bracket is not closed' : undefined;
}

/** Words that join what stands around them, and mean nothing at an edge. */
const JOINS_NOTHING = /(?:^|[({])\s*(?:OR|AND|\|)(?=[\s)}]|$)|(?:^|[\s({])(?:OR|AND|NOT|\||-)\s*(?=[)}]|$)/;

/** A longer search is refused, in characters. */
const LONGEST_QUERY = 5000;

/**
 * Checks a search that says which mail is hidden. Gmail guesses what a malformed one may mean, and leaves out what it
 * does not know; what should be hidden is nothing to guess.
 *
 * @returns the search in plain spelling
 * @throws Problem `hidden_query_wrong`
 */
export function checkHiddenQuery(query: string): string {
  const plain = plainSearch(query);
  const reason = whyNotAsMeant(plain);
  if (reason) throw Problem.of('hidden_query_wrong', { reason });
  return plain;
}

/** A search in plain spelling, with one blank between words. */
export const plainSearch = (query: string): string => plainQuotes(query).replace(/\s+/g, ' ').trim();

/** Why Gmail would not take a search at its word; undefined where it would. */
export function whyNotAsMeant(query: string): string | undefined {
  if (query.length > LONGEST_QUERY) return `there are more than ${LONGEST_QUERY} characters`;
  return unbalanced(query) ?? whyMeaningless(query) ?? termsOf(query).map(whyIgnored).find(Boolean);
}

function whyMeaningless(query: string): string | undefined {
  const bare = query.replace(/"[^"]*"/g, '"x"');
  if (!/[\p{L}\p{N}]/u.test(query)) return 'there are no words';
  if (/[({]\s*[)}]/.test(bare)) return 'there is nothing between two brackets';
  if (JOINS_NOTHING.test(bare)) return 'OR, AND, NOT or a hyphen stands at an edge, where it joins nothing';
  if (/(?:^|[\s({-])[a-z\d_]+:(?=[\s)}]|$)/i.test(bare)) return 'nothing stands directly behind a colon';
  return undefined;
}

/** The labels of the user's own that a search names. */
export function labelsIn(query: string): string[] {
  return [...new Set(termsOf(plainQuotes(query)).flatMap((term) => labelOf(term) ?? []))];
}

/** How what a search finds hangs on a label: it is named, or any label counts. */
export type Hold = 'name' | 'any';

/**
 * Whether what a search hides hangs on a label, by its name or by that of one above it.
 *
 * @returns undefined where it does not, and where nothing is hidden
 * @throws Problem `hidden_query_wrong`
 */
export function holdOn(query: string, label: string): Hold | undefined {
  if (query.trim() === '') return undefined;
  const terms = termsOf(checkHiddenQuery(query));
  const parts = label.split('/');
  const withAbove = parts.map((_, index) => parts.slice(0, index + 1).join('/'));
  if (labelsIn(query).some((named) => withAbove.some((name) => isSameLabel(name, named)))) return 'name';
  const asksForAny = terms.some(({ operator, value }) => operator === 'has' && /^(?:no)?userlabels$/i.test(value));
  return asksForAny ? 'any' : undefined;
}

/** What a search calls the states that labels of Gmail's own stand for. */
const STATES: Readonly<Record<string, RegExp>> = {
  INBOX: /^(?:in|is|label):(?:inbox|archive)$/,
  UNREAD: /^(?:in|is|label):(?:un)?read$/,
  SPAM: /^(?:in|is|label):spam$/,
  TRASH: /^(?:in|is|label):(?:trash|bin)$/,
  IMPORTANT: /^(?:in|is|label):important$/,
  STARRED: /^(?:(?:in|is|label):starred|has:[a-z]+-(?:star|bang|guillemet|check|info|question))$/,
};

/**
 * The first of Gmail's own labels that what a search hides hangs on; undefined where it is none.
 *
 * @param ids those of `STATES`, or `CATEGORY_…`
 * @throws Problem `hidden_query_wrong`
 */
export function heldState(query: string, ids: readonly string[]): string | undefined {
  if (query.trim() === '') return undefined;
  const asked = termsOf(checkHiddenQuery(query)).map(({ operator, value }) => `${operator}:${value}`.toLowerCase());
  const names = (id: string) => STATES[id] ?? /^category:/;
  return ids.find((id) => asked.some((term) => names(id).test(term)));
}

/** Whether one spelling of a label in a search means the other: blanks, slashes and brackets are dashes there. */
export const isSameLabel = (one: string, other: string): boolean => dashed(one) === dashed(other);
const dashed = (name: string) => name.toLowerCase().replace(/[^\p{L}\p{N}\p{M}._]+/gu, '-');

/**
 * What hides all that either of two searches hides. Blank hides nothing; one that cannot be understood hides everything,
 * so it stays as it is.
 */
export function hideBoth(one: string, other: string): string {
  if (!one || (other && !isUnderstood(other))) return other;
  if (!other || !isUnderstood(one) || hidesAtLeast(one, other)) return one;
  return hidesAtLeast(other, one) ? other : `(${checkHiddenQuery(one)}) OR (${checkHiddenQuery(other)})`;
}

/** Whether a search surely hides whatever the other hides: it is the same, or offers the same choices and more. */
export function hidesAtLeast(query: string, other: string): boolean {
  if (!other) return true;
  if (!query || !isUnderstood(query) || !isUnderstood(other)) return false;
  const choices = new Set(alternativesOf(checkHiddenQuery(query)));
  return alternativesOf(checkHiddenQuery(other)).every((choice) => choices.has(choice));
}

/** Whether a search can say what is hidden; a blank one says that nothing is. */
const isUnderstood = (query: string): boolean => problemIn(query) === undefined;

/** What is wrong with a search that shall hide mail; a blank one is right. */
export function problemIn(query: string): Problem | undefined {
  try {
    if (query) checkHiddenQuery(query);
    return undefined;
  } catch (error) {
    return asProblem(error);
  }
}
