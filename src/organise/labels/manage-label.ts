import type { ChangeQuestion } from '../../broker/change-protocol.ts';
import type { KnownLabel, Organiser } from '../../mailbox/organiser.ts';
import type { CredentialSource } from '../../shared/problem-catalogue.ts';
import { Problem } from '../../shared/problems.ts';
import { allOrNothing } from '../all-or-nothing.ts';
import { counted } from '../change-facts.ts';
import { findLabel, isBelow, labelCalled, labelUnknown, partsOf, shownName } from '../label-names.ts';
import type { ChangeRules } from '../rules.ts';
import { createNested } from './create-labels.ts';
import { type ColourName, colourOf } from './label-colours.ts';
import type { LABEL_OPERATIONS } from './label-operations.ts';
import { renameLabel, takenBy } from './rename-label.ts';

/** So many messages more than the person was told of, or one more in so many, are no other deletion. */
const FEW_MORE = 10;

export interface LabelRequest {
  operation: (typeof LABEL_OPERATIONS)[number];
  label: string;
  new_name?: string | undefined;
  colour?: ColourName | undefined;
}

export interface LabelTools {
  organiser: Organiser;
  rules: Pick<ChangeRules, 'confirm'>;
  /** The same mailbox anew once a question was answered: less may be allowed, and more hidden. */
  reopen(): Promise<Organiser>;
  source: CredentialSource;
}

/**
 * Creates, changes or deletes a label of the user's own.
 *
 * @returns what was done, with the label's name as Gmail has it
 * @throws Problem
 */
export async function manageLabel(request: LabelRequest, tools: LabelTools): Promise<string> {
  assertComplete(request);
  const { operation, label: wanted, new_name: newName = '', colour } = request;
  const { organiser } = tools;
  const labels = await organiser.labels();
  if (operation === 'create') return create(wanted, colour, labels, organiser);
  const label = ownLabel(labels, wanted);
  if (operation === 'delete') return deleteAsked(label, labels, tools);
  if (operation === 'rename') {
    const { from, to, below } = await renameLabel(label, newName, labels, tools);
    if (from === to) return `The label ${shownName(to)} is called so already; nothing was changed.`;
    const others =
      below > 0 ? ` ${counted(below, 'label')} below it ${below === 1 ? 'was' : 'were'} renamed with it.` : '';
    return `Renamed the label ${shownName(from)} to ${shownName(to)}.${others}`;
  }
  const changed = await organiser.changeLabel(label, lookOf(operation, colour));
  const name = shownName(changed.name || label.name);
  return {
    recolour: `The label ${name} is ${colour} now.`,
    hide: `The label ${name} is hidden in Gmail’s list of labels now; its messages stay where they are.`,
    show: `The label ${name} is shown in Gmail’s list of labels now.`,
  }[operation];
}

const lookOf = (operation: 'recolour' | 'hide' | 'show', colour: ColourName | undefined) =>
  operation === 'recolour' && colour
    ? { color: colourOf(colour) }
    : ({ labelListVisibility: operation === 'hide' ? 'labelHide' : 'labelShow' } as const);

/** Throws `operation_unclear`: what is given and not used would be taken for done. */
function assertComplete({ operation, new_name: newName, colour }: LabelRequest): void {
  const takesColour = operation === 'create' || operation === 'recolour';
  const reason =
    operation === 'rename' && newName === undefined
      ? 'It needs new_name.'
      : operation === 'recolour' && colour === undefined
        ? 'It needs a colour.'
        : operation !== 'rename' && newName !== undefined
          ? 'Only rename takes new_name.'
          : !takesColour && colour !== undefined && 'Only create and recolour take a colour.';
  if (reason) throw Problem.of('operation_unclear', { operation, reason });
}

/** A label of the user's own. Throws `label_unknown`, and `label_fixed` for all of Gmail's. */
function ownLabel(labels: readonly KnownLabel[], wanted: string): KnownLabel {
  const label = findLabel(labels, wanted);
  if (label.type === 'system') throw Problem.of('label_fixed', { label: label.id });
  return label;
}

async function create(
  name: string,
  colour: ColourName | undefined,
  labels: readonly KnownLabel[],
  organiser: Organiser,
): Promise<string> {
  const wanted = partsOf(name).join('/');
  const there = labelCalled(labels, wanted);
  if (there?.type === 'system') throw Problem.of('label_fixed', { label: there.id });
  if (there) throw Problem.of('label_name_wrong', { label: shownName(there.name, 60), reason: takenBy(there) });
  const color = colour && colourOf(colour);
  const created = await allOrNothing(organiser, (all) => createNested({ name: wanted, color }, labels, organiser, all));
  const above = created.slice(0, -1).map((label) => shownName(label.name));
  const also = above.length > 0 ? ` The labels above it are new too: ${above.join(', ')}.` : '';
  return `Created the label ${shownName(created.at(-1)?.name ?? wanted)}.${also}`;
}

async function deleteAsked(
  label: KnownLabel,
  labels: readonly KnownLabel[],
  { organiser, rules, reopen }: LabelTools,
): Promise<string> {
  organiser.assertHidesNothing([label.name], true);
  const below = labels.filter(({ name }) => isBelow(name, label.name)).length;
  const stays = below > 0 ? [`${counted(below, 'label')} below it ${below === 1 ? 'stays' : 'stay'}.`] : [];
  const count = await organiser.countOf(label);
  await rules.confirm(deletionQuestion(label, count, stays));
  const now = await reopen();
  await assertAsAsked(label, count, now);
  await now.deleteLabel(label);
  return [`Deleted the label ${shownName(label.name)}; its messages stay where they are.`, ...stays].join(' ');
}

/**
 * Passes where the label is still what the person has agreed to delete.
 *
 * @throws Problem `label_changed`, `label_unknown`, `label_hides_mail`
 */
async function assertAsAsked(label: KnownLabel, asked: number | undefined, organiser: Organiser): Promise<void> {
  const labels = await organiser.labels();
  const there = labels.find(({ id }) => id === label.id);
  if (!there) throw labelUnknown(labels, label.name);
  const changed = (how: string) => Problem.of('label_changed', { label: shownName(label.name, 60), how });
  if (there.name !== label.name) throw changed(`it is called ${shownName(there.name, 60)} by now`);
  organiser.assertHidesNothing([there.name], true);
  const count = await organiser.countOf(there);
  if (asked !== undefined && count !== undefined && count > asked + Math.max(FEW_MORE, asked / FEW_MORE)) {
    throw changed(`${counted(count)} would lose it by now, not ${asked.toLocaleString('en')}`);
  }
}

/** @param count how many messages have the label; undefined where that is not told */
function deletionQuestion({ name }: KnownLabel, count: number | undefined, stays: readonly string[]): ChangeQuestion {
  const lose =
    count === undefined
      ? 'How many messages lose it is not told, because some mail is kept from the agent.'
      : `${counted(count)} ${count === 1 ? 'loses' : 'lose'} it.`;
  return {
    title: `Delete the label “${shownName(name, 100)}”?`,
    verb: 'Delete Label',
    facts: [lose, ...stays, 'No message is deleted. It cannot be taken back.'],
    examples: [],
  };
}
