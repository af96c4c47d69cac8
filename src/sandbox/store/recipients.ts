import addressparser from 'nodemailer/lib/addressparser';
import { invalidArgument } from '../google-error.ts';
import type { MimeTree } from './mime-tree.ts';

/** Letters, digits and what RFC 5322 allows besides; a quoted local part has lost its quotes here. */
const LOCAL = /^[^\s@<>()[\]\\,;:"\p{C}]+$/u;
/** Labels with a dot between them: Gmail sends to no host of one label. */
const DOMAIN = /^(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+[\p{L}\p{N}-]{2,63}$/u;

/**
 * The addresses that a message goes to, in lower case. Gmail reads them strictly, of drafts too.
 *
 * @throws GoogleError 400 where a header holds what is no address
 */
export function recipientsOf(tree: MimeTree): string[] {
  return ['To', 'Cc', 'Bcc'].flatMap((name) => {
    const values = tree.headers.flatMap((header) =>
      header.name?.toLowerCase() === name.toLowerCase() ? header.value : [],
    );
    const people = values.flatMap((value) => addressparser(value ?? '', { flatten: true }));
    if (!people.every(({ address }) => isAddress(address))) throw invalidArgument(`Invalid ${name} header`);
    return people.map(({ address }) => address.toLowerCase());
  });
}

function isAddress(address: string): boolean {
  const at = address.lastIndexOf('@');
  return at > 0 && at <= 64 && LOCAL.test(address.slice(0, at)) && DOMAIN.test(address.slice(at + 1));
}
