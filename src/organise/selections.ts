import { randomBytes } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { type Clock, systemClock } from '../shared/clock.ts';
import { clip } from '../shared/code-points.ts';
import { Problem } from '../shared/problems.ts';

/** Messages that were found once, and are what a later call changes. */
export interface Selection {
  ids: readonly string[];
  /** Whether the search found more than are kept. */
  hasMore: boolean;
}

/** How many are kept, and for how long, in milliseconds. */
const MOST_KEPT = 30;
const KEPT_FOR_MS = 30 * 60_000;

/** How much of an unknown name an error repeats, in code points. */
const NAME_LENGTH = 40;

/**
 * What searches have found, so that what a person saw is what is changed: a search that is made again may find other
 * messages.
 */
export class Selections {
  readonly #kept: LRUCache<string, Selection & { view: string }>;

  constructor(clock: Clock = systemClock) {
    this.#kept = new LRUCache({ max: MOST_KEPT, ttl: KEPT_FOR_MS, ttlResolution: 0, perf: clock });
  }

  /** @param view the mailbox that it was found in, from `Organiser.view` */
  keep(view: string, selection: Selection): string {
    const name = `s-${randomBytes(6).toString('hex')}`;
    this.#kept.set(name, { ...selection, view });
    return name;
  }

  /** Throws `selection_gone`. */
  get(view: string, name: string): Selection {
    const kept = this.#kept.get(name);
    if (!kept || kept.view !== view) throw Problem.of('selection_gone', { selection: clip(name, NAME_LENGTH) });
    return kept;
  }
}
