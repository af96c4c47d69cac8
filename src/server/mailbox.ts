import type { BatchOutcome } from '../gmail/batch.ts';
import type { GmailConnection } from '../gmail/connection.ts';
import { HiddenMessages } from '../gmail/hidden.ts';
import { maskSecrets } from '../gmail/masking.ts';
import { MessageCache } from '../gmail/message-cache.ts';
import { type LoadedMessage, listThread, loadMessages, type ThreadEntry } from '../gmail/read-message.ts';
import { renderBody } from '../gmail/reader/render-body.ts';
import type { Privacy } from '../shared/privacy.ts';
import { Problem } from '../shared/problems.ts';

/** A message as tools show it. */
export interface ShownMessage extends Omit<LoadedMessage, 'mail'> {
  from: string;
  to: string;
  cc: string;
  subject: string;
  /** The whole text, with quotes and signatures folded and long links by their host. */
  folded: string;
  /** The text with nothing folded. */
  unfolded: string;
  /** Own text alone: without the quotes of earlier mail. */
  own: string;
  attachments: LoadedMessage['mail']['attachments'];
  /** Lines that sum up an event or a delivery report. */
  summary: readonly string[];
  /** Characters that nobody could see, and so were removed. */
  hidden: number;
  /** One-time codes and password-reset links that were masked. */
  masked: number;
}

/** What is remembered from one call to the next: messages that were read, and which of them may be seen. */
export class MailMemory {
  readonly cache = new MessageCache<ShownMessage>({
    sizeOf: (shown) => 2 * (shown.folded.length + shown.unfolded.length + shown.own.length) + 4096,
  });
  #hidden: { key: string; messages: HiddenMessages } | undefined;

  hiddenMessages(account: string, query: string): HiddenMessages {
    const key = `${account}\n${query}`;
    if (this.#hidden?.key !== key) this.#hidden = { key, messages: new HiddenMessages(query) };
    return this.#hidden.messages;
  }
}

/** Whose mailbox a call is about. */
export interface MailboxIdentity {
  /** What cursors belong to; it stays the same from call to call. */
  owner: string;
  /** What is remembered belongs to it: no two mailboxes have the same. */
  memoryKey: string;
}

export interface MailboxOptions extends MailboxIdentity {
  gmail: GmailConnection;
  privacy: Privacy;
  memory: MailMemory;
  signal: AbortSignal;
}

/** The mailbox of one call, less what stays out of reach. Errors are Problems. */
export class CallMailbox {
  readonly gmail: GmailConnection;
  readonly hidden: HiddenMessages;
  readonly privacy: Privacy;
  readonly owner: string;
  readonly #memory: MailMemory;
  readonly #memoryKey: string;
  readonly #signal: AbortSignal;

  constructor({ gmail, privacy, owner, memoryKey, memory, signal }: MailboxOptions) {
    this.gmail = gmail;
    this.privacy = privacy;
    this.owner = owner;
    this.#memory = memory;
    // What is masked is part of what is remembered.
    this.#memoryKey = `${memoryKey} ${privacy.showsCodes}`;
    this.#signal = signal;
    this.hidden = memory.hiddenMessages(memoryKey, privacy.hiddenQuery);
  }

  /**
   * Messages by id, in the order that was asked for: those that were read before from memory, the others by one HTTP
   * request for each 25.
   *
   * @param fresh whether to ask Gmail for all of them, because labels change
   */
  async messages(ids: readonly string[], { fresh }: { fresh: boolean }): Promise<BatchOutcome<ShownMessage>[]> {
    const known = new Map<string, BatchOutcome<ShownMessage>>();
    for (const id of fresh ? [] : ids) {
      const data = this.#memory.cache.get(this.#memoryKey, id);
      if (data) known.set(id, { data });
    }
    const missing = [...new Set(ids)].filter((id) => !known.has(id));
    const loaded = missing.length > 0 ? await loadMessages(this.gmail, missing, this.#signal) : [];
    for (const [index, { data, problem }] of loaded.entries()) {
      known.set(missing[index] ?? '', problem ? { problem } : { data: this.#remember(data as LoadedMessage) });
    }
    const outcomes = ids.map((id) => known.get(id) ?? { problem: notFound(id) });
    return this.#withoutHidden(outcomes, ids);
  }

  /** One message. Throws its Problem. */
  async message(id: string, options: { fresh: boolean }): Promise<ShownMessage> {
    const [outcome] = await this.messages([id], options);
    if (!outcome || outcome.problem) throw outcome?.problem ?? notFound(id);
    return outcome.data;
  }

  /** The messages of a thread that may be seen, oldest first, without their text. */
  async thread(threadId: string): Promise<ThreadEntry[]> {
    const entries = await listThread(this.gmail, threadId, this.#signal);
    const visible = await this.hidden.visibleInThread(this.gmail, threadId, entries, this.#signal);
    return entries.filter(({ id }) => visible.has(id));
  }

  /** Throws `not_found` where a message must not be seen, exactly as where there is none. */
  async requireVisible(id: string, messageId?: string): Promise<void> {
    await this.hidden.requireVisible(this.gmail, { id, messageId }, this.#signal);
  }

  async #withoutHidden(
    outcomes: readonly BatchOutcome<ShownMessage>[],
    ids: readonly string[],
  ): Promise<BatchOutcome<ShownMessage>[]> {
    // That a message cannot be read says that it is there, so it is asked about too.
    const isThere = ({ problem }: BatchOutcome<ShownMessage>) => problem?.code !== 'not_found';
    const asked = ids.flatMap((id, index) => {
      const outcome = outcomes[index];
      return outcome && isThere(outcome) ? [{ id, messageId: outcome.data?.messageId }] : [];
    });
    const visible = await this.hidden.visible(this.gmail, asked, this.#signal);
    return outcomes.map((outcome, index) => {
      const id = ids[index] ?? '';
      return isThere(outcome) && !visible.has(id) ? { problem: notFound(id) } : outcome;
    });
  }

  #remember(loaded: LoadedMessage): ShownMessage {
    const shown = show(loaded, this.privacy);
    this.#memory.cache.set(this.#memoryKey, shown.id, shown);
    return shown;
  }
}

const notFound = (id: string) => Problem.of('not_found', { kind: 'message', id });

function show({ mail, ...message }: LoadedMessage, { showsCodes }: Privacy): ShownMessage {
  const { from, to, cc, subject, segments, attachments, invitation = [], delivery = [], hidden } = mail;
  const masked = (text: string) => (showsCodes ? { subject, text, count: 0 } : maskSecrets({ from, subject, text }));
  const folded = masked(renderBody(mail, { unfold: false }));
  const own = masked(renderBody({ segments: segments.filter(({ kind }) => kind !== 'quote') }, { unfold: false }));
  return {
    ...message,
    from,
    to,
    cc,
    subject: folded.subject,
    folded: folded.text,
    unfolded: masked(renderBody(mail, { unfold: true })).text,
    own: own.text,
    attachments,
    summary: [...invitation, ...delivery],
    hidden,
    masked: folded.count,
  };
}
