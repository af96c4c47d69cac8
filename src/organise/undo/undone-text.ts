import { clip } from '../../shared/code-points.ts';
import { cleanLine } from '../../shared/invisible.ts';
import { listed } from '../../shared/limits/listed.ts';
import { Problem } from '../../shared/problems.ts';
import { counted } from '../change-facts.ts';
import type { Undone } from './undo.ts';

/** How many ids are listed of each change. */
const LISTED = 60;
/** How much of a label's name shows, in code points. */
const LABEL_LENGTH = 60;

/**
 * What became of changes, in our own words, names of labels and ids alone.
 *
 * @throws Problem `undone_partly` where one could not be taken back; it tells of the others too
 */
export function undoneText(all: readonly Undone[]): string {
  const lines = all.flatMap(linesOf);
  const last = all.at(-1);
  if (!last?.problem) return lines.join('\n');
  const { change, failed, problem, isUnknown } = last;
  throw Problem.of('undone_partly', {
    done: lines.map((line) => `${line} `).join(''),
    left: `${isUnknown ? 'Perhaps not' : 'Not'} taken back: ${change.what}${failed.length > 0 ? `, ${messages(failed)}` : ''}`,
    said: problem.words(),
  });
}

function linesOf({ change, back, gone, left, problem, isNoted = true }: Undone): string[] {
  return [
    ...(problem && back === 0 ? [] : [`Taken back (${change.what}): ${counted(back)}.`]),
    ...gone.map(goneLine),
    ...(left.length > 0 ? [`Changed again, or not there any more, and left alone: ${messages(left)}.`] : []),
    ...(problem || isNoted ? [] : ['That it is taken back could not be noted: do not take it back once more.']),
  ];
}

function goneLine({ name, missing }: Undone['gone'][number]): string {
  const label = `The label “${clip(cleanLine(name), LABEL_LENGTH)}” was deleted since`;
  return missing > 0
    ? `${label}, so that ${counted(missing)} could not get it back.`
    : `${label}, so that no message has it any more.`;
}

const messages = (ids: readonly string[]): string => `${counted(ids.length)} (${listed(ids, LISTED)})`;
