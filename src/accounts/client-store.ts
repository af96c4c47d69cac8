import * as z from 'zod';
import { Problem } from '../shared/problems.ts';
import type { Vault } from './account-store.ts';
import type { ImportedClient } from './client-file.ts';

const PREFIX = 'client:';

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
  readonly #vault: Vault;

  constructor(vault: Vault) {
    this.#vault = vault;
  }

  /** The clients that can still be read. Throws `storage_failed`. */
  async list(): Promise<ImportedClient[]> {
    const values = await attempt('read', async () => {
      const keys = (await this.#vault.keys()).filter((key) => key.startsWith(PREFIX));
      return Promise.all(keys.map((key) => this.#vault.get(key)));
    });
    return values.flatMap((value) => parse(value) ?? []);
  }

  /** Remembers a client in place of an earlier one with its id. Throws `storage_failed`. */
  async save({ clientId, clientSecret, sandboxOrigin }: ImportedClient): Promise<void> {
    const value = { version: 1, clientId, clientSecret, ...(sandboxOrigin ? { sandboxOrigin } : {}) };
    await attempt('write', () => this.#vault.store(`${PREFIX}${clientId}`, JSON.stringify(value)));
  }
}

function parse(value: string | undefined): ImportedClient | undefined {
  if (value === undefined) return undefined;
  try {
    const { clientId, clientSecret, sandboxOrigin } = storedClientSchema.parse(JSON.parse(value));
    return { clientId, clientSecret, sandboxOrigin };
  } catch {
    return undefined;
  }
}

/** The storage's own error text is dropped: it may repeat the value. */
async function attempt<T>(action: 'read' | 'write', work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch {
    throw Problem.of('storage_failed', { action });
  }
}
