import type { MessageRow } from '../gmail/messages/message-row.ts';
import { senderOf } from '../mail/text/sender-name.ts';
import { asItLooks } from '../mail/text/turned.ts';
import { maskLine, maskNames } from '../masking/mask.ts';
import { cleanLine } from '../shared/invisible.ts';

/** A message as a list shows it: cleaned of what nobody can see, and masked. */
export interface ShownRow extends Pick<MessageRow, Kept> {
  /** The name of the sender, or the address where there is none or the name poses as another. */
  sender: string;
  /** The whole sender, by which it is found. */
  from: string;
  subject: string;
  snippet: string;
}

type Kept = 'id' | 'threadId' | 'date' | 'unread' | 'starred' | 'important' | 'hasAttachment';

/** Reads a row of Gmail for showing it. Whatever is made of the row after this may cut it, and needs no masking. */
export function showRow(row: MessageRow, showsCodes: boolean): ShownRow {
  const { id, threadId, date, unread, starred, important, hasAttachment } = row;
  const context = `${row.from} ${row.subject} ${row.snippet}`;
  const age = date > 0 ? Math.max(0, Date.now() - date) : 0;
  const line = (text: string) => (showsCodes ? cleanLine(text) : maskLine(cleanLine(text), context, { age }).text);
  const names = (text: string) => (showsCodes ? text : maskNames(text, context));
  const from = cleanLine(row.from);
  return {
    ...{ id, threadId, date, unread, starred, important, hasAttachment },
    sender: names(senderOf(from)),
    from: names(from),
    subject: line(asItLooks(row.subject)),
    snippet: line(asItLooks(row.snippet)),
  };
}
