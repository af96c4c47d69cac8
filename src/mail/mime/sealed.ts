import { fileName } from './attachments.ts';
import { isMultipart, typeOf } from './choose-text.ts';
import { readParameters } from './headers.ts';
import { parseMessageFile } from './message-file.ts';
import { headerOf, type MimePart } from './mime-part.ts';
import { readCms } from './signed-content.ts';

/** A mail whose text is sealed in a file, as far as it can be opened without any key. */
export interface Opened {
  /** The parts of the mail, with what was signed in place of the file that it was signed in. */
  payload: MimePart;
  /** What is said in place of text that cannot be read; '' where all can. */
  sealed: string;
  /** What is said of text that was taken out of a signature. */
  notes: string[];
}

const DEEPEST = 100;

const PGP = '[This mail is encrypted with PGP: its text cannot be read here, only in a program that holds the key.]';
const SMIME = PGP.replace('PGP', 'S/MIME');
const UNREAD =
  '[This mail is signed with S/MIME, and its text stands inside the file of the signature, which could not be read here.]';

/**
 * Opens what encloses a text without hiding it: the opaque signature of S/MIME (RFC 8551, section 3.5.2). Of encrypted
 * mail (RFC 3156, RFC 8551) it says that it is.
 *
 * @param bytesOf loads the body of a part; undefined where it is too large
 */
export async function openSealed(
  payload: MimePart,
  bytesOf: (part: MimePart) => Promise<Uint8Array | undefined>,
): Promise<Opened> {
  const part = sealedPart(payload, 0);
  if (!part) return { payload, sealed: '', notes: [] };
  if (typeOf(part) === 'multipart/encrypted') return { payload, sealed: PGP, notes: [] };
  const kind = readParameters(headerOf(part, 'content-type')).parameters['smime-type']?.toLowerCase() ?? '';
  if (kind === 'certs-only') return { payload, sealed: '', notes: [] };
  if (kind.endsWith('enveloped-data')) return { payload, sealed: SMIME, notes: [] };
  const bytes = await bytesOf(part);
  const cms = readCms(Buffer.from(bytes ?? []));
  if (cms.kind === 'encrypted') return { payload, sealed: SMIME, notes: [] };
  if (cms.kind === 'other') return { payload, sealed: UNREAD, notes: [] };
  const inner = await parseMessageFile(cms.content);
  const name = fileName(part) || 'smime.p7m';
  return {
    payload: replaced(payload, part, { ...inner, headers: [...withoutType(part), ...(inner.headers ?? [])] }),
    sealed: '',
    notes: [`The text was taken out of an S/MIME signature (${name}), which was not checked.`, ...filesIn(inner, name)],
  };
}

function sealedPart(part: MimePart, depth: number): MimePart | undefined {
  const type = typeOf(part);
  if (depth > DEEPEST) return undefined;
  if (type === 'multipart/encrypted') return part;
  if (/^application\/(?:x-)?pkcs7-mime$/.test(type)) return part;
  if (type === 'application/octet-stream' && /\.p7m$/i.test(fileName(part))) return part;
  if (!isMultipart(part)) return undefined;
  for (const child of part.parts ?? []) {
    const found = sealedPart(child, depth + 1);
    if (found) return found;
  }
  return undefined;
}

function replaced(part: MimePart, old: MimePart, by: MimePart): MimePart {
  if (part === old) return by;
  return part.parts ? { ...part, parts: part.parts.map((child) => replaced(child, old, by)) } : part;
}

/** The headers of the mail itself, where the file is all of it. */
function withoutType(part: MimePart): NonNullable<MimePart['headers']> {
  return (part.headers ?? []).filter(({ name }) => !/^content-/i.test(name ?? ''));
}

/** Files inside the signature, which have no part of their own in the mail. */
function filesIn(inner: MimePart, name: string): string[] {
  const names: string[] = [];
  const walk = (part: MimePart, depth: number): void => {
    if (fileName(part)) names.push(fileName(part));
    if (depth < DEEPEST) for (const child of part.parts ?? []) walk(child, depth + 1);
  };
  walk(inner, 0);
  return names.length > 0 ? [`Files inside ${name}: ${names.slice(0, 20).join(', ')}.`] : [];
}
