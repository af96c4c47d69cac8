/** Whose mailbox the sandbox shows. */
export const OWNER = { name: 'Robin Vale', address: 'robin.vale@sandbox.example' } as const;

/** One message of the seeded mailbox, in the terms a person would use; src/sandbox/store turns it into raw MIME. */
export interface SeedMessage {
  /** Messages that share this key form one Gmail thread. */
  thread: string;
  /** RFC 5322 mailbox, e.g. `Lena Ortiz <lena@harbor-studio.example>`. */
  from: string;
  to: string;
  cc?: string;
  subject: string;
  /** Minutes before the sandbox's start at which the message arrived. */
  minutesAgo: number;
  text?: string;
  html?: string;
  attachments?: SeedAttachment[];
  /** text/calendar part of an invitation (RFC 5546), as an alternative of the body. */
  calendar?: { method: 'REQUEST' | 'CANCEL' | 'REPLY'; ics: (now: Date) => string };
  /**
   * System label ids (INBOX, UNREAD, STARRED, IMPORTANT, SENT, DRAFT, SPAM, TRASH, CATEGORY_PERSONAL,
   * CATEGORY_PROMOTIONS, CATEGORY_UPDATES, CATEGORY_SOCIAL, CATEGORY_FORUMS) and names of user labels.
   */
  labels: string[];
  /** Further headers, e.g. List-Unsubscribe; some lead to the sandbox's own origin. */
  headers?: Record<string, string> | ((origin: string) => Record<string, string>);
  /**
   * Whole message in another charset than UTF-8: the text is encoded with it, the headers as RFC 2047.
   * The bytes are given because no composing library writes these charsets.
   */
  legacy?: { charset: string; subjectEncoded: string; bodyBase64: string };
}

interface SeedAttachment {
  filename: string;
  contentType: string;
  /** UTF-8 text, or base64 where encoding says so. */
  content: string;
  encoding?: 'base64';
  cid?: string;
  disposition?: 'inline' | 'attachment';
}
