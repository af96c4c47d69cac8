import { MOST_CHANGED } from '../broker/change-protocol.ts';
import type { KnownLabel, Organiser } from '../mailbox/organiser.ts';
import { clip } from '../shared/code-points.ts';
import type { CredentialSource } from '../shared/problem-catalogue.ts';
import { Problem, sentence } from '../shared/problems.ts';
import { ACTIONS, type Action, type LabelSets } from './actions.ts';
import { changeQuestion, counted, exampleOf, reasonToAsk, SHOWN_EXAMPLES, spread } from './change-facts.ts';
import { absentLines, type Chosen, chosenMessages, listedIds, type MessageChoice } from './chosen.ts';
import { freshNames, labelsOf, lookUp, type NamedLabels, shownName, shownNames } from './label-names.ts';
import { type ChangeMade, makeChange } from './make-change.ts';
import type { ChangeRules } from './rules.ts';
import type { Selections } from './selections.ts';

export interface ModifyRequest extends MessageChoice {
  action?: Action | undefined;
  add_labels?: readonly string[] | undefined;
  remove_labels?: readonly string[] | undefined;
  create_labels?: boolean | undefined;
  preview?: boolean | undefined;
}

export interface ModifyTools {
  organiser: Organiser;
  rules: ChangeRules;
  selections: Selections;
  /** The same mailbox anew once a question was answered: less may be allowed, and more hidden. */
  reopen(): Promise<Organiser>;
  source: CredentialSource;
  /** Is told how many messages were changed, before anything else can fail. */
  onChanged(count: number): void;
}

/** Messages as they would be changed, for a look at them first. */
export interface Preview {
  kind: 'preview';
  count: number;
  selection: string;
  /** Lines of strangers' words, each with its id. */
  sample: string[];
  /** What else the change would come to, in our own words. */
  notes: string[];
}

export interface Modified {
  kind: 'modified';
  /** `Archived 312 messages.` and what else there is to say, in our own words. */
  lines: string[];
}

const SAMPLE = 2 * SHOWN_EXAMPLES;
/** Of what was done, in characters: many labels have long names. */
const LONGEST_WORDS = 150;
/** Of the labels that are new, in a question. */
const FRESH_LENGTH = 300;

/**
 * Changes the labels of messages, or shows which ones that would be.
 *
 * @throws Problem
 */
export async function modifyMessages(request: ModifyRequest, tools: ModifyTools): Promise<Preview | Modified> {
  const { organiser, selections } = tools;
  const { action, add_labels: add = [], remove_labels: remove = [], preview = false } = request;
  if (!preview && action === undefined && add.length + remove.length === 0) throw Problem.of('change_unnamed', {});
  assertNoConflict(request);
  const chosen = await chosenMessages(request, organiser, selections);
  if (preview) return previewOf(request, chosen, tools);
  if (meantOf(request, chosen).ids.length === 0)
    return { kind: 'modified', lines: ['No messages are meant, so nothing was changed.', ...leftOut(request, chosen)] };
  return change(request, chosen, tools);
}

async function previewOf(request: ModifyRequest, chosen: Chosen, tools: ModifyTools): Promise<Preview> {
  const { organiser, selections } = tools;
  const { ids } = meantOf(request, chosen);
  const labels = await labelNotes(request, organiser);
  const rows = await organiser.rows(spread(ids, SAMPLE));
  return {
    kind: 'preview',
    count: ids.length,
    selection: selections.keep(organiser.view, { ids, hasMore: chosen.hasMore }),
    sample: rows.map((row) => `${exampleOf(row)} | ${row.id}`),
    notes: [...leftOut(request, chosen), ...labels],
  };
}

