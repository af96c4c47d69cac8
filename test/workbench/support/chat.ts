import type { Locator } from 'playwright-core';
import { holds, type PageElement, plain, type Screen, shown } from './screen.ts';
import { MOMENT } from './waiting.ts';

export interface ChatTurn {
  who: 'user' | 'assistant';
  text: string;
  /** Whether the answer is still being written. */
  loading: boolean;
}

/** The chat view. It renders what is in view only; the scripted model's trace is the surer witness of a long chat. */
export class Chat {
  readonly #screen: Screen;
  readonly #runCommand: (title: string) => Promise<void>;
  readonly #session: Locator;

  constructor(screen: Screen, runCommand: (title: string) => Promise<void>) {
    this.#screen = screen;
    this.#runCommand = runCommand;
    this.#session = screen.page.locator('.interactive-session');
  }

  /** Opens the chat in agent mode, with an empty one. */
  async start(): Promise<void> {
    await this.#runCommand('Chat: Open Chat (Agent)');
    await this.#screen.visible("the chat's field", this.#editor);
    // A new chat in the place of an empty one cannot be told to be there: it may take a prompt away later.
    if ((await this.transcript()).length === 0) return;
    // The palette offers this only while the chat has the focus, which the palette takes away.
    const button = this.#screen.page.locator('.part.auxiliarybar .action-label[aria-label^="New Chat"]').first();
    await this.#screen.visible('the button for a new chat', button);
    await button.click();
    await this.#screen.until('an empty chat', async () => (await this.transcript()).length === 0);
    await this.#screen.visible("the chat's field", this.#editor);
  }

  /** Types a prompt and presses Enter. Avoid #, @ and /, which open lists. */
  async prompt(text: string): Promise<void> {
    const editor = this.#editor;
    await this.#screen.visible("the chat's field", editor);
    await editor.click();
    await this.#screen.type(text);
    const typed = async () => (await this.field()).includes(text.slice(0, 20));
    await this.#screen.until('the prompt in the field', typed);
    await this.#screen.press('Enter');
    const asked = async () => (await this.transcript()).some((turn) => turn.who === 'user' && turn.text.includes(text));
    await this.#screen.until(`the prompt "${text}" in the chat`, asked);
  }

  /** What stands in the field. */
  async field(): Promise<string> {
    return plain((await this.#editor.locator('.view-line').allInnerTexts()).join(' '));
  }

  /** What was said, oldest first. */
  async transcript(): Promise<ChatTurn[]> {
    const items = this.#session.locator('.interactive-item-container');
    // The text as it is laid out, since an answer is made of many blocks.
    const [marks, texts] = await Promise.all([items.evaluateAll(readMarks), items.allInnerTexts()]);
    // Where an item came or went in between, the two do not belong together.
    if (marks.length !== texts.length) return this.transcript();
    return marks
      .map(({ index, who, loading }, at) => ({ index, who, loading, text: oneLine(texts[at] ?? '') }))
      .sort((one, other) => one.index - other.index)
      .map(({ who, text, loading }) => ({ who, text, loading }));
  }

  /** Whether an answer is being written, or waits for an approval. */
  async isBusy(): Promise<boolean> {
    return (await this.#session.locator('.interactive-item-container.chat-response-loading').count()) > 0;
  }

  /** Waits until the last answer holds the text and is complete, and answers the whole of it. */
  async answer(text: string | RegExp, timeout = 60_000): Promise<string> {
    return this.#screen.until(
      `an answer with "${text}"`,
      async () => {
        const last = (await this.transcript()).at(-1);
        const done = last?.who === 'assistant' && holds(last.text, text) && !(await this.isBusy());
        return done ? last.text : undefined;
      },
      { timeout },
    );
  }

  /** Whether the chat asks for an approval. */
  async isAsking(): Promise<boolean> {
    return (await this.#confirmation.count()) > 0 && (await this.#confirmation.first().isVisible());
  }

  /** Waits until the chat asks for an approval, and answers what it says. */
  async confirmation(timeout = 60_000): Promise<string> {
    await this.#screen.visible('a question for approval in the chat', this.#confirmation.first(), timeout);
    return oneLine(await shown(this.#confirmation));
  }

  /** Waits for the question and allows this one call. */
  async allowOnce(timeout?: number): Promise<void> {
    await this.#answer(async (question) => {
      // The button itself allows all calls for as long as the window lives.
      await question.locator('.monaco-button-dropdown .monaco-dropdown-button').first().click();
      const item = this.#screen.page.getByText('Allow Once', { exact: true });
      await this.#screen.visible('"Allow Once"', item);
      // A menu that has just opened takes the first click for the end of the one that opened it.
      await this.#screen.until('"Allow Once" to be taken', async () => {
        await item.click({ timeout: 1000 }).catch(() => undefined);
        await this.#screen.page.waitForTimeout(200);
        return !(await item.isVisible());
      });
    }, timeout);
  }

  get #editor(): Locator {
    return this.#session.locator('.interactive-input-part .monaco-editor').first();
  }

  get #confirmation(): Locator {
    return this.#session.locator('.chat-confirmation-widget2:has(.chat-buttons)');
  }

  /** Answers the question by what is done to it, and waits until this very question has gone; another may follow. */
  async #answer(act: (question: Locator) => Promise<void>, timeout?: number): Promise<void> {
    const text = await this.confirmation(timeout);
    // Not told by its text, which changes while it is open ("Assessing risk…").
    const element = await this.#confirmation.first().elementHandle({ timeout: MOMENT });
    await act(this.#confirmation.first());
    await this.#screen.until(`the chat to take the answer to "${text}"`, async () => !(await element?.isVisible()));
  }
}

const oneLine = (text: string) => plain(text.replace(/\s+/g, ' '));

// Runs in the page, so it uses nothing from around it.
function readMarks(items: PageElement[]) {
  return items.map((item) => ({
    // The list keeps its rows in any order.
    index: Number(item.closest('.monaco-list-row')?.getAttribute('data-index')),
    who: item.classList.contains('interactive-request') ? ('user' as const) : ('assistant' as const),
    loading: item.classList.contains('chat-response-loading'),
  }));
}
