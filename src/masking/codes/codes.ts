import type { Folded, Token } from '../fold.ts';
import { type Circumstances, isLikely } from './circumstances.ts';
import type { CodeShape } from './code-shape.ts';
import {
  isBooking,
  isLabelledAbove,
  isMeeting,
  isNamedOther,
  isOtherNumber,
  isPromotion,
  MEETING_CODE,
} from './code-vetoes.ts';
import { type Trigger, triggersIn } from './code-words.ts';
import { type Hit, hitsIn } from './lexicon.ts';
import { type Layout, MARKS, standsForItself } from './standing.ts';
import { LETTERS } from './words/letters.ts';

export interface CodeContext {
  /** Whether the subject or the sender announces a code. */
  announced: boolean;
  layout: Layout;
  /** What speaks for a code where no word does. */
  circumstances: () => Circumstances;
}

/** How far a code may stand from its words, in characters: in the same sentence, alone on its line, in a single line. */
const SENTENCE = 80;
const LONE_AFTER = 500;
const LONE_BEFORE = 250;
const LINE = 160;

const COPULA = '(?:is|are|lautet|ist|est|es|è|é|e|jest|to|wynosi|son|это|是|为|為|は|が|を|는|은|가|이)';
const ARTICLE = '(?:le|el|il|la|o|a|de|het|now|this)';
/** Of small letters, as the two patterns below that are for both. */
const RIGHT_BEFORE = new RegExp(`^${MARKS}{0,12}(?:${COPULA}(?:${MARKS}{1,6}${ARTICLE})?)?${MARKS}{0,12}$`, 'u');
/** `Your code for Acme is 482913` */
const OF_A_NAME = new RegExp(
  String.raw`^(?:\s[${LETTERS}\d.’'&-]{1,15}){1,4}\s${COPULA}(?:\s${ARTICLE})?[\s:]{1,3}$`,
  'i',
);
const SAYS_WHICH = new RegExp(`[:：=]|${COPULA}`, 'i');
const LEADS_UP = new RegExp(
  `(?:[:：=“„«"(\\[]|(?<![${LETTERS}])(?:${COPULA}(?:\\s${ARTICLE})?|enter|type|use|with|le|el|il|ein))\\s{0,3}$`,
  'i',
);
const RIGHT_BEHIND = new RegExp(
  [
    String.raw`^(?:${MARKS}{0,4}(?:${COPULA}|als|as|comme|como|come|является|your|ihr|dein|votre|tu|su)(?![a-zß-ɏ])|${MARKS}{0,2}[:–—\-,(（】\]])(?:${MARKS}{1,2}[${LETTERS}’']{1,15}){0,5}${MARKS}{0,3}$`,
    `^${MARKS}{0,3}(?:[${LETTERS}’']{1,15}${MARKS}{1,2})?$`,
    `^${MARKS}{0,4}[々ぁ-ヿ㐀-鿿가-힣]{0,10}${MARKS}{0,2}$`,
  ].join('|'),
  'u',
);
/** Of small letters. */
const IS_YOUR = new RegExp(
  String.raw`^${MARKS}{0,3}(?:is|ist|est|es|è|é|jest|to|[–—-])\s(?:your|the|ihr|dein|deine|votre|ton|tu|su|il tuo|o seu|seu|je|jouw|uw|twój|ваш|твой)\s(?:\S{1,20}\s){0,3}$`,
  'u',
);
const VERB = new RegExp(
  String.raw`(?<![${LETTERS}])(?:use|enter|type|input)\s(?:the\s)?(?:number\s|pin\s)?["“*]{0,2}$`,
  'i',
);
const TO_SIGN_IN =
  /^["”*]{0,2}\s(?:\S{1,15}\s){0,4}to\s(?:verify|confirm|sign\s?in|log\s?in|log\sinto|sign\sinto|authenticate|complete|finish|reset|activate|unlock|continue\s(?:sign|log))/i;
const SENTENCE_END = /[.!?。！？](?:\s|$)|\n\s*\n/u;
/** `@host #code` on the last line of a text for the browser to fill in (https://wicg.github.io/sms-one-time-codes/). */
const BOUND_TO_HOST = /@[\w.-]{3,80}\s#$/;

/** `7301 je váš přihlašovací kód`: the sentence begins with the code, and few words lead to the name. */
const BEGINS = new RegExp(String.raw`(?:^|[\n.!?。！？])${MARKS}*$`, 'u');
/** Of small letters. */
const FEW_WORDS = new RegExp(
  String.raw`^${MARKS}{1,6}(?:[${LETTERS}’'.]{1,16}[\s:–—-]{1,3}){0,4}[${LETTERS}]{0,24}$`,
  'u',
);
/** `kód je 7301` */
const LEADS_ON = new RegExp(String.raw`^(?:\s{1,2}[${LETTERS}’']{1,8}){0,2}[\s:"“„«]{1,4}$`, 'i');

interface Place {
  text: string;
  at: number;
  shape: CodeShape;
  /** The words that announce a code, the last before the place and the first behind it, by their strength. */
  last: Nearest;
  next: Nearest;
  /** The words of the text that mean something. */
  hits: readonly Hit[];
  context: CodeContext;
}

type Nearest = Partial<Record<Trigger['strength'], Trigger>>;

/** The codes of a folded text that let somebody in. */
export function codesToHide({ text, tokens }: Folded, context: CodeContext): Token[] {
  const hits = hitsIn(text);
  const triggers = triggersIn(text, hits);
  const hidden = new Set<Token>();
  const last: Nearest = {};
  let passed = 0;
  for (const token of tokens) {
    for (let trigger = triggers[passed]; trigger && trigger.start < token.at; trigger = triggers[++passed]) {
      last[trigger.strength] = trigger;
    }
    if (!token.shape) continue;
    const next: Nearest = {};
    for (const trigger of triggers.slice(passed, passed + 4)) next[trigger.strength] ??= trigger;
    const place = { text, at: token.at, shape: token.shape, last, next, hits, context };
    if (isSecret(place) || isLikely(place, context.circumstances())) hidden.add(token);
  }
  // The same code once more, further away from what says what it is.
  const values = new Set([...hidden].flatMap(({ shape }) => (shape && shape.value.length >= 5 ? [shape.value] : [])));
  return tokens.filter((token) => hidden.has(token) || (token.shape && values.has(token.shape.value)));
}

function isSecret(place: Place): boolean {
  return (
    BOUND_TO_HOST.test(place.text.slice(Math.max(0, place.at - 84), place.at)) ||
    isNamedBefore(place) ||
    isNamedBehind(place) ||
    isInSentence(place) ||
    isTyped(place) ||
    isAlone(place) ||
    (place.context.layout !== 'text' && isInLine(place))
  );
}

/** `Verification code: 482913` */
function isNamedBefore(place: Place): boolean {
  const { text, at, shape, last } = place;
  return (['strong', 'asking', 'weak'] as const).some((strength) => {
    const trigger = last[strength];
    if (!trigger || at - trigger.end > 60) return false;
    const gap = text.slice(trigger.end, at);
    if (gap.length > 30 || !RIGHT_BEFORE.test(gap.toLowerCase())) {
      const leads = strength === 'strong' && LEADS_ON.test(gap) && !isOther(place) && !shape.likeDate;
      if (!leads && (strength !== 'weak' || shape.kind === 'mixed' || !OF_A_NAME.test(gap))) return false;
    }
    if (/[.!]\s*\n/.test(gap)) return false;
    if (strength === 'strong') return !isRefused(place, trigger);
    if (shape.likeDate && !SAYS_WHICH.test(gap)) return false;
    return isAcceptable(place, trigger) && !isOther(place);
  });
}

/** `482913 is your verification code` */
function isNamedBehind(place: Place): boolean {
  const { text, at, shape, next } = place;
  return (['strong', 'asking', 'weak'] as const).some((strength) => {
    const trigger = next[strength];
    if (!trigger || trigger.start - at > 50 || isPlural(trigger)) return false;
    const gap = text.slice(at + 1, trigger.start);
    if (SENTENCE_END.test(gap)) return false;
    const small = gap.toLowerCase();
    const isYours = IS_YOUR.test(small);
    const begins = BEGINS.test(text.slice(Math.max(0, at - 12), at));
    const leads = RIGHT_BEHIND.test(small) && (begins || !/^\s?$/.test(gap));
    const fits =
      strength === 'strong' && !shape.likeDate ? isYours || leads || (begins && FEW_WORDS.test(small)) : isYours;
    return fits && (isYours || isSure(shape)) && isAcceptable(place, trigger) && !isOther(place);
  });
}

/** `Use this verification code to sign in to Nimbus Drive: 482913` */
function isInSentence(place: Place): boolean {
  const { text, at, shape, last } = place;
  if (shape.likeDate || !isSure(shape)) return false;
  return [last.strong, last.asking].some((trigger) => {
    if (!trigger || at - trigger.end > SENTENCE || isPlural(trigger)) return false;
    const gap = text.slice(trigger.end, at);
    if (SENTENCE_END.test(gap)) return false;
    if (!LEADS_UP.test(gap) && (shape.kind === 'mixed' || shape.value.length < 5)) return false;
    return isAcceptable(place, trigger) && !isOther(place);
  });
}

/** `Enter 482913 to sign in` */
function isTyped({ text, at, shape }: Place): boolean {
  if (!VERB.test(text.slice(Math.max(0, at - 30), at)) || !TO_SIGN_IN.test(text.slice(at + 1, at + 120))) return false;
  return isSure(shape) && !isPromotion(text, at);
}

/** A code on a line of its own, after or before a sentence about it. */
function isAlone(place: Place): boolean {
  const { text, at, shape, last, next, context } = place;
  if (!standsForItself(text, at, context.layout) || isLabelledAbove(text, at) || isNamedOther(text, at, place.hits))
    return false;
  // What stands in front of it in a snippet may be its own sentence.
  if (context.layout === 'snippet' && isOtherNumber(text, at)) return false;
  const near = (trigger: Trigger | undefined, room: number) =>
    trigger && at - trigger.end <= room && isAcceptable(place, trigger);
  if (shape.likeDate) {
    return near(last.strong, 60) === true && !SENTENCE_END.test(text.slice(last.strong?.end ?? at, at).trimEnd());
  }
  if (!isSure(shape)) return near(last.strong, 200) === true;
  if (near(last.strong, LONE_AFTER) || near(last.asking, LONE_AFTER) || near(last.weak, 200)) return true;
  if (next.strong && next.strong.start - at <= LONE_BEFORE && isAcceptable(place, next.strong)) return true;
  return context.announced && !isPromotion(text, at);
}

/** In a single line nothing stands alone; in a snippet what would have is asked for first. */
function isInLine(place: Place): boolean {
  const { text, at, shape, last, next, context } = place;
  if (shape.likeDate || !isSure(shape) || isOther(place)) return false;
  if (context.layout === 'snippet') {
    return context.announced && VERB.test(text.slice(Math.max(0, at - 30), at)) && !isPromotion(text, at);
  }
  const before = [last.strong, last.asking].some(
    (trigger) => trigger && at - trigger.end <= LINE && !isPlural(trigger) && isAcceptable(place, trigger),
  );
  if (before || (next.strong && next.strong.start - at <= LINE && !isPlural(next.strong))) return true;
  return context.announced && !isPromotion(text, at);
}

/** Whether words announce this code; for those that only ask for a code, what stands around must not say another. */
function isAcceptable(place: Place, trigger: Trigger): boolean {
  if (isRefused(place, trigger)) return false;
  if (trigger.strength === 'strong') return true;
  const { text, at, shape } = place;
  return isSure(shape) && !isPromotion(text, at);
}

function isOther({ text, at, hits }: Place): boolean {
  return isOtherNumber(text, at) || isNamedOther(text, at, hits);
}

/** Bookings have confirmation codes and meetings have passcodes, which sign nobody in. */
function isRefused({ text, at, shape }: Place, { words }: Trigger): boolean {
  const long = shape.kind === 'mixed' || shape.kind === 'long' || shape.value.length >= 8;
  if (long && /confirm|bestätig|conferm|bevestig|potwierdz|подтвержд/i.test(words) && isBooking(text, at)) return true;
  return MEETING_CODE.test(words) && isMeeting(text, at);
}

/** One change from letters to digits is what promotions look like too (`SAVE20`). */
function isSure({ kind, random }: CodeShape): boolean {
  return kind === 'digits' || kind === 'prefixed' || random;
}

function isPlural({ words }: Trigger): boolean {
  return /codes$/i.test(words);
}
