/** Of so many texts what was found in them is remembered: more than there are fields of one mail. */
const MOST_TEXTS = 16;
/** Longer texts come once for each mail, in characters. */
const LONGEST_TEXT = 8_000;

/**
 * Remembers what is found in the texts that come again right away: each field of a mail is judged by itself, beside the
 * others, and once more by what those gave away.
 *
 * @param find what depends on the text alone; what it returns must not be changed
 */
export function remembering<T>(find: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const found = find(text);
    if (text.length > LONGEST_TEXT) return found;
    known.set(text, found);
    const [oldest] = known.size > MOST_TEXTS ? known.keys() : [];
    if (oldest !== undefined) known.delete(oldest);
    return found;
  };
}
