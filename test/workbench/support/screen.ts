import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { MOMENT, type Patience, until } from './waiting.ts';

/** Text as a person reads it: the workbench's lists and editors use no-break spaces. */
export const plain = (text: string): string => text.replaceAll('\u00a0', ' ').trim();

/**
 * What a look into the page uses of an element; the tests are compiled without the browser's own types. Looks read all
 * that they need in one go: element by element, the window may change in between, and a locator waits for what has gone.
 */
export interface PageElement {
  readonly textContent: string | null;
  /** Of a field. */
  readonly value?: string;
  readonly classList: { contains(name: string): boolean };
  getAttribute(name: string): string | null;
  querySelector(selector: string): PageElement | null;
  querySelectorAll(selector: string): Iterable<PageElement>;
  /** How wide its content is, and how much of that it shows, in pixels. */
  readonly scrollWidth: number;
  readonly clientWidth: number;
  closest(selector: string): PageElement | null;
  /** Empty if the element is not rendered. */
  getClientRects(): { readonly length: number };
}

/** The text that the first such element shows; empty if there is none. */
export const shown = async (locator: Locator): Promise<string> => plain((await locator.allInnerTexts())[0] ?? '');

/** Whether a text is what was asked for: equal to a string, or matched by an expression. */
export const matches = (text: string, wanted: string | RegExp): boolean =>
  typeof wanted === 'string' ? text === wanted : wanted.test(text);

/** Whether a text holds what was asked for. */
export const holds = (text: string, wanted: string | RegExp): boolean =>
  typeof wanted === 'string' ? text.includes(wanted) : wanted.test(text);

/** One window's page. A wait that fails says what it waited for, and leaves a screenshot. */
export class Screen {
  readonly page: Page;
  readonly #folder: string;
  #failures = 0;

  constructor(page: Page, folder: string) {
    this.page = page;
    this.#folder = folder;
  }

  /** Saves what the window shows, as `<name>.png`, and answers the path. */
  async screenshot(name: string): Promise<string> {
    mkdirSync(this.#folder, { recursive: true });
    const file = path.join(this.#folder, `${name.replace(/[^\w.-]+/g, '-')}.png`);
    await this.page.screenshot({ path: file, timeout: MOMENT });
    return file;
  }

  /** Waits until the look answers something true-like, and answers that. */
  async until<T>(what: string, look: () => T | Promise<T>, patience?: Patience): ReturnType<typeof until<T>> {
    try {
      return await until(what, look, patience);
    } catch (error) {
      throw await this.#withScreenshot(what, error);
    }
  }

  /** Waits until something is visible. */
  async visible(what: string, locator: Locator, timeout = MOMENT): Promise<Locator> {
    await this.#state(what, locator, 'visible', timeout);
    return locator;
  }

  /** Waits until something is no longer visible. */
  async hidden(what: string, locator: Locator, timeout = MOMENT): Promise<void> {
    await this.#state(`${what} to go away`, locator, 'hidden', timeout);
  }

  /** Presses a key or a chord, such as "Enter" or "Control+A". */
  async press(key: string): Promise<void> {
    await this.page.keyboard.press(key);
  }

  /** Types with the keyboard into whatever has the focus. */
  async type(text: string): Promise<void> {
    await this.page.keyboard.type(text);
  }

  /** Puts text in the place of all that the focused field holds, as by select-all and paste. */
  async replace(text: string): Promise<void> {
    await this.press('Control+A');
    await this.page.keyboard.insertText(text);
  }

  async #state(what: string, locator: Locator, state: 'visible' | 'hidden', timeout: number): Promise<void> {
    try {
      await locator.waitFor({ state, timeout });
    } catch (error) {
      throw await this.#withScreenshot(what, new Error(`Waited ${timeout} ms in vain for ${what}.`, { cause: error }));
    }
  }

  async #withScreenshot(what: string, error: unknown): Promise<Error> {
    this.#failures++;
    const name = `failed-${this.#failures}-${what.slice(0, 60)}`;
    const shot = await this.screenshot(name).catch(() => 'no screenshot could be taken');
    const message = error instanceof Error ? error.message : String(error);
    return new Error(`${message} Screenshot: ${shot}`, { cause: error });
  }
}
