import { lineHeightOf, type Style, USUAL_WIDTH } from './computed-style.ts';
import { type Measure, WINDOW } from './css-values/lengths.ts';
import type { Size } from './css-values/longhands.ts';
import type { HtmlNode } from './dom/node.ts';

/** A box that is lower or narrower than this, in CSS pixels, or than a third of its letters, shows none of them. */
const SMALLEST_BOX = 3;
/** About how high a box of text is, for moves that are a part of it. */
const USUAL_HEIGHT = 20;

/** What can be said of the box of an element without laying out the page. Sizes are CSS pixels. */
export interface Box {
  /** It is laid out by blocks and can be cut off, as what runs along in a line and the parts of tables cannot. */
  isBlock: boolean;
  isPicture: boolean;
  isTransformable: boolean;
  isTransformed: boolean;
  isPositioned: boolean;
  /** It is taken out of the flow: `position` is absolute or fixed. */
  isOut: boolean;
  isFixed: boolean;
  left: number | undefined;
  top: number | undefined;
  /** By margins and transforms. */
  moveX: number;
  moveY: number;
  isEmptyX: boolean;
  isEmptyY: boolean;
  isEmpty: boolean;
  hasHeight: boolean;
  /** It is given none, whatever its padding. */
  hasNoHeight: boolean;
  /** Its lines have no height, and so it has none. */
  isFlat: boolean;
  /** It takes the width that there is (CSS 2, section 10.3.3). */
  isFilling: boolean;
  clipsX: boolean;
  clipsY: boolean;
  /** It is too small for a background to lie behind its text. */
  showsNoBackground: boolean;
}

const BLOCKS =
  /^(?:block|inline-block|flow-root|list-item|(?:-webkit-)?(?:inline-)?(?:flex|grid|box)|-webkit-inline-box|table-caption)$/;
const INLINE = /^(?:inline|ruby.*|flow)$/;

export function boxOf(
  node: HtmlNode,
  style: Style,
  isMadeBlock: boolean,
  room: { width: number; height: number },
): Box {
  const { own, display } = style;
  const position = own.position ?? 'static';
  const isOut = position === 'absolute' || position === 'fixed';
  const isPicture = node.name === 'img';
  const floats = own.float !== undefined && own.float !== 'none';
  const becomesBlock = isMadeBlock || isOut || floats;
  const isBlock = BLOCKS.test(display) || (becomesBlock && INLINE.test(display));
  const measure: Measure = { em: style.fontSize, rem: style.rem, whole: Number.NaN };
  const least = Math.max(SMALLEST_BOX, style.fontSize / 3);
  const isSized = isBlock || isPicture;
  const isFilling = /^(?:block|list-item|flex|grid|flow-root)$/.test(display) && !isOut && !floats;
  const [wide, high] = [
    { ...measure, whole: room.width },
    { ...measure, whole: room.height },
  ];
  const isSqueezed = isFilling && typeof own.width !== 'function' && room.width <= least;
  const isEmptyX =
    isSized &&
    (isSqueezed || isEmptyAlong(own.width, own['max-width'], own['min-width'], own['padding-right'], wide, least));
  const isEmptyY =
    isSized && isEmptyAlong(own.height, own['max-height'], own['min-height'], own['padding-bottom'], high, least);
  const { clipsX, clipsY } = clipping(own['overflow-x'], own['overflow-y']);
  const hasHeight = [own.height, own['min-height']].some(
    (size) => typeof size === 'function' && size(measure) > SMALLEST_BOX,
  );
  const isFlat = !hasHeight && lineHeightOf(style) <= SMALLEST_BOX;
  const isTransformable = isBlock || isPicture || display.startsWith('table');
  return {
    isBlock: isBlock || display === 'table-cell',
    isPicture,
    isTransformable,
    isTransformed: own.transform !== undefined && isTransformable,
    isPositioned: isOut || position === 'relative' || position === 'sticky',
    isOut,
    isFixed: position === 'fixed',
    ...offsets(style, measure),
    ...moves(style, measure, isTransformable),
    isEmptyX,
    isEmptyY,
    isEmpty: isEmptyX || isEmptyY,
    isFilling,
    hasHeight,
    hasNoHeight: typeof own.height === 'function' && own.height(high) <= SMALLEST_BOX,
    isFlat,
    clipsX: clipsX && isBlock,
    clipsY: clipsY && (isBlock || display === 'table-cell'),
    showsNoBackground: isEmptyX || isEmptyY || (isBlock && isFlat && display !== 'table-cell'),
  };
}

/** `visible` becomes `auto` beside anything but `visible` and `clip` (CSS Overflow 3, section 3.1). */
function clipping(x = 'visible', y = 'visible'): { clipsX: boolean; clipsY: boolean } {
  const scrolls = (value: string) => value !== 'visible' && value !== 'clip';
  const either = scrolls(x) || scrolls(y);
  return { clipsX: either || x === 'clip', clipsY: either || y === 'clip' };
}

function isEmptyAlong(
  size: Size | undefined,
  most: Size | undefined,
  least: Size | undefined,
  padding: Size | undefined,
  measure: Measure,
  limit: number,
): boolean {
  const px = (each: Size | undefined) => (typeof each === 'function' ? each(measure) : Number.NaN);
  const isSmall = px(size) <= limit || px(most) <= limit;
  return isSmall && !(px(least) > limit) && !(px(padding) > limit);
}

/** Where `left`, `right`, `top` and `bottom` put it. */
function offsets({ own }: Style, measure: Measure): Pick<Box, 'left' | 'top'> {
  const along = (start: Size | undefined, end: Size | undefined, whole: number) => {
    if (typeof start === 'function') return start({ ...measure, whole });
    return typeof end === 'function' && end({ ...measure, whole }) !== 0 ? -end({ ...measure, whole }) : undefined;
  };
  if (own.position === undefined) return { left: undefined, top: undefined };
  return { left: along(own.left, own.right, WINDOW.width), top: along(own.top, own.bottom, WINDOW.height) };
}

function moves({ own, display }: Style, measure: Measure, isTransformable: boolean): Pick<Box, 'moveX' | 'moveY'> {
  const margin = (size: Size | undefined) => {
    const px = typeof size === 'function' ? size({ ...measure, whole: USUAL_WIDTH }) : 0;
    return Math.min(px, 0);
  };
  let moveX = margin(own['margin-left']);
  let moveY = INLINE.test(display) ? 0 : margin(own['margin-top']);
  if (!isTransformable) return { moveX, moveY };
  const width = typeof own.width === 'function' ? own.width(measure) : Number.NaN;
  for (const move of [own.transform, own.translate]) {
    moveX += move?.x({ ...measure, whole: Number.isNaN(width) ? WINDOW.width : width }) ?? 0;
    moveY += move?.y({ ...measure, whole: USUAL_HEIGHT }) ?? 0;
  }
  return { moveX, moveY };
}
