import {
  commands,
  type Disposable,
  type Extension,
  MarkdownString,
  StatusBarAlignment,
  type StatusBarItem,
  ThemeColor,
  window,
} from 'vscode';
import type { AccountStore } from '../../accounts/account-store.ts';
import type { Vault } from '../../accounts/secret-store.ts';
import type { AccessLevel } from '../../shared/access.ts';
import { type Clock, systemClock } from '../../shared/clock.ts';
import { COMMANDS } from '../command-ids.ts';
import { isStatusShown, wrongSettings } from '../settings.ts';
import type { AccountHealth } from './account-health.ts';
import { contextOf, type GmailState, mailboxOf, NOTHING } from './mailboxes.ts';
import { type Manifest, menuRows } from './menu.ts';
import { statusText } from './status-text.ts';

export interface StatusOptions {
  store: Pick<AccountStore, 'list'>;
  vault: Pick<Vault, 'keys'>;
  health: AccountHealth;
  /** The most that any account may allow. */
  maximumLevel(): AccessLevel;
  canUndo(): boolean;
  hasActivity(): Promise<boolean>;
  extension: Pick<Extension<unknown>, 'id' | 'packageJSON'>;
}

/**
 * The item in the status bar, the menu behind it, and the context keys by which the palette shows commands. They are
 * drawn anew by {@link look}, which is to be called after each change of what they show: nothing here waits for time.
 */
export class StatusItem implements Disposable {
  readonly #options: StatusOptions;
  readonly #clock: Clock;
  readonly #item: StatusBarItem;
  /** As VS Code knows them. */
  readonly #context = new Map<string, boolean>();
  #state = NOTHING;
  #looks = 0;

  constructor(options: StatusOptions, clock: Clock = systemClock) {
    this.#options = options;
    this.#clock = clock;
    this.#item = window.createStatusBarItem('gmail', StatusBarAlignment.Right);
    this.#item.name = 'Gmail';
    this.#item.command = COMMANDS.showMenu;
  }

  /** Draws what is so now. It never rejects; where the accounts cannot be read, what was drawn last stays. */
  async look(): Promise<void> {
    this.#looks += 1;
    const turn = this.#looks;
    const state = await this.#read().catch(() => this.#state);
    // A later look knows more.
    if (turn !== this.#looks) return;
    this.#state = state;
    this.#draw();
    for (const [key, value] of Object.entries(contextOf(state))) {
      if (this.#context.get(key) === value) continue;
      this.#context.set(key, value);
      commands.executeCommand('setContext', key, value).then(undefined, () => this.#context.delete(key));
    }
  }

  /** The one menu with all that can be done now. */
  async showMenu(): Promise<void> {
    await this.look();
    const { id, packageJSON } = this.#options.extension;
    const rows = menuRows(this.#state, packageJSON as Manifest, id, this.#clock.now());
    const picked = await window.showQuickPick(rows, {
      title: 'Gmail',
      placeHolder: 'What can be done now',
      matchOnDescription: true,
    });
    if (picked) await commands.executeCommand(picked.command, picked.argument);
  }

  dispose(): void {
    this.#item.dispose();
  }

  async #read(): Promise<GmailState> {
    const { store, vault, health, maximumLevel, canUndo, hasActivity } = this.#options;
    const looks = [store.list(), vault.keys(), hasActivity()] as const;
    const [{ accounts, unreadable }, keys, isRecorded] = await Promise.all(looks);
    return {
      mailboxes: accounts.map((account) => mailboxOf(account, maximumLevel(), health.of(account))),
      unreadable,
      canUndo: canUndo(),
      hasStoredData: keys.length > 0 || accounts.length > 0 || isRecorded,
      hasActivity: isRecorded,
      wrongSettings: wrongSettings().map(([name]) => name),
    };
  }

  #draw(): void {
    if (!isStatusShown()) {
      this.#item.hide();
      return;
    }
    const { text, spoken, hover, isWarning } = statusText(this.#state, this.#clock.now());
    this.#item.text = text;
    this.#item.accessibilityInformation = { label: spoken, role: 'button' };
    this.#item.tooltip = hoverOf(hover);
    this.#item.backgroundColor = isWarning ? new ThemeColor('statusBarItem.warningBackground') : undefined;
    this.#item.show();
  }
}

/** Addresses and names are shown as they are: nothing in them is markup, and nothing is a link. */
function hoverOf(paragraphs: readonly (readonly string[])[]): MarkdownString {
  const hover = new MarkdownString();
  for (const lines of paragraphs) {
    for (const line of lines) hover.appendText(line).appendMarkdown('  \n');
    hover.appendMarkdown('\n');
  }
  // The workbench would make a link of an address.
  hover.value = hover.value.replaceAll('@', '&#64;');
  return hover;
}
