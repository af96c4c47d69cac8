import type { FilterCriteria } from '../../mailbox/organiser.ts';
import { plainSearch, unbalanced, whyNotAsMeant } from '../../shared/hidden/hidden-query.ts';
import { type QueryTerm, termsOf } from '../../shared/hidden/query-terms.ts';
import { Problem } from '../../shared/problems.ts';
import { visible } from '../../shared/visible.ts';
import { searchOf } from './filter-words.ts';

/** What mail a filter shall act on, as a call names it. */
export interface CriteriaRequest {
  from?: string | undefined;
  to?: string | undefined;
  subject?: string | undefined;
  list?: string | undefined;
  query?: string | undefined;
  has_attachment?: boolean | undefined;
}

/** A person reads all of it in one question, in UTF-16 code units. */
const LONGEST = 400;

/** Enough to name somebody or something; a letter of Chinese, Japanese and the like says as much as a word. */
const NAMES_SOMETHING = /[\p{L}\p{N}]{2}|[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}]/u;

/**
 * The criteria of a filter, which is there for good and acts by itself: so it names a sender, a list or a subject, and
 * nothing in one of its fields means more than the field.
 *
 * @throws Problem `filter_criteria_wrong`
 */
export function criteriaOf(request: CriteriaRequest): FilterCriteria {
  const [from, to, list] = (['from', 'to', 'list'] as const).map((field) => people(field, request[field]));
  const subject = request.subject === undefined ? undefined : subjectOf(request.subject);
  if (from === undefined && list === undefined && subject === undefined) {
    throw wrong('none of from, list and subject is given');
  }
  const rest = request.query === undefined ? undefined : queryOf(request.query);
  // What is looked for beside a list stands in brackets, so that no OR in it reaches the list.
  const query = [...(list === undefined ? [] : [`list:(${list})`]), ...(rest === undefined ? [] : [`(${rest})`])].join(
    ' ',
  );
  const criteria = {
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(subject === undefined ? {} : { subject }),
    ...(query ? { query } : {}),
    ...(request.has_attachment ? { hasAttachment: true } : {}),
  };
  const search = searchOf(criteria);
  if (visible(search) !== search) throw wrong('this one would look for a character that nobody sees');
  const { length } = search;
  if (length > LONGEST) throw wrong(`this one would look for ${length} characters, of which ${LONGEST} can be shown`);
  return criteria;
}

const wrong = (reason: string) => Problem.of('filter_criteria_wrong', { reason });

/** A hyphen that takes out what follows, and words that do more than join. Phrases are left out before. */
const EXCLUDES = /(?:^|[\s({])-|-["({]|(?:^|[\s({])(?:NOT|AROUND)(?=[\s)}]|$)/;

/** Addresses, domains or names, several joined by OR. */
function people(field: 'from' | 'to' | 'list', value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  const plain = plainSearch(value);
  if (EXCLUDES.test(plain.replace(/"[^"]*"/g, '""'))) {
    throw wrong(`${field} says who is left out, which leaves all others in`);
  }
  // By itself first: what closes a bracket early would look whole within brackets.
  const reason = unbalanced(plain) ?? whyNotAsMeant(`${field}:(${plain})`);
  if (reason) throw wrong(`in ${field} ${reason}`);
  const terms = termsOf(plain);
  if (terms.some(({ operator }) => operator !== undefined)) throw wrong(`in ${field} stands an operator of a search`);
  const isName = ({ value: word, isPhrase }: QueryTerm) => isPhrase || !/^(?:OR|AND|\|)$/.test(word);
  if (!terms.filter(isName).every(({ value: word }) => NAMES_SOMETHING.test(word)))
    throw wrong(`${field} names nobody`);
  return plain;
}

/** Words of a subject; what would mean something else in a search counts as a phrase. */
function subjectOf(value: string): string {
  const plain = plainSearch(value);
  if (!NAMES_SOMETHING.test(plain)) throw wrong('the subject says nothing');
  const isPlain =
    /^[\p{L}\p{N}\p{M}\s.,!?'’&#@/_+]*$/u.test(plain) && whyNotAsMeant(`subject:(${plain})`) === undefined;
  if (isPlain && !/(?:^|\s)(?:OR|AND|NOT|AROUND)(?:\s|$)/.test(plain)) return plain;
  return `"${plain.replaceAll('"', ' ').replace(/\s+/g, ' ').trim()}"`;
}

function queryOf(value: string): string {
  const plain = plainSearch(value);
  // A hyphen before a bracket takes out all that is in it.
  const reason = whyNotAsMeant(plain.replace(/-(?=[({"])/g, ''));
  if (reason) throw wrong(`in query ${reason}`);
  return plain;
}
