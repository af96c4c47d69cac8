import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { keyOf } from '../../compose/email-address.ts';
import type { Letter } from '../../compose/letter.ts';
import { Problem } from '../../shared/problems.ts';

/** How long a send of which nobody knows what became of it is remembered, in milliseconds. */
const REMEMBERED_MS = 10 * 60_000;
const MOST_REMEMBERED = 100;

/** Messages of which it is unknown whether they were sent, so that the next question about one like it can say so. */
export class UnclearSends {
  readonly #unclear: LRUCache<string, true>;

  constructor(clock?: { now(): number }) {
    this.#unclear = new LRUCache({ max: MOST_REMEMBERED, ttl: REMEMBERED_MS, ...(clock ? { perf: clock } : {}) });
  }

  has(letter: Letter): boolean {
    return this.#unclear.has(keyOfLetter(letter));
  }

  /** Remembers the message where its send ends unclear. */
  async watch<T>(letter: Letter, send: Promise<T>): Promise<T> {
    try {
      return await send;
    } catch (error) {
      if (error instanceof Problem && error.code === 'send_unclear') this.#unclear.set(keyOfLetter(letter), true);
      throw error;
    }
  }
}

/** A digest: the texts themselves are not kept. */
function keyOfLetter({ to, cc, bcc, subject, body }: Letter): string {
  const recipients = [...to, ...cc, ...bcc].map(({ address }) => keyOf(address)).sort();
  return createHash('sha256')
    .update(JSON.stringify([recipients, subject, body.text, body.html ?? '']))
    .digest('base64url');
}
