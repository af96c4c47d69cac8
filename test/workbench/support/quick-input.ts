import type { Locator } from 'playwright-core';
import { matches, type PageElement, plain, type Screen } from './screen.ts';
import { MOMENT, until } from './waiting.ts';

/** Which box or pick: its exact title or what matches it, or, where it has none, its placeholder. */
export type QuickInputName = string | RegExp | { placeholder: string | RegExp };

export interface InputBox {
  title: string;
  /** Where it stands among the questions of a command: `2/3`. */
  step: string;
  value: string;
  placeholder: string;
  /** What stands under the field: the prompt, or what is wrong with the value. */
  message: string;
  /** Whether the field is marked as wrong. */
  invalid: boolean;
  /** Whether the field hides what is typed. */
  password: boolean;
}

export interface PickRow {
  label: string;
  description: string;
  detail: string;
  /** The heading that the row stands under, where it is the first one under it. */
  separator: string;
  focused: boolean;
  /** In a pick of several; undefined elsewhere. */
  checked: boolean | undefined;
}

const nameOf = (name: QuickInputName) =>
  typeof name === 'string' || name instanceof RegExp ? `"${name}"` : `the one that says "${name.placeholder}"`;

/** The box at the top of the window: input boxes, quick picks, file dialogs, the command palette. */
export class QuickInput {
  readonly #screen: Screen;
  readonly widget: Locator;
  readonly field: Locator;

  constructor(screen: Screen) {
    this.#screen = screen;
    this.widget = screen.page.locator('.quick-input-widget:visible');
    this.field = this.widget.locator('input.input');
  }

  /**
   * Waits for a box by name and answers what it shows. The widget is one for all, and a box that was just left may
   * still be on the screen: so no other mark than the name will do.
   */
  async box(name: QuickInputName, timeout = MOMENT): Promise<InputBox> {
    return this.#screen.until(`the input box ${nameOf(name)}`, () => this.#named(name), { timeout, every: 50 });
  }

  /** What the box that is open shows; undefined if there is none. */
  async read(): Promise<InputBox | undefined> {
    return this.#look();
  }

  /** Waits for a box and pastes in the place of what it holds. */
  async paste(name: QuickInputName, text: string): Promise<void> {
    await this.box(name);
    await this.#screen.replace(text);
    await this.#screen.until(`the text in ${nameOf(name)}`, async () => (await this.box(name)).value === text);
  }

