import assert from 'node:assert/strict';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, afterEach, before, beforeEach } from 'node:test';
import { GmailConnection } from '../../src/gmail/connection/connection.ts';
import type { RetryPolicy } from '../../src/gmail/connection/retry.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/start.ts';
import type { StoredMessage } from '../../src/sandbox/store/mail-store.ts';
import type { Logger } from '../../src/shared/log.ts';
import { Problem } from '../../src/shared/problems.ts';

/**
 * Starts a sandbox before the tests of a suite, and closes it behind them.
 *
 * @param use takes it, and does what else the tests begin with
 */
export function sandboxForAll(use: UseSandbox, ...options: Parameters<typeof startSandbox>): void {
  let sandbox: Sandbox;
  before(async () => {
    sandbox = await startSandbox(...options);
    await use(sandbox);
  });
  after(() => sandbox.close());
}

/** The same for each test of a suite. */
export function sandboxForEach(use: UseSandbox, ...options: Parameters<typeof startSandbox>): void {
  let sandbox: Sandbox;
  beforeEach(async () => {
    sandbox = await startSandbox(...options);
    await use(sandbox);
  });
  afterEach(() => sandbox.close());
}

type UseSandbox = (sandbox: Sandbox) => Promise<void> | void;

/** A server of its own on loopback for all tests of a suite, for what the sandbox would never answer. */
export function serveForAll(listener: RequestListener, use: (origin: string) => void): void {
  const server = createServer(listener);
  before(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  });
  after(() => {
    server.closeAllConnections();
    server.close();
  });
}

export const silent: Logger = {
  error: () => undefined,
  warn: () => undefined,
  info: () => undefined,
  debug: () => undefined,
};

/** The Problem that the work fails with. Fails the test where it succeeds or throws something else. */
export async function problemOf(work: Promise<unknown> | (() => unknown)): Promise<Problem> {
  try {
    await (typeof work === 'function' ? work() : work);
  } catch (error) {
    assert.ok(error instanceof Problem, `expected a Problem, got ${String(error)}`);
    return error;
  }
  return assert.fail('expected a Problem, but it succeeded');
}

/** An access token of the sandbox's account, or of one with other scopes. */
export function accessTokenOf(sandbox: Sandbox, scopes?: readonly string[]): string {
  const { grants, client, refreshToken } = sandbox;
  return grants.refresh(client, scopes ? grants.grant(client.id, scopes) : refreshToken).value;
}

/** A connection with one fixed token, by default one of the sandbox's account. */
export function connect(
  sandbox: Sandbox,
  retry?: RetryPolicy,
  value = accessTokenOf(sandbox),
  log = silent,
): GmailConnection {
  const tokens = { get: async () => ({ value, apiOrigin: sandbox.origin }) };
  return new GmailConnection({ tokens, log, ...(retry ? { retry } : {}) });
}

/** What a plain HTTP client gets from the sandbox's Gmail. */
export async function getJson<T>(sandbox: Sandbox, path: string, bearer: string): Promise<{ status: number; body: T }> {
  const headers = bearer ? { authorization: `Bearer ${bearer}` } : {};
  const response = await fetch(`${sandbox.origin}/gmail/v1/users/me${path}`, { headers });
  return { status: response.status, body: (await response.json()) as T };
}

export type Query = Record<string, string> | [string, string][];

interface Listed {
  messages?: { id: string; threadId: string }[];
  nextPageToken?: string;
  resultSizeEstimate: number;
}

export async function listMessages(sandbox: Sandbox, bearer: string, query: Query): Promise<Listed> {
  return (await getJson<Listed>(sandbox, `/messages?${new URLSearchParams(query)}`, bearer)).body;
}

/** Files a small message of the test's own. */
export function fileMessage(
  sandbox: Sandbox,
  headers: Record<string, string>,
  body: string,
  labelIds: string[],
  internalDate = Date.now(),
): Promise<StoredMessage> {
  const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return sandbox.store.add(Buffer.from(`${head.join('')}\r\n${body}\r\n`), { labelIds, internalDate });
}

/** Numbers from 0 to 1 that look random and are the same in every run (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
