import type { CssNode } from 'css-tree';
import { childrenOf, isOperator } from './value-nodes.ts';

/** The window that the mail is taken to be read in, in CSS pixels: a desktop's. */
export const WINDOW = { width: 1280, height: 800 } as const;

/** What relative lengths are relative to, in CSS pixels. */
export interface Measure {
  em: number;
  rem: number;
  /** What 100% is; NaN where it is not known. */
  whole: number;
}

/** A length that is known once its surroundings are, in CSS pixels. A plain number is a length of no unit. */
export type Length = (measure: Measure) => number;

/** CSS Values and Units 4, sections 6.1 and 6.2; how wide `0` is and how high `x` differs by font. */
const UNITS: Record<string, Length> = {
  px: () => 1,
  pt: () => 4 / 3,
  pc: () => 16,
  in: () => 96,
  cm: () => 96 / 2.54,
  mm: () => 9.6 / 2.54,
  q: () => 2.4 / 2.54,
  em: ({ em }) => em,
  rem: ({ rem }) => rem,
  ex: ({ em }) => em / 2,
  ch: ({ em }) => em / 2,
  ic: ({ em }) => em,
  cap: ({ em }) => em * 0.7,
  lh: ({ em }) => em * 1.2,
  rlh: ({ rem }) => rem * 1.2,
};
for (const kind of ['', 's', 'l', 'd']) {
  for (const axis of ['w', 'i']) UNITS[`${kind}v${axis}`] = () => WINDOW.width / 100;
  for (const axis of ['h', 'b']) UNITS[`${kind}v${axis}`] = () => WINDOW.height / 100;
  UNITS[`${kind}vmin`] = () => WINDOW.height / 100;
  UNITS[`${kind}vmax`] = () => WINDOW.width / 100;
}

/** Reads a length or a percentage; undefined where it is neither, as a number without a unit is, but for 0. */
export function readLength(node: CssNode): Length | undefined {
  if (node.type === 'Number') return Number(node.value) === 0 ? () => 0 : undefined;
  return readAmount(node);
}

/** Reads a number, a length or a percentage, each also where it has to be worked out. */
export function readAmount(node: CssNode): Length | undefined {
  if (node.type === 'Number') return constant(Number(node.value));
  if (node.type === 'Percentage') {
    const part = Number(node.value) / 100;
    return ({ whole }) => part * whole;
  }
  if (node.type === 'Dimension') {
    const unit = node.unit.toLowerCase();
    const factor = Object.hasOwn(UNITS, unit) ? UNITS[unit] : undefined;
    const count = Number(node.value);
    return factor && ((measure) => count * factor(measure));
  }
  if (node.type === 'Parentheses') return readSum(childrenOf(node));
  return node.type === 'Function' ? readMath(node.name.toLowerCase(), childrenOf(node)) : undefined;
}

/** A number by itself, or worked out; undefined where it is none. A percentage is a part of 1. */
export function readNumber(node: CssNode): number | undefined {
  if (node.type === 'Dimension') return undefined;
  const value = readAmount(node)?.({ em: Number.NaN, rem: Number.NaN, whole: 1 });
  return value === undefined || Number.isNaN(value) ? undefined : value;
}

function constant(value: number): Length {
  return () => value;
}

/** CSS Values and Units 4, section 10; what mail does not use, such as `sin()`, is taken as not understood. */
function readMath(name: string, nodes: readonly CssNode[]): Length | undefined {
  if (name === 'calc' || name === '-webkit-calc') return readSum(nodes);
  if (name !== 'min' && name !== 'max' && name !== 'clamp') return undefined;
  const all = splitByComma(nodes).map(readSum);
  const terms = all.filter((term) => term !== undefined);
  if (terms.length === 0 || terms.length < all.length) return undefined;
  const values = (measure: Measure) => terms.map((term) => term(measure));
  if (name === 'min') return (measure) => Math.min(...values(measure));
  if (name === 'max') return (measure) => Math.max(...values(measure));
  const [least, wanted, most] = terms;
  if (!least || !wanted || !most) return undefined;
  return (measure) => Math.max(least(measure), Math.min(wanted(measure), most(measure)));
}

export function splitByComma(nodes: readonly CssNode[]): CssNode[][] {
  const lists: CssNode[][] = [[]];
  for (const node of nodes) {
    if (isOperator(node, ',')) lists.push([]);
    else lists.at(-1)?.push(node);
  }
  return lists;
}

function readSum(nodes: readonly CssNode[]): Length | undefined {
  return readChain(nodes, ['+', '-'], (part) => readChain(part, ['*', '/'], readSingle));
}

function readSingle(nodes: readonly CssNode[]): Length | undefined {
  const node = nodes[0];
  return nodes.length === 1 && node ? readAmount(node) : undefined;
}

const OPERATIONS: Record<string, (a: number, b: number) => number> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
};

function readChain(
  nodes: readonly CssNode[],
  operators: readonly string[],
  readPart: (nodes: readonly CssNode[]) => Length | undefined,
): Length | undefined {
  let result: Length | undefined;
  let operation = OPERATIONS['+'];
  let part: CssNode[] = [];
  const take = () => {
    const next = readPart(part);
    const [before, apply] = [result, operation];
    if (!next || !apply) return false;
    result = before ? (measure) => apply(before(measure), next(measure)) : next;
    part = [];
    return true;
  };
  for (const node of nodes) {
    const sign = node.type === 'Operator' ? node.value.trim() : '';
    if (!operators.includes(sign)) part.push(node);
    else if (take()) operation = OPERATIONS[sign];
    else return undefined;
  }
  return take() ? result : undefined;
}
