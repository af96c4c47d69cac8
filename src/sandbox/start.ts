import { type Clock, systemClock } from '../shared/clock.ts';
import { oneClickRoute } from './arrival/one-click.ts';
import type { Faults } from './faults.ts';
import { gmailRoutes } from './gmail/gmail-api.ts';
import { type Route, SandboxHttp } from './http.ts';
import { consentRoutes } from './oauth/consent-api.ts';
import { AuthorizationCodes } from './oauth/consent-codes.ts';
import { type Client, Grants } from './oauth/grants.ts';
import { bearerOf, oauthRoutes } from './oauth/oauth-api.ts';
import { fillStore } from './seed/fill-store.ts';
import { sendAsOf } from './seed/send-as.ts';
import { OWNER } from './seed/types.ts';
import { MailStore } from './store/mail-store.ts';

/** What a sign-in for every tool is granted. */
export const FULL_SCOPES: readonly string[] = ['https://www.googleapis.com/auth/gmail.modify'];

/** A local Google: sign-in pages, OAuth and Gmail on one loopback origin. */
export interface Sandbox {
  /** For example `http://127.0.0.1:40123`; both base URLs of the server may point at it. */
  origin: string;
  /** Of the first account. */
  address: string;
  client: Client;
  /** A refresh token of the first account, as after a sign-in with every scope. */
  refreshToken: string;
  grants: Grants;
  /** Of the first account. */
  store: MailStore;
  /** Of every account that can sign in, by address. */
  stores: ReadonlyMap<string, MailStore>;
  /** Only the process that started the sandbox can set faults: no request reaches them. */
  faults: Faults;
  /** `METHOD /path?query` of every request so far. */
  requests: string[];
  /** The same of every call of the Gmail API, those within batches too. */
  calls: string[];
  close(): Promise<void>;
}

/**
 * Starts a local Google on a free port of 127.0.0.1, with a seeded mailbox and credentials of its own.
 *
 * @param address of the first account, whose mailbox is seeded
 * @param others addresses of further accounts that can sign in, with empty stores
 */
export async function startSandbox(
  clock: Clock = systemClock,
  address: string = OWNER.address,
  others: readonly string[] = [],
): Promise<Sandbox> {
  const grants = new Grants(clock, [address, ...others]);
  const codes = new AuthorizationCodes(grants, clock);
  const client = grants.addClient({ name: 'Headless Mail for Gmail' });
  const store = new MailStore(address, clock);
  store.sendAs = sendAsOf(address);
  const stores = new Map(
    [store, ...others.map((other) => new MailStore(other, clock))].map((one) => [one.address, one]),
  );
  const gmail = routesByAccount(grants, store, (one) => gmailRoutes(one, grants, clock), stores);
  const google = [...oauthRoutes(grants, codes), ...consentRoutes(grants, codes), ...gmail];
  const http = new SandboxHttp([...google, oneClickRoute(store)], clock);
  const origin = await http.listen();
  await fillStore(store, new Date(clock.now()), origin);
  return {
    origin,
    address: store.address,
    client,
    refreshToken: grants.grant(client.id, FULL_SCOPES),
    grants,
    store,
    stores,
    faults: http.faults,
    requests: http.requests,
    calls: http.calls,
    close: () => http.close(),
  };
}

/** The same routes for every mailbox: a request's token says whose it is, and one without falls to the first's. */
function routesByAccount(
  grants: Grants,
  first: MailStore,
  routesOf: (store: MailStore) => Route[],
  stores: ReadonlyMap<string, MailStore>,
): Route[] {
  const byAddress = new Map([...stores].map(([address, store]) => [address, routesOf(store)]));
  return (byAddress.get(first.address) ?? []).map((route, index) => ({
    ...route,
    handle: (request, makeCall) => {
      const address = grants.find(bearerOf(request) ?? '')?.address;
      return (byAddress.get(address ?? first.address)?.[index] ?? route).handle(request, makeCall);
    },
  }));
}
