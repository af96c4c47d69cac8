import type { CssNode } from 'css-tree';
import { type Length, type Measure, readAmount, readLength, readNumber, splitByComma } from './lengths.ts';
import { childrenOf, functionName, keywordOf } from './value-nodes.ts';

/** Where an element is drawn, away from its place, and whether it is drawn too small to be seen. */
export interface Move {
  x: Length;
  y: Length;
  vanishes: boolean;
}

const STAYS: Length = () => 0;
const NO_MOVE: Move = { x: STAYS, y: STAYS, vanishes: false };

/** Drawn at less than this part of its size, nothing can be read. */
const SMALLEST_SCALE = 0.1;

const BY_ITSELF: Measure = { em: 16, rem: 16, whole: 100 };

/** `transform` (CSS Transforms 1 and 2): the steps in a row. */
export function readTransform(tokens: readonly CssNode[]): Move | undefined {
  if (tokens.length === 1 && keywordOf(tokens[0]) === 'none') return NO_MOVE;
  const steps = tokens.map(readStep);
  const known = steps.filter((step) => step !== undefined);
  if (known.length < steps.length || known.length === 0) return undefined;
  return known.reduce((move, step) => ({
    x: (measure) => move.x(measure) + step.x(measure),
    y: (measure) => move.y(measure) + step.y(measure),
    vanishes: move.vanishes || step.vanishes,
  }));
}

function readStep(node: CssNode): Move | undefined {
  const name = functionName(node);
  const parts = splitByComma(childrenOf(node)).map(([first]) => first);
  const length = (index: number): Length => (parts[index] && readLength(parts[index])) ?? STAYS;
  const number = (index: number) => (parts[index] ? readNumber(parts[index]) : undefined);
  switch (name) {
    case 'translate':
    case 'translate3d':
      return { x: length(0), y: length(1), vanishes: false };
    case 'translatex':
      return { ...NO_MOVE, x: length(0) };
    case 'translatey':
      return { ...NO_MOVE, y: length(0) };
    case 'scale':
    case 'scale3d':
      return scaled(number(0) ?? 1, number(1) ?? number(0) ?? 1);
    case 'scalex':
    case 'scaley':
      return scaled(number(0) ?? 1, 1);
    case 'matrix':
      return matrix([0, 1, 2, 3, 4, 5].map((index) => number(index) ?? 0));
    case 'rotatex':
    case 'rotatey':
      return { ...NO_MOVE, vanishes: isEdgeOn(parts[0]) };
    case 'skew':
    case 'skewx':
    case 'skewy':
      return { ...NO_MOVE, vanishes: isEdgeOn(parts[0]) };
    case 'rotate3d':
      return { ...NO_MOVE, vanishes: (number(0) !== 0 || number(1) !== 0) && isEdgeOn(parts[3]) };
    default:
      return /^(?:translatez|scalez|rotate|rotatez|matrix3d|perspective)$/.test(name) ? NO_MOVE : undefined;
  }
}

function matrix([a = 0, b = 0, c = 0, d = 0, x = 0, y = 0]: number[]): Move {
  return { x: () => x, y: () => y, vanishes: Math.abs(a * d - b * c) < SMALLEST_SCALE ** 2 };
}

function scaled(x: number, y: number): Move {
  return { ...NO_MOVE, vanishes: Math.min(Math.abs(x), Math.abs(y)) < SMALLEST_SCALE };
}

/** Whether an element that is turned by this angle about an axis of the page is seen from its edge. */
function isEdgeOn(node: CssNode | undefined): boolean {
  if (node?.type !== 'Dimension') return false;
  const turns: Record<string, number> = { deg: 1 / 360, turn: 1, rad: 1 / (2 * Math.PI), grad: 1 / 400 };
  const turn = Number(node.value) * (turns[node.unit.toLowerCase()] ?? 0);
  return Math.abs(Math.cos(turn * 2 * Math.PI)) < SMALLEST_SCALE;
}

export function readTranslate(tokens: readonly CssNode[]): Move | undefined {
  if (keywordOf(tokens[0]) === 'none') return NO_MOVE;
  const [x, y = STAYS] = tokens.map(readLength);
  return x && { x, y, vanishes: false };
}

export function readScale(tokens: readonly CssNode[]): Move | undefined {
  if (keywordOf(tokens[0]) === 'none') return NO_MOVE;
  const [x, y = x] = tokens.map(readNumber);
  return x === undefined || y === undefined ? undefined : scaled(x, y);
}

export function readRotate(tokens: readonly CssNode[]): Move | undefined {
  const axis = keywordOf(tokens[0]);
  return { ...NO_MOVE, vanishes: (axis === 'x' || axis === 'y') && isEdgeOn(tokens[1]) };
}

/** `clip: rect(top, right, bottom, left)`: whether nothing is left. */
export function readClip(node: CssNode): boolean | undefined {
  if (keywordOf(node) === 'auto') return false;
  if (functionName(node) !== 'rect') return undefined;
  const sides = childrenOf(node).filter(({ type }) => type !== 'Operator');
  const [top, right, bottom, left] = sides.map((side) => readLength(side)?.(BY_ITSELF) ?? Number.NaN);
  const empty = (from = Number.NaN, to = Number.NaN) => to - from <= 2;
  return empty(top, bottom) || empty(left, right);
}

/** `clip-path`: whether its shape is empty. Shapes that are not understood leave something. */
export function readClipPath(tokens: readonly CssNode[]): boolean | undefined {
  const shape = tokens.find(({ type }) => type === 'Function');
  if (!shape) return tokens.length > 0 ? false : undefined;
  const nodes = childrenOf(shape);
  switch (functionName(shape)) {
    case 'inset':
      return isEmptyInset(nodes);
    case 'rect':
      return readClip(shape) ?? false;
    case 'circle':
    case 'ellipse': {
      const radii = nodes.slice(
        0,
        Math.max(
          0,
          nodes.findIndex((node) => keywordOf(node) === 'at'),
        ) || nodes.length,
      );
      return radii.some((radius) => (readAmount(radius)?.(BY_ITSELF) ?? Number.NaN) <= 1);
    }
    case 'polygon':
      return areaOf(splitByComma(nodes)) < 2;
    default:
      return false;
  }
}

function isEmptyInset(nodes: readonly CssNode[]): boolean {
  const end = nodes.findIndex((node) => keywordOf(node) === 'round');
  const sides = (end === -1 ? nodes : nodes.slice(0, end)).map((side) => readAmount(side)?.(BY_ITSELF) ?? 0);
  const [top = 0, right = top, bottom = top, left = right] = sides;
  return top + bottom >= 100 || left + right >= 100;
}

/** The area of a polygon in a box of 100 by 100 CSS pixels (the shoelace formula). */
function areaOf(points: readonly (readonly CssNode[])[]): number {
  const at = points
    .map((point) => point.map((node) => readAmount(node)?.(BY_ITSELF)).filter((value) => value !== undefined))
    .filter(({ length }) => length === 2);
  let twice = 0;
  at.forEach(([x = 0, y = 0], index) => {
    const [nextX = 0, nextY = 0] = at[(index + 1) % at.length] ?? [];
    twice += x * nextY - nextX * y;
  });
  return Math.abs(twice) / 2;
}
