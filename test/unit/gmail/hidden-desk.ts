import { beforeEach } from 'node:test';
import { type HiddenMemory, HiddenMessages } from '../../../src/gmail/messages/hidden.ts';
import { searchMessages } from '../../../src/gmail/messages/search.ts';
import type { Sandbox } from '../../../src/sandbox/start.ts';
import type { StoredMessage } from '../../../src/sandbox/store/mail-store.ts';
import { connect, fileMessage, sandboxForAll } from '../support.ts';

export const SIGNAL = new AbortController().signal;

/** One sandbox for all tests of a suite, with a message that the label `private` hides beside others. */
export class HiddenDesk {
  sandbox!: Sandbox;
  /** The id of the label. */
  label!: string;
  shown!: StoredMessage;
  secret!: StoredMessage;
  /** The one without a Message-ID. */
  nameless!: StoredMessage;
  #filed = 0;

  constructor() {
    sandboxForAll(async (started) => {
      this.sandbox = started;
      this.label = started.store.labelId('private');
      this.shown = await this.file(['INBOX'], { Subject: 'shown', From: 'ann@example.org' });
      this.secret = await this.file(['INBOX', this.label], { Subject: 'secret', From: 'bank@example.org' });
      this.nameless = await fileMessage(started, { Subject: 'nameless' }, 'gatetest', ['INBOX']);
    });
    beforeEach(() => {
      this.sandbox.requests.length = 0;
    });
  }

  file = (labels: string[], headers: Record<string, string> = {}) => {
    this.#filed += 1;
    const messageId = `<hidden-${this.#filed}@example.org>`;
    return fileMessage(this.sandbox, { 'Message-ID': messageId, ...headers }, 'gatetest', labels);
  };

  gate = (query?: string, memory?: HiddenMemory) => new HiddenMessages(query, memory);

  /** The subjects of the messages that are found. */
  search = async (query: string, hidden: HiddenMessages) => {
    const { rows } = await searchMessages(connect(this.sandbox), { query, limit: 25, hidden }, SIGNAL);
    return rows.map(({ subject }) => subject);
  };

  /** Those of the messages that are not hidden. */
  visible = async (hidden: HiddenMessages, ...ids: string[]) => {
    const asked = ids.map((id) => ({ id }));
    return [...(await hidden.visible(connect(this.sandbox), asked, SIGNAL))];
  };

  require = (hidden: HiddenMessages, id: string, messageId?: string) =>
    hidden.requireVisible(connect(this.sandbox), { id, messageId }, SIGNAL);
}
