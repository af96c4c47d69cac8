import { htmlAsWritten } from '../mail/html/html-as-written.ts';
import { htmlText, type Letter, plainText, signatureText } from './letter.ts';

/** A text that a person must see before a message goes out. */
export interface ApprovalPart {
  /** What the text is; '' where there is only one. */
  title: string;
  text: string;
}

/**
 * What the writer says, for a question: one text, or the formatted and the plain one where they say different things.
 * Signature and quoted original are named by the question and stand whole in `exactParts`.
 */
export function approvalParts({ body: { text, html } }: Pick<Letter, 'body'>): ApprovalPart[] {
  return partsOf(text, html === undefined ? undefined : htmlAsWritten(html));
}

/** Every word that a recipient can see, signature and quoted original included. */
export function exactParts(letter: Letter): ApprovalPart[] {
  const html = htmlText(letter);
  return partsOf(plainText(letter), html === undefined ? undefined : htmlAsWritten(html));
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
      .replace(/\s+/g, ' ')
      .trim();
  if (formatted === undefined || words(formatted) === words(plain)) return [{ title: '', text: plain }];
  return [
    { title: 'What most recipients will see (formatted):', text: formatted },
    { title: 'What the others will see (plain):', text: plain },
  ];
}
