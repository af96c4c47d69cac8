import { randomBytes } from 'node:crypto';
import {
  type Disposable,
  EventEmitter,
  languages,
  type Tab,
  type TextDocumentContentProvider,
  Uri,
  window,
  workspace,
} from 'vscode';
import type { SendAnswer, SendQuestion } from '../../broker/send-question.ts';
import { tell } from '../tell.ts';
import { exactText } from './question-text.ts';

/** Documents of this scheme are messages that wait for an answer; the buttons of their editors depend on it. */
const MESSAGE_SCHEME = 'headless-gmail-message';

/** Of this language are the same documents: package.json lets their lines be wrapped, so that all of each is in view. */
const MESSAGE_LANGUAGE = 'headless-gmail-message';

type Answer = SendAnswer['answer'];

/** A message that is open to be read. */
interface Shown {
  text: string;
  /** Absent where no answer is wanted any more. */
  settle: ((answer: Answer) => void) | undefined;
}

/** Opens messages whole and read-only; the answers stand in the title bar of their editor. */
export class ExactMessages implements TextDocumentContentProvider, Disposable {
  readonly #shown = new Map<string, Shown>();
  readonly #changes = new EventEmitter<Uri>();
  readonly #subscriptions: Disposable[];
  readonly onDidChange = this.#changes.event;
  #last = 0;

  constructor() {
    this.#subscriptions = [
      workspace.registerTextDocumentContentProvider(MESSAGE_SCHEME, this),
      window.tabGroups.onDidChangeTabs(({ closed }) => {
        for (const { input } of closed) this.#close(uriOf(input));
      }),
      this.#changes,
    ];
  }

  dispose(): void {
    for (const each of this.#subscriptions) each.dispose();
  }

  provideTextDocumentContent(uri: Uri): string {
    return this.#shown.get(uri.toString())?.text ?? 'This message is no longer waiting for an answer.\n';
  }

  /**
   * Opens a message and waits for the answer; closing its editor declines.
   *
   * @param signal closes the editor when it aborts; where the agent's server has gone the text stays, to be copied
   */
  async ask(question: SendQuestion, signal: AbortSignal): Promise<Answer> {
    const { promise, resolve } = Promise.withResolvers<Answer>();
    const uri = await this.#open(exactText(question), resolve);
    const withdraw = () => {
      resolve('decline');
      if (signal.reason === 'gone') this.#leave(uri);
      else void closeEditor(uri);
    };
    signal.addEventListener('abort', withdraw, { once: true });
    if (signal.aborted) withdraw();
    try {
      return await promise;
    } finally {
      signal.removeEventListener('abort', withdraw);
      const shown = this.#shown.get(uri.toString());
      if (shown) shown.settle = undefined;
      if (signal.reason !== 'gone') await closeEditor(uri);
    }
  }

  /** Leaves a message that was not sent open to be copied. */
  async keep(question: SendQuestion): Promise<void> {
    this.#leave(await this.#open(exactText(question), undefined));
  }

  /** The answer that a button in the title bar gives. */
  answer(uri: Uri | undefined, answer: Answer): void {
    const shown = this.#shown.get(uri?.toString() ?? '');
    if (shown?.settle) shown.settle(answer);
    else tell('Nothing was sent: this message is no longer waiting for an answer.');
  }

  async #open(text: string, settle: Shown['settle']): Promise<Uri> {
    this.#last += 1;
    // Random, so that only the editor itself can name it.
    const authority = randomBytes(16).toString('hex');
    const uri = Uri.from({ scheme: MESSAGE_SCHEME, authority, path: `/Message ${this.#last} to confirm` });
    this.#shown.set(uri.toString(), { text, settle });
    const document = await workspace.openTextDocument(uri);
    await languages.setTextDocumentLanguage(document, MESSAGE_LANGUAGE);
    await window.showTextDocument(document, { preview: false });
    return uri;
  }

  #leave(uri: Uri): void {
    const shown = this.#shown.get(uri.toString());
    if (!shown) return;
    shown.settle = undefined;
    shown.text = `NOT SENT: the agent that wrote this message has gone. Copy what you need of it.\n\n${shown.text}`;
    this.#changes.fire(uri);
    tell('Nothing was sent: the agent that wrote the message has gone. Its text stays open to be copied.');
  }

  #close(uri: Uri | undefined): void {
    // A message that stands in two groups of editors is not closed with one of them.
    if (uri === undefined || tabsOf(uri).length > 0) return;
    const key = uri.toString();
    this.#shown.get(key)?.settle?.('decline');
    this.#shown.delete(key);
  }
}

function uriOf(input: unknown): Uri | undefined {
  const { uri } = (input ?? {}) as { uri?: Uri };
  return uri?.scheme === MESSAGE_SCHEME ? uri : undefined;
}

function tabsOf(uri: Uri): Tab[] {
  const tabs = window.tabGroups.all.flatMap((group) => group.tabs);
  return tabs.filter(({ input }) => uriOf(input)?.toString() === uri.toString());
}

async function closeEditor(uri: Uri): Promise<void> {
  await window.tabGroups.close(tabsOf(uri));
}
