import type { Memento } from 'vscode';
import type { AccountStore } from '../../accounts/account-store.ts';
import type { ImportedClient } from '../../accounts/client-file.ts';
import type { ClientStore } from '../../accounts/client-store.ts';
import type { Reporter } from '../report.ts';
import { presetClient } from '../settings.ts';
import { askForClient } from './client-prompt.ts';
import { type Answer, BACK, type Place, pick } from './steps.ts';

export interface ClientSources {
  store: AccountStore;
  clients: ClientStore;
  reporter: Reporter;
  /** Keeps how far the guide to a client was followed. */
  memento: Memento;
}

/**
 * The OAuth client for a new sign-in: the administrator's where there is one, one that is known already, or one that
 * the person brings now, which is then remembered. Undefined when the person leaves.
 *
 * @throws Problem where the administrator's file is wrong
 */
export async function chooseClient(sources: ClientSources, place: Place): Promise<Answer<ImportedClient>> {
  const preset = await presetClient();
  if (preset) return preset;
  const known = await knownClients(sources);
  if (known.length === 0) return bringClient(sources, { place });
  const another = { label: '$(add) Another OAuth client…', description: '', client: undefined };
  for (;;) {
    const picked = await pick([...known.map(itemOf), another], {
      title: 'Sign in to Gmail: which OAuth client?',
      placeHolder: 'A client that you have used already works for further accounts',
      place,
    });
    if (picked === undefined || picked === BACK) return picked;
    const client = picked.client ?? (await bringClient(sources, { place, canGoBack: true }));
    if (client !== BACK) return client;
  }
}

/** Asks the person for a client and remembers it, so that a sign-in that fails does not ask again. */
export async function bringClient(
  { clients, reporter, memento }: ClientSources,
  where: { place?: Place; canGoBack?: boolean } = {},
): Promise<Answer<ImportedClient>> {
  const client = await askForClient({ reporter, memento, ...where });
  if (client && client !== BACK) await clients.save(client);
  return client;
}

interface KnownClient {
  client: ImportedClient;
  /** Mailboxes that were signed in with it. */
  emails: string[];
}

async function knownClients({ store, clients }: ClientSources): Promise<KnownClient[]> {
  const known = new Map(
    (await clients.list()).map((client): [string, KnownClient] => [client.clientId, { client, emails: [] }]),
  );
  const { accounts } = await store.list();
  for (const { email, clientId, clientSecret, sandboxOrigin } of accounts) {
    const entry = known.get(clientId) ?? { client: { clientId, clientSecret, sandboxOrigin }, emails: [] };
    entry.emails.push(email);
    known.set(clientId, entry);
  }
  return [...known.values()];
}

function itemOf({ client, emails }: KnownClient) {
  const users = emails.length > 0 ? `as for ${emails.join(', ')}` : 'brought earlier';
  return {
    label: `$(key) ${client.clientId.replace(/\.apps\.googleusercontent\.com$/, '')}`,
    description: users,
    client,
  };
}
