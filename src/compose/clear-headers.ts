import { addressesOf } from './address-list.ts';
import { isPlainAddress } from './email-address.ts';

/** Headers that say where a message goes, whom it is from and who is answered (RFC 5322, section 3.6). */
const ADDRESS_HEADER = /^(?:from|reply-to|to|cc|bcc)$/i;

/**
 * Headers by which somebody hears of a message, or is taken for its sender, whom no question names: who is told that it
 * was read (RFC 8098), that it was not delivered, or where discussion goes on.
 */
export const UNSHOWN_HEADER =
  /^(?:sender|resent-.*|disposition-notification-to|return-receipt-to|x-confirm-reading-to|errors-to|x-bcc|apparently-to|mail-(?:followup|reply)-to)$/i;

/** Of these a question names one address. */
const SINGLE = /^(?:from|reply-to)$/i;

/** A name is words or quoted strings; all that could be taken for an address or an end of the entry is quoted in it. */
const ENTRY = /^(?:(?:[^"<>()@,;:\\[\]]|"(?:[^"\\]|\\.)*")*<([^<>]*)>|([^"<>()\\]*))$/;

/** Of these there is one: what is read depends on which of two a program goes by. */
const ONCE = /^(?:subject|content-type|content-transfer-encoding)$/;

const ODD_END = /[\r\v\f\u0085\u2028\u2029]/;

/**
 * The first header of a message of which a question could not name everything that Gmail may read in it: one that stands
 * there twice, in an odd spelling, or with other entries than `name@domain` and `Name <name@domain>`; or one that it
 * never names. Undefined where there is none.
 *
 * @param raw the message as it would be sent
 */
export function unclearHeader(raw: Buffer): string | undefined {
  const text = raw.toString('utf8');
  const head = text.slice(0, /\r?\n\r?\n/.exec(text)?.index ?? text.length);
  const seen = new Set<string>();
  const lines = head.replace(/\r?\n[ \t]/g, ' ').split(/\r?\n/);
  // Whatever else a program could take for the end of a line is odd.
  const pieces = lines.flatMap((line) => line.split(ODD_END).map((piece, index) => ({ piece, isFirst: index === 0 })));
  for (const { piece, isFirst } of pieces) {
    const [, written = '', value = ''] = /^([^:]*):([\s\S]*)$/.exec(piece) ?? [];
    const name = written.replace(/[\s\p{C}]/gu, '').toLowerCase();
    if (UNSHOWN_HEADER.test(name)) return name;
    if (!ADDRESS_HEADER.test(name) && !ONCE.test(name)) continue;
    const isOdd = !isFirst || seen.has(name) || written.toLowerCase() !== name;
    if (isOdd || (!ONCE.test(name) && !isClear(value, SINGLE.test(name)))) return name;
    seen.add(name);
  }
  return undefined;
}

function isClear(value: string, isSingle: boolean): boolean {
  const entries = value.length > LONGEST_CLEAR ? undefined : entriesOf(value);
  if (!entries) return false;
  const addresses = entries.map((entry) => {
    const [, inside, bare] = ENTRY.exec(entry) ?? [];
    return (inside ?? bare ?? '').trim();
  });
  const read = addressesOf(value).map(({ address }) => address);
  return (
    addresses.every(isPlainAddress) &&
    addresses.length === read.length &&
    addresses.every((address, index) => address === read[index]) &&
    (!isSingle || addresses.length <= 1)
  );
}

/** Commas within quotes do not end an entry. Undefined where a quote never ends. */
function entriesOf(value: string): string[] | undefined {
  let [begin, isQuoted] = [0, false];
  const entries: string[] = [];
  for (let at = 0; at < value.length; at += 1) {
    if (value[at] === '\\') at += 1;
    else if (value[at] === '"') isQuoted = !isQuoted;
    else if (value[at] === ',' && !isQuoted) {
      entries.push(value.slice(begin, at));
      begin = at + 1;
    }
  }
  entries.push(value.slice(begin));
  return isQuoted ? undefined : entries.map((entry) => entry.trim()).filter((entry) => entry !== '');
}

/** More than 500 recipients with their names, in characters. */
const LONGEST_CLEAR = 100_000;
