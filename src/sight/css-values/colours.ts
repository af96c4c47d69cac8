import { colord, extend, type RgbaColor } from 'colord';
import a11y from 'colord/plugins/a11y';
import hwb from 'colord/plugins/hwb';
import lab from 'colord/plugins/lab';
import lch from 'colord/plugins/lch';
import names from 'colord/plugins/names';
import oklab from 'colord/plugins/oklab';
import oklch from 'colord/plugins/oklch';
import type { CssNode } from 'css-tree';
import { readNumber, splitByComma } from './lengths.ts';
import { childrenOf, functionName, keywordOf, textOf } from './value-nodes.ts';

extend([a11y, names, hwb, lab, lch, oklab, oklch]);

/** Red, green and blue from 0 to 255, and how opaque it is, from 0 to 1. */
export type Colour = RgbaColor;

export const WHITE: Colour = { r: 255, g: 255, b: 255, a: 1 };
export const BLACK: Colour = { r: 0, g: 0, b: 0, a: 1 };
const TRANSPARENT: Colour = { r: 0, g: 0, b: 0, a: 0 };
/** What browsers give a link. */
export const LINK_BLUE: Colour = { r: 0, g: 0, b: 238, a: 1 };

/** The colours of the system that could hide text, in a light scheme (CSS Color 4, section 6.2). */
const SYSTEM: Record<string, Colour> = {
  canvas: WHITE,
  canvastext: BLACK,
  field: WHITE,
  fieldtext: BLACK,
  window: WHITE,
  windowtext: BLACK,
  buttonface: { r: 239, g: 239, b: 239, a: 1 },
  buttontext: BLACK,
  highlighttext: WHITE,
  graytext: { r: 128, g: 128, b: 128, a: 1 },
  linktext: LINK_BLUE,
  '-webkit-link': LINK_BLUE,
};

/** CIEDE2000 as colord gives it, as a part of 1; below it text is not told from its background. */
const NOT_TOLD = 0.03;

/**
 * Letters are read by lightness far more than by hue: pale yellow on white cannot be read, though it is another
 * colour. Contrast as in WCAG 2.2, from 1 to 21.
 */
const NO_CONTRAST = 1.1;
const NOT_TOLD_WITHOUT_CONTRAST = 0.2;

/** A colour, or that of the text around it. */
export type ColourValue = Colour | 'currentcolor';

/** Reads a colour; undefined where it is none. */
export function readColour(node: CssNode | undefined): ColourValue | undefined {
  const word = keywordOf(node);
  if (word === 'currentcolor') return 'currentcolor';
  if (word === 'transparent') return TRANSPARENT;
  if (Object.hasOwn(SYSTEM, word)) return SYSTEM[word];
  if (!node || (!word && node.type !== 'Hash' && node.type !== 'Function')) return undefined;
  const text = word || (node.type === 'Function' ? functionText(node) : textOf(node));
  const [first, origin] = childrenOf(node);
  // What is made of another colour is taken for that one.
  if (node.type === 'Function' && keywordOf(first) === 'from') return readColour(origin);
  switch (functionName(node)) {
    case 'color-mix':
      return readMix(childrenOf(node));
    case 'light-dark':
      return readColour(childrenOf(node)[0]);
    case 'color':
      return readInSpace(childrenOf(node));
    default:
      return parse(text);
  }
}

function parse(text: string): Colour | undefined {
  const colour = colord(text);
  return colour.isValid() ? colour.toRgb() : undefined;
}

/** The function with its sums worked out, which colord does not do, and `none` as the 0 that it stands for. */
function functionText(node: CssNode): string {
  const parts = childrenOf(node).map((part) => {
    if (keywordOf(part) === 'none') return '0';
    return part.type === 'Function' ? String(readNumber(part) ?? textOf(part)) : textOf(part);
  });
  return `${functionName(node)}(${parts.join(' ').replaceAll(' , ', ', ')})`;
}

