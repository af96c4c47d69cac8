import type { Lines } from '../text/lines.ts';
import { attributionEndingAt } from './attribution.ts';
import { isForwardDivider, isOriginalDivider, isRule, isWordedDivider } from './dividers.ts';
import { headerBlockAt } from './header-block.ts';
import { isWrappedRest } from './wrapped.ts';

export interface QuoteContext {
  /** The mail answers another, as its subject or its headers say. */
  answers: boolean;
  /** The subject says that the mail forwards another. */
  forwards: boolean;
  /** Other text of the mail stands before this part. */
  hasTextBefore: boolean;
  isHtml: boolean;
}

/** What each line is: the writer's own, or quoted; and from which line on a forwarded mail begins. */
export interface QuotedLines {
  quoted: boolean[];
  /** The lines with which attributions begin. */
  attributions: Set<number>;
  /** The number of lines where nothing is forwarded. */
  forwardedFrom: number;
}

/** The line of a header, or a divider: only from these on a header block is looked for, and not without end. */
const BEGINS_BLOCK = /^(?:[*_| ]{0,20}\p{L}.{0,30}[:：|]|[*_]{0,2}[-–—=_]{2,})/u;
const MOST_TRIES = 2_000;

/** The quoted mail that a header block begins. */
interface Block {
  /** A divider above belongs to it. */
  start: number;
  /** Where the text of the quoted mail begins. */
  end: number;
  /** Whether the divider says that the original message follows. */
  certain: boolean;
}

/** Tells quoted mail from the writer's own words. Nothing counts as quoted unless signs, markup, or words say so. */
export function findQuotes({ texts, kinds }: Lines, context: QuoteContext): QuotedLines {
  const { length } = texts;
  const quoted = texts.map((text, index) => kinds[index] === 'quote' || (!context.isHtml && text.startsWith('>')));
  if (!context.isHtml) for (let at = 1; at < length; at++) quoted[at] ||= isWrappedRest(texts, quoted, at);
  const attributions = new Set<number>();
  const lastSign = quoted.lastIndexOf(true);
  let seesQuote = false;
  let seesOwn = context.hasTextBefore;
  let tries = MOST_TRIES;
  for (let index = 0; index < length; index++) {
    const text = texts[index] ?? '';
    if (!seesQuote && isForwardDivider(text)) {
      return { quoted: quoted.fill(false), attributions, forwardedFrom: startOfForward(texts, index) };
    }
    const mayBegin = !quoted[index] && tries > 0 && BEGINS_BLOCK.test(text);
    if (mayBegin) tries--;
    const block = mayBegin ? blockAt(texts, index) : undefined;
    const isForward = block && (context.forwards || (!context.hasTextBefore && isEmptyAbove(texts, block.start)));
    // Web forms, memos and reports have such blocks too.
    if (block && (block.certain || context.answers || isForward)) {
      if (isForward) return { quoted: quoted.fill(false), attributions, forwardedFrom: block.start };
      attributions.add(block.start);
      const next = nextText(texts, block.end);
      const isSigned = quoted[next] === true && texts[next]?.startsWith('>');
      quoted.fill(true, block.start, isSigned ? next : length);
      if (!isSigned) break;
      index = next;
    } else {
      const attribution = attributionEndingAt(texts, index);
      // Where the quote has no sign, its end is not known: then only text above is surely the writer's own.
      const maybeUnsigned = context.answers && seesOwn && index > lastSign;
      const start = attribution && markAttribution({ texts, kinds }, quoted, index, attribution, maybeUnsigned);
      if (start !== undefined) attributions.add(start);
      else seesOwn ||= !quoted[index] && text !== '' && !attribution;
    }
    seesQuote ||= quoted[index] === true;
  }
  if (context.forwards) quoted.fill(false);
  return { quoted, attributions, forwardedFrom: length };
}

/** A quoted forward (`> Begin forwarded message:`) begins with its first line. */
function startOfForward(texts: readonly string[], index: number): number {
  return index > 0 && isRule(texts[index - 1] ?? '') ? index - 1 : index;
}

/** The quoted mail whose header block, or the divider above it, is this line. */
function blockAt(texts: readonly string[], index: number): Block | undefined {
  const text = texts[index] ?? '';
  const below = nextText(texts, index + 1);
  if (isOriginalDivider(text)) {
    return { start: index, end: headerBlockAt(texts, below, true) ?? behindAttribution(texts, below), certain: true };
  }
  const isDivider = isRule(text) || isWordedDivider(text);
  const end = isDivider ? headerBlockAt(texts, below, true) : headerBlockAt(texts, index, false);
  return end === undefined ? undefined : { start: index, end, certain: false };
}

/** The first line behind the attribution that begins here, where one does. */
function behindAttribution(texts: readonly string[], index: number): number {
  for (let at = index; texts[at]; at++) if (attributionEndingAt(texts, at)) return at + 1;
  return index;
}

function nextText(texts: readonly string[], from: number): number {
  let next = from;
  while (next < texts.length && texts[next] === '') next++;
  return next;
}

function isEmptyAbove(texts: readonly string[], index: number): boolean {
  return texts.slice(0, index).every((text) => text === '');
}

/**
 * Counts the attribution that ends on this line, and what it announces, as quoted.
 *
 * @returns where it begins; undefined where it announces nothing
 */
function markAttribution(
  { texts, kinds }: Lines,
  quoted: boolean[],
  index: number,
  attribution: { lines: number; certain: boolean },
  maybeUnsigned: boolean,
): number | undefined {
  const next = nextText(texts, index + 1);
  const start = index - attribution.lines + 1;
  if (quoted[next] || kinds[next] === 'passage' || (texts[next] ?? '').startsWith('>')) {
    quoted.fill(true, start, index + 1);
    for (let at = next; kinds[at] === 'passage' || texts[at]?.startsWith('>'); at++) quoted[at] = true;
    return start;
  }
  if (!attribution.certain || !maybeUnsigned || next === texts.length) return undefined;
  quoted.fill(true, start);
  return start;
}

/**
 * The run of quoted lines that ends the mail: where it begins and ends. Behind it may stand what no one wrote for this
 * mail: a signature, and what a mailing list adds. A passage that stands above the first attribution of the run was
 * put there by the writer, and is none of it.
 *
 * @returns undefined where own text follows every quote, so that all of them stay to be seen
 */
export function trailingQuote(
  texts: readonly string[],
  { quoted, attributions }: QuotedLines,
  end: number,
): [number, number] | undefined {
  let last = end - 1;
  while (last >= 0 && !quoted[last] && texts[last] === '') last--;
  if (last < 0 || !quoted[last]) return undefined;
  let first = last;
  for (let at = last; at >= 0 && (quoted[at] || texts[at] === ''); at--) if (quoted[at]) first = at;
  for (let at = first; at <= last && isPassage(texts[at]); at++) {
    if (attributions.has(at + 1)) return [at + 1, last + 1];
  }
  return [first, last + 1];
}

function isPassage(text = ''): boolean {
  return text === '' || text.startsWith('>');
}
