import type { Vault } from '../../src/accounts/secret-store.ts';

export interface MemoryVault extends Vault {
  /** What is stored. */
  values: Map<string, string>;
  /** The keys of all values that were read, in turn. */
  reads: string[];
  /** What was changed, in turn: `store <key>` or `delete <key>`. */
  writes: string[];
}

/** A secret storage that lives as long as the test. */
export function memoryVault(): MemoryVault {
  const values = new Map<string, string>();
  const [reads, writes]: [string[], string[]] = [[], []];
  return {
    values,
    reads,
    writes,
    keys: async () => [...values.keys()],
    get: async (key) => {
      reads.push(key);
      return values.get(key);
    },
    store: async (key, value) => {
      writes.push(`store ${key}`);
      values.set(key, value);
    },
    delete: async (key) => {
      writes.push(`delete ${key}`);
      values.delete(key);
    },
  };
}
