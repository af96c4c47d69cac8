import { randomBytes } from 'node:crypto';
import type { gmail_v1 } from 'googleapis/build/src/apis/gmail/index.js';
import { type Clock, systemClock } from '../../shared/clock.ts';
import { type Change, History } from './history.ts';
import { type Label, SYSTEM_LABELS, userLabel } from './labels.ts';
import { headerOf, type MimeTree, parseMime, textAsUtf8 } from './mime-tree.ts';
import { htmlToText } from './plain-text.ts';
import { noQuirks } from './quirks.ts';
import { primarySendAs, type SendAs } from './send-as.ts';

export interface StoredMessage {
  id: string;
  threadId: string;
  /** Changed by `MailStore.modify` alone, so that the history knows. */
  labelIds: ReadonlySet<string>;
  /** When it arrived, milliseconds since the epoch. */
  internalDate: number;
  /** Of its last change. */
  historyId: string;
  /** When it came into the store by the sandbox's clock: what searches find of new mail depends on it. */
  storedAt: number;
  raw: Buffer;
  tree: MimeTree;
  snippet: string;
  /** Lower-case headers and text, for searches by word. */
  searchText: string;
  header(name: string): string;
}

/** How much of a message its snippet shows, in characters, as in Gmail. */
const SNIPPET_LENGTH = 200;

const hexId = () => `1${randomBytes(8).toString('hex').slice(1)}`;

/** The messages and labels of one account. Messages are kept as the raw MIME that arrived. */
export class MailStore {
  readonly address: string;
  /** What happened to the messages. */
  readonly history = new History();
  readonly quirks = noQuirks();
  /** What it may send from. */
  sendAs: readonly SendAs[];
  /** By their ids, in the order in which they were made. */
  readonly filters = new Map<string, gmail_v1.Schema$Filter>();
  /** Verified addresses, which filters may forward to. */
  forwardingAddresses: readonly string[] = [];
  /** What filters forwarded, by the ids of the messages. */
  readonly forwarded: { id: string; to: string }[] = [];
  /** Which lists were left by one click, and with which token. */
  readonly unsubscribed: { list: string; token: string }[] = [];
  readonly #messages = new Map<string, StoredMessage>();
  readonly #labels = new Map<string, Label>();

  readonly #clock: Clock;
  #labelsMade = 0;

  constructor(address: string, clock: Clock = systemClock) {
    this.address = address;
    this.sendAs = [primarySendAs(address)];
    this.#clock = clock;
    for (const label of SYSTEM_LABELS) this.#labels.set(label.id, label);
  }

  get historyId(): string {
    return String(this.history.newestId);
  }

  labels(): Label[] {
    return [...this.#labels.values()];
  }

  /** The id of a label with that name, made if there is none. */
  labelId(name: string, color?: Label['color']): string {
    const known = this.labels().find((label) => label.name === name);
    if (known) return known.id;
    this.#labelsMade += 1;
    const id = `Label_${this.#labelsMade}`;
    this.putLabel(userLabel(id, name, color));
    return id;
  }

  /** Puts a label in the place of the one with its id. */
  putLabel(label: Label): void {
    this.#labels.set(label.id, label);
  }

  /** Takes a label off all mail, and out of the mailbox. */
  removeLabel(id: string): void {
    for (const message of this.messages()) if (message.labelIds.has(id)) this.modify(message.id, [], [id]);
    this.#labels.delete(id);
  }

  /** Newest first, as Gmail lists them. */
  messages(): StoredMessage[] {
    return [...this.#messages.values()].sort((a, b) => b.internalDate - a.internalDate);
  }

  get(id: string): StoredMessage | undefined {
    return this.#messages.get(id);
  }

  thread(threadId: string): StoredMessage[] {
    return this.messages()
      .filter((message) => message.threadId === threadId)
      .reverse();
  }

  /** Deletes a message for good, if there is one. */
  remove(id: string): void {
    const message = this.#messages.get(id);
    if (!message) return;
    this.#messages.delete(id);
    this.#record(message, [{ kind: 'messagesDeleted', labelIds: [] }]);
  }

  /**
   * Puts labels on a message and takes others off.
   *
   * @throws RangeError if there is no such message
   */
  modify(id: string, add: readonly string[], remove: readonly string[]): void {
    const message = this.#messages.get(id);
    if (!message) throw new RangeError(`No message has the id ${id}.`);
    const before = [...message.labelIds];
    const after = [...new Set([...before, ...add])].filter((label) => !remove.includes(label));
    message.labelIds = new Set(after);
    const changes: Change[] = [
      { kind: 'labelsAdded', labelIds: after.filter((label) => !before.includes(label)) },
      { kind: 'labelsRemoved', labelIds: before.filter((label) => !after.includes(label)) },
    ];
    const real = changes.filter(({ labelIds }) => labelIds.length > 0);
    if (real.length > 0) this.#record(message, real);
  }

  /** Makes the changes before a history id unknown, as Gmail does after about a week. */
  forgetHistoryBefore(historyId: string): void {
    this.history.forgetBefore(Number(historyId));
  }

  /**
   * Stores a raw message. Without a thread it starts a new one.
   *
   * @param file gives a message that arrives the labels that the history knows it by, in the place of those it came with
   */
  async add(
    raw: Buffer,
    at: { labelIds: Iterable<string>; internalDate: number; threadId?: string },
    file?: (message: StoredMessage) => Iterable<string>,
  ): Promise<StoredMessage> {
    const tree = await parseMime(raw);
    const id = hexId();
    const header = (name: string) => headerOf(tree, name);
    const text = textOf(tree).replace(/\s+/g, ' ').trim();
    const words = ['from', 'to', 'cc', 'subject'].map(header).join(' ');
    const message: StoredMessage = {
      id,
      threadId: at.threadId ?? id,
      labelIds: new Set(at.labelIds),
      internalDate: at.internalDate,
      historyId: this.historyId,
      storedAt: this.#clock.now(),
      raw,
      tree,
      snippet: escapeHtml(text.slice(0, SNIPPET_LENGTH).replace(/[\ud800-\udbff]$/, '')),
      searchText: `${words} ${text}`.toLowerCase(),
      header,
    };
    if (file) message.labelIds = new Set(file(message));
    this.#messages.set(id, message);
    this.#record(message, [{ kind: 'messagesAdded', labelIds: [] }]);
    return message;
  }

  #record(message: StoredMessage, changes: readonly Change[]): void {
    const { id, threadId, labelIds } = message;
    message.historyId = String(this.history.record({ id, threadId, labelIds: [...labelIds] }, changes));
  }
}

/** How much HTML searches and snippets look at, in characters: the sandbox's own choice, for mail made to be slow. */
const LONGEST_SEARCHED_HTML = 100_000;

/** The text of the first readable part, enough for snippets and searches. */
function textOf(tree: MimeTree): string {
  // An attached message is a file.
  if (tree.mimeType === 'message/rfc822') return '';
  for (const part of tree.parts) {
    const text = textOf(part);
    if (text.trim() !== '') return text;
  }
  if (tree.parts.length > 0) return '';
  if (tree.filename || !tree.mimeType.startsWith('text/')) return '';
  const text = textAsUtf8(tree).toString('utf8');
  return tree.mimeType === 'text/html' ? htmlToText(text.slice(0, LONGEST_SEARCHED_HTML)) : text;
}

/** Gmail escapes its snippets as HTML. */
function escapeHtml(text: string): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