  /** Pastes what a box must refuse, and answers what the box shows once it marks it as wrong with such words. */
  async refusal(name: QuickInputName, text: string, words: RegExp): Promise<InputBox> {
    await this.paste(name, text);
    return this.#screen.until(`${nameOf(name)} to refuse with ${words}`, async () => {
      const box = await this.#named(name);
      return box?.invalid && words.test(box.message) ? box : undefined;
    });
  }

  /** Waits for a box, pastes the answer, presses Enter, and waits until the box has been left. */
  async answer(name: QuickInputName, text: string): Promise<void> {
    await this.paste(name, text);
    await this.accept();
  }

  /** Presses Enter and waits until another box, or none, is there. */
  async accept(): Promise<void> {
    await this.#leave('Enter');
  }

  /** Goes back to the question before, by VS Code’s own keys for it. */
  async back(): Promise<void> {
    await this.#leave('Control+Alt+Minus');
  }

  /** Waits for a box, presses Escape, and waits until it has been left. */
  async cancel(name: QuickInputName): Promise<void> {
    await this.box(name);
    await this.#leave('Escape');
  }

  /** Waits for a pick by name and answers the rows that it shows (a long list shows those in view). */
  async rows(name: QuickInputName, timeout = MOMENT): Promise<PickRow[]> {
    await this.box(name, timeout);
    await this.#screen.visible(`the rows of ${nameOf(name)}`, this.#rows.first(), timeout);
    return this.#read();
  }

  /** Waits for a pick, goes to the row with the arrow keys, presses Enter, and waits until the pick has been left. */
  async pick(name: QuickInputName, label: string | RegExp): Promise<void> {
    await this.goTo(name, label);
    await this.accept();
  }

  /** Waits for a pick and goes to the row with the arrow keys. Space then ticks it in a pick of several. */
  async goTo(name: QuickInputName, label: string | RegExp): Promise<void> {
    await this.box(name);
    const wanted = () => this.#read().then((rows) => rows.some((row) => matches(row.label, label)));
    await this.#screen.until(`the row "${label}" of ${nameOf(name)}`, wanted);
    for (let steps = 0; steps < 200; steps++) {
      const focused = (await this.#read()).find((row) => row.focused);
      if (focused && matches(focused.label, label)) return;
      await this.#screen.press('ArrowDown');
    }
    throw new Error(`The arrow keys do not lead to the row "${label}" of ${nameOf(name)}.`);
  }

  /** The lines of a pick that do not fit, and end in dots. */
  async cutTexts(): Promise<string[]> {
    return (await this.#rows.locator('.monaco-icon-label-container').evaluateAll(readCut)).map(plain);
  }

  /** Whether a box or a pick is open. */
  async isOpen(): Promise<boolean> {
    return (await this.#look()) !== undefined;
  }

  /**
   * Gives a file dialog a path, as by pasting it, and presses Enter.
   *
   * @returns what the dialog objects, with the dialog still open; empty if it took the path and closed
   */
  async chooseFile(title: string, file: string): Promise<string> {
    await this.box(title);
    // The dialog fills in its folder, and then lists it: text that comes before that is lost.
    await this.#screen.until(`the folder in "${title}"`, async () => (await this.box(title)).value.startsWith('/'));
    await this.#screen.page.waitForTimeout(800);
    await this.#screen.replace(file);
    await this.#screen.page.waitForTimeout(400);
    await this.#screen.press('Enter');
    return this.#screen
      .until(`"${title}" to take ${file} or to object`, async () => {
        const box = await this.#look();
        // Another question may follow at once.
        return box?.title !== title ? { message: '' } : box.message ? box : undefined;
      })
      .then(({ message }) => message);
  }

  get #rows(): Locator {
    return this.widget.locator('.quick-input-list .monaco-list-row');
  }

  async #named(name: QuickInputName): Promise<InputBox | undefined> {
    const box = await this.#look();
    if (!box) return undefined;
    const byTitle = typeof name === 'string' || name instanceof RegExp;
    const right = byTitle ? matches(box.title, name) : matches(box.placeholder, name.placeholder);
    return right ? box : undefined;
  }

  async #look(): Promise<InputBox | undefined> {
    const [box] = await this.widget.evaluateAll(readBoxes);
    if (!box) return undefined;
    const [, title = '', step = ''] = /^(.*?)(?: \((\d+\/\d+)\))?$/s.exec(plain(box.title)) ?? [];
    return { ...box, title, step, message: plain(box.message) };
  }

  async #read(): Promise<PickRow[]> {
    const rows = await this.#rows.evaluateAll(readRows);
    return rows.map((row) => ({
      ...row,
      label: plain(row.label),
      description: plain(row.description),
      detail: plain(row.detail),
      separator: plain(row.separator),
    }));
  }

  async #leave(key: string): Promise<void> {
    const before = JSON.stringify(await this.#look());
    await this.#screen.press(key);
    const left = async () => JSON.stringify(await this.#look()) !== before;
    // A box that is at once asked again looks the same; so the end of this wait is no failure.
    await until('the box to be left', left, { timeout: 1000, every: 40 }).catch(() => undefined);
  }
}

// Those below run in the page, so they use nothing from around them.

function readBoxes(widgets: PageElement[]): InputBox[] {
  return widgets.flatMap((widget) => {
    const field = widget.querySelector('input.input');
    if (!field?.getClientRects().length) return [];
    const text = (selector: string) => {
      const element = widget.querySelector(selector);
      return element?.getClientRects().length ? (element.textContent ?? '') : '';
    };
    return {
      title: text('.quick-input-title'),
      step: '',
      value: field.value ?? '',
      placeholder: field.getAttribute('placeholder') ?? '',
      message: text('.quick-input-message'),
      invalid: widget.querySelector('.quick-input-box .monaco-inputbox')?.classList.contains('error') ?? false,
      password: field.getAttribute('type') === 'password',
    };
  });
}

function readCut(lines: PageElement[]): string[] {
  return lines.flatMap(({ scrollWidth, clientWidth, textContent }) =>
    scrollWidth > clientWidth ? [textContent ?? ''] : [],
  );
}

function readRows(rows: PageElement[]): PickRow[] {
  return rows.map((row) => {
    const text = (selector: string) => {
      const element = row.querySelector(selector);
      return element?.getClientRects().length ? (element.textContent ?? '') : '';
    };
    const box = row.querySelector('.monaco-checkbox, input[type=checkbox]');
    return {
      label: text('.label-name'),
      description: text('.label-description'),
      detail: text('.quick-input-list-label-meta'),
      separator: text('.quick-input-list-separator'),
      focused: row.classList.contains('focused'),
      checked: box?.getClientRects().length ? box.getAttribute('aria-checked') === 'true' : undefined,
    };
  });
}
