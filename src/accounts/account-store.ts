import { Problem } from '../shared/problems.ts';
import { type Account, parseAccount } from './account.ts';

/** The part of VS Code's SecretStorage that accounts need; its promises may reject. */
export interface Vault {
  keys(): Promise<readonly string[]>;
  get(key: string): Promise<string | undefined>;
  store(key: string, value: string): Promise<void>;
  delete(key: string): Promise<void>;
}

const PREFIX = 'account:';
const keyOf = (email: string) => `${PREFIX}${email.toLowerCase()}`;

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
  readonly #vault: Vault;
  readonly #temporary = new Map<string, Account>();
  readonly #listeners = new Set<() => void>();
  #lastChange: Promise<void> = Promise.resolve();

  constructor(vault: Vault) {
    this.#vault = vault;
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

  async list(): Promise<StoredAccounts> {
    const keys = await this.#attempt('read', async () =>
      (await this.#vault.keys()).filter((key) => key.startsWith(PREFIX)),
    );
    const stored = await this.#attempt('read', () =>
      Promise.all(keys.map(async (key) => ({ key, value: await this.#vault.get(key) }))),
    );
    // A key without a value was removed by another window in between.
    const read = stored.flatMap(({ key, value }) =>
      value === undefined ? [] : [{ key, account: parseAccount(value) }],
    );
    const accounts = [...this.#temporary.values(), ...read.flatMap(({ account }) => account ?? [])];
    return {
      accounts: accounts.sort(byPrecedence),
      unreadable: read.filter(({ account }) => !account).map(({ key }) => key.slice(PREFIX.length)),
    };
  }

  async find(email: string): Promise<Account | undefined> {
    const temporary = this.#temporary.get(keyOf(email));
    if (temporary) return temporary;
    const stored = await this.#attempt('read', () => this.#vault.get(keyOf(email)));
    return stored === undefined ? undefined : parseAccount(stored);
  }

  /** Stores an account, in place of an earlier one of the same mailbox. The first account becomes the default. */
  async save(account: Account): Promise<void> {
    await this.#inTurn(async () => {
      const ranked = await this.#ranked(account);
      this.#temporary.delete(keyOf(account.email));
      await this.#write(ranked);
    });
    this.notify();
  }

  /** Keeps an account until this window closes. */
  async saveTemporarily(account: Account): Promise<void> {
    this.#temporary.set(keyOf(account.email), await this.#ranked(account));
    this.notify();
  }

  /** Changes part of an account that is stored; one that was signed out meanwhile stays so. */
  async change(email: string, change: Partial<Pick<Account, 'level' | 'scopes' | 'defaultSince'>>): Promise<void> {
    await this.#inTurn(async () => {
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
    await this.#inTurn(async () => {
      const account = await this.find(used.email);
      if (account?.refreshToken !== used.refreshToken) return;
      await this.#write({ ...account, refreshToken });
      this.notify();
    });
  }

  /** Forgets an account, or a value that no longer parses. */
  async remove(email: string): Promise<void> {
    if (!this.#temporary.delete(keyOf(email))) {
      await this.#inTurn(() => this.#attempt('write', () => this.#vault.delete(keyOf(email))));
    }
    this.notify();
  }

  /** A new sign-in of the default account leaves it the default; the first account of all becomes it. */
  async #ranked(account: Account): Promise<Account> {
    const { accounts } = await this.list();
    const isSame = ({ email }: Account) => keyOf(email) === keyOf(account.email);
    const [first = account] = accounts;
    const defaultSince = accounts.find(isSame)?.defaultSince ?? (isSame(first) ? account.signedInAt : undefined);
    return { ...account, ...(defaultSince === undefined ? {} : { defaultSince }) };
  }

  async #write(account: Account): Promise<void> {
    if (this.#temporary.has(keyOf(account.email))) {
      this.#temporary.set(keyOf(account.email), account);
      return;
    }
    return this.#attempt('write', () => this.#vault.store(keyOf(account.email), JSON.stringify(account)));
  }

  /** One change after the other: the secret storage has no lock, and a change may begin with a read. */
  #inTurn(change: () => Promise<void>): Promise<void> {
    const turn = this.#lastChange.then(change);
    this.#lastChange = turn.catch(() => undefined);
    return turn;
  }

  /** The storage's own error text is dropped: it may repeat the value. */
  async #attempt<T>(action: 'read' | 'write', work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch {
      throw Problem.of('storage_failed', { action });
    }
  }
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
