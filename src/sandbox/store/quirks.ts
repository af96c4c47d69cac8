/** Ways of Gmail that do not always show. Each is off until a test sets it. */
export interface Quirks {
  /** Lists and histories answer empty and half pages although more follows. */
  shortPages: boolean;
  /** How long searches do not find a new message, in milliseconds. It can be read, and the history tells of it, at once. */
  indexDelayMs: number;
  /** The account has no mailbox. */
  withoutGmail: boolean;
}

export const noQuirks = (): Quirks => ({ shortPages: false, indexDelayMs: 0, withoutGmail: false });
