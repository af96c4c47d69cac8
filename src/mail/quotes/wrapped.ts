/** Programs wrap at about so many characters; a shorter line above was not wrapped. */
const LEAST_WRAPPED = 60;
const WRAPPED_AT = 76;

/** Longer lines are looked at from their end only, in characters. */
const LOOKED_AT = 2_000;

/**
 * Whether a line without a sign is what a program wrapped off the quoted line above: alone between quoted lines, and
 * it goes on with an open bracket, an address, or a sentence that could not end on the line above.
 *
 * @param quoted what is known to be quoted, up to this line and of those below
 */
export function isWrappedRest(texts: readonly string[], quoted: readonly boolean[], index: number): boolean {
  const text = texts[index] ?? '';
  const above = (texts[index - 1] ?? '').slice(-LOOKED_AT);
  if (quoted[index] || text === '' || text.length > LOOKED_AT || !quoted[index - 1] || /^[> ]*$/.test(above))
    return false;
  if (closesBracket(above, text)) return true;
  if (!quoted[index + 1]) return false;
  const goesOnAddress = /https?:\/\/\S{20,}$/i.test(above) && /^[\w%/?#&=.~+@:;,-]+[>)\]]?[.,;]?$/.test(text);
  const first = /^\S+/.exec(text)?.[0] ?? '';
  const goesOnSentence =
    above.length >= LEAST_WRAPPED &&
    above.length + 1 + first.length > WRAPPED_AT &&
    text.length < above.length &&
    /^[\p{Ll}\p{Nd}]/u.test(text) &&
    !/[.!?…:。！？؟।]["'”»)]*$/u.test(above);
  return goesOnAddress || goesOnSentence;
}

/** Whether the line above opens `<` or `(` and this one closes it. */
function closesBracket(above: string, text: string): boolean {
  const pairs: [string, string][] = [
    ['<', '>'],
    ['(', ')'],
  ];
  return pairs.some(([open, close]) => {
    const inner = above.replace(/^[> ]+/, '');
    if (inner.lastIndexOf(open) <= inner.lastIndexOf(close)) return false;
    const closing = text.indexOf(close);
    return closing !== -1 && !text.slice(0, closing).includes(open);
  });
}
