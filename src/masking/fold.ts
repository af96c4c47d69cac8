import { type CodeShape, shapeOf } from './codes/code-shape.ts';
import { DOTS, JOINER, withPlainDigits } from './codes/digits.ts';
import { remembering } from './remembering.ts';
import { restOfAddress } from './wrapped.ts';

export const CODE_HIDDEN = '[one-time code hidden]';
export const RESET_HIDDEN = '[password-reset link hidden]';
export const SIGN_IN_HIDDEN = '[sign-in link hidden]';

/** What stands for a code and for a link in a folded text. */
export const CODE = '\u{e000}';
export const LINK = '\u{e001}';

export interface Token {
  /** Where it stands in the text, with the parentheses around a link that is the target of a word. */
  start: number;
  end: number;
  /** Where its one character stands in the folded text. */
  at: number;
  what: 'hidden' | 'code' | 'link';
  /** The token as the text has it; of a link the address alone, in one piece. */
  raw: string;
  shape?: CodeShape;
}

export interface Folded {
  text: string;
  tokens: readonly Token[];
}

// Parentheses in pairs belong to an address; one that is not closed in it, or not opened, does not.
const IN_URL = String.raw`[^\s<>"\\^{}|()（）「」『』【】，。、；：！？“”\[]`;
const URL_REST = String.raw`(?:${IN_URL}|\[(?!one-time|password-reset|sign-in)|\(${IN_URL}*\))+`;
const SCHEMED = String.raw`(?<![\w.+-])[a-z][a-z\d+.-]{1,30}:\/\/${URL_REST}`;
const SCHEMELESS = String.raw`(?:(?<![\w@:./+-])\/\/|(?<![\w@./+-]))(?:[a-z\d-]{1,63}\.){1,6}[a-z]{2,24}(?::\d{1,5})?[\/?]${URL_REST}`;
const HIDDEN = String.raw`\[(?:one-time code|password-reset link|sign-in link) hidden\]`;
// What keeps telephones from taking a code for a number of theirs, and is not seen.
const UNSEEN = String.raw`(?:[\u{ad}\u{200b}-\u{200f}\u{2060}\u{feff}]|\u{fe0f}|\u{20e3})`;
const DIGITS = String.raw`\d+(?:${UNSEEN}+\d+)*(?:\u{fe0f}?\u{20e3})?`;
const FURTHER = String.raw`[ \t]${DIGITS}`;
// A loop remembers each turn for going back, 16 MB for a mail that is one run; what a lookahead took, the third group of
// TOKEN, is taken back as one.
const GROUPS = String.raw`${DIGITS}(?:${FURTHER}){1,64}(?:(?=((?:${FURTHER}){64}))\3)*(?:${FURTHER})*`;
const WORD = [
  String.raw`(?<![\p{Script=Latin}\p{Script=Cyrillic}\p{N}@\/\\+$€£¥₹₽₺₩]_{0,2}|[.-]_{1,2})(?<!\p{N}[.,:\/–-]_{0,2}(?=\d))(?:`,
  // Groups first: a single group would be taken without the rest.
  String.raw`${GROUPS}(?!_{0,2}[a-z\d-])|`,
  // Halves in cells or lines of their own.
  String.raw`(?<![\d|]\s?)\d{3}(?:\s?\|\s?(?:-\s?\|\s?)?|\r?\n)\d{3}(?!\s{0,2}\|?\s?[\w-])|`,
  // Halves with a dot between them.
  String.raw`(?<![\d${DOTS}]\s?)(?:\d{3}\s?[${DOTS}]\s?\d{3}|\d{4}\s?[${DOTS}]\s?\d{4})(?![\w-]|\s?[\d${DOTS}])|`,
  // Each digit in a cell of its own.
  String.raw`\d(?:(?:\s{1,4}|\s?\|\s?)\d){3,9}(?!\s{0,2}\|?\s?\d)(?![\w-])|`,
  String.raw`[a-z\d]+(?:(?:-|${UNSEEN}+)[a-z\d]+)*(?:\u{fe0f}?\u{20e3})?)`,
].join('');
const TOKEN = new RegExp(`(${HIDDEN})|(${SCHEMED}|${SCHEMELESS})|${WORD}`, 'giu');

/**
 * What may not follow a code: the rest of a word or number, and money. Behind a comma minutes may stand, in scripts that
 * leave no blank there: `482913,5分钟内有效`.
 */
const GOES_ON =
  /^_{0,2}(?:[\p{Script=Latin}\p{Script=Cyrillic}\p{N}@%°]|[.:/]\p{N}|,\p{N}(?!\p{N}?\s?[分분])|(?<=_)[./]\p{L}|-\p{L}|\s?[$€£¥₹₽₺₩]|\s?(?:円|元|원|块|塊))/u;

