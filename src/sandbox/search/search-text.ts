import addressparser from 'nodemailer/lib/addressparser';

/**
 * Words of a text. Scripts that are written without blanks between words, and pictures, count sign by sign, so that a
 * number beside them is a word of its own.
 */
const UNSPACED = String.raw`\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Extended_Pictographic}`;
const WORD = new RegExp(String.raw`[${UNSPACED}]|[[\p{L}\p{N}\p{M}]--[${UNSPACED}]]+`, 'gv');

/**
 * Whether a text has the words, whole and in this order. The words are in lower case. Gmail finds other forms of a word
 * too, unless it is asked for exactly this one; here these are the English plurals.
 */
export function hasWords(text: string, words: string, isExact = true): boolean {
  const plain = (value: string) =>
    ` ${(value.toLowerCase().match(WORD) ?? []).map((word) => (isExact ? word : singular(word))).join(' ')} `;
  return plain(text).includes(plain(words));
}

function singular(word: string): string {
  if (!/^[a-z]{3,}s$/.test(word) || /(?:ss|us|is)$/.test(word)) return word;
  if (word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  return /(?:x|ch|sh|ss|z)es$/.test(word) ? word.slice(0, -2) : word.slice(0, -1);
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
