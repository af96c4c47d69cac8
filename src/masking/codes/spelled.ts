import { CODE_HIDDEN } from '../fold.ts';
import { isBooking, isPromotion } from './code-vetoes.ts';
import { type Trigger, triggersIn } from './code-words.ts';
import { hitsIn } from './lexicon.ts';
import { MEANING } from './meaning.ts';
import { namedValues } from './named-values.ts';
import { DATE, IN_FRONT, LETTERS, LONE, ODD, TYPED, UNSPEAKABLE, WORDS } from './spelled-shapes.ts';
import { type Layout, QUOTES } from './standing.ts';

/** What leads from the words to the code, when it looks like a word itself, with the signs in front of it. */
const saying = (signs: string) =>
  new RegExp(
    String.raw`^((?:\s{1,3}(?:is|lautet|ist|est|es|è|é|jest|to)(?:\s{1,3}(?:le|el|il|the))?)?[\s:：=${signs}]{0,8})`,
    'iu',
  );
const SAID = saying(QUOTES);
/** A password may begin with a sign, so few signs are not taken for its own. */
const SAID_OF_PASSWORD = saying(`*_"“„'’(`);
/** `the login code that you requested: ` */
const SAID_LATER = /^(?:\s\p{L}{1,15}){1,5}:\s{1,4}/u;

/** How far below its words a code of letters may stand, in characters. */
const BELOW = 300;
/** The longest of all is the phrase of a wallet, in characters. */
const LONGEST = 300;

interface SpelledContext {
  /** Whether the subject or the sender announces a code. */
  announced: boolean;
  layout: Layout;
  /** What another part of the mail gave away. */
  known?: ReadonlySet<string> | undefined;
}

interface Spelled {
  text: string;
  count: number;
  /** What was hidden. */
  secrets: ReadonlySet<string>;
}

/**
 * Hides codes and passwords that no shape gives away, which count only behind the words that announce them:
 * `Your activation code is QHXKBT`, `Temporary password: Xk9#mQ2!`.
 *
 */
export function hideSpelled(text: string, { announced, layout, known }: SpelledContext): Spelled {
  const hits = hitsIn(text);
  const triggers = triggersIn(text, hits).filter(({ strength }) => strength === 'strong');
  const asking = hits.filter(({ means }) => means & (MEANING.lets | MEANING.asks));
  const found = [
    ...spelledCodes(text, triggers),
    ...typedCodes(text),
    ...loneCodes(text, triggers, asking, announced),
    ...(layout === 'snippet' ? [...apartCodes(text, triggers), ...knownIn(text, known)] : []),
    ...passwords(text, triggers),
    ...(layout === 'text' ? namedValues(text) : []),
  ];
  found.sort((a, b) => a.start - b.start);
  const pieces: string[] = [];
  let done = 0;
  let count = 0;
  for (const { start, end } of found) {
    if (start < done) continue;
    pieces.push(text.slice(done, start), CODE_HIDDEN);
    done = end;
    count++;
  }
  const secrets = new Set(found.map(({ start, end }) => text.slice(start, end)));
  return { text: `${pieces.join('')}${text.slice(done)}`, count, secrets };
}

interface Span {
  start: number;
  end: number;
}

function spelledCodes(text: string, triggers: readonly Trigger[]): Span[] {
  return triggers.flatMap(({ start: from, end, words }) => {
    const front = IN_FRONT.exec(text.slice(Math.max(0, from - 60), from))?.[1];
    if (front !== undefined && !WORDS.test(front)) {
      const start = text.lastIndexOf(front, from);
      return [{ start, end: start + front.length }];
    }
    const said = saidLength(text, end, SAID);
    const start = end + (said || (SAID_LATER.exec(text.slice(end, end + 64))?.[0].length ?? 0));
    const behind = text.slice(start, start + LONGEST);
    const code = LETTERS.exec(behind)?.[0] ?? ODD.exec(behind)?.[0];
    if (start === end || code === undefined || WORDS.test(code) || DATE.test(code)) return [];
    // Ordinary words follow a colon too; none has hyphens or digits like these.
    if (said === 0 && !/[-\d]/.test(code)) return [];
    if (/confirm/i.test(words) && isBooking(text, start)) return [];
    return [{ start, end: start + code.length }];
  });
}

