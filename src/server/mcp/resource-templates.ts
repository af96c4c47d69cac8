/** A family of resources as a client sees it. */
export interface ResourceTemplate {
  name: string;
  title: string;
  description: string;
  /** RFC 6570, level 1. */
  uriTemplate: string;
  /** Absent where it differs from one resource to the next. */
  mimeType?: string;
}

/** Every family of resources, by its name; listing them needs no network. */
export const RESOURCE_TEMPLATES = {
  message: {
    name: 'message',
    title: 'Gmail message',
    description: 'A message as gmail_read_email shows it. Of a long one the first page; that tool reads on.',
    uriTemplate: 'gmail://message/{message_id}',
    mimeType: 'text/plain',
  },
  thread: {
    name: 'thread',
    title: 'Gmail thread',
    description: 'A conversation as gmail_read_thread shows it. Of a long one the first page; that tool reads on.',
    uriTemplate: 'gmail://thread/{thread_id}',
    mimeType: 'text/plain',
  },
  attachment: {
    name: 'attachment',
    title: 'Gmail attachment',
    description: 'A file of a message as gmail_get_attachment shows it: a picture, or text.',
    uriTemplate: 'gmail://attachment/{message_id}/{part_id}',
  },
} as const satisfies Record<string, ResourceTemplate>;
