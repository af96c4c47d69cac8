import type { Outgoing } from '../../mail/compose/compose.ts';
import type { CredentialSource } from '../../shared/problem-catalogue.ts';
import type { AskPerson } from '../credentials/ask-person.ts';
import type { CallCredentials } from '../credentials/credentials.ts';
import { CallMailbox, type MailboxOptions } from '../mailbox/call-mailbox.ts';

/** Tells the client from time to time that the call lives, until the work ends. */
export type WhileWaiting = <T>(message: string, work: Promise<T>) => Promise<T>;

/** What the client brings to one call. */
export interface ClientCall {
  /** Aborts when the client cancels the call. */
  signal: AbortSignal;
  /** Reaches the person at the client, where the client can. */
  ask: AskPerson;
  whileWaiting: WhileWaiting;
}

/** What a tool's run gets: all that one call works with. */
export interface CallContext extends Omit<ClientCall, 'ask'> {
  source: CredentialSource;
  credentials: Pick<CallCredentials, 'accounts' | 'renew' | 'saveFolder'> & {
    /** Returns only where the message may go out, and the client is still there to hear of it. */
    assertApproved(message: Outgoing): Promise<void>;
  };
  /** The mailbox that the call is about, less what stays out of reach. */
  mailbox(): Promise<CallMailbox>;
}

/** What all calls share that read mail. */
export type MailServices = Pick<MailboxOptions, 'memory' | 'reader'>;

/** What a call may do with the credentials that it was given. */
export function contextOf(
  held: CallCredentials,
  source: CredentialSource,
  { signal, whileWaiting }: ClientCall,
  { leaving, ...services }: MailServices & { leaving: AbortSignal },
): CallContext {
  return {
    source,
    credentials: {
      accounts: held.accounts,
      renew: held.renew,
      saveFolder: held.saveFolder,
      assertApproved: async (message) => {
        const waiting = AbortSignal.any([signal, leaving]);
        await whileWaiting('Waiting for the person to confirm.', held.assertApproved(message, waiting));
        // A late click, after a cancellation or for a client that has gone, sends nothing.
        waiting.throwIfAborted();
      },
    },
    mailbox: async () => mailboxOf(held, services, signal),
    whileWaiting,
    signal,
  };
}

/** The mailbox that the credentials of a call open. */
export function mailboxOf(held: CallCredentials, { memory, reader }: MailServices, signal: AbortSignal): CallMailbox {
  return new CallMailbox({ gmail: held.gmail(), ...held.about(), memory, reader, signal });
}
