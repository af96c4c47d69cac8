import { BLACK, backgroundColour, type Colour, cannotBeRead, LINK_BLUE, parseColour, WHITE } from './colour.ts';
import { attribute, type HtmlNode } from './node.ts';

/** Properties of CSS by their names in lower case; values in lower case, without `!important`. */
export type Declarations = ReadonlyMap<string, string>;

/** What of the style reaches the elements below. Undefined: not known, so nothing is concluded from it. */
export interface Style {
  /** In CSS pixels. */
  fontSize: number;
  colour: Colour | 'transparent' | undefined;
  background: Colour | undefined;
  visible: boolean;
}

/** A mail before its own styles: black on white. */
export const INITIAL_STYLE: Style = { fontSize: 16, colour: BLACK, background: WHITE, visible: true };

/** Longer than any style of a mail, in characters; what follows does not count. */
const LONGEST_STYLE = 20_000;

/** Reads the attribute `style`, or what stands between the braces of a rule. The last of a property counts. */
export function parseDeclarations(style: string): Map<string, string> {
  const declarations = new Map<string, string>();
  const read = style.slice(0, LONGEST_STYLE);
  for (const declaration of read.match(/(?:[^;"'(]|"[^"]*"?|'[^']*'?|\([^)]*\)?)+/g) ?? []) {
    const colon = declaration.indexOf(':');
    if (colon === -1) continue;
    const value = declaration
      .slice(colon + 1)
      .trim()
      .toLowerCase();
    const important = value.indexOf('!');
    declarations.set(
      declaration.slice(0, colon).trim().toLowerCase(),
      important === -1 ? value : value.slice(0, important).trimEnd(),
    );
  }
  return declarations;
}

/** Whether an element is taken off the page with all that is in it. */
export function isRemoved(node: HtmlNode, css: Declarations): boolean {
  if (node.attribs && Object.hasOwn(node.attribs, 'hidden')) return true;
  if (css.get('display') === 'none') return true;
  if (isZero(css.get('opacity'), 0)) return true;
  // Buttons that Outlook shall draw in its own way carry it too, on a link that everybody else sees.
  if (css.get('mso-hide') === 'all' && node.name !== 'a') return true;
  if (Number.parseFloat(css.get('text-indent') ?? '') <= -999) return true;
  const clips = /hidden|clip/.test(css.get('overflow') ?? '');
  return clips && ['max-height', 'height', 'max-width', 'width'].some((size) => isZero(css.get(size), 1));
}

function isZero(value: string | undefined, limit: number): boolean {
  return value !== undefined && Number.parseFloat(value) <= limit && !/%/.test(value);
}

/** The style of an element, from that around it. */
export function inheritStyle(around: Style, node: HtmlNode, css: Declarations): Style {
  const visibility = css.get('visibility');
  return {
    fontSize: fontSize(around.fontSize, css),
    colour: textColour(around.colour, node, css),
    background: background(around.background, node, css),
    visible: visibility === undefined || visibility === 'inherit' ? around.visible : visibility === 'visible',
  };
}

/** Whether a person can read text of this style. */
export function isReadable({ fontSize, colour, background, visible }: Style): boolean {
  if (!visible || fontSize <= 1 || colour === 'transparent') return false;
  return !colour || !background || !cannotBeRead(colour, background);
}

function fontSize(around: number, css: Declarations): number {
  const value = css.get('font-size') ?? /(?:^|\s)([\d.]+(?:px|pt|em|rem|%)?)(?=[\s/])/.exec(css.get('font') ?? '')?.[1];
  const match = /^([\d.]+)(px|pt|em|rem|%|)$/.exec(value ?? '');
  if (!match) return value === undefined || value === 'inherit' ? around : Math.max(around, INITIAL_STYLE.fontSize);
  const size = Number(match[1]);
  if (Number.isNaN(size)) return around;
  const factor = { px: 1, '': 1, pt: 4 / 3, em: around, '%': around / 100, rem: INITIAL_STYLE.fontSize };
  return size * factor[match[2] as keyof typeof factor];
}

function textColour(around: Style['colour'], node: HtmlNode, css: Declarations): Style['colour'] {
  const own = css.get('color') ?? (node.name === 'font' ? attribute(node, 'color') : '');
  if (own && own !== 'inherit') return parseColour(own);
  return node.name === 'a' && attribute(node, 'href') && !own ? LINK_BLUE : around;
}

function background(around: Style['background'], node: HtmlNode, css: Declarations): Style['background'] {
  const picture = css.get('background-image');
  if (attribute(node, 'background') || (picture !== undefined && picture !== 'none')) return undefined;
  const colour = css.get('background-color') ?? '';
  const shorthand = css.get('background') ?? '';
  const old = attribute(node, 'bgcolor');
  if (/url\(|gradient\(/.test(shorthand)) return undefined;
  const own = colour || shorthand || old;
  if (!own || own === 'inherit' || own === 'none') return around;
  const parsed = backgroundColour(own);
  return parsed === 'transparent' ? around : parsed;
}
