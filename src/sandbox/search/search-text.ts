import addressparser from 'nodemailer/lib/addressparser';

/** Scripts that are written without blanks between words, and pictures. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Extended_Pictographic}]/u;

/** Whether a text has the words, whole and in this order. The words are in lower case. */
export function hasWords(text: string, words: string): boolean {
  if (UNSPACED.test(words)) return text.toLowerCase().includes(words);
  const plain = (value: string) => ` ${(value.toLowerCase().match(/[\p{L}\p{N}\p{M}]+/gu) ?? []).join(' ')} `;
  return plain(text).includes(plain(words));
}

/**
 * Whether a header names somebody: `a@b.example` is an exact address, `b.example` a domain with those below it,
 * anything else words of the name or of the address.
 */
export function namesPerson(header: string, wanted: string): boolean {
  const people = addressparser(header, { flatten: true });
  if (/^[^\s@]+@[^\s@]+$/.test(wanted)) return people.some(({ address }) => address.toLowerCase() === wanted);
  const domain = /^@?([\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+)$/u.exec(wanted)?.[1];
  if (domain === undefined) return hasWords(header, wanted);
  return people.some(({ name, address }) => {
    const [local = '', host = ''] = address.toLowerCase().split('@');
    return `.${host}`.endsWith(`.${domain}`) || hasWords(name, domain) || hasWords(local, domain);
  });
}
