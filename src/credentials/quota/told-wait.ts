import timers from 'node:timers/promises';
import type { Quota } from '../../gmail/connection/bearer-client.ts';
import type { Call } from '../credentials.ts';

/** A shorter wait goes without a word, in milliseconds. */
const UNTOLD_MS = 1_000;

/** Waits for what may have to wait for quota, and tells the client of a wait that a person would notice. */
export async function toldWait<T>(whileWaiting: Call['whileWaiting'], work: Promise<T>): Promise<T> {
  if (!whileWaiting) return work;
  const over = new AbortController();
  const noticed = timers.setTimeout(UNTOLD_MS, true, { signal: over.signal, ref: false });
  const isLong = await Promise.race([work.then(() => false), noticed]).finally(() => over.abort());
  return isLong ? whileWaiting('Waiting for the quota of this Gmail account.', work) : work;
}

/** The same quota, whose waits one client is told of. */
export function toldQuota(quota: Quota, whileWaiting: Call['whileWaiting']): Quota {
  return {
    take: (units, signal) => toldWait(whileWaiting, quota.take(units, signal)),
    rest: (milliseconds) => quota.rest(milliseconds),
  };
}
