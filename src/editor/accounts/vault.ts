import type { SecretStorage } from 'vscode';
import type { Vault } from '../../accounts/secret-store.ts';

/** VS Code's secret storage as the accounts see it. */
export function vaultOf(secrets: SecretStorage): Vault {
  return {
    keys: async () => secrets.keys(),
    get: async (key) => secrets.get(key),
    store: async (key, value) => secrets.store(key, value),
    delete: async (key) => secrets.delete(key),
  };
}
