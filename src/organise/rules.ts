import type { ChangeQuestion } from '../broker/change-protocol.ts';
import type { Allowance, ChangeKind } from '../shared/changes/change-allowance.ts';
import type {
  ChangeEnding,
  Claim,
  HistoryWindow,
  MadeChange,
  RequestedChange,
} from '../shared/changes/change-journal.ts';

/** What holds for changes of mail beside Gmail itself: when a person is asked, and what is remembered. */
export interface ChangeRules {
  /** Whether so many messages may be changed without a question; they are counted then. */
  take(kind: ChangeKind, count: number): Promise<Allowance>;
  /** Gives back what was counted for a change and not changed; only once, and no more than was counted. */
  giveBack(ticket: string, count: number): Promise<void>;
  /** Asks the person. Throws `change_not_agreed` unless the answer is yes. */
  confirm(question: ChangeQuestion): Promise<void>;
  journal: {
    begin(ids: readonly string[], change: Omit<RequestedChange, 'client'>): Promise<string>;
    /** Ends a change; one of which it is known that it changed nothing is forgotten. Answers whether it is noted. */
    end(id: string, ending: ChangeEnding): Promise<boolean>;
    /** Makes a change the caller's to take back, until it is released. */
    claim(id: string): Promise<Claim>;
    release(id: string): Promise<void>;
    undone(id: string, window: HistoryWindow): Promise<void>;
    /** The changes of the account, the newest first, and which client this one is. */
    list(): Promise<{ changes: readonly MadeChange[]; client: string }>;
    idsOf(id: string): Promise<readonly string[]>;
  };
}
