import libmime from 'libmime';
import { cleanLine } from '../../shared/invisible.ts';
import { asItLooks } from '../text/turned.ts';
import { decodeText } from './charset.ts';
import { headerOf, type MimePart } from './mime-part.ts';

/** An encoded word that was cut off before its end, at the end of the header. */
const CUT_OFF_WORD = /=\?[\w*-]+\?[bq]\?[^?\s]*\??$/i;

/** Longer headers are cut, in characters: nobody reads on. */
const LONGEST_HEADER = 100_000;

/**
 * A header as a person reads it: unfolded, encoded words (RFC 2047) decoded as far as they can be, without invisible
 * characters. Gmail decodes the words that keep to the rules; what it leaves is decoded here.
 */
export function readHeader(part: MimePart | undefined, name: string): string {
  return cleanLine(asItLooks(decoded(headerOf(part, name))));
}

/** A header with its encoded words decoded and nothing taken out: what is about to be sent must hide nothing. */
export const headerAsWritten = (value: string): string => decoded(value).trim();

/** A run of encoded words, which is one phrase (RFC 2047, section 6.2). */
const ENCODED_PHRASE = /=\?[^?\s]+\?[bq]\?[^?\s]*\?=(?:\s+=\?[^?\s]+\?[bq]\?[^?\s]*\?=)*/gi;

/**
 * A header of addresses. An encoded name is one name whatever it holds (RFC 2047, section 5), so what would make
 * several people of it stands in quotation marks.
 */
export function readAddresses(part: MimePart | undefined, name: string): string {
  const phrases = headerOf(part, name)
    .slice(0, LONGEST_HEADER)
    .replace(ENCODED_PHRASE, (phrase) => {
      const words = decodeWords(phrase);
      return /[<>,;:"]/.test(words) ? `"${words.replaceAll('"', "'")}"` : words;
    });
  return readHeaderText(phrases);
}

export function readHeaderText(value: string): string {
  return cleanLine(decoded(value));
}

function decoded(value: string): string {
  return decodeWords(withWindowsCharacters(value.slice(0, LONGEST_HEADER)));
}

/** The value of a structured header and its parameters, RFC 2231 and encoded words decoded. */
export function readParameters(value: string): { value: string; parameters: Record<string, string> } {
  const parsed = libmime.parseHeaderValue(value.slice(0, LONGEST_HEADER));
  const parameters = Object.entries(parsed.params).map(([name, text]): [string, string] => [
    name.toLowerCase(),
    decodeWords(String(text)),
  ]);
  return { value: parsed.value.trim().toLowerCase(), parameters: Object.fromEntries(parameters) };
}

function decodeWords(text: string): string {
  if (!text.includes('=?')) return text;
  return libmime.decodeWords(CUT_OFF_WORD.test(text) ? `${text.replace(/\?$/, '')}?=` : text);
}

/** Raw bytes of windows-1252 that came as Latin-1: U+0080 to U+009F are no characters of any header. */
function withWindowsCharacters(text: string): string {
  return text.replace(/[\x80-\x9f]+/g, (bytes) => decodeText(Buffer.from(bytes, 'latin1'), 'windows-1252'));
}
