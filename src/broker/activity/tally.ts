import type { DeedName } from '../../shared/activity/deeds.ts';
import type { Approval } from './protocol.ts';

/** What a call has done, as far as it has come. */
export interface Done {
  deed: DeedName;
  /** How many of what the table of deeds counts. */
  count: number;
  /** The one message or thread that it was about. */
  messageId?: string | undefined;
  threadId?: string | undefined;
  /** Whether a part of what was asked for was not done. */
  isPartial?: boolean;
}

/** What one call does and by whose leave, noted at once, so that a failure afterwards does not hide it. */
export class Tally {
  approval: Approval = 'none';
  /** The question of the window that let the call send. */
  question: string | undefined;
  #done: Done | undefined;
  #query: string | undefined;

  /** Notes what was done. */
  did(deed: DeedName, count = 1, more: Omit<Done, 'deed' | 'count'> = {}): void {
    this.#done = { ...more, deed, count };
  }

  /** Notes what was searched for. It leaves the server only where the person wants it noted. */
  searched(query: string | undefined): void {
    this.#query = query;
  }

  get done(): Done | undefined {
    return this.#done;
  }

  get query(): string | undefined {
    return this.#query;
  }
}

/** What a tool may note. */
export type ToolTally = Pick<Tally, 'did' | 'searched' | 'done'>;
