import { withoutArmor } from '../text/armor.ts';
import type { Lines } from '../text/lines.ts';
import type { Link } from '../text/links.ts';
import { fillLinks } from '../text/marks.ts';
import { findQuotes, type QuoteContext, trailingQuote } from './quotes.ts';
import { findSignature } from './signature.ts';
import { footerStart, noticeStart } from './tail.ts';

/** A stretch of a mail's text. Quotes that own text follows are part of a 'text'. */
export interface Segment {
  kind: 'text' | 'quote' | 'signature';
  /** With long links by their host, and without what is encrypted. */
  text: string;
  /** With every link whole. */
  fullText: string;
}

/** Cuts the lines of one part into own text, the signature, and the quoted mail at the end. */
export function segmentsOf(lines: Lines, links: readonly Link[], context: QuoteContext): Segment[] {
  const { texts, kinds } = lines;
  const found = findQuotes(lines, context);
  const { quoted, forwardedFrom } = found;
  const segments: Segment[] = [];
  const add = (kind: Segment['kind'], from: number, to: number) => {
    const segment = segmentOf(kind, texts.slice(from, to), links);
    if (segment) segments.push(segment);
  };
  // What follows `to` up to `through` is a text of others: it belongs to the same segment, and has no signature.
  const addOwn = (from: number, to: number, through = to) => {
    const signature = findSignature(texts, kinds, from, to);
    add('text', from, signature?.delimiter ?? through);
    if (!signature) return;
    add('signature', signature.start, signature.end);
    add('text', signature.end, through);
  };

  const quoteAbove = (end: number) => {
    const below = findSignature(texts, kinds, quoted.lastIndexOf(true, end - 1) + 1, end);
    return trailingQuote(texts, found, below?.delimiter ?? end);
  };
  let footer = Math.min(footerStart(texts, quoted), forwardedFrom);
  let quote = quoteAbove(footer);
  const notice = noticeStart(texts, quoted.lastIndexOf(true) + 1);
  if (!quote && notice < footer) {
    const above = quoteAbove(notice);
    const hasOwn = context.hasTextBefore || texts.slice(0, above?.[0]).some((text) => text !== '');
    if (above && hasOwn) [quote, footer] = [above, notice];
  }
  if (quote) {
    addOwn(0, quote[0]);
    add('quote', quote[0], quote[1]);
    addOwn(quote[1], footer, texts.length);
  } else {
    addOwn(0, forwardedFrom, texts.length);
  }
  return segments;
}

function segmentOf(kind: Segment['kind'], texts: readonly string[], links: readonly Link[]): Segment | undefined {
  const first = texts.findIndex((text) => text !== '');
  if (first === -1) return undefined;
  const marked = texts.slice(first, texts.findLastIndex((text) => text !== '') + 1).join('\n');
  return {
    kind,
    text: withoutArmor(fillLinks(marked, (index) => links[index]?.short ?? '')),
    fullText: fillLinks(marked, (index) => links[index]?.full ?? ''),
  };
}
