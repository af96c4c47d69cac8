import type { Organiser } from '../mailbox/organiser.ts';
import { MOST_CHANGED } from '../shared/changes/change-allowance.ts';
import type { CredentialSource } from '../shared/problem-catalogue.ts';
import { Problem } from '../shared/problems.ts';
import { ACTIONS, alongside, type LabelSets } from './actions.ts';
import { allOrNothing, deleteAgain, shownLabel } from './all-or-nothing.ts';
import { changeQuestion, exampleOf, reasonToAsk, SHOWN_EXAMPLES, spread } from './change-facts.ts';
import { type Chosen, chosenMessages } from './chosen.ts';
import { ifPossible } from './if-possible.ts';
import { labelNamed } from './label-names.ts';
import { type ChangeMade, makeChange } from './make-change.ts';
import { labelSets, type ModifyRequest, meantOf, type NamedSets, namedLabels } from './modify-request.ts';
import { freshFact, labelNotes, leftOut, modifiedLines, partly, restFacts, wordsOf } from './modify-words.ts';
import type { ChangeRules } from './rules.ts';
import type { Selections } from './selections.ts';

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
/**
 * Changes the labels of messages, or shows which ones that would be.
 *
 * @throws Problem
 */
export async function modifyMessages(request: ModifyRequest, tools: ModifyTools): Promise<Preview | Modified> {
  const { organiser, selections } = tools;
  const { action, add_labels: add = [], remove_labels: remove = [], preview = false } = request;
  if (!preview && action === undefined && add.length + remove.length === 0) throw Problem.of('change_unnamed', {});
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
    notes: [
      ...(chosen.hasMore ? ['The search finds still more than these.'] : []),
      ...leftOut(request, chosen),
      ...labels,
    ],
  };
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
    const facts = [...freshFact(named.add), ...restFacts(rest, chosen)];
    const question = await changeQuestion({ verbs: words.verbs, ids, more: facts }, organiser);
    await rules.confirm({ ...question, reason: reasonToAsk(allowance) });
  }
  // What is hidden by now was not meant by the answer, and nothing tells of it.
  const now = isAsked ? await reopen() : organiser;
  const still = isAsked ? await now.stillVisible(ids) : ids;
  const giveBack = async (count: number) => {
    const { ticket } = allowance;
    if (ticket && count > 0) await ifPossible(() => rules.giveBack(ticket, count));
  };
  const made = await changeNow({ request, ids: still, named, what: words.done }, now, rules).catch(async (error) => {
    await giveBack(ids.length);
    throw error;
  });
  await giveBack(ids.length - made.most);
  if (made.stopped !== undefined) throw made.stopped;
  tools.onChanged(made.changed ?? made.done.length);
  const left = leftOut(request, chosen);
  if (made.problem) {
    const selection = selections.keep(now.view, { ids: [...made.left, ...rest], hasMore: chosen.hasMore });
    throw partly({ ...made, problem: made.problem, selection }, { left, source });
  }
  const selection = rest.length > 0 ? selections.keep(now.view, { ids: rest, hasMore: chosen.hasMore }) : undefined;
  const lines = modifiedLines(words.done, {
    ids,
    rest,
    selection,
    left,
    changed: made.changed,
    isNoted: made.isNoted,
    mayHide: mayHide(request, named, now),
    hasMore: chosen.hasMore,
  });
  // Gmail gives the other labels back only where messages are taken out one by one.
  const where =
    request.action === 'untrash' && made.changed !== 0
      ? ['They are in All Mail; unarchive puts them into the inbox.']
      : [];
  return { kind: 'modified', lines: [...lines, ...where] };
}

/** Whether what is hidden hangs on what the call has changed. */
function mayHide({ action }: ModifyRequest, { add, remove }: NamedSets, organiser: Organiser): boolean {
  const labels = [add, remove].flatMap((each) => each.names.map((name) => labelNamed(each.labels, name) ?? name));
  const spec: LabelSets = action ? ACTIONS[action] : { add: [], remove: [] };
  const system = labels.flatMap((label) => (typeof label !== 'string' && label.type === 'system' ? label.id : []));
  const own = labels.flatMap((label) => (typeof label === 'string' ? label : label.type === 'user' ? label.name : []));
  return organiser.hangsOn(own, [...spec.add, ...spec.remove, ...alongside(spec), ...system]);
}

interface Wanted {
  request: ModifyRequest;
  ids: readonly string[];
  named: NamedSets;
  what: string;
}

async function changeNow(
  { request, ids, named, what }: Wanted,
  organiser: Organiser,
  rules: ChangeRules,
): Promise<ChangeMade & { stays: string[] }> {
  if (ids.length === 0) return { done: [], left: [], changed: 0, most: 0, isNoted: true, stays: [] };
  return allOrNothing(organiser, async (created) => {
    const sets = await labelSets(request.action, named, { organiser, created });
    const made = await makeChange({ ids, ...sets, what }, organiser, rules);
    const isVain = made.problem !== undefined && made.most === 0;
    return { ...made, stays: isVain ? await deleteAgain(created, organiser) : created.labels.map(shownLabel) };
  });
}
