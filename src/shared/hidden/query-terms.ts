/** A word or phrase of a search, and what it is asked of. */
export interface QueryTerm {
  /** In lower case; absent where the word may stand anywhere. */
  operator?: string;
  value: string;
  isPhrase: boolean;
}

const TOKEN = /"[^"]*"|[(){}]|[^\s(){}"]+/g;
const OPERATOR = /^-*([a-z][a-z\d_]*):(.*)$/is;

/**
 * Takes a search apart as Gmail does (https://support.google.com/mail/answer/7190). An operator before brackets is that
 * of each word within.
 *
 * @param query balanced, with nothing but plain quotes and brackets
 */
export function termsOf(query: string): QueryTerm[] {
  const terms: QueryTerm[] = [];
  const groups: (string | undefined)[] = [];
  /** An operator whose value is the next token. */
  let open: string | undefined;
  for (const [token] of query.matchAll(TOKEN)) {
    const operator = open ?? groups.at(-1);
    open = undefined;
    if (token === '(' || token === '{') groups.push(operator);
    else if (token === ')' || token === '}') groups.pop();
    else if (token.startsWith('"')) terms.push({ ...named(operator), value: token.slice(1, -1), isPhrase: true });
    else {
      const [, name, value] = OPERATOR.exec(token) ?? [];
      if (name === undefined) terms.push({ ...named(operator), value: token, isPhrase: false });
      else if (value) terms.push({ operator: name.toLowerCase(), value, isPhrase: false });
      else open = name.toLowerCase();
    }
  }
  return terms;
}

const named = (operator: string | undefined) => (operator === undefined ? {} : { operator });

/**
 * What a search finds any of, where it is no more than that: `a OR b`, `{a b}`, or one thing alone. Brackets around one
 * of them are left out.
 */
export function alternativesOf(query: string): string[] {
  const pieces = topLevel(query);
  const [only = ''] = pieces;
  if (pieces.length === 1 && /^[({]/.test(only)) {
    const inner = only.slice(1, -1).trim();
    return only.startsWith('{') ? topLevel(inner).map(bare) : alternativesOf(inner);
  }
  const isChoice = pieces.length > 1 && pieces.every((piece, at) => (at % 2 === 1) === /^(?:OR|\|)$/.test(piece));
  return isChoice ? pieces.filter((_, at) => at % 2 === 0).map(bare) : [query.trim()];
}

const bare = (piece: string): string => (piece.startsWith('(') ? piece.slice(1, -1).trim() : piece);

/** The pieces that stand side by side outside every bracket; an operator or a hyphen belongs to what follows it. */
function topLevel(query: string): string[] {
  const pieces: string[] = [];
  let [depth, piece] = [0, ''];
  for (const [token] of query.matchAll(/"[^"]*"|[(){}]|\s+|[^\s(){}"]+/g)) {
    if (depth === 0 && /^\s/.test(token)) {
      pieces.push(piece);
      piece = '';
      continue;
    }
    if (/^[({]$/.test(token)) depth += 1;
    if (/^[)}]$/.test(token)) depth -= 1;
    piece += token;
  }
  return [...pieces, piece].filter((each) => each !== '');
}
