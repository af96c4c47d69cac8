import type { Locator } from 'playwright-core';
import type { Driver } from './companion.ts';
import { plain, type Screen } from './screen.ts';

/** The editor in which a message waits for an answer. */
export class MessageEditor {
  readonly #screen: Screen;
  readonly #group: Locator;

  constructor(screen: Screen) {
    this.#screen = screen;
    this.#group = screen.page.locator('.editor-group-container.active');
  }

  /** Waits until it is open and shows the text. */
  async wait(text: string): Promise<void> {
    const lines = this.#group.locator('.view-line');
    await this.#screen.until(`the open message to show "${text}"`, async () =>
      (await lines.allInnerTexts()).map(plain).join('\n').includes(text),
    );
  }

  async isOpen(): Promise<boolean> {
    return this.#tab.isVisible();
  }

  async closed(): Promise<void> {
    await this.#screen.hidden('the open message', this.#tab);
  }

  /** Presses a button of its title bar. */
  async press(button: string): Promise<void> {
    const found = this.#group.locator(`.editor-actions .action-label[aria-label^="${button}"]`);
    await this.#screen.visible(`the button "${button}" of the open message`, found);
    await found.click();
  }

  /** Whether its title bar has a button that answers. */
  async hasButtons(): Promise<boolean> {
    return (await this.#group.locator('.editor-actions .action-label[aria-label*="This Message"]').count()) > 0;
  }

  /** Types into it. */
  async type(text: string): Promise<void> {
    await this.#group.locator('.view-line').first().click();
    await this.#screen.type(text);
  }

  /** All that stands in it. An extension hears of an editor later than it shows. */
  async text(driver: Driver): Promise<string> {
    let text = '';
    await this.#screen.until('the open message to be the active editor', async () => {
      text = await driver.read((vscode) => vscode.window.activeTextEditor?.document.getText() ?? '');
      return text !== '';
    });
    return text;
  }

  get #tab(): Locator {
    return this.#group.locator('.tab[aria-label*="to confirm"]').first();
  }
}
