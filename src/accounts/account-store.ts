import { Problem } from '../shared/problems.ts';
import { SerialQueue } from '../shared/turns/serial-queue.ts';
import type { Account } from './account.ts';
import { SecretStore, type Vault } from './secret-store.ts';
import { noMarks, type SignInMarks } from './sign-in-marks.ts';

const nameOf = (email: string) => email.toLowerCase();

export interface StoredAccounts {
  /** The default account comes first: it is the one that tools use where nobody names another. */
  accounts: readonly Account[];
  /** Mailboxes whose stored value no longer parses: signed out, and the value left as it is. */
  unreadable: readonly string[];
}

/**
 * The signed-in accounts. Those of Google live in the secret storage, and nothing of them is kept anywhere else; those
 * of the sandbox live in memory, because their credentials die with the sandbox.
 * Errors: every method throws the problem `storage_failed` when the secret storage does not work.
 */
export class AccountStore {
  readonly #secrets: SecretStore;
  readonly #temporary = new Map<string, Account>();
  readonly #listeners = new Set<() => void>();
  /** One change after the other: the secret storage has no lock, and a change may begin with a read. */
  readonly #changes = new SerialQueue();
  readonly #marks: SignInMarks;
  /** The accounts as they were looked at last. */
  #looked = '';

  /** @param marks what other windows have done with accounts */
  constructor(vault: Vault, marks = noMarks()) {
    this.#secrets = new SecretStore(vault, 'account:');
    this.#marks = marks;
  }

  /** Calls back after the set of accounts, or one of them, has changed. Answers a function that ends this. */
  onDidChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Tells the listeners; also called when the secret storage reports a change made by another window. */
  notify(): void {
    for (const listener of this.#listeners) listener();
  }

  /** Tells the listeners where the accounts are others than at the last look: not every editor tells of other windows. */
  async lookAgain(): Promise<void> {
    const looked = JSON.stringify(await this.list());
    if (looked === this.#looked) return;
    this.#looked = looked;
    this.notify();
  }

  /** Whether the mailbox was signed in anew in another window, whose sign-in this one cannot read. */
  isReplaced(account: Account): Promise<boolean> {
    return this.#marks.isReplaced(account);
  }

  async list(): Promise<StoredAccounts> {
    const stored = await this.#secrets.list();
    const read = await Promise.all(stored.map(async ({ name, value }) => ({ name, account: await parsed(value) })));
    const seen = await Promise.all(read.map(({ account }) => account && this.#marks.seen(account)));
    const accounts = [...this.#temporary.values(), ...seen.filter((account) => account !== undefined)];
    return {
      accounts: accounts.sort(byPrecedence),
      unreadable: read.filter(({ account }) => !account).map(({ name }) => name),
    };
  }

  async find(email: string): Promise<Account | undefined> {
    const temporary = this.#temporary.get(nameOf(email));
    if (temporary) return temporary;
    const stored = await this.#secrets.get(nameOf(email));
    const account = stored === undefined ? undefined : await parsed(stored);
    return account && this.#marks.seen(account);
  }

  /** Stores an account, in place of an earlier one of the same mailbox. The first account becomes the default. */
  async save(account: Account): Promise<void> {
    await this.#changes.run(async () => {
      const ranked = await this.#ranked(account);
      this.#temporary.delete(nameOf(account.email));
      await this.#write(ranked);
    });
    this.notify();
  }

  /** Keeps an account until this window closes. */
  async saveTemporarily(account: Account): Promise<void> {
    this.#temporary.set(nameOf(account.email), await this.#ranked(account));
    this.notify();
  }

  /** Changes part of an account that is stored; one that was signed out meanwhile stays so. */
  async change(email: string, change: Partial<Pick<Account, 'level' | 'scopes' | 'defaultSince'>>): Promise<void> {
    await this.#changes.run(async () => {
      const account = await this.find(email);
      if (account) await this.#write({ ...account, ...change });
    });
    this.notify();
  }

  /**
   * Keeps a refresh token that Google exchanged for the old one. An account that was removed, or signed in anew,
   * meanwhile stays as it is.
   *
   * @param used the account as it was when the old token was used
   */
  async replaceRefreshToken(used: Account, refreshToken: string): Promise<void> {
    await this.#changes.run(async () => {
      const account = await this.find(used.email);
      if (account?.refreshToken !== used.refreshToken) return;
      await this.#write({ ...account, refreshToken });
      this.notify();
    });
  }

  /** Forgets an account, or a value that no longer parses. */
  async remove(email: string): Promise<void> {
    if (!this.#temporary.delete(nameOf(email))) {
      await this.#changes.run(async () => {
        const account = await this.find(email).catch(() => undefined);
        await this.#secrets.delete(nameOf(email));
        if (account) await this.#marks.removed(account);
      });
    }
    this.notify();
  }

  /** Every account was removed, and whatever else was kept of them. */
  async allRemoved(accounts: readonly Account[]): Promise<void> {
    await this.#marks.allRemoved(accounts);
    this.notify();
  }

  /** A new sign-in of the default account leaves it the default; the first account of all becomes it. */
  async #ranked(account: Account): Promise<Account> {
    const { accounts } = await this.list();
    const isSame = ({ email }: Account) => nameOf(email) === nameOf(account.email);
    const [first = account] = accounts;
    const defaultSince = accounts.find(isSame)?.defaultSince ?? (isSame(first) ? account.signedInAt : undefined);
    return { ...account, ...(defaultSince === undefined ? {} : { defaultSince }) };
  }

  async #write(account: Account): Promise<void> {
    if (this.#temporary.has(nameOf(account.email))) {
      this.#temporary.set(nameOf(account.email), account);
      return;
    }
    await this.#secrets.set(nameOf(account.email), JSON.stringify(account));
    await this.#marks.stored(account);
  }
}

/** What describes an account is loaded with the first one: a window in which nobody has signed in needs none of it. */
async function parsed(stored: string): Promise<Account | undefined> {
  const { parseAccount } = await import('./account.ts');
  return parseAccount(stored);
}

/** The default one first; without a choice, the one that has been signed in longest. */
function byPrecedence(a: Account, b: Account): number {
  return (b.defaultSince ?? 0) - (a.defaultSince ?? 0) || a.signedInAt - b.signedInAt;
}

/** The default account. Throws `signed_out`, naming a sign-in that can no longer be read. */
export function firstAccount({ accounts, unreadable }: StoredAccounts): Account {
  const [account] = accounts;
  if (!account) throw Problem.of('signed_out', { unreadable: unreadable.join(', ') });
  return account;
}
