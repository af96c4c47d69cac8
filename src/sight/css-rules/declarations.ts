import type { CssNode } from 'css-tree';
import parse from 'css-tree/parser';
import { ident } from 'css-tree/utils';
import type { Longhand, Longhands } from '../css-values/longhands.ts';
import { longhandsOf, readValue } from '../css-values/shorthands.ts';
import { childrenOf, functionName, keywordOf } from '../css-values/value-nodes.ts';
import { isKeptByGmail } from './gmail-filter.ts';
import { piecesOf } from './pieces.ts';

/** A keyword that every property takes. */
type Wide = 'inherit' | 'initial' | 'unset' | 'revert';

/** The value that a declaration gives: itself, where to take it from, or what it is once variables are put in. */
export type Declared = { value: unknown } | { wide: Wide } | { pending: string; property: string };

export interface Declaration {
  /** A longhand, or the name of a custom property. */
  name: Longhand | `--${string}`;
  declared: Declared;
  important: boolean;
  /** Whether Gmail keeps it. */
  inGmail: boolean;
}

/** Longer than a value that says anything about text being seen, in characters. */
const LONGEST_VALUE = 2_000;

/** Declarations as a style attribute or the block of a rule has them, those left out that a browser does not take. */
export function parseDeclarations(css: string): Declaration[] {
  return piecesOf(css)
    .flatMap((piece) => childrenOf(parse(piece, { context: 'declarationList', parseValue: false })))
    .flatMap(readDeclaration);
}

/** Reads a declaration that css-tree has found. */
export function readDeclaration(node: CssNode): Declaration[] {
  if (node.type !== 'Declaration' || node.value.type !== 'Raw') return [];
  const important = node.important !== false;
  if (typeof node.important === 'string' && node.important.toLowerCase() !== 'important') return [];
  const name = ident.decode(node.property);
  const text = node.value.value.trim();
  const inSmall = node.important === true || !important;
  if (name.startsWith('--')) {
    return [{ name: name as `--${string}`, declared: { value: text }, important, inGmail: false }];
  }
  const property = name.toLowerCase();
  const longhands = longhandsOf(property);
  if (longhands.length === 0) return [];
  return readLonghands(property, text, longhands).map(([longhand, declared]) => ({
    name: longhand,
    declared,
    important,
    inGmail: inSmall && isKeptByGmail(property, text),
  }));
}

function readLonghands(property: string, text: string, longhands: readonly Longhand[]): [Longhand, Declared][] {
  const tokens = tokensOf(text);
  if (!tokens) return [];
  const wide = tokens.length === 1 ? wideOf(tokens[0]) : undefined;
  if (wide) return longhands.map((longhand) => [longhand, { wide }]);
  if (tokens.some(holdsVariable)) return longhands.map((longhand) => [longhand, { pending: text, property }]);
  const values = readValue(property, tokens);
  return values ? Object.entries(values).map(([name, value]) => [name as Longhand, { value }]) : [];
}

/** The value that a text is for a longhand once its variables are put in; undefined where it is none. */
export function readFilled(property: string, text: string, longhand: Longhand): Declared | undefined {
  const tokens = tokensOf(text);
  if (!tokens) return undefined;
  const wide = tokens.length === 1 ? wideOf(tokens[0]) : undefined;
  if (wide) return { wide };
  const values: Partial<Longhands> | undefined = readValue(property, tokens);
  return values?.[longhand] === undefined ? undefined : { value: values[longhand] };
}

/** The parts of a value; undefined where it is none that css-tree can read, or too long. */
function tokensOf(text: string): CssNode[] | undefined {
  const short = text.length > LONGEST_VALUE ? text.replace(/url\([^)]*\)/gi, 'url(x)') : text;
  if (short.length > LONGEST_VALUE) return undefined;
  try {
    return childrenOf(parse(short, { context: 'value' })).filter(({ type }) => type !== 'Comment');
  } catch {
    return undefined;
  }
}

function wideOf(node: CssNode | undefined): Wide | undefined {
  const keyword = keywordOf(node);
  if (keyword === 'revert-layer') return 'revert';
  return keyword === 'inherit' || keyword === 'initial' || keyword === 'unset' || keyword === 'revert'
    ? keyword
    : undefined;
}

function holdsVariable(node: CssNode): boolean {
  return /^(?:var|env)$/.test(functionName(node)) || childrenOf(node).some(holdsVariable);
}
