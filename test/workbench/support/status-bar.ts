import type { Locator } from 'playwright-core';
import { plain, type Screen, shown } from './screen.ts';

/** What an item of the status bar shows, and what a screen reader says of it. */
export interface StatusItemShown {
  text: string;
  spoken: string;
}

/** One item of the status bar. */
export class StatusBar {
  readonly #screen: Screen;
  readonly #item: Locator;

  /** @param id the extension’s id with the item’s */
  constructor(screen: Screen, id: string) {
    this.#screen = screen;
    this.#item = screen.page.locator(`.part.statusbar .statusbar-item[id="${id}"]:visible`);
  }

  /** Waits for the item to be spoken of in such words. */
  async wait(spoken: RegExp): Promise<StatusItemShown> {
    return this.#screen.until(`the status bar to say ${spoken}`, async () => {
      const label = this.#item.locator('.statusbar-item-label');
      if ((await label.count()) === 0) return undefined;
      const found = { text: await shown(label), spoken: plain((await label.getAttribute('aria-label')) ?? '') };
      return spoken.test(found.spoken) ? found : undefined;
    });
  }

  /** Waits until the item is not there. */
  async gone(): Promise<void> {
    await this.#screen.hidden('the item in the status bar', this.#item);
  }

  /** Moves the mouse to the item, and waits for what it then tells. */
  async pointAt(): Promise<Locator> {
    await this.#screen.page.mouse.move(10, 10);
    await this.#item.hover();
    return this.#screen.visible(
      'the hover of the item',
      this.#screen.page.locator('.workbench-hover-container:visible'),
    );
  }

  /** What the item tells under the mouse. */
  async hover(): Promise<{ text: string; links: number }> {
    const hover = await this.pointAt();
    const told = { text: await shown(hover), links: await hover.locator('a').count() };
    await this.#screen.page.mouse.move(10, 10);
    await this.#screen.hidden('the hover of the item', hover);
    return told;
  }

  /** Goes from part to part to the status bar, from item to item to this one, and presses Enter. */
  async openByKeyboard(): Promise<void> {
    await this.#reach('the status bar', 'F6', () => this.#hasFocus('.part.statusbar'));
    await this.#reach('the item', 'ArrowRight', async () => this.#isFocused());
    await this.#screen.press('Enter');
  }

  async #reach(what: string, key: string, isThere: () => Promise<boolean>): Promise<void> {
    await this.#screen.until(`the focus to reach ${what}`, async () => {
      if (await isThere()) return true;
      await this.#screen.press(key);
      return false;
    });
  }

  #hasFocus(part: string): Promise<boolean> {
    return this.#screen.page.evaluate(`document.activeElement?.closest('${part}') !== null`);
  }

  async #isFocused(): Promise<boolean> {
    return (await this.#item.locator(':focus').count()) > 0;
  }
}
