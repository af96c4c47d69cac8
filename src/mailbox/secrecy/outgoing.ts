import { isUtf8 } from 'node:buffer';
import type { Letter, LetterFile } from '../../compose/letter.ts';
import { hideKnown } from '../../masking/known.ts';
import { maskFields } from '../../masking/mask.ts';
import { removeInvisible } from '../../shared/invisible.ts';

/** Where the own words of a letter end: at its signature (RFC 3676, section 4.3), a quote or a forwarded message. */
const END_OF_OWN = /^(?:-- ?|>.*|On .{1,300} wrote:|-{5,} ?Forwarded message ?-{5,})$/m;

/**
 * Whether the words of a letter, its subject or the names of its recipients and files hold what results would mask. The own words are
 * judged alone as well: below a signature or a quote a bare code looks like any other number.
 *
 * @param known what was masked in messages that were read
 */
export function wordsHoldMasked(letter: Letter, known: ReadonlySet<string>): boolean {
  const { body, quote, files } = letter;
  const seen = (words: string) => removeInvisible(words).text;
  const subject = seen(letter.subject);
  const from = letter.from?.address ?? '';
  const text = seen([body.text, body.html ?? '', quote?.text ?? ''].join('\n\n'));
  const [own = ''] = seen(body.text).split(END_OF_OWN, 1);
  const names = files.map(({ name }) => name);
  const people = [...letter.to, ...letter.cc, ...letter.bcc].flatMap(({ name }) => seen(name) || []);
  const isMasked = [...new Set([text.trim(), own.trim(), ...people])].some(
    (words) => maskFields({ from, subject, text: words, files: names }).count > 0,
  );
  return isMasked || [subject, text, ...names, ...people].some((words) => hideKnown(words, known).values.length > 0);
}

/** What says that a file is text, whatever its bytes look like. */
const TEXT_TYPE =
  /^(?:text\/|message\/|application\/(?:json|xml|rtf|ics|x-ndjson|csv)|application\/[\w.-]+\+(?:json|xml))/i;
const TEXT_NAME = /\.(?:txt|text|csv|tsv|html?|ics|eml|rtf|json|ndjson|xml|md|log|vcf|ya?ml|asc)$/i;

/** How much of a file is looked into, and by how much it is told whether it is text, in bytes. */
const [LOOKED_INTO, SAMPLED] = [2 * 1024 * 1024, 4096];

/** The beginning of a file that can be looked into; undefined where it is no text. */
export function readableBytes({ name, type, content }: LetterFile): Buffer | undefined {
  const sample = content.subarray(0, SAMPLED);
  // The last character may be cut.
  const looksLikeText = !sample.includes(0) && [0, 1, 2, 3].some((cut) => isUtf8(sample.subarray(0, SAMPLED - cut)));
  const isText = TEXT_TYPE.test(type) || TEXT_NAME.test(name) || looksLikeText;
  // A copy: the reading thread would get all of the memory behind a part of it.
  return isText ? Buffer.from(content.subarray(0, LOOKED_INTO)) : undefined;
}
