import { after, afterEach, before, beforeEach } from 'node:test';
import type { ChangeQuestion } from '../../../src/broker/change-protocol.ts';
import { type Sandbox, startSandbox } from '../../../src/sandbox/start.ts';
import { type ServerUnderTest, startServer } from '../../support/mcp-server.ts';
import { accountOf, brokerFolder, Opened, openWindow, type Window } from '../../support/window.ts';

export const MODIFY = 'gmail_modify_emails';
export const UNDO = 'gmail_undo';

/** One sandbox for all tests of a suite, with a window and a server for each. */
export class ModifyDesk {
  sandbox!: Sandbox;
  window!: Window;
  server!: ServerUnderTest;
  folder!: string;
  readonly opened = new Opened();
  /** How the person answers. */
  answer: (question: ChangeQuestion) => boolean | Promise<boolean> = () => true;
  #batches = 0;

  constructor() {
    before(async () => {
      this.sandbox = await startSandbox();
    });
    beforeEach(async () => {
      this.answer = () => true;
      this.folder = brokerFolder();
      const confirmChange = (question: ChangeQuestion) => this.answer(question);
      this.window = this.opened.add(await openWindow(this.folder, { confirmChange }));
      await this.window.store.save(accountOf(this.sandbox));
      this.server = this.opened.add(await startServer({ HEADLESS_GMAIL_BROKER: this.folder }));
    });
    afterEach(async () => {
      this.sandbox.faults.clear();
      await this.opened.close();
    });
    after(() => this.sandbox.close());
  }

  /** Files so many small messages with a word of their own. */
  async fileMany(count: number, labels = ['INBOX']): Promise<{ word: string; ids: string[] }> {
    this.#batches += 1;
    const word = `batch${String.fromCharCode(96 + this.#batches)}word`;
    const ids: string[] = [];
    for (let n = 0; n < count; n += 1) {
      const raw = Buffer.from(
        `From: Sender ${n % 3} <s${n % 3}@mail.example>\r\nSubject: ${word} ${n % 7}\r\nMessage-ID: <${word}-${n}@x>\r\n\r\nHi\r\n`,
      );
      ids.push((await this.sandbox.store.add(raw, { labelIds: labels, internalDate: Date.now() - n })).id);
    }
    return { word, ids };
  }

  /** How many of the messages have the label. */
  having(ids: readonly string[], label: string): number {
    return ids.filter((id) => this.sandbox.store.get(id)?.labelIds.has(label)).length;
  }
}

export const selectionOf = (text: string) => /selection (s-\w+)/.exec(text)?.[1];
