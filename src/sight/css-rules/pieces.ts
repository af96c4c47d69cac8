import { tokenize, tokenTypes } from 'css-tree/tokenizer';

/**
 * css-tree takes no more at once, in characters: its trees take much room, and each of its parses, however short, clears
 * a buffer as long as the longest text that it has ever parsed.
 */
const MOST_AT_ONCE = 16_000;

/** Blocks within blocks that are too long to be parsed at once. */
const DEEPEST = 6;
/** What stands before a block, such as selectors, in characters. */
const LONGEST_HEAD = 4_000;

const { LeftCurlyBracket, RightCurlyBracket, LeftParenthesis, RightParenthesis, Semicolon } = tokenTypes;
const OPENS = new Set([LeftCurlyBracket, LeftParenthesis, tokenTypes.Function]);
const CLOSES = new Set([RightCurlyBracket, RightParenthesis]);

/**
 * A style sheet, or the declarations of a block, in pieces that css-tree can parse each by itself. A block that is too
 * long becomes several with the same head; a single declaration that is too long is left out.
 */
export function piecesOf(text: string, depth = 0): string[] {
  if (text.length <= MOST_AT_ONCE) return [text];
  const pieces: string[] = [];
  let from = 0;
  let last = 0;
  for (const end of [...endsOf(text), text.length]) {
    if (end - from > MOST_AT_ONCE && last > from) {
      pieces.push(text.slice(from, last));
      from = last;
    }
    if (end - from > MOST_AT_ONCE) {
      pieces.push(...splitBlock(text.slice(from, end), depth));
      from = end;
    }
    last = end;
  }
  if (from < text.length) pieces.push(text.slice(from));
  return pieces;
}

/** Where the rules and declarations end that stand in no block. */
function endsOf(text: string): number[] {
  const ends: number[] = [];
  let depth = 0;
  tokenize(text, (type, _start, end) => {
    if (OPENS.has(type)) depth++;
    else if (CLOSES.has(type)) depth = Math.max(0, depth - 1);
    if (depth === 0 && (type === RightCurlyBracket || type === Semicolon)) ends.push(end);
  });
  return ends;
}

function splitBlock(text: string, depth: number): string[] {
  let start = -1;
  tokenize(text, (type, at) => {
    if (start === -1 && type === LeftCurlyBracket) start = at;
  });
  if (start === -1 || start > LONGEST_HEAD || depth >= DEEPEST) return [];
  const head = text.slice(0, start);
  const inner = text.slice(start + 1).replace(/\}\s*$/, '');
  return piecesOf(inner, depth + 1).map((piece) => `${head}{${piece}}`);
}
