import { asciiDomain, isPlainAddress } from '../../compose/email-address.ts';
import { LINE_BREAKING } from '../../compose/recipients.ts';

/** The message that a mailto: address asks for (RFC 6068). */
export interface UnsubscribeLetter {
  /** `local@domain`. */
  to: string;
  subject: string;
  body: string;
}

/** What the message says where the address asks for no words: an empty one could not be read before it is sent. */
const USUAL_WORDS = 'unsubscribe';

/** Longer subjects and texts are no request of a mailing list, in characters. */
const LONGEST_SUBJECT = 500;
const LONGEST_BODY = 4_000;

/**
 * Reads a mailto: address. Of what it asks for only the recipient, the subject and the text count: further headers are
 * left out, as RFC 6068, section 4 advises.
 *
 * @returns why not, in a clause, where it is no address that one plain message can go to
 */
export function letterOfMailto(address: string): UnsubscribeLetter | string {
  const [, path = '', query = ''] = /^mailto:([^?#]*)(?:\?([^#]*))?/i.exec(address) ?? [];
  const fields = query === '' ? [] : query.split('&').map(fieldOf);
  const to = decoded(path);
  const isReadable = to !== undefined && fields.every((field) => field !== undefined);
  if (!isReadable) return 'its percent signs stand for no text';
  const valuesOf = (name: string) => fields.flatMap((field) => (field.name === name ? [field.value] : []));
  const recipients = [to, ...valuesOf('to')].map((one) => one.trim()).filter((one) => one !== '');
  const [subjects, bodies] = [valuesOf('subject'), valuesOf('body')];
  if (recipients.length === 0) return 'it names nobody';
  if (recipients.length > 1) return 'it names more than one recipient';
  if (subjects.length > 1 || bodies.length > 1) return 'it gives its subject or its text twice';
  const [recipient = ''] = recipients;
  const [subject, body] = [subjects[0]?.trim() || USUAL_WORDS, bodies[0]?.trim() || USUAL_WORDS];
  if (!isPlainAddress(recipient) || asciiDomain(recipient) === undefined) return 'its recipient is no single address';
  if (LINE_BREAKING.test(subject)) return 'its subject holds a line break or a control character';
  if (subject.length > LONGEST_SUBJECT) return `its subject is longer than ${LONGEST_SUBJECT} characters`;
  if (body.length > LONGEST_BODY) return `its text is longer than ${LONGEST_BODY.toLocaleString('en')} characters`;
  return { to: recipient, subject, body };
}

function fieldOf(field: string): { name: string; value: string } | undefined {
  const equals = field.indexOf('=');
  const [name, value] = [decoded(field.slice(0, Math.max(equals, 0))), decoded(field.slice(equals + 1))];
  return name === undefined || value === undefined ? undefined : { name: name.toLowerCase(), value };
}

/** A plus sign stands for itself (RFC 6068, section 2). Undefined where the percent signs are no UTF-8. */
function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
