/** One element of BER (ITU-T X.690): its first octet and what it holds. */
interface Element {
  tag: number;
  content: Buffer;
  /** Where the next element begins. */
  next: number;
}

const SEQUENCE = 0x30;
const OBJECT_ID = 0x06;
const OCTETS = 0x04;
const OCTETS_IN_PIECES = 0x24;
const EXPLICIT_0 = 0xa0;

/** The object identifiers 1.2.840.113549.1.7.2, .3 and 1.2.840.113549.1.9.16.1.23 (RFC 5652, RFC 5083). */
const SIGNED = '2a864886f70d010702';
const ENVELOPED = '2a864886f70d010703';
const AUTH_ENVELOPED = '2a864886f70d0109100117';

/** Elements of unknown length within one another deeper than this are not followed. */
const DEEPEST = 20;

/** What a message of CMS (RFC 5652) is. */
export type CmsContent = { kind: 'signed'; content: Buffer } | { kind: 'encrypted' } | { kind: 'other' };

/**
 * Takes the signed content out of a CMS message: it stands there in clear. The signature is not checked.
 *
 * @param bytes the content of an application/pkcs7-mime part (RFC 8551, section 3)
 */
export function readCms(bytes: Buffer): CmsContent {
  try {
    const [type, wrapped] = childrenOf(expect(bytes, 0, SEQUENCE).content);
    const id = type?.tag === OBJECT_ID ? type.content.toString('hex') : '';
    if (id === ENVELOPED || id === AUTH_ENVELOPED) return { kind: 'encrypted' };
    if (id !== SIGNED || !wrapped) return { kind: 'other' };
    // SignedData: version, algorithms, then what was signed (section 5.1).
    const encapsulated = childrenOf(expect(wrapped.content, 0, SEQUENCE).content)[2];
    const explicit = encapsulated && childrenOf(encapsulated.content)[1];
    if (explicit?.tag !== EXPLICIT_0) return { kind: 'other' };
    return { kind: 'signed', content: octetsOf(elementAt(explicit.content, 0, 0)) };
  } catch (error) {
    if (error instanceof RangeError) return { kind: 'other' };
    throw error;
  }
}

function expect(bytes: Buffer, at: number, tag: number): Element {
  const element = elementAt(bytes, at, 0);
  if (element.tag !== tag) throw new RangeError('Another element was to be expected.');
  return element;
}

/** No structure that is looked into here has more elements at its beginning. */
const MOST_CHILDREN = 4;

function childrenOf(content: Buffer): Element[] {
  const children: Element[] = [];
  for (let at = 0; at < content.length && children.length < MOST_CHILDREN; ) {
    const child = elementAt(content, at, 0);
    if (child.tag === 0) break;
    children.push(child);
    at = child.next;
  }
  return children;
}

/** @throws RangeError where the bytes end too early */
function elementAt(bytes: Buffer, at: number, depth: number): Element {
  const tag = bytes.readUInt8(at);
  const first = bytes.readUInt8(at + 1);
  if (first === 0x80) return withoutLength(bytes, tag, at + 2, depth);
  const lengthBytes = first < 0x80 ? 0 : first & 0x7f;
  if (lengthBytes > 4) throw new RangeError('The length is beyond every message.');
  const length = lengthBytes === 0 ? first : bytes.readUIntBE(at + 2, lengthBytes);
  const start = at + 2 + lengthBytes;
  if (start + length > bytes.length) throw new RangeError('The element ends behind the message.');
  return { tag, content: bytes.subarray(start, start + length), next: start + length };
}

/** An element that goes on until two zeros stand in place of the next one within it (X.690, section 8.1.3.6). */
function withoutLength(bytes: Buffer, tag: number, start: number, depth: number): Element {
  if (depth > DEEPEST) throw new RangeError('The elements lie too deep.');
  let at = start;
  while (bytes.readUInt16BE(at) !== 0) at = elementAt(bytes, at, depth + 1).next;
  return { tag, content: bytes.subarray(start, at), next: at + 2 };
}

/** Octets, which may come in pieces (X.690, section 8.7.3). */
function octetsOf(element: Element): Buffer {
  if (element.tag === OCTETS) return element.content;
  if (element.tag !== OCTETS_IN_PIECES) throw new RangeError('Octets were to be expected.');
  const pieces: Buffer[] = [];
  for (let at = 0; at < element.content.length; ) {
    const piece = elementAt(element.content, at, 0);
    if (piece.tag === 0) break;
    if (piece.tag !== OCTETS) throw new RangeError('A piece of octets was to be expected.');
    pieces.push(piece.content);
    at = piece.next;
  }
  return Buffer.concat(pieces);
}
