import { randomBytes } from 'node:crypto';
import { type Disposable, languages, type Tab, type TextDocumentContentProvider, Uri, window, workspace } from 'vscode';
import type { SendAnswer, SendQuestion } from '../../broker/send-question.ts';
import { tell } from '../tell.ts';
import { exactText } from './question-text.ts';

/** Documents of this scheme are messages that wait for an answer; the buttons of their editors depend on it. */
const MESSAGE_SCHEME = 'headless-gmail-message';

/** Documents of this scheme were not sent, and cannot be any more: they have no buttons. */
const UNSENT_SCHEME = 'headless-gmail-unsent';

const WAITING =
  'WAITS FOR YOUR ANSWER: discard, save as draft or send it with the buttons at the upper right. Closing it sends nothing.';
const UNSENT = 'NOT SENT: the agent that wrote this message has gone. Copy what you need of it.';

/** Of this language are the same documents: package.json lets their lines be wrapped, so that all of each is in view. */
const MESSAGE_LANGUAGE = 'headless-gmail-message';

type Answer = SendAnswer['answer'];

/** A message that is open to be read. */
interface Shown {
  text: string;
  /** Absent where no answer is wanted. */
  settle?: ((answer: Answer) => void) | undefined;
}

/** Opens messages whole and read-only; the answers stand in the title bar of their editor. */
export class ExactMessages implements TextDocumentContentProvider, Disposable {
  readonly #shown = new Map<string, Shown>();
  readonly #subscriptions: Disposable[];
  #last = 0;

  constructor() {
    this.#subscriptions = [
      ...[MESSAGE_SCHEME, UNSENT_SCHEME].map((scheme) => workspace.registerTextDocumentContentProvider(scheme, this)),
      window.tabGroups.onDidChangeTabs(({ closed }) => {
        for (const { input } of closed) this.#close(uriOf(input));
      }),
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
   * @param signal closes the editor when it aborts; where the agent's server has gone the text is kept, to be copied
   */
  async ask(question: SendQuestion, signal: AbortSignal): Promise<Answer> {
    const { promise, resolve } = Promise.withResolvers<Answer>();
    const shown: Shown = { text: `${WAITING}\n\n${exactText(question)}`, settle: resolve };
    const uri = this.#add(MESSAGE_SCHEME, 'to confirm', shown);
    const withdraw = () => resolve('decline');
    signal.addEventListener('abort', withdraw, { once: true });
    try {
      await show(uri);
      if (signal.aborted) withdraw();
      return await promise;
    } finally {
      signal.removeEventListener('abort', withdraw);
      shown.settle = undefined;
      if (signal.reason === 'gone') await this.keep(question);
      await closeEditor(uri);
    }
  }

  /** Leaves a message that was not sent open to be copied. */
  async keep(question: SendQuestion): Promise<void> {
    await show(this.#add(UNSENT_SCHEME, 'not sent', { text: `${UNSENT}\n\n${exactText(question)}` }));
    tell('Nothing was sent: the agent has gone. Its text stays open.');
  }

  /** The answer that a button in the title bar gives. */
  answer(uri: Uri | undefined, answer: Answer): void {
    const shown = this.#shown.get(uri?.toString() ?? '');
    if (shown?.settle) shown.settle(answer);
    else tell('Nothing was sent: this message is no longer waiting for an answer.');
  }

  #add(scheme: string, state: string, shown: Shown): Uri {
    this.#last += 1;
    // Random, so that only the editor itself can name it.
    const authority = randomBytes(16).toString('hex');
    const uri = Uri.from({ scheme, authority, path: `/Message ${this.#last} ${state}` });
    this.#shown.set(uri.toString(), shown);
    return uri;
  }

  #close(uri: Uri | undefined): void {
    // A message that stands in two groups of editors is not closed with one of them.
    if (uri === undefined || tabsOf(uri).length > 0) return;
    const key = uri.toString();
    this.#shown.get(key)?.settle?.('decline');
    this.#shown.delete(key);
  }
}

async function show(uri: Uri): Promise<void> {
  const document = await workspace.openTextDocument(uri);
  await languages.setTextDocumentLanguage(document, MESSAGE_LANGUAGE);
  await window.showTextDocument(document, { preview: false });
}

function uriOf(input: unknown): Uri | undefined {
  const { uri } = (input ?? {}) as { uri?: Uri };
  return uri?.scheme === MESSAGE_SCHEME || uri?.scheme === UNSENT_SCHEME ? uri : undefined;
}

function tabsOf(uri: Uri): Tab[] {
  const tabs = window.tabGroups.all.flatMap((group) => group.tabs);
  return tabs.filter(({ input }) => uriOf(input)?.toString() === uri.toString());
}

async function closeEditor(uri: Uri): Promise<void> {
  await window.tabGroups.close(tabsOf(uri));
}
