import { type Box, boxOf } from './box.ts';
import { colourOf, INITIAL_STYLE, lineHeightOf, type Style, USUAL_WIDTH } from './computed-style.ts';
import type { Reader } from './css-rules/style-sheet.ts';
import { type Colour, cannotBeTold, over, WHITE } from './css-values/colours.ts';
import { blendWith, type Tint } from './css-values/tints.ts';
import type { HtmlNode } from './dom/node.ts';
import { type Frame, frameIn, isCutOff, NO_FRAME } from './frame.ts';

/** Smaller letters are not read, in CSS pixels. */
const SMALLEST_FONT = 3;
/** Lines that are lower show nothing where they are cut off. */
const LOWEST_LINE = 3;
/** Text that is moved so far out of its place, to the left or up, is off the page. In CSS pixels. */
const OFF_BEFORE = -250;
/** To the right and down a page can be scrolled, but not so far. */
const OFF_RIGHT = 2_000;
const OFF_BELOW = 5_000;
/** Letters that are drawn so close, as a part of their size, lie upon one another. */
const CLOSEST_LETTERS = -0.4;
/** More colours of a background than these are not looked at. */
const MOST_LAYERS = 8;

/** What is seen within an element: its style, and what the elements around it do to what lies in them. */
export interface Sight {
  style: Style;
  /** Nothing within is shown, whatever its style. */
  gone: boolean;
  opacity: number;
  /** What filters and blending around make of a colour. */
  tint: Tint;
  /** The colours that may lie behind the text, all opaque. */
  behind: readonly Colour[];
  /** The same for blocks within: the background of what runs along in a line is not behind them. */
  behindBlocks: readonly Colour[];
  /** The same for the captions of the table around, which stand beside it. */
  behindTable: readonly Colour[];
  frame: Frame;
  /** The background that fills the letters, as `background-clip: text` has it; empty where it is not known. */
  letters: readonly Colour[] | undefined;
  /** Cut off by an element around; and by one that also cuts off what is positioned within. */
  clipped: boolean;
  clippedPositioned: boolean;
  /** Lines without a height of their own are cut off. */
  clipsFlat: boolean;
  clips: boolean;
  x: number;
  y: number;
  positionedX: number;
  positionedY: number;
  /** The indent of the first line of the block that it is in. */
  indent: number;
  /** Whether a line of that block has ended already, so that the indent is over. */
  line: { ended: boolean };
  zoom: number;
  /** Whether the background of an element around would cover what lies behind it. */
  covers: boolean;
  /** The parent lays out its children as blocks. */
  makesBlocks: boolean;
}

/** A mail before its own styles: black on white. */
export const INITIAL_SIGHT: Sight = {
  style: INITIAL_STYLE,
  gone: false,
  opacity: 1,
  tint: (colour) => colour,
  behind: [WHITE],
  behindBlocks: [WHITE],
  behindTable: [WHITE],
  frame: NO_FRAME,
  letters: undefined,
  clipped: false,
  clippedPositioned: false,
  clipsFlat: false,
  clips: false,
  x: 0,
  y: 0,
  positionedX: 0,
  positionedY: 0,
  indent: 0,
  line: { ended: false },
  zoom: 1,
  covers: false,
  makesBlocks: false,
};

/** What is seen within an element of this style. */
export function lookInto(node: HtmlNode, around: Sight, style: Style, reader: Reader): Sight {
  const { own, display } = style;
  const sight: Sight = { ...around, style };
  // Columns have no content of their own (CSS 2, section 17.2).
  if (display === 'none' || display.startsWith('table-column') || own['content-visibility'] === 'hidden')
    sight.gone = true;
  if (sight.gone || display === 'contents') return sight;
  const box = boxOf(node, style, around.makesBlocks, {
    width: around.frame.innerWidth,
    height: around.frame.innerHeight,
  });
  sight.makesBlocks = /flex|grid/.test(display);
  sight.zoom = around.zoom * (own.zoom && own.zoom > 0 ? own.zoom : 1);
  sight.opacity = around.opacity * (own.opacity ?? 1) * (own.filter?.left ?? 1);
  sight.tint = tintOf(around, style);
  if (own['clip-path'] || (own.clip && box.isOut)) sight.gone = true;
  if (box.isBlock) {
    sight.indent = style.textIndent;
    sight.line = { ended: false };
  }
  if (box.isBlock && display !== 'table-cell') sight.frame = frameIn(around.frame, box, style);
  move(sight, box, style);
  if (!(reader === 'browser' && (node.name === 'html' || node.name === 'body'))) clip(sight, box);
  layer(sight, box, style, node);
  paint(sight, box, style);
  return sight;
}

