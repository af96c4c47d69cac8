/** An entry of a line in at most so many characters, as far as it can be said in them. */
export type Entry = (most: number) => string;

/** Entries that are named in any case: with one alone, a long name would keep all others out of view. */
const NAMED = 3;

/**
 * As many entries as fit into a line, and three in any case, each cut to its share where they are long: what short ones
 * leave of theirs goes to the longer ones. The others are counted.
 *
 * @param most of the line, in code points
 */
export function listInShares(entries: readonly Entry[], most: number): string {
  const first = entries.slice(0, NAMED);
  const shares = sharesOf(
    first.map((entry) => lengthOf(entry(most))),
    most - 2 * (first.length - 1),
  );
  const shown = first.map((entry, index) => entry(shares[index] ?? 0));
  let length = shown.reduce((sum, entry) => sum + lengthOf(entry) + 2, 0);
  for (const entry of entries.slice(NAMED)) {
    const whole = entry(most);
    length += lengthOf(whole) + 2;
    if (length > most) break;
    shown.push(whole);
  }
  const rest = entries.length - shown.length;
  return `${shown.join(', ')}${rest > 0 ? ` and ${rest} more (${entries.length} in all)` : ''}`;
}

/** Beginning and end of a text: of an address the domain stands last, of a file what kind it is. */
export function middleCut(text: string, most: number): string {
  const characters = [...text];
  if (characters.length <= most) return text;
  const kept = Math.max(2, most - 1);
  const end = Math.ceil(kept / 2);
  return `${characters.slice(0, kept - end).join('')}…${characters.slice(-end).join('')}`;
}

export const lengthOf = (text: string): number => [...text].length;

/** How much of the room each gets, in their order. */
function sharesOf(lengths: readonly number[], room: number): number[] {
  const shares: number[] = [];
  let left = room;
  const shortestFirst = lengths.map((length, index) => ({ length, index })).sort((a, b) => a.length - b.length);
  shortestFirst.forEach(({ length, index }, done) => {
    const share = Math.min(length, Math.floor(left / (lengths.length - done)));
    shares[index] = share;
    left -= share;
  });
  return shares;
}
