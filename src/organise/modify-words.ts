import type { Organiser } from '../mailbox/organiser.ts';
import { clip } from '../shared/code-points.ts';
import type { CredentialSource } from '../shared/problem-catalogue.ts';
import { Problem } from '../shared/problems.ts';
import { ACTIONS, type Verb } from './actions.ts';
import { counted } from './change-facts.ts';
import { absentLines, type Chosen, listedIds } from './chosen.ts';
import { freshNames, type NamedLabels, shownNames } from './label-names.ts';
import type { ChangeMade } from './make-change.ts';
import { type ModifyRequest, meantOf, type NamedSets, namedLabels } from './modify-request.ts';
import { isRefused } from './undo/read-back.ts';

/** Of what was done, in characters: many labels have long names. */
const LONGEST_WORDS = 150;
/** Of the labels that are new, in a question. */
const FRESH_LENGTH = 300;

/** What is about to be done, and what was done, as a person reads it. */
export function wordsOf({ action }: ModifyRequest, { add, remove }: NamedSets) {
  const spec = action && ACTIONS[action];
  const [on, off] = [shownNames(add).join(', '), shownNames(remove).join(', ')];
  return {
    verbs: [
      ...(spec ? [spec.verb] : []),
      ...(on ? [(them: string) => `Label${them} ${on}`] : []),
      ...(off ? [(them: string) => `Take ${off} off${them}`] : []),
    ] satisfies Verb[],
    done: clip(
      [...(spec ? [spec.done] : []), ...(on ? [`Labelled ${on}`] : []), ...(off ? [`Taken off ${off}`] : [])].join(
        '; ',
      ),
      LONGEST_WORDS,
    ),
  };
}

/** For the question: a label that is new may be a slip. */
export const freshFact = (added: NamedLabels): string[] =>
  added.fresh.length > 0
    ? [`${clip(`New labels, which are created: ${freshNames(added).join(', ')}`, FRESH_LENGTH)}.`]
    : [];

/** For the question: what of the messages that are meant the call does not change. */
export function restFacts(rest: readonly string[], { hasMore }: Chosen): string[] {
  return [
    ...(rest.length > 0
      ? [`${counted(rest.length, 'more message')} ${rest.length === 1 ? 'is' : 'are'} left for the next call.`]
      : []),
    ...(hasMore ? ['The search finds still more.'] : []),
  ];
}

/** What is said of all that was named or found and is left alone. */
export function leftOut(request: ModifyRequest, chosen: Chosen): string[] {
  const { drafts } = meantOf(request, chosen);
  const isOpen = drafts.length === 0 && chosen.drafts.size > 0 && request.preview === true;
  const why = request.whole_threads
    ? 'whole threads are taken without their drafts'
    : 'Gmail puts no labels on drafts; trash takes them';
  return [
    ...absentLines(chosen.absent),
    ...(drafts.length > 0 ? [`${counted(drafts.length, 'draft')} left alone (${listedIds(drafts)}): ${why}.`] : []),
    ...(isOpen
      ? [`Among them: ${counted(chosen.drafts.size, 'draft')}. Gmail puts no labels on drafts; trash takes them.`]
      : []),
  ];
}

/** What the change would say of labels that there are not. Throws what it would throw of others. */
export async function labelNotes(request: ModifyRequest, organiser: Organiser): Promise<string[]> {
  const { add, remove } = await namedLabels(request, organiser, 'tell');
  const names = (labels: NamedLabels) => freshNames(labels).join(', ');
  const isNew = `New labels, which the change would create: ${names(add)}.`;
  const refused = (what: string) => `${what}; the change would be refused.`;
  const create = refused(`There are no labels ${names(add)} to put on, and create_labels is not true`);
  return [
    ...(add.fresh.length > 0 ? [request.create_labels ? isNew : create] : []),
    ...(remove.fresh.length > 0 ? [refused(`There are no labels ${names(remove)} to take off`)] : []),
  ];
}

/** What a change came to. */
interface Told {
  ids: readonly string[];
  rest: readonly string[];
  selection: string | undefined;
  hasMore: boolean;
  left: readonly string[];
  changed: number | undefined;
  isNoted: boolean;
  /** Whether the change may put messages out of the agent's sight, where nothing is taken back. */
  mayHide: boolean;
}

const TAKEN_BACK = 'gmail_undo takes it back.';
const MAY_HIDE =
  'What hides mail from the agent goes by what was changed: gmail_undo does not take back what is hidden now, which the user finds in Gmail.';

/** Said of a change that is made all the same. */
const NOT_NOTED = 'The change could not be noted, so that gmail_undo does not take it back.';

/** What is told of a change of which some messages, or all, are left. */
interface PartlyTold extends ChangeMade {
  problem: Problem;
  /** What stands for the messages that are left. */
  selection: string;
  /** The labels that the call created, and that are still there. */
  stays: readonly string[];
}

/** The problem of such a change, and how to go on. */
export function partly(
  made: PartlyTold,
  { left, source }: { left: readonly string[]; source: CredentialSource },
): Problem {
  const { problem, changed, selection, stays } = made;
  const { what, why, next } = problem.explain(source);
  const isUnknown = changed === undefined && !isRefused(made);
  const rest = `call the tool again with selection ${selection} and the same change for the rest`;
  const go = {
    not_found: next,
    rate_limited: `${next.split(',')[0]}, then ${rest}.`,
  }[problem.code as string];
  return Problem.of('changed_partly', {
    done: (changed ?? made.done.length).toLocaleString('en'),
    left: made.left.length.toLocaleString('en'),
    ids: listedIds(made.left),
    isUnknown,
    reason: [
      ...[what, why, ...left],
      ...(stays.length > 0
        ? [`The call has created ${stays.join(', ')}, which ${stays.length === 1 ? 'stays' : 'stay'}.`]
        : []),
      ...(made.isNoted ? [] : [NOT_NOTED]),
    ].join(' '),
    next: go ?? `${next} To try again, ${rest}; what is changed already takes no harm.`,
  });
}

/** What is said of a change that was made: `Archived: 312 messages.` */
export function modifiedLines(done: string, told: Told): string[] {
  const { ids, rest, selection, hasMore, left, isNoted, mayHide, changed = ids.length } = told;
  const same = ids.length - changed;
  return [
    `${done}: ${counted(changed)}.`,
    ...left,
    ...(same > 0
      ? [`${counted(same)} had nothing to change, or ${same === 1 ? 'is' : 'are'} not there any more.`]
      : []),
    ...(selection
      ? [
          `${counted(rest.length, 'more message')} ${rest.length === 1 ? 'was' : 'were'} found: go on with selection ${selection}.`,
        ]
      : []),
    ...(hasMore ? ['The search finds still more: make it again afterwards.'] : []),
    ...(changed > 0 ? [isNoted ? (mayHide ? MAY_HIDE : TAKEN_BACK) : NOT_NOTED] : []),
  ];
}
