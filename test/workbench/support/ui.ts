import { pathToFileURL } from 'node:url';
import type { BrowserContext, Page } from 'playwright-core';
import { Chat } from './chat.ts';
import { Modal } from './modal.ts';
import { Notifications } from './notifications.ts';
import { QuickInput } from './quick-input.ts';
import { plain, Screen } from './screen.ts';
import { START, until } from './waiting.ts';
import type { Workbench } from './workbench.ts';

/** One window of the workbench, used as a person does: with the keyboard and the mouse. */
export class Ui {
  readonly page: Page;
  readonly screen: Screen;
  readonly input: QuickInput;
  readonly modal: Modal;
  readonly notifications: Notifications;
  readonly chat: Chat;

  constructor(page: Page, screenshots: string) {
    this.page = page;
    this.screen = new Screen(page, screenshots);
    this.input = new QuickInput(this.screen);
    this.modal = new Modal(this.screen);
    this.notifications = new Notifications(this.screen, {
      runCommand: (title) => this.runCommand(title),
      isQuickInputOpen: () => this.input.isOpen(),
    });
    this.chat = new Chat(this.screen, (title) => this.runCommand(title));
  }

  /** Chooses a command in the palette by its whole title, such as "Gmail: Sign In". */
  async runCommand(title: string): Promise<void> {
    await this.#choose(title);
    const left = async () => (await this.input.read())?.value !== `>${title}`;
    await this.screen.until(`the palette to run "${title}"`, left);
  }

  /** The lines in view of the output channel that is shown. */
  async visibleOutput(): Promise<string> {
    const lines = this.page.locator('.part.panel .view-line');
    await this.screen.visible('the output panel', lines.first());
    return (await lines.allInnerTexts()).map(plain).join('\n');
  }

  /** Reloads the window and waits until it is there again. Its extension host is then a new process. */
  async reload(): Promise<void> {
    const loaded = this.page.waitForEvent('domcontentloaded', { timeout: START });
    loaded.catch(() => undefined);
    await this.#choose('Developer: Reload Window');
    await loaded;
    await ready(this.screen);
  }

  /** The commands that the palette lists for a text, without running one. */
  async paletteRows(text: string): Promise<string[]> {
    await this.openPalette(text);
    const rows = await this.input.rows(PALETTE);
    await this.input.cancel(PALETTE);
    return rows.map(({ label }) => label);
  }

  /** Opens the palette, pastes the title, goes to its row and presses Enter. */
  async #choose(title: string): Promise<void> {
    await this.screen.until(`the palette to list "${title}"`, async () => {
      await this.openPalette(title);
      const isListed = async () => (await this.input.rows(PALETTE)).some(({ label }) => label === title);
      // It lists what was possible when it was opened: what has just become so is there the next time.
      return until(`"${title}"`, isListed, { timeout: 3000 }).catch(() => false);
    });
    await this.input.goTo(PALETTE, title);
    await this.screen.press('Enter');
  }

  /** Opens the palette, and pastes a text into it. */
  async openPalette(text: string): Promise<void> {
    const open = async () => (await this.input.read())?.value === '>';
    await this.screen.until('the command palette', async () => {
      // One that is open with a text keeps that text, and what it lists.
      const before = await this.input.read();
      if (before && PALETTE.placeholder.test(before.placeholder)) await this.screen.press('Escape');
      await this.screen.press('F1');
      // Keys are lost while the window is still starting: look a while, then press again.
      return until('the palette', open, { timeout: 2000 }).catch(() => false);
    });
    await this.input.paste(PALETTE, `>${text}`);
  }
}

const PALETTE = { placeholder: /name of a command/i };

const ready = (screen: Screen) =>
  screen.visible('the workbench', screen.page.locator('.monaco-workbench .part.statusbar'), START);

/** Opens a window on a folder, in a page of its own. */
export async function openWindow(
  context: BrowserContext,
  workbench: Workbench,
  folder: string = workbench.profile.workspace,
): Promise<Ui> {
  const blank = context.pages().find((page) => page.url() === 'about:blank');
  const page = blank ?? (await context.newPage());
  const ui = new Ui(page, workbench.profile.screenshots);
  await page.goto(`${workbench.url}/?folder=${pathToFileURL(folder).pathname}`, {
    waitUntil: 'domcontentloaded',
    timeout: START,
  });
  await ready(ui.screen);
  return ui;
}
