import type { gmail_v1 } from 'googleapis/build/src/apis/gmail/index.js';
import type { AttachmentInfo } from '../../mail/mime/attachments.ts';
import { isMultipart } from '../../mail/mime/choose-text.ts';
import type { LoadPart } from '../../mail/mime/load-part.ts';
import type { MimePart } from '../../mail/mime/mime-part.ts';
import { listed } from '../../shared/limits/listed.ts';
import { Problem } from '../../shared/problems.ts';
import type { GmailConnection } from '../connection/connection.ts';
import { fetchMessage, loadPart } from './fetch-messages.ts';

/** A file of a message. */
export interface FoundAttachment {
  /** Of its message. */
  threadId: string;
  labelIds: readonly string[];
  name: string;
  /** As declared, in lower case; whoever sent it chose it. */
  type: string;
  /** The charset that it declares. */
  part: MimePart;
  /** Bytes. */
  size: number;
  load(): Promise<Buffer>;
}

/** Lists the files of a message, in the order in which they stand there. */
type ListFiles = (
  payload: MimePart,
  load: LoadPart,
  message: gmail_v1.Schema$Message,
) => Promise<readonly AttachmentInfo[]>;

interface AttachmentRequest {
  messageId: string;
  /** As gmail_read_email lists it. */
  partId: string;
  filesOf: ListFiles;
}

/**
 * Finds a file of a message by its part. Gmail's attachment ids hold for a while only, so the message is asked for anew
 * (https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.messages.attachments).
 *
 * @throws Problem `not_found` for the message, `part_unknown` for the part
 */
export async function findAttachment(
  gmail: GmailConnection,
  { messageId, partId, filesOf }: AttachmentRequest,
  signal: AbortSignal,
): Promise<FoundAttachment> {
  const message = await fetchMessage(gmail, messageId, signal);
  const { payload = {} } = message;
  const attachments = await filesOf(payload, (part) => loadPart(gmail, messageId, part, signal), message);
  const found = attachments.find((each) => each.partId === partId);
  const part = found && partOf(payload, partId);
  if (!found || !part) {
    throw Problem.of('part_unknown', { part: partId, message: messageId, known: listOf(attachments) });
  }
  return {
    threadId: message.threadId ?? '',
    labelIds: message.labelIds ?? [],
    name: found.name,
    type: found.type,
    part,
    size: found.size,
    load: () => loadPart(gmail, messageId, part, signal),
  };
}

/** Parts that an error names. */
const MOST_NAMED = 50;

function listOf(files: readonly { partId: string }[]): string {
  const parts = files.map(({ partId }) => partId);
  return listed(parts, MOST_NAMED) || 'none';
}

/**
 * A message that is nothing but a file has no part of its own; the reader calls it `0`. Gmail shows the parts of an
 * attached message below it; they are no files of this one.
 */
function partOf(root: MimePart, partId: string): MimePart | undefined {
  const search = (part: MimePart): MimePart | undefined => {
    if (part.partId === partId) return part;
    for (const child of (isMultipart(part) && part.parts) || []) {
      const found = search(child);
      if (found) return found;
    }
    return undefined;
  };
  return search(root) ?? (partId === '0' && !(isMultipart(root) && root.parts?.length) ? root : undefined);
}
