/** What happens to a message, in the words of history.list's answers. */
export interface Change {
  kind: 'messagesAdded' | 'messagesDeleted' | 'labelsAdded' | 'labelsRemoved';
  /** The labels that came or went; empty where the message itself did. */
  labelIds: readonly string[];
}

/** What happened to one message at once. */
export interface HistoryRecord {
  id: number;
  /** The message as the changes left it, or as it was before it was deleted. */
  message: { id: string; threadId: string; labelIds: string[] };
  changes: readonly Change[];
}

/** Ids grow, but not one by one (https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.history/list). */
const GAP = 7;

/** The changes of a mailbox, the oldest first. */
export class History {
  #newest = 1000;
  #oldestStart = this.#newest;
  #records: HistoryRecord[] = [];

  get newestId(): number {
    return this.#newest;
  }

  /** Keeps a change and answers its id. */
  record(message: HistoryRecord['message'], changes: readonly Change[]): number {
    this.#newest += GAP;
    this.#records.push({ id: this.#newest, message, changes });
    return this.#newest;
  }

  /** What came after an id; undefined where that id is not known, or no longer. */
  after(id: number): HistoryRecord[] | undefined {
    if (id < this.#oldestStart || id > this.#newest) return undefined;
    return this.#records.filter((record) => record.id > id);
  }

  /** Forgets the changes before an id, which is then the first that still can be asked for. */
  forgetBefore(id: number): void {
    this.#oldestStart = Math.max(this.#oldestStart, id);
    this.#records = this.#records.filter((record) => record.id >= id);
  }
}