/** `color-mix(in SPACE, A P%, B P%)`, worked out in sRGB whatever the space: close enough to tell what is seen. */
function readMix(nodes: readonly CssNode[]): Colour | undefined {
  const [, ...parts] = splitByComma(nodes);
  const [one, two] = parts.map((part) => ({
    colour: readColour(part.find(({ type }) => type !== 'Percentage')),
    part: part.map((node) => (node.type === 'Percentage' ? Number(node.value) / 100 : undefined)).find(Number.isFinite),
  }));
  if (!one?.colour || !two?.colour || one.colour === 'currentcolor' || two.colour === 'currentcolor') return undefined;
  const weight = one.part ?? 1 - (two.part ?? 0.5);
  return mix(two.colour, one.colour, weight);
}

/** `color(SPACE r g b / a)`; the other spaces that show red, green and blue are near enough to sRGB. */
function readInSpace(nodes: readonly CssNode[]): Colour | undefined {
  const [, ...parts] = nodes.filter(({ type }) => type !== 'Operator');
  const [r, g, b, a = 1] = parts.map((part) => (keywordOf(part) === 'none' ? 0 : readNumber(part)));
  if (r === undefined || g === undefined || b === undefined) return undefined;
  const channel = (part: number) => Math.min(255, Math.max(0, part * 255));
  return { r: channel(r), g: channel(g), b: channel(b), a };
}

/** The stops of a gradient; undefined where it is none, or has one that is not understood. */
export function readGradient(node: CssNode): ColourValue[] | undefined {
  if (!functionName(node).endsWith('-gradient')) return undefined;
  const stops = splitByComma(childrenOf(node)).map(([first]) => readColour(first));
  const colours = stops.filter((stop) => stop !== undefined);
  // The first of the list may say the direction.
  return colours.length >= Math.max(1, stops.length - 1) ? colours : undefined;
}

/** Reads a colour of an attribute, such as `bgcolor` (HTML, "rules for parsing a legacy color value"). */
export function readOldColour(value: string): Colour | undefined {
  const text = value.trim().toLowerCase();
  if (text === '' || text === 'transparent') return undefined;
  const known = /^(?:[a-z]+|#[\da-f]{3}|#[\da-f]{6})$/.test(text) ? parse(text) : undefined;
  if (known) return known;
  let digits = text
    .slice(0, 128)
    .replace(/^#/, '')
    .replace(/[^\da-f]/g, '0');
  digits = digits.padEnd(Math.max(3, Math.ceil(digits.length / 3) * 3), '0');
  const size = digits.length / 3;
  const parts = [0, 1, 2].map((n) => digits.slice(n * size, (n + 1) * size).slice(-8));
  const [r = 0, g = 0, b = 0] = parts.map((part) => Number.parseInt(part.slice(0, 2), 16));
  return { r, g, b, a: 1 };
}

/** The colour between two, all of the second at a weight of 1. */
function mix(from: Colour, to: Colour, weight: number): Colour {
  const part = (a: number, b: number) => a + (b - a) * weight;
  return { r: part(from.r, to.r), g: part(from.g, to.g), b: part(from.b, to.b), a: part(from.a, to.a) };
}

/** What is seen where one colour lies over another that is opaque. */
export function over(top: Colour, below: Colour): Colour {
  return { ...mix(below, top, top.a), a: 1 };
}

/** Whether text of a colour, shown at an opacity from 0 to 1, cannot be told from the opaque colour behind it. */
export function cannotBeTold(text: Colour, opacity: number, background: Colour): boolean {
  const shown = mix(background, over(text, background), opacity);
  const far = (['r', 'g', 'b'] as const).some((part) => Math.abs(shown[part] - background[part]) > 120);
  if (far) return false;
  const seen = colord(shown);
  const difference = seen.delta(background);
  return difference < NOT_TOLD || (difference < NOT_TOLD_WITHOUT_CONTRAST && seen.contrast(background) < NO_CONTRAST);
}
