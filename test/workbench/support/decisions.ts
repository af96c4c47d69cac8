import type { BrowserContext } from 'playwright-core';
import { within } from './waiting.ts';

/** What a person has decided: the key, and what had the focus. */
interface Decision {
  key: string;
  target: string;
}

const NAME = 'decided';

/**
 * Counts what a person decides in the pages of a browser, by what the pages themselves hear, whoever pressed it: each
 * Enter, each Escape, and each Space that is no letter of a text. Keys that only lead on (Tab, arrows, F6) and the
 * words of a text are none; the Enter that ends the text is.
 */
export class Decisions {
  readonly #made: Decision[] = [];
  readonly #clicks: string[] = [];

  /** Counts in the pages that are open, and in those to come. */
  static async in(browser: BrowserContext): Promise<Decisions> {
    const decisions = new Decisions();
    await browser.exposeFunction(NAME, (key: string, target: string) => {
      if (key === 'click') decisions.#clicks.push(target);
      else decisions.#made.push({ key, target });
    });
    await browser.addInitScript(`(${listen})()`);
    for (const page of browser.pages()) await within('the page to listen', page.evaluate(`(${listen})()`));
    return decisions;
  }

  /** Begins anew. */
  reset(): void {
    this.#made.length = 0;
    this.#clicks.length = 0;
  }

  /** Each in the order of their making, in words. */
  get made(): string[] {
    return this.#made.map(({ key, target }) => `${key} on "${target}"`);
  }

  /** What was pressed with the mouse. */
  get clicks(): readonly string[] {
    return this.#clicks;
  }
}

/** What a page tells of a key or of the mouse. */
interface Heard {
  key?: string;
  repeat?: boolean;
  target: { closest(selector: string): unknown; getAttribute(name: string): string | null; textContent: string | null };
}

interface Listening {
  addEventListener(type: string, hear: (event: Heard) => void, capture: boolean): void;
  decided(key: string, target: string): void;
}

// Runs in the page, so it uses nothing from around it.
function listen(): void {
  const page = globalThis as unknown as Listening;
  const nameOf = ({ target }: Heard) => (target.getAttribute('aria-label') ?? target.textContent ?? '').trim();
  const hear = (event: Heard) => {
    const { key = '', repeat, target } = event;
    const isLetter = key === ' ' && target.closest('input:not([type=checkbox]), textarea, .monaco-editor') !== null;
    if (['Enter', 'Escape', ' '].includes(key) && !repeat && !isLetter) page.decided(key, nameOf(event).slice(0, 60));
  };
  page.addEventListener('keydown', hear, true);
  page.addEventListener('pointerdown', (event) => page.decided('click', nameOf(event)), true);
}
