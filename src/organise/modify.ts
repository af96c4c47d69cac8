import { MOST_CHANGED } from '../broker/change-protocol.ts';
import type { Organiser } from '../mailbox/organiser.ts';
import type { CredentialSource } from '../shared/problem-catalogue.ts';
import { Problem, sentence } from '../shared/problems.ts';
import { ACTIONS, type Action, type LabelSets } from './actions.ts';
import { changeQuestion, counted, exampleOf, SHOWN_EXAMPLES, spread } from './change-facts.ts';
import { type Chosen, chosenMessages, type MessageChoice } from './chosen.ts';
import { labelIds, lookUp, type NamedLabels } from './label-names.ts';
import { makeChange } from './make-change.ts';
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
  source: CredentialSource;
  /** Is told how many messages were changed, before anything else can fail. */
  onChanged(count: number): void;
}

/** Messages as they would be changed, for a look at them first. */
export interface Preview {
  kind: 'preview';
  count: number;
  missing: number;
  selection: string;
  /** Lines of strangers' words, each with its id. */
  sample: string[];
}

export interface Modified {
  kind: 'modified';
  /** `Archived 312 messages.` and what else there is to say, in our own words. */
  lines: string[];
}

/** How many ids an error names. */
const NAMED_IDS = 40;
const SAMPLE = 2 * SHOWN_EXAMPLES;
/** Of what was done, in characters: many labels have long names. */
const LONGEST_WORDS = 150;

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
  if (preview) return previewOf(chosen, tools);
  if (chosen.ids.length === 0)
    return { kind: 'modified', lines: [`No messages are meant, so nothing was changed.${missingLine(chosen)}`] };
  return change(request, chosen, tools);
}

async function previewOf({ ids, hasMore, missing }: Chosen, { organiser, selections }: ModifyTools): Promise<Preview> {
  const rows = await organiser.rows(spread(ids, SAMPLE));
  return {
    kind: 'preview',
    count: ids.length,
    missing,
    selection: selections.keep(organiser.view, { ids, hasMore }),
    sample: rows.map((row) => `${exampleOf(row)} | ${row.id}`),
  };
}

async function change(request: ModifyRequest, chosen: Chosen, tools: ModifyTools): Promise<Modified> {
  const { organiser, rules, selections, source } = tools;
  const [ids, rest] = [chosen.ids.slice(0, MOST_CHANGED), chosen.ids.slice(MOST_CHANGED)];
  const spec = request.action && ACTIONS[request.action];
  const words = wordsOf(request);
  const named = await namedLabels(request, organiser);
  if (!(await rules.isAllowed(spec?.kind ?? 'labels', ids.length))) {
    const more = rest.length > 0 ? [`${counted(rest.length, 'more message')} would be left for the next call.`] : [];
    await rules.confirm(await changeQuestion({ verbs: words.verbs, ids, more }, organiser));
  }
  const labels = await labelSets(request.action, named, organiser);
  const made = await makeChange({ ids, labels, what: words.done }, organiser, rules);
  tools.onChanged(made.changed ?? made.done.length);
  if (made.problem) {
    const left = [...made.left, ...rest];
    throw Problem.of('changed_partly', {
      done: String(made.done.length),
      left: String(made.left.length),
      ids: `${made.left.slice(0, NAMED_IDS).join(', ')}${made.left.length > NAMED_IDS ? ' …' : ''}`,
      selection: selections.keep(organiser.view, { ids: left, hasMore: chosen.hasMore }),
      reason: sentence(made.problem.explain(source)),
    });
  }
  const selection =
    rest.length > 0 ? selections.keep(organiser.view, { ids: rest, hasMore: chosen.hasMore }) : undefined;
  const lines = modifiedLines(words.done, { ids, rest, selection, chosen, changed: made.changed });
  // Gmail gives the other labels back only where messages are taken out one by one.
  const where = request.action === 'untrash' ? ['They are in All Mail; unarchive puts them into the inbox.'] : [];
  return { kind: 'modified', lines: [...lines, ...where] };
}

interface Told {
  ids: readonly string[];
  rest: readonly string[];
  selection: string | undefined;
  chosen: Chosen;
  changed: number | undefined;
}

function modifiedLines(done: string, { ids, rest, selection, chosen, changed = ids.length }: Told): string[] {
  const same = ids.length - changed;
  return [
    `${done}: ${counted(changed)}.${missingLine(chosen)}`,
    ...(same > 0
      ? [`${counted(same)} had nothing to change, or ${same === 1 ? 'is' : 'are'} not there any more.`]
      : []),
    ...(selection ? [`${counted(rest.length, 'more message')} were found: go on with selection ${selection}.`] : []),
    ...(chosen.hasMore ? ['The search finds still more: make it again afterwards.'] : []),
    ...(changed > 0 ? ['gmail_undo takes it back.'] : []),
  ];
}

const missingLine = ({ missing }: Chosen): string =>
  missing > 0 ? ` ${counted(missing, 'id')} ${missing === 1 ? 'is' : 'are'} of no message that is there.` : '';

function wordsOf({ action, add_labels: add = [], remove_labels: remove = [] }: ModifyRequest) {
  const spec = action && ACTIONS[action];
  const [on, off] = [add.join(', '), remove.join(', ')];
  return {
    verbs: [...(spec ? [spec.verb] : []), ...(on ? [`Label % ${on}`] : []), ...(off ? [`Take ${off} off %`] : [])],
    done: [...(spec ? [spec.done] : []), ...(on ? [`Labelled ${on}`] : []), ...(off ? [`Taken off ${off}`] : [])]
      .join('; ')
      .slice(0, LONGEST_WORDS),
  };
}

async function namedLabels(request: ModifyRequest, organiser: Organiser) {
  const { add_labels: add = [], remove_labels: remove = [], create_labels: creates = false } = request;
  return { add: await lookUp(add, organiser, creates), remove: await lookUp(remove, organiser, false) };
}

async function labelSets(
  action: Action | undefined,
  { add, remove }: Record<'add' | 'remove', NamedLabels>,
  organiser: Organiser,
): Promise<LabelSets> {
  const spec: LabelSets = action ? ACTIONS[action] : { add: [], remove: [] };
  return {
    add: [...spec.add, ...(await labelIds(add, organiser))],
    remove: [...spec.remove, ...(await labelIds(remove, organiser))],
  };
}

function assertNoConflict({ add_labels: add = [], remove_labels: remove = [] }: ModifyRequest): void {
  const both = add.find((name) => remove.some((other) => other.trim().toLowerCase() === name.trim().toLowerCase()));
  if (both !== undefined) throw Problem.of('labels_conflict', { label: both.slice(0, 60) });
}
