import type { gmail_v1 } from 'googleapis/build/src/apis/gmail/index.js';
import { type BatchRequest, foundOf } from '../gmail/connection/batch.ts';
import type { GmailConnection } from '../gmail/connection/connection.ts';
import {
  type ComposedMail,
  deleteDraft,
  presentRevision,
  type RawDraft,
  rawDraft,
  type StoredDraft,
  saveDraft,
} from '../gmail/drafts.ts';
import { loadWholeMessage } from '../gmail/messages/fetch-messages.ts';
import type { HiddenMessages } from '../gmail/messages/hidden.ts';
import { knownRecipients } from '../gmail/messages/known-recipients.ts';
import { sentTo } from '../gmail/messages/mail-heads.ts';
import { saying } from '../gmail/refused-send.ts';
import {
  type Pause,
  type SentMessage,
  type SentTraits,
  sendDraft,
  sendWithoutDraft,
  sentSoFar,
} from '../gmail/send.ts';
import { listSendAs, type SendAs } from '../gmail/send-as.ts';
import { Problem } from '../shared/problems.ts';

export interface OutboxOptions {
  gmail: GmailConnection;
  signal: AbortSignal;
  pause: Pause;
  /** What is hidden now: it is asked anew at each use, as a question in between can stand for long. */
  hidden(): HiddenMessages;
  /** Keeps a draft for this call until the call gives it back. Throws `draft_in_question` while another call has it. */
  hold(draftId: string): Promise<void>;
}

/** What a message is known again by among the sent ones. */
export interface Traits {
  subject: string;
  recipients: readonly string[];
}

/** The door by which mail leaves: drafts, sending, and what sending needs to know. Errors are Problems. */
export class Outbox {
  readonly #gmail: GmailConnection;
  readonly #signal: AbortSignal;
  readonly #pause: Pause;
  readonly #hidden: () => HiddenMessages;
  readonly #hold: OutboxOptions['hold'];

  constructor({ gmail, signal, pause, hidden, hold }: OutboxOptions) {
    this.#gmail = gmail;
    this.#signal = signal;
    this.#pause = pause;
    this.#hidden = hidden;
    this.#hold = hold;
  }

