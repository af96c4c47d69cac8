import * as z from 'zod';
import type { ImportedClient } from './client-file.ts';
import { SecretStore, type Vault } from './secret-store.ts';

const storedClientSchema = z.object({
  version: z.literal(1),
  clientId: z.string().min(1),
  clientSecret: z.string().min(1),
  sandboxOrigin: z.url().optional(),
});

/**
 * OAuth clients that the person has brought, so that a sign-in which fails in the browser, or a second account, does
 * not ask for the file again. They live in the secret storage, like the accounts.
 */
export class ClientStore {
  readonly #secrets: SecretStore;

  constructor(vault: Vault) {
    this.#secrets = new SecretStore(vault, 'client:');
  }

  /** The clients that can still be read. Throws `storage_failed`. */
  async list(): Promise<ImportedClient[]> {
    return (await this.#secrets.list()).flatMap(({ value }) => parse(value) ?? []);
  }

  /** Remembers a client in place of an earlier one with its id. Throws `storage_failed`. */
  async save({ clientId, clientSecret, sandboxOrigin }: ImportedClient): Promise<void> {
    const value = { version: 1, clientId, clientSecret, ...(sandboxOrigin ? { sandboxOrigin } : {}) };
    await this.#secrets.set(clientId, JSON.stringify(value));
  }
}

function parse(value: string): ImportedClient | undefined {
  try {
    const { clientId, clientSecret, sandboxOrigin } = storedClientSchema.parse(JSON.parse(value));
    return { clientId, clientSecret, sandboxOrigin };
  } catch {
    return undefined;
  }
}
