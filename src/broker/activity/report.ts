import { isChange, type ReportedTool, wordsOf } from '../../shared/activity/deeds.ts';
import type { CredentialSource } from '../../shared/problem-catalogue.ts';
import { Problem, type ProblemCode } from '../../shared/problems.ts';
import { type CallReport, isReportableId, LONGEST_CLIENT, LONGEST_QUERY, type Outcome } from './protocol.ts';
import type { Done, Tally } from './tally.ts';

/** What is no plain failure. */
const OUTCOME_OF: Partial<Record<ProblemCode, Outcome>> = {
  send_declined: 'declined',
  change_not_agreed: 'declined',
  send_saved_as_draft: 'done',
  send_unclear: 'unclear',
  draft_unclear: 'unclear',
  unsubscribe_unclear: 'unclear',
  unsubscribe_redirected: 'unclear',
  changed_partly: 'partly',
  labels_renamed_partly: 'partly',
  level_too_low: 'refused',
  scope_not_granted: 'refused',
  recipient_not_allowed: 'refused',
  attachment_outside: 'refused',
  save_folder_unset: 'refused',
  label_hides_mail: 'refused',
};

/** What a call was and came to. */
export interface Ended {
  tool: { name: ReportedTool };
  tally: Tally;
  /** As the client names itself. */
  client: string;
  account: string | undefined;
  /** Whether the person wants searches noted. */
  notesSearches: boolean;
  /** What it failed with. */
  problem: Problem | undefined;
}

/** A call as the window is told of it. */
export function reportOf({ tool, tally, client, account, notesSearches, problem }: Ended): CallReport {
  const { done, query, approval, question } = tally;
  return {
    tool: tool.name,
    client: client.slice(0, LONGEST_CLIENT),
    outcome: outcomeOf(tool, done, problem),
    approval,
    ...(account ? { account } : {}),
    ...(problem ? { reason: problem.code } : {}),
    ...(done ? { deed: done.deed, count: done.count, ...idsOf(done) } : {}),
    ...(question ? { question } : {}),
    ...(notesSearches && query ? { query: query.slice(0, LONGEST_QUERY) } : {}),
  };
}

function outcomeOf({ name }: Ended['tool'], done: Done | undefined, problem: Problem | undefined): Outcome {
  if (!problem) return done?.isPartial ? 'partly' : 'done';
  // What has changed something before it failed is done in part, whatever it failed with.
  return OUTCOME_OF[problem.code] ?? (done && isChange(name, done.deed) ? 'partly' : 'failed');
}

function idsOf({ messageId, threadId }: Done): Pick<CallReport, 'messageId' | 'threadId'> {
  return {
    ...(messageId && isReportableId(messageId) ? { messageId } : {}),
    ...(threadId && isReportableId(threadId) ? { threadId } : {}),
  };
}

/** A call whose report was not taken. */
export interface Unnoted {
  report: CallReport;
  /** The result, or what the call failed with, in words. */
  said: string;
  /** Why it was not taken. */
  reason: Problem;
  source: CredentialSource;
}

/**
 * What the client reads in place of a result that could not be noted: what was changed or may be is said, since it
 * stays so; what was only read is withheld.
 *
 * @returns undefined for a call that failed and did nothing: its own error stays true
 */
export function unnotedProblem({ report, said, reason, source }: Unnoted): Problem | undefined {
  const { tool, deed, count, outcome } = report;
  const isDone = deed !== undefined && isChange(tool, deed);
  if (!isDone && outcome !== 'unclear' && outcome !== 'done' && outcome !== 'partly') return undefined;
  const { what, why } = reason.explain(source);
  const facts = { why: `${what} ${why}` };
  if (!isDone && outcome === 'done') return Problem.of('activity_unnoted', facts);
  const words = isDone ? `${wordsOf(tool, deed, count)}. ` : '';
  return Problem.of('activity_unnoted', { ...facts, said: `${words}${said}` });
}