  /** The addresses that the account can send from; none where the token does not let them be asked for. */
  async sendAs(): Promise<SendAs[]> {
    try {
      return await listSendAs(this.#gmail, this.#signal);
    } catch (error) {
      if (error instanceof Problem && error.code === 'scope_missing') return [];
      throw error;
    }
  }

  /**
   * A draft as bytes, by its own id or that of its message. Throws `draft_gone`, as for one that is hidden: changed or
   * sent it would be a message that is not.
   */
  async draft(id: string): Promise<RawDraft> {
    const draft = await rawDraft(this.#gmail, id, this.#signal);
    await this.#assertVisible(draft, id);
    return draft;
  }

  /**
   * Saves a draft, once. Throws `draft_unclear`, `draft_gone`, `draft_changed` or what Gmail refuses.
   *
   * @param replaced the revision that it takes the place of, so that what a person has written since is not lost
   */
  async save(mail: ComposedMail, replaced?: StoredDraft): Promise<StoredDraft> {
    if (replaced) await this.#assertUnchanged(replaced);
    return saveDraft(this.#gmail, mail, { draftId: replaced?.id, signal: this.#signal });
  }

  /**
   * Sends a message, once, by way of a draft, which a refusal leaves nothing of. With a token that allows sending alone
   * it goes without one.
   *
   * @param replaced the draft that the message takes the place of, as it was when the message was agreed to
   */
  async send(mail: ComposedMail, traits: Traits, replaced?: StoredDraft): Promise<SentMessage> {
    const before = sentSoFar(this.#gmail, this.#signal);
    const save = () =>
      this.save(mail, replaced).catch((error: unknown) => {
        if (!replaced && error instanceof Problem && error.code === 'scope_missing') return undefined;
        throw error;
      });
    const saved = await saying(async () => replaced?.id, save);
    const sentBefore = await before;
    const kept = async () => (saved && (replaced || !(await this.#discard(saved))) ? saved.id : undefined);
    return saying(kept, async () => {
      if (!saved) return sendWithoutDraft(this.#gmail, mail, traits.subject, this.#signal);
      // Until its id was known here another call may have found it, and changed it or begun to.
      await this.#hold(saved.id).catch(asChanged(saved.id));
      return this.#sendDraft(saved, mail.mime, { ...traits, sentBefore });
    });
  }

  /**
   * Sends a draft as it is, once.
   *
   * @param agreed the revision that was agreed to
   * @throws Problem `draft_changed` where it is another one by now, `draft_gone` where there is none
   */
  async sendAsAgreed(agreed: RawDraft, traits: Traits): Promise<SentMessage> {
    const sentBefore = await sentSoFar(this.#gmail, this.#signal);
    await this.#assertUnchanged(agreed);
    return saying(
      async () => agreed.id,
      () => this.#sendDraft(agreed, agreed.raw, { ...traits, sentBefore }),
    );
  }

  /**
   * Which of these addresses were written to before, by Gmail's search among the sent messages, in one request for each
   * 25; undefined where that cannot be asked.
   */
  async writtenTo(addresses: readonly string[]): Promise<ReadonlySet<string> | undefined> {
    return this.#orUnknown(async () => {
      const requests = addresses.map(firstSentTo);
      const lists = await this.#gmail.batch<gmail_v1.Schema$ListMessagesResponse>(requests, this.#signal);
      if (foundOf(lists).length < addresses.length) return undefined;
      return new Set(addresses.filter((_, index) => (lists[index]?.data?.messages ?? []).length > 0));
    });
  }

  /**
   * Which of these addresses the person has written to by themself: each stands in the headers of at least two sent
   * messages that are older than a day; undefined where that cannot be asked.
   *
   * @param except ids of messages that were sent through the extension
   */
  async known(addresses: readonly string[], except: readonly string[]): Promise<ReadonlySet<string> | undefined> {
    const request = { addresses, except, before: Date.now() - DAY_MS };
    return this.#orUnknown(() => knownRecipients(this.#gmail, request, this.#signal));
  }

  async #orUnknown<T>(work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof Problem && error.code === 'cancelled') throw error;
      return undefined;
    }
  }

  /** From here on no other call changes it, and it is what it was. */
  async #assertUnchanged(draft: StoredDraft): Promise<void> {
    await this.#hold(draft.id);
    await this.#assertSameRevision(draft, (present) => this.#assertVisible(present, draft.id));
  }

  /** Throws `draft_gone`, what the look at the present one throws, or `draft_changed`. */
  async #assertSameRevision(
    { id, messageId }: StoredDraft,
    look?: (present: StoredDraft) => Promise<void>,
  ): Promise<void> {
    const present = await presentRevision(this.#gmail, id, this.#signal);
    if (!present) throw Problem.of('draft_gone', { id });
    await look?.(present);
    if (present.messageId !== messageId) throw Problem.of('draft_changed', { id });
  }

  /**
   * Looks at what was sent, as programs beside this one can change drafts too: in small messages, where it can be read.
   * Throws `sent_otherwise`.
   */
  async #assertSent({ messageId: id }: SentMessage, agreed: Buffer): Promise<void> {
    if (agreed.length > LARGEST_COMPARED) return;
    // It is sent, so that a call which was cancelled meanwhile makes no difference.
    const { signal } = new AbortController();
    const sent = await loadWholeMessage(this.#gmail, id, signal).catch(() => undefined);
    if (!sent) return;
    // What takes mail apart is loaded where something is sent, and not for a search.
    const { isSameMail } = await import('../compose/same-letter.ts');
    if (!(await isSameMail(sent, agreed))) throw Problem.of('sent_otherwise', { id });
  }

  async #assertVisible({ messageId }: StoredDraft, asked: string): Promise<void> {
    const visible = await this.#hidden().visible(this.#gmail, [{ id: messageId }], this.#signal);
    if (!visible.has(messageId)) throw Problem.of('draft_gone', { id: asked });
  }

  /** The last thing before it leaves is a look at its revision. */
  async #sendDraft(draft: StoredDraft, agreed: Buffer, traits: SentTraits): Promise<SentMessage> {
    await this.#assertSameRevision(draft);
    const sent = await sendDraft(this.#gmail, draft, traits, { signal: this.#signal, pause: this.#pause });
    await this.#assertSent(sent, agreed);
    return sent;
  }

  /** What Gmail would not send is not left behind. Answers whether it is gone. */
  async #discard({ id }: StoredDraft): Promise<boolean> {
    const done = deleteDraft(this.#gmail, id, new AbortController().signal);
    return done.then(
      () => true,
      () => false,
    );
  }
}

const DAY_MS = 86_400_000;

/** The largest message that is read again once it is sent, in bytes. */
const LARGEST_COMPARED = 1024 * 1024;

const firstSentTo = (address: string): BatchRequest => ({
  path: ['messages'],
  query: { q: sentTo(address), maxResults: '1', fields: 'messages/id' },
  subject: { kind: 'search', id: 'sent' },
});

/** Whoever has a draft that nobody but a search could know of is changing it. */
const asChanged = (id: string) => (error: unknown) => {
  const isTaken = error instanceof Problem && error.code === 'draft_in_question';
  throw isTaken ? Problem.of('draft_changed', { id }) : error;
};
