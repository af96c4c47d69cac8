import { Problem } from '../shared/problems.ts';

/** The part of VS Code's SecretStorage that is needed; its promises may reject. */
export interface Vault {
  keys(): Promise<readonly string[]>;
  get(key: string): Promise<string | undefined>;
  store(key: string, value: string): Promise<void>;
  delete(key: string): Promise<void>;
}

/**
 * The values of the secret storage whose keys begin alike; without a prefix, all of them.
 * Errors: every method throws the problem `storage_failed` when the secret storage does not work. The storage's own
 * error text is dropped: it may repeat the value.
 */
export class SecretStore {
  readonly #vault: Vault;
  readonly #prefix: string;

  constructor(vault: Vault, prefix = '') {
    this.#vault = vault;
    this.#prefix = prefix;
  }

  /** Every value with its name, which is the key less the prefix. */
  async list(): Promise<{ name: string; value: string }[]> {
    const values = await attempt('read', async () => {
      const keys = await this.#keys();
      return Promise.all(keys.map(async (key) => ({ key, value: await this.#vault.get(key) })));
    });
    // A key without a value was removed by another window in between.
    return values.flatMap(({ key, value }) =>
      value === undefined ? [] : [{ name: key.slice(this.#prefix.length), value }],
    );
  }

  get(name: string): Promise<string | undefined> {
    return attempt('read', () => this.#vault.get(this.#prefix + name));
  }

  set(name: string, value: string): Promise<void> {
    return attempt('write', () => this.#vault.store(this.#prefix + name, value));
  }

  delete(name: string): Promise<void> {
    return attempt('write', () => this.#vault.delete(this.#prefix + name));
  }

  /** Deletes every value. */
  clear(): Promise<void> {
    return attempt('write', async () => {
      for (const key of await this.#keys()) await this.#vault.delete(key);
    });
  }

  async #keys(): Promise<string[]> {
    return (await this.#vault.keys()).filter((key) => key.startsWith(this.#prefix));
  }
}

async function attempt<T>(action: 'read' | 'write', work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch {
    throw Problem.of('storage_failed', { action });
  }
}