/** What the change would say of labels that there are not. Throws what it would throw of others. */
async function labelNotes(request: ModifyRequest, organiser: Organiser): Promise<string[]> {
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

/** The messages that a change is about, and the drafts that it leaves alone: Gmail puts no label on them but the trash. */
function meantOf({ action, add_labels: add = [], whole_threads: whole = false }: ModifyRequest, chosen: Chosen) {
  const spec: LabelSets | undefined = action && ACTIONS[action];
  const putsOn = add.length > 0 || (spec?.add ?? []).some((label) => label !== 'TRASH');
  const drafts = putsOn || whole ? [...chosen.drafts] : [];
  return { ids: drafts.length > 0 ? chosen.ids.filter((id) => !chosen.drafts.has(id)) : chosen.ids, drafts };
}

/** What is said of all that was named or found and is left alone. */
function leftOut(request: ModifyRequest, chosen: Chosen): string[] {
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

async function change(request: ModifyRequest, chosen: Chosen, tools: ModifyTools): Promise<Modified> {
  const { organiser, rules, selections, reopen, source } = tools;
  const meant = meantOf(request, chosen).ids;
  const [ids, rest] = [meant.slice(0, MOST_CHANGED), meant.slice(MOST_CHANGED)];
  const named = await namedLabels(request, organiser, 'refuse');
  const words = wordsOf(request, named);
  const allowance = await rules.take(request.action ? ACTIONS[request.action].kind : 'labels', ids.length);
  const isAsked = !allowance.isAllowed;
  if (isAsked) {
    const more = rest.length > 0 ? [`${counted(rest.length, 'more message')} would be left for the next call.`] : [];
    const facts = [...freshFact(named.add), ...more];
    const question = await changeQuestion({ verbs: words.verbs, ids, more: facts }, organiser);
    await rules.confirm({ ...question, reason: reasonToAsk(allowance) });
  }
  // What is hidden by now was not meant by the answer, and nothing tells of it.
  const now = isAsked ? await reopen() : organiser;
  const still = isAsked ? await now.stillVisible(ids) : ids;
  const made = await changeNow({ request, ids: still, named, what: words.done }, now, rules);
  tools.onChanged(made.changed ?? made.done.length);
  const left = leftOut(request, chosen);
  if (made.problem) {
    throw Problem.of('changed_partly', {
      done: String(made.done.length),
      left: String(made.left.length),
      ids: listedIds(made.left),
      selection: selections.keep(now.view, { ids: [...made.left, ...rest], hasMore: chosen.hasMore }),
      reason: [sentence(made.problem.explain(source)), ...left].join(' '),
    });
  }
  const selection = rest.length > 0 ? selections.keep(now.view, { ids: rest, hasMore: chosen.hasMore }) : undefined;
  const lines = modifiedLines(words.done, {
    ids,
    rest,
    selection,
    left,
    changed: made.changed,
    hasMore: chosen.hasMore,
  });
  // Gmail gives the other labels back only where messages are taken out one by one.
  const where = request.action === 'untrash' ? ['They are in All Mail; unarchive puts them into the inbox.'] : [];
  return { kind: 'modified', lines: [...lines, ...where] };
}

interface Wanted {
  request: ModifyRequest;
  ids: readonly string[];
  named: Record<'add' | 'remove', NamedLabels>;
  what: string;
}

async function changeNow(
  { request, ids, named, what }: Wanted,
  organiser: Organiser,
  rules: ChangeRules,
): Promise<ChangeMade> {
  if (ids.length === 0) return { done: [], left: [], changed: 0 };
  return makeChange({ ids, ...(await labelSets(request.action, named, organiser)), what }, organiser, rules);
}

interface Told {
  ids: readonly string[];
  rest: readonly string[];
  selection: string | undefined;
  hasMore: boolean;
  left: readonly string[];
  changed: number | undefined;
}

function modifiedLines(done: string, { ids, rest, selection, hasMore, left, changed = ids.length }: Told): string[] {
  const same = ids.length - changed;
  return [
    `${done}: ${counted(changed)}.`,
    ...left,
    ...(same > 0
      ? [`${counted(same)} had nothing to change, or ${same === 1 ? 'is' : 'are'} not there any more.`]
      : []),
    ...(selection ? [`${counted(rest.length, 'more message')} were found: go on with selection ${selection}.`] : []),
    ...(hasMore ? ['The search finds still more: make it again afterwards.'] : []),
    ...(changed > 0 ? ['gmail_undo takes it back.'] : []),
  ];
}

function wordsOf({ action }: ModifyRequest, { add, remove }: Record<'add' | 'remove', NamedLabels>) {
  const spec = action && ACTIONS[action];
  const [on, off] = [shownNames(add).join(', '), shownNames(remove).join(', ')];
  return {
    verbs: [...(spec ? [spec.verb] : []), ...(on ? [`Label % ${on}`] : []), ...(off ? [`Take ${off} off %`] : [])],
    done: clip(
      [...(spec ? [spec.done] : []), ...(on ? [`Labelled ${on}`] : []), ...(off ? [`Taken off ${off}`] : [])].join(
        '; ',
      ),
      LONGEST_WORDS,
    ),
  };
}

/** For the question: a label that is new may be a slip. */
const freshFact = (added: NamedLabels): string[] =>
  added.fresh.length > 0
    ? [`${clip(`New labels, which are created: ${freshNames(added).join(', ')}`, FRESH_LENGTH)}.`]
    : [];

/** @param missing what becomes of labels that there are not and are not to be created */
async function namedLabels(request: ModifyRequest, organiser: Organiser, missing: 'refuse' | 'tell') {
  const { add_labels: add = [], remove_labels: remove = [], create_labels: creates = false } = request;
  return {
    add: await lookUp(add, organiser, creates ? 'create' : missing),
    remove: await lookUp(remove, organiser, missing),
  };
}

async function labelSets(
  action: Action | undefined,
  { add, remove }: Record<'add' | 'remove', NamedLabels>,
  organiser: Organiser,
): Promise<{ labels: LabelSets; own: KnownLabel[] }> {
  const spec: LabelSets = action ? ACTIONS[action] : { add: [], remove: [] };
  const [on, off] = [await labelsOf(add, organiser), await labelsOf(remove, organiser)];
  const labels = {
    add: [...spec.add, ...on.map(({ id }) => id)],
    remove: [...spec.remove, ...off.map(({ id }) => id)],
  };
  return { labels, own: [...on, ...off].filter(({ type }) => type === 'user') };
}

function assertNoConflict({ add_labels: add = [], remove_labels: remove = [] }: ModifyRequest): void {
  const both = add.find((name) => remove.some((other) => other.trim().toLowerCase() === name.trim().toLowerCase()));
  if (both !== undefined) throw Problem.of('labels_conflict', { label: shownName(both, 60) });
}
