import assert from 'node:assert/strict';
import type { SendQuestion } from '../../../src/broker/send-question.ts';
import { type DraftContent, draftContent } from '../../../src/compose/draft-content.ts';
import { parseMessageFile } from '../../../src/mail/mime/message-file.ts';
import { type Sandbox, startSandbox } from '../../../src/sandbox/start.ts';
import type { StoredMessage } from '../../../src/sandbox/store/mail-store.ts';
import { refuse } from '../../support/mail.ts';
import { type ServerUnderTest, startServer } from '../../support/mcp-server.ts';
import { accountOf, brokerFolder, Opened, openWindow, type Window, type WindowOptions } from '../../support/window.ts';

type Decision = boolean | 'draft';

/** A mailbox, a window whose person answers as the test says, and a server of that window. */
export class Desk {
  readonly sandbox: Sandbox;
  readonly server: ServerUnderTest;
  readonly window: Window;
  /** How the person answers; sends where a test sets nothing. */
  answer: (question: SendQuestion) => Decision | Promise<Decision> = () => true;
  readonly #opened: Opened;

  private constructor(sandbox: Sandbox, opened: Opened, window: Window, server: ServerUnderTest) {
    this.sandbox = sandbox;
    this.#opened = opened;
    this.window = window;
    this.server = server;
  }

  static async open(options: Omit<WindowOptions, 'confirm'> = {}): Promise<Desk> {
    const opened = new Opened();
    const sandbox = opened.add(await startSandbox());
    const folder = brokerFolder();
    let desk: Desk | undefined;
    const confirm = (question: SendQuestion) => desk?.answer(question) ?? false;
    const window = opened.add(await openWindow(folder, { ...options, confirm }));
    await window.store.save(accountOf(sandbox));
    const server = opened.add(await startServer({ HEADLESS_GMAIL_BROKER: folder, TZ: 'Etc/UTC' }));
    desk = new Desk(sandbox, opened, window, server);
    return desk;
  }

  close(): Promise<void> {
    return this.#opened.close();
  }

  /** Sends, and answers what lies in the mailbox. */
  async send(args: Record<string, unknown>): Promise<StoredMessage> {
    const { isError, text } = await this.server.call('gmail_send_email', args);
    assert.equal(isError, false, text);
    const json = JSON.parse(text);
    return this.sandbox.store.get(String(json.messageId)) ?? assert.fail('it is not in the mailbox');
  }

  /** Saves a draft, or changes one. */
  async save(args: Record<string, unknown>): Promise<{ id: string; message: StoredMessage }> {
    const { isError, text } = await this.server.call('gmail_create_draft', args);
    assert.equal(isError, false, text);
    const json = JSON.parse(text);
    const message = this.sandbox.store.get(String(json.message_id)) ?? assert.fail('it is not in the mailbox');
    return { id: String(json.draft_id), message };
  }

  /** A call that must fail with these words, send nothing and leave nothing in the mailbox. */
  async refuse(name: string, args: Record<string, unknown>, expected: RegExp): Promise<void> {
    const before = this.ids();
    await refuse(this.server, name, args, expected);
    assert.deepEqual(this.ids(), before, 'something is left in the mailbox');
  }

  /** Every message of the mailbox, drafts too. */
  ids(): string[] {
    return this.sandbox.store.messages().map(({ id, labelIds }) => `${id} ${[...labelIds]}`);
  }

  /** The question that was asked last. */
  get question(): SendQuestion {
    return this.window.questions.at(-1) ?? assert.fail('nobody was asked');
  }
}

/** A message taken apart. */
export const contentOf = async ({ raw }: StoredMessage): Promise<DraftContent> =>
  draftContent(await parseMessageFile(raw));

export const addresses = (list: readonly { address: string }[]): string[] => list.map(({ address }) => address);

/** Changes a draft as a person does in Gmail. Answers the id of its message. */
export async function put({ sandbox }: Desk, id: string, mime: string): Promise<string> {
  const { value } = sandbox.grants.refresh(sandbox.client, sandbox.refreshToken);
  const response = await fetch(`${sandbox.origin}/gmail/v1/users/me/drafts/${id}`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${value}`, 'content-type': 'application/json' },
    body: JSON.stringify({ message: { raw: Buffer.from(mime).toString('base64url') } }),
  });
  assert.equal(response.status, 200);
  const { message } = (await response.json()) as { message: { id: string } };
  return message.id;
}