/** A digit, or what may come to one. */
const DIGIT_OR_ODD = /[^ -/:-~]/;

/**
 * Writes each code, link and placeholder as one character. Whatever is decided on the folded text comes out the same
 * when some of them are hidden already, so masking twice changes nothing.
 */
export const fold: (written: string) => Folded = remembering(foldText);

function foldText(written: string): Folded {
  const text = withPlainDigits(written);
  const tokens: Token[] = [];
  const pieces: string[] = [];
  let done = 0;
  let length = 0;
  const add = (token: Omit<Token, 'at'>, character: string) => {
    pieces.push(text.slice(done, token.start), character);
    length += token.start - done;
    tokens.push({ ...token, at: length });
    length += 1;
    done = token.end;
  };
  const pattern = new RegExp(TOKEN);
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    const { index: start } = match;
    const [raw, hidden, link] = match;
    const end = start + raw.length;
    if (hidden !== undefined) add({ start, end, what: 'hidden', raw }, raw === CODE_HIDDEN ? CODE : LINK);
    else if (link !== undefined) {
      add(linkAt(text, start, link), LINK);
      pattern.lastIndex = Math.max(end, done);
    } else for (const code of codesAt(text, start, raw)) add(code, CODE);
  }
  return { text: `${pieces.join('')}${text.slice(done)}`, tokens };
}

/** Puts the placeholders where the tokens were. */
export function unfold(text: string, tokens: readonly Token[], hidden: ReadonlyMap<Token, string>): string {
  const pieces: string[] = [];
  let done = 0;
  for (const token of tokens) {
    const placeholder = hidden.get(token);
    if (placeholder === undefined) continue;
    pieces.push(text.slice(done, token.start), placeholder);
    done = token.end;
  }
  return `${pieces.join('')}${text.slice(done)}`;
}

function linkAt(text: string, start: number, match: string): Omit<Token, 'at'> {
  const wrapped = restOfAddress(text, start, start + match.length);
  const raw = withoutTail(match + wrapped.rest);
  const end = wrapped.end - (match.length + wrapped.rest.length - raw.length);
  const inside = text[start - 1] === '(' && text[end] === ')';
  return { start: inside ? start - 1 : start, end: inside ? end + 1 : end, what: 'link', raw };
}

/** Without the punctuation of the sentence around it. */
function withoutTail(url: string): string {
  let end = url.length;
  while (end > 0 && ".,;:!?'’*_]`".includes(url[end - 1] ?? '')) end--;
  return url.slice(0, end);
}

function codesAt(text: string, first: number, raw: string): Omit<Token, 'at'>[] {
  const end = first + raw.length;
  const start = text[first - 1] === JOINER ? first - 1 : first;
  // Most words of a text have no digit, which every code of a shape has.
  if (raw.length < 4 || !DIGIT_OR_ODD.test(raw) || GOES_ON.test(text.slice(end, end + 6))) return [];
  const shape = shapeOf(raw);
  if (shape) return [{ start, end, what: 'code', raw, shape }];
  const beside = codesBeside(first, raw);
  if (beside.length > 0) return beside;
  // A year in front of a code, as in "12 May 2026 482913", or a short number behind one: "482913 10 minutes".
  const [, year = '', rest] =
    /^((?:19|20)\d\d\s)(\d+(?:\s\d+)?)$/.exec(raw) ??
    /^()(\d{5,8}|\d{3}\s\d{3}|\d{4}\s\d{4})\s\d{1,2}$/.exec(raw) ??
    [];
  const split = rest === undefined ? undefined : shapeOf(rest);
  if (!rest || !split) return [];
  const from = first + year.length;
  return [{ start: from, end: from + rest.length, what: 'code', raw: rest, shape: split }];
}

/** Codes of one length beside one another, as in the columns of a list; short numbers may count them. */
function codesBeside(first: number, raw: string): Omit<Token, 'at'>[] {
  if (!/\S{5}/.test(raw)) return [];
  const long: RegExpExecArray[] = [];
  // A run may be as long as a mail, so the first group that is in no list ends it.
  for (const group of raw.matchAll(/\S+/g)) {
    const { length } = group[0];
    if (length > 2 && length < 5) return [];
    if (length < 5) continue;
    if (length !== (long[0]?.[0].length ?? length)) return [];
    long.push(group);
  }
  if (long.length < 2) return [];
  return long.flatMap(({ index, 0: code }) => {
    const [start, shape] = [first + index, shapeOf(code)];
    return shape ? [{ start, end: start + code.length, what: 'code' as const, raw: code, shape }] : [];
  });
}
