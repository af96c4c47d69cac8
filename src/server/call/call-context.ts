import { setTimeout as pause } from 'node:timers/promises';
import type { Tally, ToolTally } from '../../broker/activity/tally.ts';
import type { SendQuestion } from '../../broker/send-question.ts';
import type { AskPerson } from '../../credentials/ask-person.ts';
import type { CallCredentials } from '../../credentials/credentials.ts';
import { CallMailbox, type MailboxOptions } from '../../mailbox/call-mailbox.ts';
import { Organiser } from '../../mailbox/organiser.ts';
import { Outbox } from '../../mailbox/outbox.ts';
import type { ChangeRules } from '../../organise/rules.ts';
import type { Selections } from '../../organise/selections.ts';
import type { CredentialSource } from '../../shared/problem-catalogue.ts';
import { Problem } from '../../shared/problems.ts';

/** Tells the client from time to time that the call lives, until the work ends. */
export type WhileWaiting = <T>(message: string, work: Promise<T>) => Promise<T>;

/** What the client brings to one call. */
export interface ClientCall {
  /** The name that the client gives itself. */
  client: string;
  /** The same with what it shows of itself, for the person's record. */
  shownClient: string;
  /** Aborts when the client cancels the call. */
  signal: AbortSignal;
  /** Reaches the person at the client, where the client can. */
  ask: AskPerson;
  whileWaiting: WhileWaiting;
}

/** What a tool's run gets: all that one call works with. */
export interface CallContext extends Omit<ClientCall, 'ask' | 'client' | 'shownClient'> {
  source: CredentialSource;
  credentials: Pick<
    CallCredentials,
    'accounts' | 'assertAllows' | 'renew' | 'saveFolder' | 'attachmentFolders' | 'sending'
  > & {
    /**
     * Asks the person whether a message may leave, or shall be kept as a draft. Throws a Problem where neither is
     * wanted, or the client is not there any more to hear of it.
     *
     * @param onLate saves the draft for which the person asks after the call has been withdrawn
     * @param always whether a person is asked even where messages go without a question otherwise
     */
    askToSend(question: SendQuestion, onLate: () => void, always: boolean): Promise<'send' | 'draft'>;
  };
  /** The mailbox that the call is about, less what stays out of reach. */
  mailbox(): Promise<CallMailbox>;
  /** The one door through which its mail is changed. */
  organiser(): Organiser;
  changes: ChangeRules;
  selections: Selections;
  /** Takes note of what the call does. */
  tally: ToolTally;
  /** The way out of that mailbox. What is sent by it outlives the call: a late click may still save a draft. */
  outbox(signal?: AbortSignal): Outbox;
}

/** What all calls share that read mail. */
export type MailServices = Pick<MailboxOptions, 'memory' | 'reader'> & { selections: Selections };

/** What a call may do with the credentials that it was given. */
export function contextOf(
  held: CallCredentials,
  source: CredentialSource,
  { signal, whileWaiting }: ClientCall,
  { leaving, tally, ...services }: MailServices & { leaving: AbortSignal; tally: Tally },
): CallContext {
  /** The answer of a person, which counts only while the call stands and its client is there. */
  const answerTo = async <T>(asking: Promise<T>): Promise<T> => {
    // A server that ends does not withdraw its question: the person keeps the text of a message that was not sent.
    const waiting = Promise.race([asking, abortOf(leaving)]);
    const answer = await whileWaiting('Waiting for the person to confirm.', waiting);
    // A late click, after a cancellation or for a client that has gone, sends and changes nothing.
    signal.throwIfAborted();
    leaving.throwIfAborted();
    return answer;
  };
  return {
    source,
    credentials: {
      accounts: held.accounts,
      assertAllows: held.assertAllows,
      renew: held.renew,
      saveFolder: held.saveFolder,
      attachmentFolders: held.attachmentFolders,
      sending: held.sending,
      askToSend: async (question, onLate, always) => {
        const {
          answer,
          isAsked,
          question: name,
        } = await answerTo(held.askToSend(question, { signal, onLate, always }));
        tally.question = name;
        tally.approval = isAsked ? 'person' : 'rule';
        return answer;
      },
    },
    mailbox: async () => mailboxOf(held, services, signal),
    organiser: () => new Organiser(optionsOf(held, services, signal)),
    changes: {
      ...held.changes,
      confirm: async (question) => {
        await answerTo(held.changes.confirm(question));
        tally.approval = 'person';
      },
    },
    selections: services.selections,
    tally,
    outbox: (outliving) =>
      new Outbox({
        gmail: held.gmail(outliving),
        signal: outliving ?? signal,
        pause: (ms) => pause(ms),
        hold: held.sending.drafts.hold,
        hidden: () => services.memory.hiddenMessages(held.about().memoryKey, held.about().privacy.hiddenQuery),
      }),
    whileWaiting,
    signal,
  };
}

/** Rejects when the signal aborts. */
function abortOf(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const abort = () => reject(Problem.of('cancelled', {}));
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, { once: true });
  });
}

/** The mailbox that the credentials of a call open. */
export function mailboxOf(held: CallCredentials, services: MailServices, signal: AbortSignal): CallMailbox {
  return new CallMailbox(optionsOf(held, services, signal));
}

function optionsOf(held: CallCredentials, { memory, reader }: MailServices, signal: AbortSignal): MailboxOptions {
  return { gmail: held.gmail(), ...held.about(), memory, reader, signal };
}
