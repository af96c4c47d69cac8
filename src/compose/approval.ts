import { Problem } from '../shared/problems.ts';
import { htmlAsWritten } from './html/html-as-written.ts';
import { htmlText, type Letter, plainText, signatureText } from './letter.ts';
import { type QuotedOriginal, quotedText } from './quote-original.ts';

/** A text that a person must see before a message goes out. */
export interface ApprovalPart {
  /** What the text is; '' where there is only one. */
  title: string;
  text: string;
}

/**
 * What the writer says, for a question: one text, or the formatted and the plain one where they say different things.
 * Signature and quoted original are named by the question and stand whole in `exactParts`; where the writer says
 * nothing, the original is what a person agrees to.
 */
export function approvalParts({ body, quote }: Pick<Letter, 'body' | 'quote'>): ApprovalPart[] {
  const { text, html } = body;
  // Nobody but whoever wrote the draft vouches for what it quotes, so that it is the writer's.
  if (quote?.kind === 'kept') return exactParts({ body, quote, asHtml: true });
  if (quote && text.trim() === '' && html === undefined) {
    return [{ title: 'No text of its own; the original that goes out:', text: quotedText(quote) }];
  }
  return partsOf(text, html === undefined ? undefined : htmlAsWritten(html));
}

/** Every word that a recipient can see, signature and quoted original included. */
export function exactParts(letter: Pick<Letter, 'body' | 'signature' | 'quote' | 'asHtml'>): ApprovalPart[] {
  const { body, quote } = letter;
  // HTML that is made of the plain text has the very same words.
  const isOfText = body.html === undefined && (quote?.kind !== 'kept' || quote.html === undefined);
  const html = isOfText ? undefined : htmlText(letter);
  return partsOf(plainText(letter), html === undefined ? undefined : htmlAsWritten(html));
}

/**
 * The longest message that is put to a person, as JSON in bytes: a question carries its words twice, and the window
 * takes no more than 2,000,000 characters in one text.
 */
const LONGEST_SHOWN = 2_000_000;

/**
 * Refuses a message that no question could hold, with all that goes along below its text.
 *
 * @throws Problem `message_too_long`
 */
export function assertShowable(letter: Parameters<typeof exactParts>[0]): void {
  const size = exactParts(letter).reduce((sum, { text }) => sum + Buffer.byteLength(JSON.stringify(text)), 0);
  if (size <= LONGEST_SHOWN) return;
  const inKilobytes = (bytes: number) => `${Math.ceil(bytes / 1000).toLocaleString('en')} KB`;
  throw Problem.of('message_too_long', { size: inKilobytes(size), limit: inKilobytes(LONGEST_SHOWN) });
}

/** One line about the HTML of a message; a draft whose HTML somebody else wrote goes out as it is. */
export function formatLine(html: string, isFormattedElsewhere: boolean): string {
  if (!isFormattedElsewhere) return 'It goes out as HTML.';
  const links = html.match(/<a\b[^>]*\bhref\s*=/gi)?.length ?? 0;
  const pictures = html.match(/<img\b[^>]*\bsrc\s*=\s*["']?\s*https?:/gi)?.length ?? 0;
  return `Formatted, and sent as it stands in the draft: ${links} links, ${pictures} remote images.`;
}

/** One line about the original that goes along. */
export function quoteLine({ kind }: QuotedOriginal): string {
  return kind === 'forward'
    ? 'The original message goes out with it, below its text.'
    : 'The original message is quoted below it.';
}

/** One line about a signature that is added; undefined where there is none. */
export function signatureLine({ signature }: Pick<Letter, 'signature'>): string | undefined {
  if (!signature) return undefined;
  const lines = signatureText(signature)
    .split('\n')
    .filter((line) => line.trim() !== '').length;
  const size = lines === 0 ? 'a picture' : lines === 1 ? '1 line' : `${lines} lines`;
  return `The signature of ${signature.address} is added (${size})`;
}

function partsOf(plain: string, formatted: string | undefined): ApprovalPart[] {
  // Signs of a quote and blanks are the same to whoever reads.
  const words = (value: string) =>
    value
      .replace(/^[> ]+/gm, '')
      .replace(/[^\S\uFEFF]+/g, ' ')
      .trim();
  if (formatted === undefined || words(formatted) === words(plain)) return [{ title: '', text: plain }];
  return [
    { title: 'What most recipients will see (formatted):', text: formatted },
    { title: 'What the others will see (plain):', text: plain },
  ];
}
