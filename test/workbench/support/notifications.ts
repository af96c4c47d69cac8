import type { Locator } from 'playwright-core';
import { holds, type PageElement, plain, type Screen } from './screen.ts';
import { MOMENT } from './waiting.ts';

export type Severity = 'info' | 'warning' | 'error';

export interface Notification {
  message: string;
  severity: Severity;
  buttons: string[];
  /** The name of the extension, where it is shown. */
  source: string;
}

/** What notifications need of the rest of the window. */
interface Commands {
  runCommand(title: string): Promise<void>;
  isQuickInputOpen(): Promise<boolean>;
}

interface Found {
  notification: Notification;
  item: Locator;
}

/** After this long without its toast, a notification is looked for in the centre: at times one toast hides another. */
const TOAST = 1000;

/** The toasts at the window's corner, and the centre that keeps those that went away. */
export class Notifications {
  readonly #screen: Screen;
  readonly #commands: Commands;

  constructor(screen: Screen, commands: Commands) {
    this.#screen = screen;
    this.#commands = commands;
  }

  /** Waits for a notification that holds the text. */
  async wait(text: string | RegExp, timeout = MOMENT): Promise<Notification> {
    const { notification } = await this.#find(text, timeout);
    return notification;
  }

  /** Waits for a notification that holds the text and presses one of its buttons. */
  async press(text: string | RegExp, button: string, timeout = MOMENT): Promise<void> {
    const { item } = await this.#find(text, timeout);
    const wanted = item.getByRole('button', { name: button, exact: true });
    await this.#screen.visible(`the button "${button}" of the notification "${text}"`, wanted);
    await wanted.click();
    await this.#screen.hidden(`the notification "${text}"`, item);
  }

  /** Everything in the notifications centre, newest first; leaves the centre closed. */
  async list(): Promise<Notification[]> {
    await this.#commands.runCommand('Notifications: Show Notifications');
    await this.#screen.visible('the notifications centre', this.#centre);
    // Its rows are put in after it has opened.
    await this.#screen.page.waitForTimeout(300);
    const found = await read(this.#centreItems);
    await this.hide();
    return found;
  }

  /** Clears all notifications. */
  async clear(): Promise<void> {
    await this.#commands.runCommand('Notifications: Clear All Notifications');
    await this.#screen.until('the notifications to be gone', async () => (await this.#toasts.count()) === 0);
  }

  /** Closes the notifications centre. */
  async hide(): Promise<void> {
    await this.#screen.until('the notifications centre to close', async () => {
      if (!(await this.#centre.isVisible())) return true;
      // It closes by itself with its last notification, so a command that hides it may not be there any more.
      await this.#screen.press('Escape');
      return false;
    });
  }

  get #toasts(): Locator {
    return this.#screen.page.locator('.notifications-toasts .notification-list-item:visible');
  }

  get #centre(): Locator {
    return this.#screen.page.locator('.notifications-center.visible');
  }

  async #find(text: string | RegExp, timeout: number): Promise<Found> {
    const start = Date.now();
    let opened = false;
    return this.#screen.until(
      `the notification "${text}"`,
      async () => {
        const item = (await holding(this.#toasts, text)) ?? (await holding(this.#centreItems, text));
        if (item) return item;
        if (!opened && Date.now() - start > TOAST && !(await this.#commands.isQuickInputOpen())) {
          opened = true;
          await this.#commands.runCommand('Notifications: Show Notifications');
        }
        return undefined;
      },
      { timeout },
    );
  }

  get #centreItems(): Locator {
    return this.#centre.locator('.notification-list-item');
  }
}

async function holding(items: Locator, text: string | RegExp): Promise<Found | undefined> {
  const notification = (await read(items)).find(({ message }) => holds(message, text));
  // By its message and not by its number: another one may come or go in between.
  return notification && { notification, item: items.filter({ hasText: notification.message }).first() };
}

async function read(items: Locator): Promise<Notification[]> {
  const found = await items.evaluateAll(readItems);
  return found.map(({ message, icon, buttons, source }) => ({
    message: plain(message),
    severity: icon.includes('codicon-error') ? 'error' : icon.includes('codicon-warning') ? 'warning' : 'info',
    buttons: buttons.map(plain),
    source: plain(source),
  }));
}

// Runs in the page, so it uses nothing from around it.
function readItems(items: PageElement[]) {
  return items.map((item) => {
    const text = (selector: string) => [...item.querySelectorAll(selector)].map((each) => each.textContent ?? '');
    return {
      message: text('.notification-list-item-message')[0] ?? '',
      icon: item.querySelector('.notification-list-item-icon')?.getAttribute('class') ?? '',
      buttons: text('.notification-list-item-buttons-container .monaco-text-button'),
      source: text('.notification-list-item-source')[0] ?? '',
    };
  });
}
