import { CODE, CODE_HIDDEN, type Folded, fold } from '../fold.ts';
import type { CodeShape } from './code-shape.ts';
import { isBooking, isLabelledAbove, isNamedOther, isOtherNumber, isPromotion } from './code-vetoes.ts';
import { type Hit, hitsIn } from './lexicon.ts';
import { MEANING } from './meaning.ts';
import { type Layout, standsForItself, standsOut } from './standing.ts';

/** What of a mail speaks for a one-time code, or against one, whatever its language is. */
export interface Circumstances {
  /** Whether a machine or a person sent it, as far as the address tells. */
  sender: 'machine' | 'person' | 'unknown';
  /** Whether the whole of it is short. */
  isShort: boolean;
  /** How many numbers and words in it look like codes. */
  candidates: number;
  /** Whether its words speak of signing in, of entering something, of orders and the like. */
  speaksOf: number;
  /** What looks like a code both in the subject and in the text. */
  repeated: ReadonlySet<string>;
  /** Whether it has a number such as codes live for in minutes. */
  hasLifetime: boolean;
  /** Whether a one-time code in it would be long dead. */
  isOld: boolean;
}

/** No longer does a service wait for a code, in milliseconds. */
const ALIVE = 86_400_000;
/** Mails with a code are short, in characters; links are not counted. */
const SHORT = 700;
/** How much of a mail is looked at, in characters. */
const JUDGED = 4_000;

const MACHINE =
  /(?:no-?_?reply|do-?not-?reply|donotreply|noresponder|nao-?responda|ne-?pas-?repondre|nie-?odpowiadaj|login|log-?in|sign-?in|security|secure|verif\w*|auth\w*|otp|accounts?|konto|notif\w*|automated|bot|mailer|system|service)[^@\s]*@/i;

/** Looks at the whole of a mail once, in which codes of letters are hidden already. */
export function circumstancesOf(
  { from, subject, text }: { from: string; subject: string; text: string },
  age = 0,
): Circumstances {
  const title = fold(subject.slice(0, JUDGED));
  const body = fold(text.slice(0, JUDGED));
  const [inTitle, inBody] = [valuesOf(title), valuesOf(body)];
  return {
    sender: senderOf(from),
    isShort: text.length <= JUDGED && body.text.length <= SHORT,
    candidates: countOf(title) + countOf(body),
    speaksOf: meaningOf(title) | meaningOf(body),
    repeated: new Set([...inTitle].filter((value) => inBody.has(value))),
    hasLifetime: LIFETIME.test(body.text),
    isOld: age > ALIVE,
  };
}

/** Apart, since each is looked through by itself as well, and what is found in a text is remembered. */
function meaningOf({ text }: Folded): number {
  return hitsIn(text).reduce((means, hit) => means | hit.means, 0);
}

function valuesOf({ tokens }: Folded): Set<string> {
  return new Set(tokens.flatMap(({ shape }) => (shape ? [shape.value] : [])));
}

/** What is hidden already counts as well, so that masking twice changes nothing. */
function countOf({ tokens }: Folded): number {
  return tokens.filter(({ shape, raw }) => shape || raw === CODE_HIDDEN).length;
}

function senderOf(from: string): Circumstances['sender'] {
  if (MACHINE.test(from)) return 'machine';
  const [, name = '', local = ''] = /^\s*"?([^"<]*?)"?\s*<([^@<>]+)@/.exec(from) ?? [];
  const [given = '', ...family] = name.toLowerCase().split(/\s+/);
  return family.length > 0 && given.length > 1 && local.toLowerCase().startsWith(given) ? 'person' : 'unknown';
}

/** How many points make a code of a number. */
const ENOUGH = 6;

/** How many minutes or hours a code lives, in figures. */
const LIFETIME = /(?<![\p{N}.,:/-])(?:5|10|15|20|24|30|60)(?![\p{N}.,:/-])/u;

interface Place {
  text: string;
  at: number;
  shape: CodeShape;
  hits: readonly Hit[];
  context: { layout: Layout };
}

/** Whether a number is most likely a code for all that is known, though no words say so. */
export function isLikely(place: Place, mail: Circumstances): boolean {
  const { text, at, shape, hits } = place;
  const { layout } = place.context;
  const stands = layout === 'line' ? standsOut(text, at) : standsForItself(text, at, layout);
  // `ACME-4821` is the name of a task as well, and numbers stand in tables.
  const isNoCode = (shape.kind === 'mixed' && !shape.random) || shape.halves;
  if (!stands || shape.likeDate || shape.kind === 'long' || isNoCode) return false;
  if (mail.speaksOf & (MEANING.other | MEANING.offer) && !mail.repeated.has(shape.value)) return false;
  if (isOtherNumber(text, at) || isLabelledAbove(text, at) || isNamedOther(text, at, hits)) return false;
  if (isPromotion(text, at) || isBooking(text, at)) return false;
  return pointsOf(place, mail) >= ENOUGH;
}

function pointsOf({ text, at, shape, context }: Place, mail: Circumstances): number {
  const isLine = context.layout === 'line';
  const points: readonly [boolean, number][] = [
    [true, isLine ? 3 : 2],
    [shape.kind !== 'mixed' && shape.value.length >= 5 && shape.value.length <= 8, 1],
    [shape.value.length > 8, -1],
    [shape.kind === 'mixed', -1],
    [mail.repeated.has(shape.value), 2],
    [mail.isShort, 1],
    [mail.candidates <= 3, 1],
    [mail.candidates > 5, -1],
    [mail.sender === 'machine', 1],
    [mail.sender === 'person', -1],
    [(mail.speaksOf & (MEANING.lets | MEANING.self | MEANING.login)) !== 0, 2],
    [(mail.speaksOf & MEANING.asks) !== 0, 1],
    [text.trim() === CODE, isLine ? 0 : 2],
    [mail.hasLifetime, 1],
    [/\*\*\s*$/.test(text.slice(Math.max(0, at - 4), at)), 1],
    [/[:：]\s*$/.test(text.slice(Math.max(0, at - 8), at)), 1],
    [/000$/.test(shape.value), -2],
    [/[\p{L}\p{M}]{2}[^\S\n]*\n[^\S\n]*$/u.test(text.slice(Math.max(0, at - 40), at)), -2],
    [mail.isOld, -4],
  ];
  return points.reduce((sum, [holds, worth]) => (holds ? sum + worth : sum), 0);
}
