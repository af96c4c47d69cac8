import type { CssNode } from 'css-tree';
import type { Colour } from './colours.ts';
import { readLength, readNumber } from './lengths.ts';
import { childrenOf, functionName } from './value-nodes.ts';

/** What becomes of a colour. */
export type Tint = (colour: Colour) => Colour;

/** What `filter` does: how much of an element it leaves to be seen, from 0 to 1, and what it makes of its colours. */
export interface Filter {
  left: number;
  tint: Tint;
}

/** A filter that blurs by more than this many CSS pixels leaves no letter. */
const MOST_BLUR = 8;

/** Reads the functions in a row (Filter Effects 1, section 12); those that keep lightness as it is change nothing. */
export function readFilter(tokens: readonly CssNode[]): Filter {
  let left = 1;
  let tint: Tint = (colour) => colour;
  for (const token of tokens) {
    const [first] = childrenOf(token);
    const amount = first ? readNumber(first) : 1;
    const name = functionName(token);
    if (name === 'opacity') left *= Math.min(1, Math.max(0, amount ?? 1));
    else if (name === 'blur' && first && (readLength(first)?.({ em: 16, rem: 16, whole: 0 }) ?? 0) > MOST_BLUR)
      left = 0;
    else if (amount !== undefined && Object.hasOwn(FILTERS, name)) {
      const [before, apply] = [tint, FILTERS[name]];
      tint = (colour) => byChannel(before(colour), (part) => apply?.(part, amount) ?? part);
    }
  }
  return { left, tint };
}

const FILTERS: Record<string, (part: number, amount: number) => number> = {
  invert: (part, amount) => part + (255 - 2 * part) * Math.min(1, amount),
  brightness: (part, amount) => part * amount,
  contrast: (part, amount) => (part - 127.5) * amount + 127.5,
};

/** What `mix-blend-mode` gives of a part of a colour and of that behind it (Compositing 1, section 10). */
const BLENDS: Record<string, (above: number, below: number) => number> = {
  multiply: (a, b) => (a * b) / 255,
  screen: (a, b) => a + b - (a * b) / 255,
  overlay: (a, b) => (b < 128 ? (2 * a * b) / 255 : 255 - (2 * (255 - a) * (255 - b)) / 255),
  darken: Math.min,
  lighten: Math.max,
  'color-dodge': (a, b) => (b === 0 ? 0 : a >= 255 ? 255 : (b * 255) / (255 - a)),
  'color-burn': (a, b) => (b >= 255 ? 255 : a <= 0 ? 0 : 255 - ((255 - b) * 255) / a),
  'hard-light': (a, b) => (a < 128 ? (2 * a * b) / 255 : 255 - (2 * (255 - a) * (255 - b)) / 255),
  difference: (a, b) => Math.abs(a - b),
  exclusion: (a, b) => a + b - (2 * a * b) / 255,
  'plus-lighter': (a, b) => a + b,
  // These keep the lightness of what is behind.
  hue: (_, b) => b,
  saturation: (_, b) => b,
  color: (_, b) => b,
};

/** How a colour looks when it is blended with the one behind it. */
export function blendWith(mode: string, below: Colour): Tint {
  const blend = Object.hasOwn(BLENDS, mode) ? BLENDS[mode] : undefined;
  if (!blend) return (colour) => colour;
  return ({ r, g, b, a }) => ({ ...clamp(blend(r, below.r), blend(g, below.g), blend(b, below.b)), a });
}

function byChannel({ r, g, b, a }: Colour, change: (part: number) => number): Colour {
  return { ...clamp(change(r), change(g), change(b)), a };
}

function clamp(r: number, g: number, b: number): Omit<Colour, 'a'> {
  const part = (value: number) => Math.min(255, Math.max(0, value));
  return { r: part(r), g: part(g), b: part(b) };
}