/** `Use QHXKBT to sign in` */
function typedCodes(text: string): Span[] {
  return [...text.matchAll(TYPED)].flatMap(({ 1: code = '', indices }) => {
    const [start, end] = indices?.[1] ?? [0, 0];
    return WORDS.test(code) ? [] : [{ start, end }];
  });
}

/** Codes of letters alone on a line; those without hyphens only right below what announces them. */
function loneCodes(text: string, triggers: readonly Span[], asking: readonly Span[], announced: boolean): Span[] {
  if (!announced && triggers.length === 0 && asking.length === 0) return [];
  const isBelow = [below(triggers), below(asking)];
  const isAbove = above(triggers);
  return [...text.matchAll(LONE)].flatMap((match) => {
    const code = match[1] ?? '';
    const start = match.index + match[0].lastIndexOf(code);
    const [announces, asks] = isBelow.map((test) => test(start));
    if (WORDS.test(code) || isBooking(text, start) || isPromotion(text, start)) return [];
    const drawn = code.includes('-') && (announced || (asks && /^[A-Z]/.test(code)));
    const follows = UNSPEAKABLE.test(code) && isAbove(start);
    return drawn || announces || follows ? [{ start, end: start + code.length }] : [];
  });
}

/** The same in a snippet, between the end of a sentence and what may begin a line. */
const APART_LETTERS =
  /(?<=^|[.:!?。：！？…]\s)((?:[A-Z]{3,4}-){1,3}[A-Z]{3,4}|[A-Z]{5,8}|[a-z]{3,9}(?:-[a-z]{3,9}){2,4})(?=\s*$|\s+[\p{Lu}\p{Lo}(])/gu;

function apartCodes(text: string, triggers: readonly Span[]): Span[] {
  if (triggers.length === 0) return [];
  const announces = below(triggers);
  return [...text.matchAll(APART_LETTERS)].flatMap(({ index: start, 0: code }) =>
    announces(start) && !WORDS.test(code) && !isBooking(text, start) && !isPromotion(text, start)
      ? [{ start, end: start + code.length }]
      : [],
  );
}

/** A snippet is short enough to look for each of few words. */
const MOST_KNOWN = 50;

function knownIn(text: string, known: ReadonlySet<string> = new Set()): Span[] {
  return [...known].slice(0, MOST_KNOWN).flatMap((secret) => {
    const start = secret.length >= 5 && /^\D+$/.test(secret) ? text.indexOf(secret) : -1;
    return start < 0 ? [] : [{ start, end: start + secret.length }];
  });
}

/** Makes a test of whether one of the spans, which are in their order, ends right above a place; places only grow. */
function below(spans: readonly Span[]): (at: number) => boolean {
  let passed = 0;
  return (at) => {
    while ((spans[passed]?.end ?? Infinity) <= at) passed++;
    return at - (spans[passed - 1]?.end ?? -Infinity) <= BELOW;
  };
}

/** Makes a test of whether one of the spans begins right below a place; places only grow. */
function above(spans: readonly Span[]): (at: number) => boolean {
  let passed = 0;
  return (at) => {
    while ((spans[passed]?.start ?? Infinity) <= at) passed++;
    return (spans[passed]?.start ?? Infinity) - at <= BELOW;
  };
}

function passwords(text: string, triggers: readonly Trigger[]): Span[] {
  return triggers.flatMap(({ end, words }) => {
    const start = end + saidLength(text, end, SAID_OF_PASSWORD);
    const word =
      /^[^\s[\]]{6,40}(?![^\s[\]])/.exec(text.slice(start, start + 42))?.[0].replace(/[.,;:)"”’]+$/, '') ?? '';
    if (start === end || !/\d/.test(word) || !/\p{L}/u.test(word) || word.includes('://')) return [];
    return hitsIn(words).some(({ means }) => means & MEANING.key) ? [{ start, end: start + word.length }] : [];
  });
}

/** How long `: ` or ` is ` is; 0 where what follows is an ordinary part of the sentence. */
function saidLength(text: string, at: number, pattern: RegExp): number {
  const said = pattern.exec(text.slice(at, at + 32))?.[1] ?? '';
  return /[:：=\p{L}]/u.test(said) ? said.length : 0;
}
