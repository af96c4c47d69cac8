import { commands, env, type Memento, Uri, window } from 'vscode';
import type { Account } from '../../accounts/account.ts';
import type { AccountStore } from '../../accounts/account-store.ts';
import { type Clock, systemClock } from '../../shared/clock.ts';
import { COMMANDS } from '../command-ids.ts';
import { PAGES } from '../sign-in/pages.ts';

/** How long before its end a sign-in is announced, in milliseconds. */
const AHEAD_MS = 24 * 60 * 60_000;

const PUBLISH = 'Publish the App';
const AGAIN = 'Sign In Again';

const keyOf = ({ email }: Account) => `end-announced:${email}`;

/**
 * Announces, a day ahead and once, the end of a sign-in that Google limits: the seven days of a project in Testing.
 * Nothing here waits for time. {@link look} is to be called when somebody comes back to the window: an announcement
 * that nobody is there to read can wait.
 */
export class ExpiryNotice {
  readonly #store: AccountStore;
  readonly #announced: Memento;
  readonly #clock: Clock;

  constructor(store: AccountStore, announced: Memento, clock: Clock = systemClock) {
    this.#store = store;
    this.#announced = announced;
    this.#clock = clock;
    store.onDidChange(() => void this.look());
  }

  /** Looks at every account now. It never rejects. */
  async look(): Promise<void> {
    try {
      const { accounts } = await this.#store.list();
      for (const account of accounts) if (this.#isDue(account)) await this.#announce(account);
    } catch {
      // What cannot be read or noted now is looked at the next time.
    }
  }

  #isDue(account: Account): boolean {
    const { endsAt } = account;
    if (endsAt === undefined || this.#announced.get(keyOf(account)) === endsAt) return false;
    const left = endsAt - this.#clock.now();
    return left > 0 && left <= AHEAD_MS;
  }

  async #announce(account: Account): Promise<void> {
    const { email, endsAt = 0 } = account;
    await this.#announced.update(keyOf(account), endsAt);
    const time = new Date(endsAt).toLocaleString([], { dateStyle: 'full', timeStyle: 'short' });
    const text =
      `The sign-in of ${email} ends on ${time}: the Google Cloud project of its OAuth client is in Testing, where ` +
      'sign-ins last seven days. Publish the app and sign in again, and that ends for good.';
    window.showWarningMessage(text, PUBLISH, AGAIN).then(
      async (pressed) => {
        if (pressed === PUBLISH) await env.openExternal(Uri.parse(PAGES.audience));
        if (pressed === AGAIN) await commands.executeCommand(COMMANDS.signIn, { email });
      },
      () => undefined,
    );
  }
}
