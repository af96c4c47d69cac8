import { datePartsOf } from '../shared/time/date-parts.ts';

/** What stands below an answer of the message that it answers: its readable text, never its HTML. */
export interface Original {
  from: string;
  to: string;
  subject: string;
  /** Milliseconds since the epoch. */
  date: number;
  text: string;
}

/** Words of a stranger within a block of headers stay on their line. */
const line = (text: string) => text.replace(/\s+/g, ' ').trim();

/** The date as the attributions of Gmail have it, in the zone of this computer: `Fri, 20 Nov 2026 at 14:03`. */
function dateOf(ms: number): string {
  const { weekday, day, year, time } = datePartsOf(ms);
  return `${weekday}, ${day} ${year} at ${time}`;
}

/** What introduces the quoted message, and the message without signs of a quote. */
export interface QuotedOriginal {
  attribution: string;
  text: string;
  kind: 'reply' | 'forward';
}

/** What stands below a draft's own words like an original: by itself nothing says that it is one. */
export interface KeptQuote {
  kind: 'kept';
  text: string;
  /** Absent where the draft is plain text. */
  html: string | undefined;
}

/** What our reader says of links that pose: to the recipients it would read as the words of whoever is quoted. */
const TARGET_WARNING = / \(WARNING: leads to (?=\S+(?: \[[^\]]*\])?\))/g;
const OTHER_WARNING = / \(WARNING: (?:an address of \d+ characters|a [a-z\d+-]{1,30}… link|a [a-z\d+-]{1,30} link)\)/g;

/** How much of an original is quoted, in code points. */
const LONGEST_QUOTE = 100_000;

function quotable(text: string): string {
  const words = text.replace(TARGET_WARNING, ' (').replace(OTHER_WARNING, '').trim();
  const characters = [...words];
  if (characters.length <= LONGEST_QUOTE) return words;
  const left = characters.length - LONGEST_QUOTE;
  return `${characters.slice(0, LONGEST_QUOTE).join('')}\n[${left} more characters of the original are left out]`;
}

export function quoteForReply(original: Original): QuotedOriginal {
  return {
    kind: 'reply',
    attribution: `On ${dateOf(original.date)}, ${line(original.from)} wrote:`,
    text: quotable(original.text),
  };
}

/** As Gmail passes a message on: a divider and the headers above the text. */
export function quoteForForward(original: Original): QuotedOriginal {
  const head = [
    '---------- Forwarded message ---------',
    `From: ${line(original.from)}`,
    `Date: ${dateOf(original.date)}`,
    `Subject: ${line(original.subject)}`,
    `To: ${line(original.to)}`,
  ];
  return { kind: 'forward', attribution: head.join('\n'), text: quotable(original.text) };
}

/** The block as plain text: an answer's with a sign before each line (RFC 3676, section 4.5). */
export function quotedText(quote: QuotedOriginal | KeptQuote): string {
  if (quote.kind === 'kept') return quote.text;
  const { kind, attribution, text } = quote;
  if (kind === 'forward') return `${attribution}\n\n${text}`;
  const lines = text.split('\n').map((each) => (each === '' ? '>' : /^>/.test(each) ? `>${each}` : `> ${each}`));
  return `${attribution}\n${lines.join('\n')}`;
}
