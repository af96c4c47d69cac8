import type { CallMailbox } from '../../mailbox/call-mailbox.ts';
import type { Outbox } from '../../mailbox/outbox.ts';

/** The doors that writing a message goes through. */
export interface WritingDoors {
  /** For what is answered, quoted or attached: less what stays out of reach. */
  box: CallMailbox;
  /** For drafts and sending. */
  outbox: Outbox;
}
