import type { Locator } from 'playwright-core';
import { plain, type Screen } from './screen.ts';

/** The page of a walkthrough, used by keyboard. */
export class Walkthrough {
  readonly #screen: Screen;
  readonly page: Locator;

  constructor(screen: Screen) {
    this.#screen = screen;
    this.page = screen.page.locator('.gettingStartedContainer');
  }

  /** Waits until it is open. */
  async wait(title: string, timeout?: number): Promise<void> {
    await this.#screen.visible('the walkthrough', this.page.locator('h2', { hasText: title }), timeout);
  }

  /** Goes to a step, which opens on the way, and on to one of its buttons, and presses Enter there. */
  async press(title: string, button: string): Promise<void> {
    await this.open(title);
    await this.#tabTo(button);
    await this.#screen.press('Enter');
  }

  /** Goes to a step with the arrow keys. */
  async open(title: string): Promise<void> {
    const steps = this.page.locator('.getting-started-step');
    // To the editor, and on until a step or something in one has the focus: the arrow keys are theirs.
    await this.#screen.press('Control+1');
    await this.#screen.until('the focus on a step', async () => {
      if ((await steps.locator(':scope:focus, :scope :focus').count()) > 0) return true;
      await this.#screen.press('Tab');
      return false;
    });
    const isOpen = () => this.#step(title).and(this.page.locator('.expanded')).isVisible();
    const isBelow = async () => {
      const classes = await steps.evaluateAll((all) => all.map(({ className }) => String(className)));
      const texts = await steps.allInnerTexts();
      const open = classes.findIndex((each) => each.split(' ').includes('expanded'));
      return texts.findIndex((text) => text.includes(title)) > open;
    };
    await this.#screen.until(`the step "${title}"`, async () => {
      if (await isOpen()) return true;
      await this.#screen.press((await isBelow()) ? 'ArrowDown' : 'ArrowUp');
      return false;
    });
  }

  /** Waits until a step is marked as done. */
  async done(title: string): Promise<void> {
    await this.#screen.visible(`the mark of "${title}"`, this.#mark(title));
  }

  isDone(title: string): Promise<boolean> {
    return this.#mark(title).isVisible();
  }

  /** Presses Tab until what has the focus begins with such words. */
  async #tabTo(words: string): Promise<void> {
    for (let presses = 0; presses < 60; presses += 1) {
      const [focused = ''] = await this.page.locator(':focus').allInnerTexts();
      if (plain(focused).startsWith(words)) return;
      await this.#screen.press('Tab');
    }
    throw new Error(`The Tab key does not lead to "${words}".`);
  }

  #step(title: string): Locator {
    return this.page.locator('.getting-started-step', { hasText: title });
  }

  #mark(title: string): Locator {
    return this.#step(title).locator('.codicon-getting-started-step-checked').first();
  }
}
