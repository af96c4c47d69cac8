/** A search as a tree. An empty `all` finds every message. */
export type Query =
  | { kind: 'all' | 'any'; of: readonly Query[] }
  | { kind: 'not'; of: Query }
  /**
   * `value` is in lower case, but for `rfc822msgid`. The operator is empty for plain words. Of exact words no other forms
   * are found.
   */
  | { kind: 'term'; operator: string; value: string; isExact: boolean };

/** The operators of https://support.google.com/mail/answer/7190. */
const OPERATORS = [
  ...['from', 'to', 'cc', 'bcc', 'subject', 'label', 'in', 'is', 'has', 'filename', 'category', 'list', 'deliveredto'],
  ...['larger', 'smaller', 'size', 'before', 'after', 'older', 'newer', 'older_than', 'newer_than', 'rfc822msgid'],
];

interface Token {
  kind: 'bracket' | 'phrase' | 'minus' | 'operator' | 'word';
  text: string;
}

const TOKEN = new RegExp(
  [
    '(?<bracket>[(){}])',
    '"(?<phrase>[^"]*)"',
    // A hyphen within a word belongs to the word.
    '(?<minus>-)(?=[^\\s)}])',
    `(?<operator>${OPERATORS.join('|')}):(?=[^\\s)}])`,
    '(?<word>[^\\s(){}"]+)',
  ].join('|'),
  'gi',
);

function lex(query: string): Token[] {
  const kinds = ['bracket', 'phrase', 'minus', 'operator', 'word'] as const;
  return [...query.matchAll(TOKEN)].flatMap(({ groups }) =>
    kinds.flatMap((kind) => {
      const text = groups?.[kind];
      return text === undefined ? [] : [{ kind, text }];
    }),
  );
}

/** Groups and operators nest no deeper: brackets beyond that are left out. */
const DEEPEST = 100;

/** Words that can be searched for have letters or digits, or are pictures. */
const SEARCHABLE = /[\p{L}\p{N}\p{Extended_Pictographic}]/u;

/** Reads a search. Nothing is an error: what makes no sense is read as words, or left out where it has no letters. */
export function parseSearch(query: string): Query {
  return new Parser(lex(query)).all();
}

class Parser {
  readonly #tokens: readonly Token[];
  #at = 0;
  #depth = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  /** Everything; brackets that close nothing are passed over. */
  all(): Query {
    const of: Query[] = [];
    while (this.#at < this.#tokens.length) {
      of.push(...this.#items(''));
      this.#at += 1;
    }
    return { kind: 'all', of };
  }

  /** What stands between two brackets, or up to the end. The closing bracket itself is left. */
  #items(operator: string): Query[] {
    const items: Query[] = [];
    while (this.#startsItem()) {
      if (items.length > 0) this.#skipConjunction();
      const item = this.#alternatives(operator);
      if (item) items.push(item);
    }
    return items;
  }

  /** `AND` and `AROUND 10` between two items say no more than that both are wanted. */
  #skipConjunction(): void {
    if (this.#isWord('AND') && this.#startsItem(1)) this.#at += 1;
    else if (this.#isWord('AROUND') && /^\d+$/.test(this.#peek(1)?.text ?? '') && this.#startsItem(2)) this.#at += 2;
  }

  /** `a OR b`, which binds more tightly than two words side by side. */
  #alternatives(operator: string): Query | undefined {
    const items = [this.#unary(operator)];
    while ((this.#isWord('OR') || this.#isWord('|')) && this.#startsItem(1)) {
      this.#at += 1;
      items.push(this.#unary(operator));
    }
    const of = items.filter((item) => item !== undefined);
    return of.length > 1 ? { kind: 'any', of } : of[0];
  }

  #unary(operator: string): Query | undefined {
    let negated = false;
    while (this.#peek()?.kind === 'minus' || (this.#isWord('NOT') && this.#startsItem(1))) {
      negated = !negated;
      this.#at += 1;
    }
    const of = this.#primary(operator);
    return of && negated ? { kind: 'not', of } : of;
  }

  #primary(operator: string): Query | undefined {
    const token = this.#peek();
    this.#at += 1;
    if (token?.kind === 'operator') return this.#nested(() => this.#unary(token.text.toLowerCase()));
    if (token?.kind === 'bracket') return this.#nested(() => this.#group(operator, token.text));
    if (token?.kind === 'phrase') return phrase(operator, token.text);
    return term(operator, token?.text ?? '');
  }

  #group(operator: string, opening: string): Query | undefined {
    const of = this.#items(operator);
    // A group that nothing closes ends with the search.
    this.#at += 1;
    if (of.length < 2) return of[0];
    return { kind: opening === '{' ? 'any' : 'all', of };
  }

  #nested(read: () => Query | undefined): Query | undefined {
    if (this.#depth >= DEEPEST) return undefined;
    this.#depth += 1;
    const query = read();
    this.#depth -= 1;
    return query;
  }

  #peek(ahead = 0): Token | undefined {
    return this.#tokens[this.#at + ahead];
  }

  #isWord(text: string): boolean {
    const token = this.#peek();
    return token?.kind === 'word' && token.text === text;
  }

  #startsItem(ahead = 0): boolean {
    const token = this.#peek(ahead);
    return token !== undefined && !(token.kind === 'bracket' && /[)}]/.test(token.text));
  }
}

/** `"secret AROUND 25 birthday"` wants both, as it does without quotes. */
function phrase(operator: string, text: string): Query | undefined {
  const pieces = text.split(/\s+AROUND\s+\d+\s+/).map((piece) => term(operator, piece, true));
  const of = pieces.filter((piece) => piece !== undefined);
  return of.length > 1 ? { kind: 'all', of } : of[0];
}

/** `+word` asks for exactly this word, and so do quotes. */
function term(operator: string, text: string, isExact = text.startsWith('+')): Query | undefined {
  if (!SEARCHABLE.test(text)) return undefined;
  const bare = text.replace(/^\+/, '');
  return { kind: 'term', operator, value: operator === 'rfc822msgid' ? bare : bare.toLowerCase(), isExact };
}
