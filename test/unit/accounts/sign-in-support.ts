import assert from 'node:assert/strict';
import { parseAccount } from '../../../src/accounts/account.ts';
import { AccountStore } from '../../../src/accounts/account-store.ts';
import type { ImportedClient } from '../../../src/accounts/client-file.ts';
import { type Browser, type SignInRequest, signIn } from '../../../src/accounts/sign-in.ts';
import type { Client } from '../../../src/sandbox/oauth/grants.ts';
import type { Sandbox } from '../../../src/sandbox/start.ts';
import { Redactor } from '../../../src/shared/redact.ts';
import { headingOf, load, type Page, press } from '../../support/consent.ts';
import { memoryVault } from '../../support/vault.ts';

/** What the person does on the sandbox's pages. */
export interface Choices {
  /** Chosen where the page asks for an account. */
  address: string;
  /** Pressed on every other page. */
  button?: string;
  /** Scopes of which the boxes are not left ticked. */
  untick?: readonly string[];
}

/** Goes through the sign-in pages to the one that leads back to the app, or that leads nowhere. */
export async function goThrough(page: Page, { address, button = 'Continue', untick = [] }: Choices): Promise<Page> {
  let at = page;
  while (!at.location && at.status < 400) {
    const isChoice = headingOf(at) === 'Choose an account';
    at = await press(at, isChoice ? address : button, { untick });
  }
  return at;
}

/** A browser in which somebody goes through the sandbox's pages by HTTP. */
export class TestBrowser implements Browser {
  /** The addresses that were opened. */
  readonly opened: URL[] = [];
  /** The last page of each trip: what the redirect shows. */
  readonly ends: Promise<Page>[] = [];
  readonly #walk: (page: Page) => Promise<Page>;
  readonly #before: (location: URL) => unknown;

  /**
   * @param walk from the first page to the one that leads back
   * @param before done before the browser goes where it leads
   */
  constructor(walk: (page: Page) => Promise<Page>, before: (location: URL) => unknown = () => undefined) {
    this.#walk = walk;
    this.#before = before;
  }

  async open(url: string): Promise<void> {
    this.opened.push(new URL(url));
    const { location } = await this.#walk(await load(url));
    if (!location) return;
    await this.#before(location);
    const end = load(location.href);
    // Where nobody listens any more, only a test that looks at the page minds.
    end.catch(() => undefined);
    this.ends.push(end);
  }

  /** What the authorization request asked for. */
  asked(trip = 0): Record<string, string> {
    return Object.fromEntries(this.opened[trip]?.searchParams ?? []);
  }

  /** The heading of a trip's last page. */
  async end(trip = 0): Promise<string> {
    const page = await this.ends[trip];
    assert.ok(page, 'the browser did not come back');
    return headingOf(page);
  }

  /** Fails unless nobody listens any more for any of the sign-ins. */
  async everyPortIsClosed(): Promise<void> {
    assert.notEqual(this.opened.length, 0);
    for (const { searchParams } of this.opened) await assert.rejects(load(searchParams.get('redirect_uri') ?? ''));
  }
}

/** A store with nothing in it, and what a sign-in to it needs. */
export function emptyRoom(sandbox: Sandbox, now?: () => number) {
  const vault = memoryVault();
  const store = new AccountStore(vault);
  const redactor = new Redactor();
  const clock = now ? { clock: { now } } : {};
  return {
    store,
    redactor,
    /** Everything in the secret storage. */
    stored: async () =>
      Promise.all((await vault.keys()).map(async (key) => parseAccount((await vault.get(key)) ?? ''))),
    signIn: (browser: Browser, request: Partial<SignInRequest> = {}, signal = new AbortController().signal) =>
      signIn({ store, redactor, ...clock }, { client: clientOf(sandbox), level: 'full', ...request }, browser, signal),
  };
}

/** A client of the sandbox, as its file describes it. */
export function clientOf({ origin, client }: Sandbox, { id, secret }: Client = client): ImportedClient {
  return { clientId: id, clientSecret: secret, sandboxOrigin: origin };
}
