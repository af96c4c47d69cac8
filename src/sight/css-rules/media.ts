import type { CssNode } from 'css-tree';
import { readAmount, WINDOW } from '../css-values/lengths.ts';
import { longhandsOf } from '../css-values/shorthands.ts';
import { childrenOf, keywordOf } from '../css-values/value-nodes.ts';
import { readDeclaration } from './declarations.ts';

/** What a desktop's window answers to a media feature without a value, or with a keyword. */
const FEATURES: Record<string, string | number> = {
  width: WINDOW.width,
  height: WINDOW.height,
  'device-width': WINDOW.width,
  'device-height': WINDOW.height,
  'aspect-ratio': WINDOW.width / WINDOW.height,
  orientation: 'landscape',
  resolution: 1,
  '-webkit-device-pixel-ratio': 1,
  color: 8,
  'color-index': 0,
  monochrome: 0,
  grid: 0,
  hover: 'hover',
  'any-hover': 'hover',
  pointer: 'fine',
  'any-pointer': 'fine',
  'prefers-color-scheme': 'light',
  'prefers-reduced-motion': 'no-preference',
  'prefers-contrast': 'no-preference',
  'forced-colors': 'none',
  'color-gamut': 'srgb',
  'display-mode': 'browser',
  update: 'fast',
  scripting: 'enabled',
};
/** Keywords that stand for "not there", so that the feature alone does not hold. */
const ABSENT = new Set<unknown>([0, 'none', 'no-preference', undefined]);

/** Whether a list of media queries holds in a desktop's window (Media Queries 4). An empty list holds. */
export function mediaHolds(prelude: CssNode | null): boolean {
  const queries = prelude ? childrenOf(prelude).flatMap((node) => childrenOf(node)) : [];
  return queries.length === 0 || queries.some(queryHolds);
}

/** The features that a list of media queries asks for, in lower case. */
export function mediaFeatures(prelude: CssNode | null): string[] {
  if (!prelude) return [];
  const below = childrenOf(prelude).flatMap(mediaFeatures);
  const condition = prelude.type === 'MediaQuery' && prelude.condition ? mediaFeatures(prelude.condition) : [];
  if (prelude.type === 'Feature') return [prelude.name.toLowerCase()];
  if (prelude.type === 'FeatureRange') {
    return [prelude.left, prelude.middle, prelude.right].map((node) => keywordOf(node ?? undefined)).filter(Boolean);
  }
  return [...below, ...condition];
}

function queryHolds(node: CssNode): boolean {
  if (node.type !== 'MediaQuery') return false;
  const type = node.mediaType?.toLowerCase() ?? 'all';
  const isScreen = type === 'all' || type === 'screen';
  const holds = isScreen && (!node.condition || conditionHolds(node.condition, featureHolds));
  return node.modifier?.toLowerCase() === 'not' ? !holds : holds;
}

/** `not`, `and`, `or` over parts; what is not understood does not hold. */
function conditionHolds(node: CssNode, holds: (node: CssNode) => boolean): boolean {
  if (node.type !== 'Condition') return holds(node);
  let result: boolean | undefined;
  let word = '';
  for (const part of childrenOf(node)) {
    const keyword = keywordOf(part);
    if (keyword) {
      word = keyword;
      continue;
    }
    const value = conditionHolds(part, holds);
    if (word === 'not') result = !value;
    else if (word === 'or') result = result || value;
    else result = (result ?? true) && value;
  }
  return result ?? false;
}

function featureHolds(node: CssNode): boolean {
  if (node.type === 'FeatureRange') return rangeHolds(node);
  if (node.type !== 'Feature') return false;
  const name = node.name.toLowerCase();
  const [, bound = '', feature = ''] = /^(?:(?:-webkit-)?(min|max)-)?(.*)$/.exec(name) ?? [];
  const known = FEATURES[feature] ?? FEATURES[`-webkit-${feature}`];
  if (!node.value) return !ABSENT.has(known);
  const wanted = keywordOf(node.value) || amountOf(node.value);
  if (wanted === undefined || known === undefined) return false;
  if (bound === 'min') return known >= wanted;
  return bound === 'max' ? known <= wanted : known === wanted;
}

/** `400px < width <= 900px`. */
function rangeHolds(node: Extract<CssNode, { type: 'FeatureRange' }>): boolean {
  const value = (part: CssNode | null) => (part ? (FEATURES[keywordOf(part)] ?? amountOf(part)) : undefined);
  const pairs: [CssNode, string, CssNode][] = [[node.left, node.leftComparison, node.middle]];
  if (node.right && node.rightComparison) pairs.push([node.middle, node.rightComparison, node.right]);
  return pairs.every(([left, comparison, right]) => {
    const [a, b] = [value(left), value(right)];
    if (a === undefined || b === undefined) return false;
    if (comparison === '<') return a < b;
    if (comparison === '>') return a > b;
    if (comparison === '<=') return a <= b;
    return comparison === '>=' ? a >= b : a === b;
  });
}

function amountOf(node: CssNode): number | undefined {
  if (node.type === 'Ratio') return (amountOf(node.left) ?? 0) / (node.right ? (amountOf(node.right) ?? 1) : 1);
  if (node.type === 'Dimension' && /^(?:dppx|x|dpi|dpcm)$/i.test(node.unit)) {
    const perDot: Record<string, number> = { dpi: 96, dpcm: 96 / 2.54 };
    return Number(node.value) / (perDot[node.unit.toLowerCase()] ?? 1);
  }
  return readAmount(node)?.({ em: 16, rem: 16, whole: Number.NaN });
}

/** Whether a condition of `@supports` holds in a browser of today (CSS Conditional 3). */
export function supportsHolds(prelude: CssNode | null): boolean {
  const [condition] = prelude ? childrenOf(prelude) : [];
  return condition !== undefined && conditionHolds(condition, isSupported);
}

function isSupported(node: CssNode): boolean {
  if (node.type === 'SupportsDeclaration') {
    const { declaration } = node;
    const property = declaration.property.toLowerCase();
    if (longhandsOf(property).length === 0) return !/^-(?:moz|ms|o)-|^mso-/.test(property);
    return readDeclaration(declaration).length > 0;
  }
  return node.type === 'FeatureFunction' || node.type === 'Function';
}
