import { randomBytes } from 'node:crypto';
import { type MimeTree, parseMime } from './mime-tree.ts';
import { htmlToText } from './plain-text.ts';

const SYSTEM_LABELS = [
  ...['INBOX', 'SENT', 'DRAFT', 'SPAM', 'TRASH', 'UNREAD', 'STARRED', 'IMPORTANT', 'CHAT'],
  ...['CATEGORY_PERSONAL', 'CATEGORY_SOCIAL', 'CATEGORY_PROMOTIONS', 'CATEGORY_UPDATES', 'CATEGORY_FORUMS'],
];

export interface Label {
  id: string;
  name: string;
  type: 'system' | 'user';
}

export interface StoredMessage {
  id: string;
  threadId: string;
  labelIds: Set<string>;
  /** When it arrived, milliseconds since the epoch. */
  internalDate: number;
  historyId: string;
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
export class Mailbox {
  readonly address: string;
  readonly #messages = new Map<string, StoredMessage>();
  readonly #labels = new Map<string, Label>();
  #history = 1000;

  constructor(address: string) {
    this.address = address;
    for (const id of SYSTEM_LABELS) this.#labels.set(id, { id, name: id, type: 'system' });
  }

  get historyId(): string {
    return String(this.#history);
  }

  labels(): Label[] {
    return [...this.#labels.values()];
  }

  /** The id of a label with that name, made if there is none. */
  labelId(name: string): string {
    const known = this.labels().find((label) => label.name === name);
    if (known) return known.id;
    const id = `Label_${this.#labels.size}`;
    this.#labels.set(id, { id, name, type: 'user' });
    return id;
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

  remove(id: string): void {
    this.#messages.delete(id);
  }

  /** Stores a raw message. Without a thread it starts a new one. */
  async add(
    raw: Buffer,
    at: { labelIds: Iterable<string>; internalDate: number; threadId?: string },
  ): Promise<StoredMessage> {
    const tree = await parseMime(raw);
    const id = hexId();
    const header = (name: string) => headerOf(tree, name);
    const text = textOf(tree).replace(/\s+/g, ' ').trim();
    const words = ['from', 'to', 'cc', 'subject'].map(header).join(' ');
    this.#history += 1;
    const message: StoredMessage = {
      id,
      threadId: at.threadId ?? id,
      labelIds: new Set(at.labelIds),
      internalDate: at.internalDate,
      historyId: this.historyId,
      raw,
      tree,
      snippet: escapeHtml(text.slice(0, SNIPPET_LENGTH).replace(/[\ud800-\udbff]$/, '')),
      searchText: `${words} ${text}`.toLowerCase(),
      header,
    };
    this.#messages.set(id, message);
    return message;
  }
}

function headerOf(tree: MimeTree, name: string): string {
  return tree.headers.find((header) => header.name?.toLowerCase() === name.toLowerCase())?.value ?? '';
}

/** The text of the first readable part, enough for snippets and searches. */
function textOf(tree: MimeTree): string {
  if (tree.parts.length > 0) return tree.parts.map(textOf).find((text) => text.trim() !== '') ?? '';
  if (tree.filename || !tree.mimeType.startsWith('text/')) return '';
  const text = decodeCharset(tree.content, tree.charset);
  return tree.mimeType === 'text/html' ? htmlToText(text) : text;
}

function decodeCharset(content: Buffer, charset: string | undefined): string {
  try {
    return new TextDecoder(charset ?? 'utf-8').decode(content);
  } catch {
    return content.toString('latin1');
  }
}

/** Gmail escapes its snippets as HTML. */
function escapeHtml(text: string): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
