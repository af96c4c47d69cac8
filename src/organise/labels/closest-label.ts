import type { KnownLabel } from '../../mailbox/organiser.ts';

/** One letter in so many may differ; in a short name one in all. */
const LETTERS_PER_SLIP = 4;

/**
 * The label of the user's own whose name is closest to one that there is not, so that a slip of the keyboard is seen:
 * undefined where none is close. The last part of a nested name is as good as the whole.
 */
export function closestLabel(labels: readonly KnownLabel[], wanted: string): KnownLabel | undefined {
  const name = plain(wanted);
  const slips = Math.max(1, Math.floor(name.length / LETTERS_PER_SLIP));
  const near = labels
    .filter(({ type }) => type === 'user')
    .map((label) => ({ label, distance: Math.min(...spellings(label.name).map((each) => distance(name, each))) }))
    .filter((each) => each.distance <= slips);
  return near.reduce((best, each) => (best && best.distance <= each.distance ? best : each), near[0])?.label;
}

/** Slashes, dashes and blanks are the same in a search. */
const plain = (name: string): string =>
  name
    .normalize('NFC')
    .trim()
    .toLowerCase()
    .replace(/[\s/-]+/g, '-');

/** The whole name, and the last part of a nested one. */
const spellings = (name: string): string[] => [plain(name), plain(name.split('/').at(-1) ?? '')];

/** How many letters must be put in, taken out, replaced or swapped with the next (optimal string alignment). */
function distance(one: string, other: string): number {
  const [a, b] = [[...one], [...other]];
  const rows = [Array.from({ length: b.length + 1 }, (_, at) => at)];
  const at = (row: number, column: number) => rows[row]?.[column] ?? 0;
  for (let row = 1; row <= a.length; row += 1) {
    const line = [row];
    rows.push(line);
    for (let column = 1; column <= b.length; column += 1) {
      const replaced = at(row - 1, column - 1) + (a[row - 1] === b[column - 1] ? 0 : 1);
      const isSwap = a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1] && row > 1 && column > 1;
      const swapped = isSwap ? at(row - 2, column - 2) + 1 : replaced;
      line.push(Math.min(at(row - 1, column) + 1, (line[column - 1] ?? 0) + 1, replaced, swapped));
    }
  }
  return at(a.length, b.length);
}
