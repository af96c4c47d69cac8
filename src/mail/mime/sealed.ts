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
  /** What stands in the text for what cannot be read, in lines. */
  sealed: string[];
  /** What is said of text that was taken out of a signature; no words of the mail. */
  notes: string[];
}

const DEEPEST = 100;

const PGP = '[This mail is encrypted with PGP: its text cannot be read here, only in a program that holds the key.]';
const SMIME = PGP.replace('PGP', 'S/MIME');
const UNREAD =
  '[This mail is signed with S/MIME, and its text stands inside the file of the signature, which could not be read here.]';

const UNCHECKED = 'The text was taken out of an S/MIME signature, which was not checked.';

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
  const opened: Opened = { payload, sealed: [], notes: [] };
  for (let layer = 0; layer < MOST_LAYERS; layer++) {
    const part = sealedPart(opened.payload, 0);
    if (!part) break;
    const content = await contentOf(part, bytesOf);
    if (typeof content === 'string') {
      opened.sealed.push(content);
      break;
    }
    const inner = await parseMessageFile(content);
    const headers = [...ownHeaders(part), ...(inner.headers ?? [])];
    opened.payload = replaced(opened.payload, part, { ...inner, headers });
    opened.notes.push(UNCHECKED);
    opened.sealed.push(...filesIn(inner));
  }
  return opened;
}

/** What a sealed part holds, or what is said in its place. */
async function contentOf(
  part: MimePart,
  bytesOf: (part: MimePart) => Promise<Uint8Array | undefined>,
): Promise<Buffer | string> {
  const type = typeOf(part);
  if (type === 'multipart/encrypted' || type === 'application/pgp-encrypted') return PGP;
  const kind = smimeType(part);
  if (kind.endsWith('enveloped-data')) return SMIME;
  const bytes = await bytesOf(part);
  const cms = readCms(Buffer.from(bytes ?? []));
  if (cms.kind === 'encrypted') return SMIME;
  return cms.kind === 'signed' ? cms.content : UNREAD;
}

function smimeType(part: MimePart): string {
  return readParameters(headerOf(part, 'content-type')).parameters['smime-type']?.toLowerCase() ?? '';
}

/** A mail may be signed, encrypted and signed again. */
const MOST_LAYERS = 3;

function sealedPart(part: MimePart, depth: number): MimePart | undefined {
  if (depth > DEEPEST) return undefined;
  if (isSealed(part)) return part;
  if (!isMultipart(part)) return undefined;
  for (const child of part.parts ?? []) {
    const found = sealedPart(child, depth + 1);
    if (found) return found;
  }
  return undefined;
}

function isSealed(part: MimePart): boolean {
  const type = typeOf(part);
  if (type === 'multipart/encrypted' || type === 'application/pgp-encrypted') return true;
  if (/^application\/(?:x-)?pkcs7-mime$/.test(type)) return smimeType(part) !== 'certs-only';
  return type === 'application/octet-stream' && /\.p7m$/i.test(fileName(part));
}

function replaced(part: MimePart, old: MimePart, by: MimePart): MimePart {
  if (part === old) return by;
  return part.parts ? { ...part, parts: part.parts.map((child) => replaced(child, old, by)) } : part;
}

/** The headers of the mail itself, where the file is all of it. */
function ownHeaders(part: MimePart): NonNullable<MimePart['headers']> {
  return (part.headers ?? []).filter(({ name }) => !/^content-/i.test(name ?? ''));
}

/** Files inside the signature, which have no part of their own in the mail. */
function filesIn(inner: MimePart): string[] {
  const names = [...leaves(inner, 0)].map(fileName).filter((name) => name !== '' && !/\.p7[ms]$/i.test(name));
  return names.length > 0 ? [`[Files inside the signature: ${names.slice(0, MOST_NAMES).join(', ')}]`] : [];
}

/** So many files are named. */
const MOST_NAMES = 20;

function* leaves(part: MimePart, depth: number): Generator<MimePart> {
  if (!part.parts?.length) yield part;
  else if (depth < DEEPEST) for (const child of part.parts) yield* leaves(child, depth + 1);
}