/** Whether text in it can be read. */
export function isSeen(sight: Sight): boolean {
  const { style, x, y } = sight;
  const indent = sight.line.ended ? 0 : sight.indent;
  if (sight.gone || sight.clipped || !style.visible) return false;
  if (style.fontSize * sight.zoom <= SMALLEST_FONT) return false;
  if (x <= OFF_BEFORE || x >= OFF_RIGHT || y <= OFF_BEFORE || y >= OFF_BELOW) return false;
  if (indent <= OFF_BEFORE || indent >= OFF_RIGHT) return false;
  if (indent >= USUAL_WIDTH && sight.clips && style.whiteSpace === 'nowrap') return false;
  if (style.letterSpacing <= CLOSEST_LETTERS * style.fontSize) return false;
  if (isCutOff(sight.frame, style)) return false;
  if (sight.clipsFlat && lineHeightOf(style) <= LOWEST_LINE) return false;
  return canBeTold(sight);
}

/** What becomes of a colour within, on its way to the page. */
function tintOf(around: Sight, { own }: Style): Tint {
  const mode = own['mix-blend-mode'];
  const [below] = around.behind;
  const blend = mode && below ? blendWith(mode, below) : undefined;
  if (!own.filter && !blend) return around.tint;
  return (colour) => {
    const filtered = own.filter?.tint(colour) ?? colour;
    return around.tint(blend?.(filtered) ?? filtered);
  };
}

function canBeTold({ style, opacity, tint, behind, letters }: Sight): boolean {
  const told = (colour: Colour) => behind.some((background) => !cannotBeTold(tint(colour), opacity, background));
  if (told(style.fill ?? style.colour)) return true;
  return letters !== undefined && opacity > 0 && (letters.length === 0 || letters.some(told));
}

function move(sight: Sight, box: Box, { own }: Style): void {
  sight.x += box.moveX;
  sight.y += box.moveY;
  if (box.isOut) {
    if (box.left !== undefined) sight.x = (box.isFixed ? 0 : sight.positionedX) + box.left;
    if (box.top !== undefined) sight.y = (box.isFixed ? 0 : sight.positionedY) + box.top;
  } else if (box.isPositioned) {
    sight.x += box.left ?? 0;
    sight.y += box.top ?? 0;
  }
  if (box.isPositioned) {
    sight.positionedX = sight.x;
    sight.positionedY = sight.y;
  }
  const moves = [own.transform, own.translate, own.scale, own.rotate];
  if (box.isTransformable && moves.some((each) => each?.vanishes)) sight.gone = true;
}

function clip(sight: Sight, box: Box): void {
  if (box.isOut) sight.clipped = box.isFixed ? false : sight.clippedPositioned;
  if (box.isPicture ? box.isEmpty : (box.clipsX && box.isEmptyX) || (box.clipsY && box.isEmptyY)) sight.clipped = true;
  if (box.isPositioned || box.isTransformed) sight.clippedPositioned = sight.clipped;
  if (box.isBlock) {
    sight.clips ||= box.clipsX;
    if (box.clipsY && box.isFlat) sight.clipsFlat = true;
    // A height that is given keeps the lines in sight.
    else if (box.hasHeight) sight.clipsFlat = false;
  }
}

/** An element that is laid behind its page vanishes under the first background around it. */
function layer(sight: Sight, box: Box, { own }: Style, node: HtmlNode): void {
  const index = own['z-index'];
  const isOrdered = box.isPositioned && typeof index === 'number';
  if (isOrdered && index < 0 && sight.covers) sight.gone = true;
  const background = own['background-color'];
  if (isOrdered || sight.opacity < 1 || box.isTransformed) sight.covers = false;
  else if (typeof background === 'object' && background.a > 0.9 && node.name !== 'body' && node.name !== 'html') {
    sight.covers = true;
  }
}

/** Lays the background of the element over what is behind it. */
function paint(sight: Sight, box: Box, style: Style): void {
  const isInline = !box.isBlock && !style.display.startsWith('table');
  if (!isInline) sight.behind = style.display === 'table-caption' ? sight.behindTable : sight.behindBlocks;
  if (style.display === 'table' || style.display === 'inline-table') sight.behindTable = sight.behind;
  lay(sight, box, style);
  if (!isInline) sight.behindBlocks = sight.behind;
}

function lay(sight: Sight, box: Box, style: Style): void {
  const { own, colour } = style;
  const isSmall = own['background-size'] === 'small' && own['background-repeat'] === 'no-repeat';
  if (own['background-clip'] === 'content-box' && box.hasNoHeight) return;
  const pictures = own['background-size'] === 'none' || isSmall ? [] : (own['background-image'] ?? []);
  const background = own['background-color'];
  if ((background === undefined && pictures.length === 0) || box.showsNoBackground || !style.visible) return;
  const fills = colourOf(background, colour, { r: 0, g: 0, b: 0, a: 0 });
  const stops = pictures.flatMap((picture) => picture.stops.map((stop) => colourOf(stop, colour, colour)));
  if (own['background-clip'] === 'text') {
    sight.letters = stops.length > 0 ? stops : pictures.length > 0 ? [] : [fills];
    return;
  }
  const below = sight.behind.map((each) => over(sight.tint(fills), each));
  // Of a picture nothing is known, so that what lies below it counts: it shows until the picture is there.
  const layers = stops.length > 0 ? below.flatMap((each) => stops.map((stop) => over(sight.tint(stop), each))) : below;
  sight.behind = layers.slice(0, MOST_LAYERS);
}
