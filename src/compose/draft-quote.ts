import { htmlAsWritten } from './html/html-as-written.ts';
import type { Body } from './letter.ts';
import { type KeptQuote, type QuotedOriginal, quotedText } from './quote-original.ts';

/** How Gmail's editor, and this extension as well, begin the block of a quoted or forwarded original. */
const QUOTE_BLOCK = /<(?:div|blockquote)\b[^>]*\bclass="[^"]*\bgmail_quote\b/i;

/** How Gmail divides a forwarded message from the words above it. */
const FORWARDED = /^-{5,} ?Forwarded message ?-{5,}$/m;

/**
 * Tells the own words of a draft from the original below them, so that a change of the words keeps it. Only what stands
 * at the very end counts: an answer between the lines of a quote is own words.
 */
export function splitQuote({ text, html }: Body): { own: Body; quote: KeptQuote | undefined } {
  const at = html === undefined ? undefined : QUOTE_BLOCK.exec(html)?.index;
  const [own, below] = splitText(text);
  if (at === undefined && below === '') return { own: { text, html }, quote: undefined };
  // A draft of which the one form alone has a quote is cut in that form alone.
  const quoted = at === undefined ? undefined : html?.slice(at);
  const ownHtml = at === undefined ? html : html?.slice(0, at).replace(/(?:\s|<br>)+$/, '');
  const quote: KeptQuote = { kind: 'kept', text: below || htmlAsWritten(quoted ?? ''), html: quoted };
  return { own: { text: own, html: ownHtml }, quote };
}

/** The lines with a sign of a quote at the end, with the block above them that says who wrote them. */
function splitText(text: string): [own: string, below: string] {
  const forwarded = FORWARDED.exec(text)?.index;
  if (forwarded !== undefined) return [text.slice(0, forwarded).trimEnd(), text.slice(forwarded)];
  const lines = text.split('\n');
  let first = lines.length;
  while (first > 0 && /^(?:>.*|\s*)$/.test(lines[first - 1] ?? '')) first -= 1;
  if (!lines.slice(first).some((line) => line.startsWith('>'))) return [text, ''];
  // Who wrote it stands on one line or two, right above.
  if (/:\s*$/.test(lines[first - 1] ?? '')) first -= /^On\b/.test(lines[first - 1] ?? '') ? 1 : 2;
  first = Math.max(0, first);
  return [lines.slice(0, first).join('\n').trimEnd(), lines.slice(first).join('\n')];
}

/**
 * Whether a draft's quote says what the message says that it is given for, and nothing else: whoever wrote the draft can
 * have put any words there, also in the name of somebody else.
 */
export function isQuoteOf({ text, html }: KeptQuote, original: QuotedOriginal): boolean {
  const expected = words(quotedText(original));
  return words(text) === expected && (html === undefined || words(htmlAsWritten(html)) === expected);
}

/** Signs of a quote and blanks are the same to whoever reads. */
const words = (text: string): string =>
  text
    .replace(/^[> ]+/gm, '')
    .replace(/\s+/g, ' ')
    .trim();

/** Whether a text brings a quoted original of its own. */
export const bringsQuote = ({ text, html }: Body): boolean => splitQuote({ text, html }).quote !== undefined;
