/**
 * A part of a message (RFC 2045): a text, a file, or a container of parts. The fields are those in which Gmail hands it
 * over (https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.messages#MessagePart), so that
 * neither side is copied; whatever comes from elsewhere is brought into this form.
 */
export interface MimePart {
  /** Where the part stands in its message: `1.0` is the first part of the second part; '' is the message itself. */
  partId?: string | null;
  /** In lower case, without parameters. */
  mimeType?: string | null;
  /** As the headers name it; '' for what is no file. */
  filename?: string | null;
  /** In the order of the message; those of the whole message stand at its outermost part. */
  headers?: MimeHeader[];
  body?: MimeBody;
  /** The parts of a container. */
  parts?: MimePart[];
}

/** One header; a name may occur several times. */
interface MimeHeader {
  name?: string | null;
  value?: string | null;
}

/** The content of a part, its transfer encoding undone. */
interface MimeBody {
  /** Names a body that is kept apart and has to be loaded. It is another at each request. */
  attachmentId?: string | null;
  /** The bytes as base64url (RFC 4648, section 5). */
  data?: string | null;
  /** How many bytes, those of a body kept apart included. */
  size?: number | null;
}

/** The first header of that name, in any case; '' where there is none. */
export function headerOf(part: MimePart | undefined, name: string): string {
  const wanted = name.toLowerCase();
  const { length } = wanted;
  // Most are of another length, which is told sooner than that they are others.
  const isWanted = (other: string) => other.length === length && other.toLowerCase() === wanted;
  return part?.headers?.find(({ name: other }) => other && isWanted(other))?.value ?? '';
}

/** The charset parameter of Content-Type (RFC 2045, section 5.1). */
export function charsetOf(part: MimePart): string | undefined {
  return /;\s*charset\s*=\s*"?([^\s";]+)/i.exec(headerOf(part, 'content-type'))?.[1];
}

/** Whether the sender says that the part is to be kept as a file (RFC 2183). */
export function isAttached(part: MimePart): boolean {
  return /^\s*attachment\b/i.test(headerOf(part, 'content-disposition'));
}

/** Whether the part is a file rather than to be read, as it says itself or by its name. */
export function isAttachment(part: MimePart): boolean {
  return Boolean(part.filename) || isAttached(part);
}
