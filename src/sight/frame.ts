import type { Box } from './box.ts';
import { lineHeightOf, type Style, USUAL_WIDTH } from './computed-style.ts';
import type { Measure } from './css-values/lengths.ts';
import type { Size } from './css-values/longhands.ts';

/** What is left of a line must be more than this to be read, in CSS pixels. */
const LEAST = 3;

/**
 * The nearest box around that cuts off what it has no room for (CSS Overflow 3, section 3), and how far into it the
 * text begins. What is not known never cuts off. In CSS pixels.
 */
export interface Frame {
  /** The room within its padding. */
  width: number;
  height: number;
  x: number;
  y: number;
  /** Line breaks that were met in it on the way through the mail; shared by all that lies in it. */
  breaks: { count: number };
  /** What a percentage of a child is a part of; NaN where it is not known. */
  innerWidth: number;
  innerHeight: number;
}

export const NO_FRAME: Frame = {
  width: Number.POSITIVE_INFINITY,
  height: Number.POSITIVE_INFINITY,
  x: 0,
  y: 0,
  breaks: { count: 0 },
  innerWidth: Number.NaN,
  innerHeight: Number.NaN,
};

/** The frame of what lies in a block. */
export function frameIn(around: Frame, box: Box, style: Style): Frame {
  const { own } = style;
  const px = (size: Size | undefined, whole = around.innerWidth) => {
    const value =
      typeof size === 'function' ? size({ em: style.fontSize, rem: style.rem, whole } satisfies Measure) : 0;
    return Number.isNaN(value) ? 0 : Math.max(0, value);
  };
  // Paddings and margins in percent are a part of the width, whatever their side (CSS Box Model 3, sections 3 and 4).
  const wide = Number.isNaN(around.innerWidth) ? USUAL_WIDTH : around.innerWidth;
  const [top, bottom] = [px(own['padding-top'], wide), px(own['padding-bottom'], wide)];
  const [left, right] = [px(own['padding-left'], wide), px(own['padding-right'], wide)];
  const borderTop = px(own['border-top-width']);
  const isBorderBox = own['box-sizing'] === 'border-box';
  const inner = (size: number, paddings: number) => (isBorderBox ? Math.max(0, size - paddings) : size);
  const innerHeight = inner(sizeOf(style, 'height', around.innerHeight), top + bottom + borderTop);
  const given = sizeOf(style, 'width', around.innerWidth);
  const innerWidth =
    Number.isNaN(given) && box.isFilling ? around.innerWidth - left - right : inner(given, left + right);
  const frame = {
    ...around,
    innerWidth,
    innerHeight,
    x: around.x + px(own['margin-left'], wide) + left,
    y: around.y + px(own['margin-top'], wide) + borderTop + top,
  };
  const known = (size: number, paddings: number) => (Number.isNaN(size) ? Number.POSITIVE_INFINITY : size + paddings);
  if (box.clipsX) Object.assign(frame, { x: left, width: Math.min(known(innerWidth, left + right), wide) });
  if (box.clipsY) Object.assign(frame, { y: top, height: known(innerHeight, top + bottom) });
  if (box.clipsX || box.clipsY) frame.breaks = { count: 0 };
  return frame;
}

/** Whether text of this style begins where its frame cuts it off. */
export function isCutOff({ width, height, x, y, breaks }: Frame, style: Style): boolean {
  const line = lineHeightOf(style);
  // Letters stand in the middle of their line.
  const above = Math.max(0, line - style.fontSize) / 2;
  const below = y + breaks.count * line + above;
  if (height !== Number.POSITIVE_INFINITY && below > 0 && below > height - LEAST) return true;
  return x > 0 && x > width - LEAST && style.whiteSpace === 'nowrap';
}

function sizeOf({ own, fontSize, rem }: Style, name: 'width' | 'height', whole: number): number {
  const px = (size: Size | undefined) => (typeof size === 'function' ? size({ em: fontSize, rem, whole }) : Number.NaN);
  const [size, most, least] = [px(own[name]), px(own[`max-${name}`]), px(own[`min-${name}`])];
  const upTo = Number.isNaN(most) ? size : Number.isNaN(size) ? most : Math.min(size, most);
  if (least > upTo) return least;
  return upTo;
}
