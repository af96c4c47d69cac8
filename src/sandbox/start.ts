import { type Clock, systemClock } from '../shared/clock.ts';
import type { Faults } from './faults.ts';
import { gmailRoutes } from './gmail-api.ts';
import { Grants } from './grants.ts';
import { SandboxHttp } from './http.ts';
import { Mailbox } from './mailbox.ts';
import { oauthRoutes } from './oauth-api.ts';
import { OWNER } from './seed/types.ts';
import { seedMailbox } from './seed-mailbox.ts';

/** What a sign-in for every tool is granted. */
export const FULL_SCOPES: readonly string[] = ['https://www.googleapis.com/auth/gmail.modify'];

/** A local Google with one account: OAuth and Gmail on one loopback origin. */
export interface Sandbox {
  /** For example `http://127.0.0.1:40123`; both base URLs of the server may point at it. */
  origin: string;
  address: string;
  client: { id: string; secret: string };
  /** A refresh token of the account, as after a sign-in with every scope. */
  refreshToken: string;
  grants: Grants;
  mailbox: Mailbox;
  /** Only the process that started the sandbox can set faults: no request reaches them. */
  faults: Faults;
  /** `METHOD /path?query` of every request so far. */
  requests: string[];
  close(): Promise<void>;
}

/** Starts a local Google on a free port of 127.0.0.1, with a seeded mailbox and credentials of its own. */
export async function startSandbox(clock: Clock = systemClock, address: string = OWNER.address): Promise<Sandbox> {
  const grants = new Grants(clock);
  const client = grants.addClient();
  const mailbox = new Mailbox(address);
  await seedMailbox(mailbox, new Date(clock.now()));
  const http = new SandboxHttp([...oauthRoutes(grants), ...gmailRoutes(mailbox, grants, clock)], clock);
  return {
    origin: await http.listen(),
    address: mailbox.address,
    client,
    refreshToken: grants.grant(client.id, FULL_SCOPES),
    grants,
    mailbox,
    faults: http.faults,
    requests: http.requests,
    close: () => http.close(),
  };
}
