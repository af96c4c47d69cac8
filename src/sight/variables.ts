import type { Cascaded } from './css-rules/cascade.ts';

/** Custom properties by their names, which begin with `--`; the values are texts. */
export type Variables = ReadonlyMap<string, string>;

/** Variables within variables; a value that grows beyond this, in characters, is none. */
const DEEPEST = 16;
const LONGEST = 2_000;
const MOST = 500;

/** The custom properties of an element, those around it among them. */
export function fillVariables(around: Variables, cascaded: Cascaded): Variables {
  let variables: Map<string, string> | undefined;
  for (const [name, declared] of cascaded) {
    if (!name.startsWith('--') || !('value' in declared)) continue;
    variables ??= new Map(around);
    if (variables.size < MOST) variables.set(name, String(declared.value));
  }
  if (!variables) return around;
  const filled = new Map<string, string>();
  for (const [name, text] of variables) {
    const value = /\b(?:var|env)\(/i.test(text) ? substitute(text, variables) : text;
    if (value !== undefined && !/^\s*initial\s*$/i.test(value)) filled.set(name, value);
  }
  return filled;
}

/** Puts the values of variables into a text; undefined where one is missing and has nothing to take its place. */
export function substitute(text: string, variables: Variables, depth = 0): string | undefined {
  const start = /\b(?:var|env)\(/i.exec(text);
  if (!start) return text;
  if (depth > DEEPEST || text.length > LONGEST) return undefined;
  const from = start.index + start[0].length;
  const end = endOfFunction(text, from);
  const inner = text.slice(from, end);
  const comma = inner.indexOf(',');
  const name = (comma === -1 ? inner : inner.slice(0, comma)).trim();
  const value = variables.get(name) ?? (comma === -1 ? undefined : inner.slice(comma + 1));
  if (value === undefined) return undefined;
  return substitute(`${text.slice(0, start.index)} ${value} ${text.slice(end + 1)}`, variables, depth + 1);
}

function endOfFunction(text: string, from: number): number {
  let depth = 1;
  for (let at = from; at < text.length; at++) {
    if (text[at] === '(') depth++;
    else if (text[at] === ')' && --depth === 0) return at;
  }
  return text.length;
}
