import type { Cascaded } from './css-rules/cascade.ts';
import { type Declared, readFilled } from './css-rules/declarations.ts';
import type { Reader } from './css-rules/style-sheet.ts';
import { BLACK, type Colour, type ColourValue } from './css-values/colours.ts';
import type { Length, Measure } from './css-values/lengths.ts';
import type { Longhand, Longhands } from './css-values/longhands.ts';
import { isInherited } from './css-values/shorthands.ts';
import type { HtmlNode } from './dom/node.ts';
import { defaultDisplay, hintsOf, linkColourOf } from './user-agent.ts';
import { fillVariables, substitute, type Variables } from './variables.ts';

/** The style of an element, as far as it says whether text is seen. */
export interface Style {
  /** What was set on the element itself. */
  own: Partial<Longhands>;
  display: string;
  variables: Variables;
  /** In CSS pixels, as are the other sizes. */
  fontSize: number;
  /** The font size of the root. */
  rem: number;
  /** A number is a factor of the font size. */
  lineHeight: number | { px: number };
  letterSpacing: number;
  textIndent: number;
  whiteSpace: string;
  isRightToLeft: boolean;
  visible: boolean;
  colour: Colour;
  /** What the letters are filled with where it is not their colour. */
  fill: Colour | undefined;
  linkColour: Colour | undefined;
}

/** A mail before its own styles. */
export const INITIAL_STYLE: Style = {
  own: {},
  display: 'block',
  variables: new Map(),
  fontSize: 16,
  rem: 16,
  lineHeight: 1.2,
  letterSpacing: 0,
  textIndent: 0,
  whiteSpace: 'normal',
  isRightToLeft: false,
  visible: true,
  colour: BLACK,
  fill: undefined,
  linkColour: undefined,
};

/** A width that blocks of a mail have about, for what is given in percent. */
export const USUAL_WIDTH = 600;

const INITIAL_VALUES: Partial<Longhands> = {
  display: 'inline',
  visibility: 'visible',
  color: BLACK,
  '-webkit-text-fill-color': 'currentcolor',
  'font-size': () => INITIAL_STYLE.fontSize,
  'line-height': 1.2,
  'letter-spacing': () => 0,
  'text-indent': () => 0,
  'white-space': 'normal',
};

/** The style of an element within another, from what was declared for it. */
export function computeStyle(node: HtmlNode, around: Style, cascaded: Cascaded, reader: Reader): Style {
  const hints = hintsOf(node, around.linkColour);
  const variables = fillVariables(around.variables, cascaded);
  const own: Partial<Longhands> = hints;
  for (const [name, declared] of cascaded) {
    if (name.startsWith('--')) continue;
    setOwn(own, name as Longhand, declared, around, variables);
  }
  const fontSize = fontSizeOf(own['font-size'], around);
  const rem = node.name === 'html' && reader === 'browser' ? fontSize : around.rem;
  const measure: Measure = { em: fontSize, rem, whole: fontSize };
  const px = (length: Length | undefined, inherited: number, whole = fontSize) =>
    length ? known(length({ ...measure, whole }), inherited) : inherited;
  const colour = colourOf(own.color, around.colour, around.colour);
  const fill = own['-webkit-text-fill-color'];
  const lineHeight = own['line-height'];
  return {
    own,
    display: own.display ?? defaultDisplay(node, reader),
    variables,
    fontSize,
    rem,
    lineHeight: typeof lineHeight === 'function' ? { px: px(lineHeight, fontSize) } : (lineHeight ?? around.lineHeight),
    letterSpacing: px(own['letter-spacing'], around.letterSpacing),
    textIndent: px(own['text-indent'], around.textIndent, USUAL_WIDTH),
    isRightToLeft: own.direction === undefined ? around.isRightToLeft : own.direction === 'rtl',
    whiteSpace: own['white-space'] ?? around.whiteSpace,
    visible: own.visibility === undefined ? around.visible : own.visibility === 'visible',
    colour,
    fill: fill === undefined ? around.fill : fill === 'currentcolor' ? undefined : fill,
    linkColour: linkColourOf(node) ?? around.linkColour,
  };
}

/** The height of a line of text of this style, in CSS pixels. */
export function lineHeightOf({ lineHeight, fontSize }: Style): number {
  return typeof lineHeight === 'number' ? lineHeight * fontSize : lineHeight.px;
}

/** Puts what a declaration gives into the style, or takes out what browsers would have set. */
function setOwn(
  own: Partial<Longhands>,
  name: Longhand,
  declared: Declared,
  around: Style,
  variables: Variables,
): void {
  const filled = 'pending' in declared ? fill(name, declared, variables) : declared;
  if ('value' in filled) {
    put(own, name, filled.value);
    return;
  }
  const wide = 'wide' in filled ? filled.wide : 'unset';
  const hint = own[name];
  delete own[name];
  if (wide === 'revert') {
    if (hint !== undefined) put(own, name, hint);
  } else if (wide === 'inherit' && !isInherited(name)) {
    const value = name === 'display' ? around.display : around.own[name];
    if (value !== undefined) put(own, name, value);
  } else if (wide === 'initial' || !isInherited(name)) {
    if (INITIAL_VALUES[name] !== undefined) put(own, name, INITIAL_VALUES[name]);
  }
}

/** The value was read for this longhand, which the types do not know. */
function put(own: Partial<Record<Longhand, unknown>>, name: Longhand, value: unknown): void {
  own[name] = value;
}

function fill(name: Longhand, declared: Extract<Declared, { pending: string }>, variables: Variables): Declared {
  const text = substitute(declared.pending, variables);
  // A value that turns out to be none is as if it were unset (CSS Custom Properties 1, section 3.1).
  return (text === undefined ? undefined : readFilled(declared.property, text, name)) ?? { wide: 'unset' };
}

function fontSizeOf(size: Longhands['font-size'] | undefined, around: Style): number {
  if (typeof size !== 'function') return around.fontSize;
  return known(size({ em: around.fontSize, rem: around.rem, whole: around.fontSize }), around.fontSize);
}

/** A colour, with `currentcolor` as that of the text. */
export function colourOf(value: ColourValue | undefined, current: Colour, none: Colour): Colour {
  if (value === undefined) return none;
  return value === 'currentcolor' ? current : value;
}

function known(value: number, otherwise: number): number {
  return Number.isNaN(value) ? otherwise : value;
}
