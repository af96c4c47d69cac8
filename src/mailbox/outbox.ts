import type { gmail_v1 } from 'googleapis/build/src/apis/gmail/index.js';
import { type BatchRequest, foundOf } from '../gmail/connection/batch.ts';
import type { GmailConnection } from '../gmail/connection/connection.ts';
import {
  type ComposedMail,
  deleteDraft,
  presentRevision,
  rawDraft,
  type StoredDraft,
  saveDraft,
} from '../gmail/drafts.ts';
import type { HiddenMessages } from '../gmail/messages/hidden.ts';
import { knownRecipients } from '../gmail/messages/known-recipients.ts';
import { sentTo } from '../gmail/messages/mail-heads.ts';
import { type Pause, type SentMessage, sendDraft, sendWithoutDraft, sentSoFar } from '../gmail/send.ts';
import { listSendAs, type SendAs } from '../gmail/send-as.ts';
import { Problem } from '../shared/problems.ts';

export interface OutboxOptions {
  gmail: GmailConnection;
  signal: AbortSignal;
  pause: Pause;
  /** What is hidden now: it is asked anew at each use, as a question in between can stand for long. */
  hidden(): HiddenMessages;
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

  constructor({ gmail, signal, pause, hidden }: OutboxOptions) {
    this.#gmail = gmail;
    this.#signal = signal;
    this.#pause = pause;
    this.#hidden = hidden;
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
  async draft(id: string): Promise<StoredDraft & { raw: Buffer }> {
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
    const saved = await this.save(mail, replaced).catch((error: unknown) => {
      if (!replaced && error instanceof Problem && error.code === 'scope_missing') return undefined;
      throw error;
    });
    const sentBefore = await before;
    const kept = async () => (saved && (replaced || !(await this.#discard(saved))) ? saved.id : undefined);
    return saying(kept, () =>
      saved
        ? this.#sendDraft(saved, { ...traits, sentBefore })
        : sendWithoutDraft(this.#gmail, mail, traits.subject, this.#signal),
    );
  }

  /**
   * Sends a draft as it is, once.
   *
   * @param agreed the revision that was agreed to
   * @throws Problem `draft_changed` where it is another one by now, `draft_gone` where there is none
   */
  async sendAsAgreed(agreed: StoredDraft, traits: Traits): Promise<SentMessage> {
    const sentBefore = await sentSoFar(this.#gmail, this.#signal);
    await this.#assertUnchanged(agreed);
    return saying(
      async () => agreed.id,
      () => this.#sendDraft(agreed, { ...traits, sentBefore }),
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

  async #assertUnchanged({ id, messageId }: StoredDraft): Promise<void> {
    const present = await presentRevision(this.#gmail, id, this.#signal);
    if (!present) throw Problem.of('draft_gone', { id });
    await this.#assertVisible(present, id);
    if (present.messageId !== messageId) throw Problem.of('draft_changed', { id });
  }

  async #assertVisible({ messageId }: StoredDraft, asked: string): Promise<void> {
    const visible = await this.#hidden().visible(this.#gmail, [{ id: messageId }], this.#signal);
    if (!visible.has(messageId)) throw Problem.of('draft_gone', { id: asked });
  }

  #sendDraft(draft: StoredDraft, traits: Traits & { sentBefore: ReadonlySet<string> | undefined }) {
    return sendDraft(this.#gmail, draft, traits, { signal: this.#signal, pause: this.#pause });
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

const firstSentTo = (address: string): BatchRequest => ({
  path: ['messages'],
  query: { q: sentTo(address), maxResults: '1', fields: 'messages/id' },
  subject: { kind: 'search', id: 'sent' },
});

/** Whether Gmail has said no; otherwise the draft may be what is left of the message. */
const isRefusal = (error: unknown): error is Problem =>
  error instanceof Problem && !['send_unclear', 'send_failed_draft_kept', 'draft_gone'].includes(error.code);

/**
 * Why Gmail refuses a request says nothing of what became of the message, so it is said beside it.
 *
 * @param kept makes sure of the draft that is left, and answers its id
 */
async function saying<T>(kept: () => Promise<string | undefined>, send: () => Promise<T>): Promise<T> {
  try {
    return await send();
  } catch (problem) {
    if (!isRefusal(problem)) throw problem;
    const draft = await kept();
    if (problem.code === 'cancelled') throw problem;
    throw Problem.of('send_refused', { said: problem.words(), ...(draft ? { draft } : {}) }, problem.details);
  }
}
