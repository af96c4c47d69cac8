import { Problem } from '../../shared/problems.ts';

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

/**
 * Checks a search that says which mail is hidden. Gmail guesses what a malformed one may mean; what should be hidden
 * is nothing to guess.
 *
 * @returns the search in plain spelling
 * @throws Problem `hidden_query_wrong`
 */
export function checkHiddenQuery(query: string): string {
  const plain = plainQuotes(query).replace(/\s+/g, ' ').trim();
  const reason = unbalanced(plain) ?? whyMeaningless(plain);
  if (reason) throw Problem.of('hidden_query_wrong', { reason });
  return plain;
}

function whyMeaningless(query: string): string | undefined {
  const bare = query.replace(/"[^"]*"/g, '"x"');
  if (!/[\p{L}\p{N}]/u.test(query)) return 'there are no words';
  if (/[({]\s*[)}]/.test(bare)) return 'there is nothing between two brackets';
  if (JOINS_NOTHING.test(bare)) return 'OR, AND, NOT or a hyphen stands at an edge, where it joins nothing';
  if (/(?:^|[\s({-])[a-z\d_]+:(?=[\s)}]|$)/i.test(bare)) return 'nothing stands directly behind a colon';
  return undefined;
}
