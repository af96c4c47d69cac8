import assert from 'node:assert/strict';
import { GmailConnection } from '../../src/gmail/connection.ts';
import type { RetryPolicy } from '../../src/gmail/retry.ts';
import type { Sandbox } from '../../src/sandbox/start.ts';
import type { Logger } from '../../src/shared/log.ts';
import { Problem } from '../../src/shared/problems.ts';

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
export function mint(sandbox: Sandbox, scopes?: readonly string[]): string {
  const { grants, client, refreshToken } = sandbox;
  return grants.refresh(client, scopes ? grants.grant(client.id, scopes) : refreshToken).value;
}

/** A connection to the sandbox with one fixed token. */
export function connect(sandbox: Sandbox, retry?: RetryPolicy, value = mint(sandbox)): GmailConnection {
  return new GmailConnection({
    tokens: { get: async () => ({ value }) },
    apiOrigin: sandbox.origin,
    log: silent,
    ...(retry ? { retry } : {}),
  });
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
