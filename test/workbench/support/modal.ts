import type { Locator } from 'playwright-core';
import { holds, plain, type Screen } from './screen.ts';
import { MOMENT } from './waiting.ts';

/** A good second, in milliseconds. */
export const DEAF = 1300;

export interface ModalText {
  message: string;
  detail: string;
  buttons: string[];
}

/** The dialog in the middle of the window that asks for an answer before all else. */
export class Modal {
  readonly #screen: Screen;
  readonly box: Locator;

  constructor(screen: Screen) {
    this.#screen = screen;
    this.box = screen.page.locator('.monaco-dialog-box');
  }

  /** Waits for a dialog whose message holds the text, and answers all that it says. */
  async wait(text: string | RegExp, timeout = MOMENT): Promise<ModalText> {
    const look = async () => {
      const dialog = await this.read();
      return dialog && holds(dialog.message, text) ? dialog : undefined;
    };
    return this.#screen.until(`the dialog "${text}"`, look, { timeout });
  }

  /** What the dialog says; undefined if there is none. */
  async read(): Promise<ModalText | undefined> {
    if (!(await this.box.isVisible())) return undefined;
    const [message, detail, buttons] = await Promise.all([
      this.box.locator('.dialog-message-text').allInnerTexts(),
      this.box.locator('.dialog-message-detail').allInnerTexts(),
      this.box.locator('.dialog-buttons .monaco-text-button').allInnerTexts(),
    ]);
    return { message: plain(message[0] ?? ''), detail: plain(detail[0] ?? ''), buttons: buttons.map(plain) };
  }

  /** Waits for the dialog and presses a button. */
  async press(text: string | RegExp, button: string, timeout = MOMENT): Promise<void> {
    const dialog = await this.wait(text, timeout);
    await this.click(button);
    await this.#left(dialog);
  }

  /** Presses a button of the open dialog, which may open anew. */
  async click(button: string): Promise<void> {
    const wanted = this.box.getByRole('button', { name: button, exact: true });
    await this.#screen.visible(`the button "${button}" of the dialog`, wanted);
    await wanted.click();
  }

  /** How many rows its detail takes on the screen. */
  async rows(): Promise<number> {
    const detail = this.box.locator('.dialog-message-detail');
    const height = (await detail.boundingBox())?.height ?? 0;
    return height / (await detail.evaluate(readLineHeight));
  }

  /** The button that has the focus. */
  async focused(): Promise<string> {
    return plain((await this.box.locator('.monaco-text-button:focus').allInnerTexts())[0] ?? '');
  }

  /** Answers the question before a send, which hears nothing within the first second of its opening. */
  async answer(text: string | RegExp, button: string, timeout = MOMENT): Promise<void> {
    await this.wait(text, timeout);
    await this.#screen.page.waitForTimeout(DEAF);
    await this.press(text, button);
  }

  /** Waits for the dialog and presses Escape. */
  async escape(text: string | RegExp, timeout = MOMENT): Promise<void> {
    const dialog = await this.wait(text, timeout);
    await this.#screen.press('Escape');
    await this.#left(dialog);
  }

  async #left({ message, detail }: ModalText): Promise<void> {
    // Another dialog may follow at once, and ask the same of something else.
    const left = async () => {
      const now = await this.read();
      return now?.message !== message || now.detail !== detail;
    };
    await this.#screen.until(`the dialog "${message}" to go away`, left);
  }
}

// Runs in the page, so it uses nothing from around it.
function readLineHeight(detail: object): number {
  const { getComputedStyle } = globalThis as unknown as { getComputedStyle(of: object): { lineHeight: string } };
  return Number.parseFloat(getComputedStyle(detail).lineHeight);
}
