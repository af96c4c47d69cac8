import { headerAsWritten, readHeaderText } from '../mail/mime/headers.ts';
import { removeInvisible } from '../shared/invisible.ts';
import { LONGEST_ADDRESS } from '../shared/limits/longest.ts';
import { asciiDomain, type EmailAddress, isPlainAddress, JOINERS } from './email-address.ts';

/** Longer headers are cut, in characters: more recipients than Gmail takes in one message. */
const LONGEST_HEADER = 200_000;

/** The longest domain in its ASCII form (RFC 5321, section 4.5.3.1), in characters. */
const LONGEST_DOMAIN = 255;

/**
 * What an entry of a list consists of (RFC 5322, section 3.4): a quoted string, a comment, an address in brackets, or
 * one character of anything else. What is not closed is none of them.
 */
const QUOTED = /"((?:[^"\\]|\\[\s\S])*)"/y;
const COMMENT = /\(((?:[^()\\]|\\[\s\S]|\((?:[^()\\]|\\[\s\S])*\))*)\)/y;
const BRACKETS = /<([^<>,;]*)>/y;

/** An entry, taken apart. */
interface Entry {
  /** What stands before the last brackets, without its quotes. */
  text: string;
  /** What stands in them; undefined where there are none. */
  inside: string | undefined;
  comment: string;
  isQuoted: boolean;
}

const EMPTY: Readonly<Entry> = { text: '', inside: undefined, comment: '', isQuoted: false };

/**
 * The addresses of a header that somebody else wrote, as far as they are any: what is malformed is left out. Of an entry
 * the last brackets hold the address. A name is never searched for one, because whoever writes the name is often not
 * whom the address belongs to.
 *
 * @param header as it stands in the message, or as Gmail gives it where `isClearList`
 */
export function addressesOf(header: string): EmailAddress[] {
  return addressesIn(header, readHeaderText);
}

/** The same with all that is in the names, invisible characters too: of a message that is about to go out. */
export function addressesAsWritten(header: string): EmailAddress[] {
  return addressesIn(header, headerAsWritten);
}

function addressesIn(header: string, nameOf: (written: string) => string): EmailAddress[] {
  return entriesOf(header.slice(0, LONGEST_HEADER)).flatMap(({ text, inside, comment, isQuoted }) => {
    const bare = text.trim();
    if (inside === undefined) return isQuoted || !isUsable(bare) ? [] : [{ name: nameOf(comment), address: bare }];
    const address = inside.trim();
    // An encoded word may hold commas and brackets, so that names are decoded last (RFC 2047, section 6.2).
    return isUsable(address) ? [{ name: nameOf(bare || comment), address }] : [];
  });
}

/**
 * Whether a list says the same before and after its encoded words are decoded. Gmail decodes them, and of a name that
 * holds an address with a comma or brackets it then cannot be told any more that it was a name.
 */
export function isClearList(header: string): boolean {
  return header.indexOf('@') === header.lastIndexOf('@');
}

function isUsable(address: string): boolean {
  if (address.length > LONGEST_ADDRESS) return false;
  const domain = asciiDomain(address);
  return (
    isPlainAddress(address) &&
    domain !== undefined &&
    domain.length <= LONGEST_DOMAIN &&
    removeInvisible(address).removed === 0 &&
    !JOINERS.test(address)
  );
}

function entriesOf(list: string): Entry[] {
  const entries: Entry[] = [];
  let entry: Entry = { ...EMPTY };
  const unclosed = new Set<RegExp>();
  let at = 0;
  const take = (token: RegExp, sign: string): string | undefined => {
    // Behind one that never ends none is looked for again, or many would cost their number times the length.
    if (list[at] !== sign || unclosed.has(token)) return undefined;
    token.lastIndex = at;
    const found = token.exec(list);
    if (found) at = token.lastIndex;
    else if (token !== BRACKETS) unclosed.add(token);
    return found?.[1];
  };
  while (at < list.length) {
    const quoted = take(QUOTED, '"');
    const comment = quoted === undefined ? take(COMMENT, '(') : undefined;
    const inside = quoted === undefined && comment === undefined ? take(BRACKETS, '<') : undefined;
    if (quoted !== undefined) {
      entry.text += quoted.replace(/\\([\s\S])/g, '$1');
      entry.isQuoted = true;
    } else if (comment !== undefined) {
      entry.comment ||= comment.trim();
    } else if (inside !== undefined) {
      if (entry.inside !== undefined) entry.text += `<${entry.inside}> `;
      entry.inside = inside;
    } else {
      const sign = list[at] ?? '';
      at += 1;
      if (sign === ',' || sign === ';') entries.push(entry);
      // Before a colon stands the name of a group: its members are what counts.
      if (sign === ',' || sign === ';' || sign === ':') entry = { ...EMPTY };
      else entry.text += sign;
    }
  }
  return [...entries, entry];
}
