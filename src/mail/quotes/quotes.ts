import type { Lines } from '../text/lines.ts';
import { attributionEndingAt, isForwardDivider, isHeaderBlock, isOriginalDivider } from './attribution.ts';

export interface QuoteContext {
  /** The subject says that the mail forwards another. */
  forwards: boolean;
  /** Other text of the mail stands before this part. */
  hasTextBefore: boolean;
  isHtml: boolean;
}

/** What each line is: the writer's own, or quoted; and from which line on a forwarded mail begins. */
export interface QuotedLines {
  quoted: boolean[];
  /** The number of lines where nothing is forwarded. */
  forwardedFrom: number;
}

/** Below these a mailing list says who it is. */
const LIST_RULE = /^_{40,}$/;
const LONGEST_LIST_FOOTER = 8;

/** The line of a header, or dashes: only from these on a header block is looked for, and not without end. */
const BEGINS_BLOCK = /^(?:.{1,30}[:：]|-{2,})/u;
const MOST_TRIES = 2_000;

/** Tells quoted mail from the writer's own words. */
export function findQuotes({ texts, kinds }: Lines, context: QuoteContext): QuotedLines {
  const { length } = texts;
  const quoted = texts.map((text, index) => kinds[index] === 'quote' || (!context.isHtml && text.startsWith('>')));
  let seesQuote = false;
  let tries = MOST_TRIES;
  for (let index = 0; index < length; index++) {
    if (!seesQuote && isForwardDivider(texts[index] ?? '')) {
      return { quoted: quoted.fill(false), forwardedFrom: startOfForward(texts, index) };
    }
    const mayBegin = !quoted[index] && tries > 0 && BEGINS_BLOCK.test(texts[index] ?? '');
    if (mayBegin) tries--;
    const block = mayBegin ? blockStart(texts, index) : undefined;
    if (block !== undefined) {
      const isForward =
        context.forwards || (!context.hasTextBefore && texts.slice(0, block).every((text) => text === ''));
      if (isForward) return { quoted: quoted.fill(false), forwardedFrom: block };
      quoted.fill(true, block);
      break;
    }
    markAttribution(texts, kinds, quoted, index);
    seesQuote ||= quoted[index] === true;
  }
  if (context.forwards) quoted.fill(false);
  return { quoted, forwardedFrom: length };
}

/** A quoted forward (`> Begin forwarded message:`) begins with its first line. */
function startOfForward(texts: readonly string[], index: number): number {
  return index > 0 && isHeaderRule(texts[index - 1] ?? '') ? index - 1 : index;
}

/** Where the quoted mail begins, if its header block begins on this line; a line above it belongs to it. */
function blockStart(texts: readonly string[], index: number): number | undefined {
  const text = texts[index] ?? '';
  if (isOriginalDivider(text)) return index;
  if (!isHeaderBlock(texts, index)) return undefined;
  let before = index - 1;
  while (before >= 0 && texts[before] === '') before--;
  return before >= 0 && isHeaderRule(texts[before] ?? '') ? before : index;
}

function isHeaderRule(text: string): boolean {
  return /^(?:_{5,}|-{3,}|\*{5,})$/.test(text);
}

/** Counts the attribution that ends on this line, and what it announces, as quoted. */
function markAttribution(texts: readonly string[], kinds: Lines['kinds'], quoted: boolean[], index: number): void {
  const attribution = attributionEndingAt(texts, index);
  if (!attribution) return;
  let next = index + 1;
  while (next < texts.length && texts[next] === '') next++;
  const announces = quoted[next] || kinds[next] === 'passage' || (texts[next] ?? '').startsWith('>');
  const start = index - attribution.lines + 1;
  if (announces) {
    quoted.fill(true, start, index + 1);
    for (let at = next; kinds[at] === 'passage' || texts[at]?.startsWith('>'); at++) quoted[at] = true;
  } else if (attribution.certain && next < texts.length && !quoted.includes(true, start)) {
    // Some programs quote without any sign; nothing below has one either.
    quoted.fill(true, start);
  }
}

/**
 * The run of quoted lines that ends the mail: where it begins and ends. Behind it may stand what no one wrote for this
 * mail: a signature, and what a mailing list adds.
 *
 * @returns undefined where own text follows every quote, so that all of them stay to be seen
 */
export function trailingQuote(
  texts: readonly string[],
  quoted: readonly boolean[],
  end: number,
): [number, number] | undefined {
  let last = end - 1;
  while (last >= 0 && !quoted[last] && texts[last] === '') last--;
  if (last < 0 || !quoted[last]) return undefined;
  let first = last;
  for (let at = last; at >= 0 && (quoted[at] || texts[at] === ''); at--) if (quoted[at]) first = at;
  return [first, last + 1];
}

/** Where a mailing list's footer begins; the number of lines where there is none. */
export function listFooterStart(texts: readonly string[]): number {
  for (let at = texts.length - 1; at >= Math.max(0, texts.length - LONGEST_LIST_FOOTER); at--) {
    if (LIST_RULE.test(texts[at] ?? '')) return at;
  }
  return texts.length;
}
