import { randomUUID } from 'node:crypto';

/** Keeps drafts for one call. */
export interface DraftKeeper {
  /** Throws `draft_in_question` where another call is changing or sending the draft. What the call has already stays. */
  hold(draftId: string): Promise<void>;
  /** Gives all of them back, whatever became of them. */
  release(): Promise<void>;
}

/** Where drafts are kept: in this process, or in the window for all of its servers. */
interface Keeping {
  take(draftId: string, holder: string): Promise<void> | void;
  release(draftId: string, holder: string): Promise<void> | void;
}

/** The drafts of one call, out of those that `holds` keeps. */
export function draftKeeper(holds: Keeping): DraftKeeper {
  const holder = randomUUID();
  const held = new Set<string>();
  return {
    hold: async (draftId) => {
      await holds.take(draftId, holder);
      held.add(draftId);
    },
    release: async () => {
      for (const draftId of held) await holds.release(draftId, holder);
      held.clear();
    },
  };
}
