import type { Reader } from './css-rules/style-sheet.ts';
import { type Colour, LINK_BLUE, readOldColour } from './css-values/colours.ts';
import type { Length } from './css-values/lengths.ts';
import type { Longhands } from './css-values/longhands.ts';
import { attribute, type HtmlNode } from './dom/node.ts';

/** What browsers give elements by themselves (HTML, section 15.3); all others are inline. */
const DISPLAYS: Record<string, string> = {
  li: 'list-item',
  summary: 'block',
  img: 'inline-block',
  input: 'inline-block',
  select: 'inline-block',
  textarea: 'inline-block',
  button: 'inline-block',
};
const BLOCKS =
  'html body address article aside blockquote center dd details dialog dir div dl dt fieldset figcaption figure footer ' +
  'form h1 h2 h3 h4 h5 h6 header hgroup hr legend listing main menu nav ol optgroup option p plaintext pre search ' +
  'section slot summary ul xmp';
for (const name of BLOCKS.split(' ')) DISPLAYS[name] = 'block';
const TABLES: Record<string, string> = {
  table: 'table',
  caption: 'table-caption',
  colgroup: 'table-column-group',
  col: 'table-column',
  thead: 'table-header-group',
  tbody: 'table-row-group',
  tfoot: 'table-footer-group',
  tr: 'table-row',
  td: 'table-cell',
  th: 'table-cell',
};
Object.assign(DISPLAYS, TABLES);
const NONE = 'area base basefont datalist head link meta param rp script style title';
for (const name of NONE.split(' ')) DISPLAYS[name] = 'none';

/** How an element is laid out where no style says it. Gmail has no `hidden` and shows dialogs and their like. */
export function defaultDisplay(node: HtmlNode, reader: Reader): string {
  const name = node.name ?? '';
  if (reader === 'browser') {
    if (has(node, 'hidden')) return 'none';
    if (has(node, 'popover')) return 'none';
    if (name === 'dialog' && !has(node, 'open')) return 'none';
  }
  return Object.hasOwn(DISPLAYS, name) ? (DISPLAYS[name] ?? 'inline') : 'inline';
}

/** Whether an element's place makes it unseen, whatever its style: it is in `<details>` that are closed. */
export function isFoldedAway(node: HtmlNode): boolean {
  const { parent } = node;
  if (parent?.name !== 'details' || has(parent, 'open')) return false;
  return node.name !== 'summary' || node !== parent.children?.find(({ name }) => name === 'summary');
}

const FONT_SIZES = [10, 10, 13, 16, 18, 24, 32, 48];
const FONT_SCALES: Record<string, number> = {
  small: 1 / 1.2,
  sub: 1 / 1.2,
  sup: 1 / 1.2,
  big: 1.2,
  h1: 2,
  h2: 1.5,
  h3: 1.17,
  h5: 0.83,
  h6: 0.67,
};
/** They have a colour, a background and a size of letters of their own (HTML Standard, section 15.5). */
const CONTROLS = new Set(['button', 'input', 'select', 'textarea']);
const COLOURED = new Set(['body', 'table', 'thead', 'tbody', 'tfoot', 'tr', 'td', 'th']);
const SIZED = new Set(['img', 'table', 'td', 'th', 'hr']);

/** Styles from attributes and from what browsers give an element; every declaration wins over them. */
export function hintsOf(node: HtmlNode, linkColour: Colour | undefined): Partial<Longhands> {
  const name = node.name ?? '';
  const hints: Partial<Longhands> = {};
  const scale = Object.hasOwn(FONT_SCALES, name) ? FONT_SCALES[name] : undefined;
  if (scale) hints['font-size'] = ({ whole }) => whole * scale;
  if (name === 'a' && has(node, 'href')) hints.color = linkColour ?? LINK_BLUE;
  // Tables do not take on the indent of what they stand in (HTML Standard, section 15.3.8).
  if (name === 'table') hints['text-indent'] = () => 0;
  if (CONTROLS.has(name)) {
    const white = { r: 255, g: 255, b: 255, a: 1 };
    Object.assign(hints, { color: readOldColour('black'), 'background-color': white, 'font-size': () => 13 });
  }
  if (name === 'mark')
    Object.assign(hints, { color: readOldColour('black'), 'background-color': readOldColour('yellow') });
  if (!node.attribs) return hints;
  const direction = attribute(node, 'dir').toLowerCase();
  if (direction === 'rtl' || direction === 'ltr') hints.direction = direction;
  if (name === 'bdo') hints['unicode-bidi'] = 'isolate-override';
  if (name === 'font') fontHints(node, hints);
  if (name === 'body') setColour(hints, 'color', attribute(node, 'text'));
  if (COLOURED.has(name)) {
    setColour(hints, 'background-color', attribute(node, 'bgcolor'));
    if (attribute(node, 'background')) hints['background-image'] = [{ stops: [] }];
  }
  if (SIZED.has(name)) {
    const [width, height] = [sizeOf(attribute(node, 'width')), sizeOf(attribute(node, 'height'))];
    if (width) hints.width = width;
    if (height) hints.height = height;
  }
  if (has(node, 'nowrap') && (name === 'td' || name === 'th')) hints['white-space'] = 'nowrap';
  return hints;
}

/** The colour of links that `<body link>` sets. */
export function linkColourOf(node: HtmlNode): Colour | undefined {
  return node.name === 'body' ? readOldColour(attribute(node, 'link')) : undefined;
}

function fontHints(node: HtmlNode, hints: Partial<Longhands>): void {
  setColour(hints, 'color', attribute(node, 'color'));
  const [, sign = '', digits = ''] = /^\s*([+-]?)(\d+)/.exec(attribute(node, 'size')) ?? [];
  if (!digits) return;
  const number = sign === '+' ? 3 + Number(digits) : sign === '-' ? 3 - Number(digits) : Number(digits);
  const size = FONT_SIZES[Math.min(7, Math.max(1, number))];
  if (size) hints['font-size'] = () => size;
}

function setColour(hints: Partial<Longhands>, property: 'color' | 'background-color', value: string): void {
  const colour = readOldColour(value);
  if (colour) hints[property] = colour;
}

function sizeOf(value: string): Length | undefined {
  const [, digits, percent] = /^\s*(\d+(?:\.\d+)?)\s*(%?)/.exec(value) ?? [];
  const number = Number(digits);
  if (digits === undefined) return undefined;
  return percent ? ({ whole }) => (whole * number) / 100 : () => number;
}

function has(node: HtmlNode, name: string): boolean {
  return node.attribs !== undefined && Object.hasOwn(node.attribs, name);
}
