import type { CssNode } from 'css-tree';
import { type ColourValue, readColour, readGradient } from './colours.ts';
import { type Length, readAmount, readLength, readNumber, splitByComma } from './lengths.ts';
import { type Move, readClip, readClipPath, readRotate, readScale, readTransform, readTranslate } from './shapes.ts';
import { type Filter, readFilter } from './tints.ts';
import { functionName, isOperator, keywordOf } from './value-nodes.ts';

type Tokens = readonly CssNode[];

/** A length, or a keyword such as `auto`, which leaves the size to what is in it. */
export type Size = Length | 'auto';

/** What an element's background is painted with, apart from its colour. */
export interface Picture {
  /** Of a gradient; of a picture nothing is known. */
  stops: ColourValue[];
}

/** The properties by which it is told whether text is seen, as far as they matter for that. */
export interface Longhands {
  display: string;
  visibility: string;
  'content-visibility': string;
  float: string;
  position: string;
  'white-space': string;
  direction: string;
  'unicode-bidi': string;
  'overflow-x': string;
  'overflow-y': string;
  'z-index': number | 'auto';
  opacity: number;
  zoom: number;
  color: ColourValue;
  '-webkit-text-fill-color': ColourValue;
  'background-color': ColourValue;
  'background-image': Picture[];
  'background-clip': string;
  /** `small`: of a few pixels, which cover nothing but where they are repeated. */
  'background-size': 'none' | 'small' | 'some';
  'font-size': Length | string;
  'line-height': Length | number;
  'letter-spacing': Length;
  'text-indent': Length;
  width: Size;
  height: Size;
  'max-width': Size;
  'max-height': Size;
  'min-width': Size;
  'min-height': Size;
  left: Size;
  right: Size;
  top: Size;
  bottom: Size;
  'margin-left': Size;
  'margin-top': Size;
  'padding-top': Size;
  'padding-left': Size;
  'border-top-width': Size;
  'box-sizing': string;
  'background-repeat': string;
  'table-layout': string;
  'padding-right': Size;
  'padding-bottom': Size;
  /** Whether nothing of the element is left by it. */
  clip: boolean;
  'clip-path': boolean;
  transform: Move;
  translate: Move;
  scale: Move;
  rotate: Move;
  filter: Filter;
  'mix-blend-mode': string;
  /** The names of keyframes at the end of which the element stays. */
  'animation-name': string[];
}

export type Longhand = keyof Longhands;

/** Those that reach the elements within. */
export const INHERITED: ReadonlySet<Longhand> = new Set<Longhand>([
  'visibility',
  'color',
  '-webkit-text-fill-color',
  'font-size',
  'line-height',
  'letter-spacing',
  'text-indent',
  'white-space',
]);

const only = <T>(tokens: Tokens, read: (node: CssNode) => T | undefined): T | undefined =>
  tokens.length === 1 && tokens[0] ? read(tokens[0]) : undefined;

const word =
  (words: string) =>
  (tokens: Tokens): string | undefined =>
    only(tokens, (node) => {
      const keyword = keywordOf(node);
      return words.split(' ').includes(keyword) ? keyword : undefined;
    });

const size = (tokens: Tokens): Size | undefined =>
  only(tokens, (node) => {
    if (/^(?:auto|none|(?:-webkit-)?(?:min|max|fit)-content|-webkit-fill-available|stretch)$/.test(keywordOf(node))) {
      return 'auto';
    }
    return functionName(node) === 'fit-content' ? 'auto' : readLength(node);
  });
const padding = (tokens: Tokens) => only(tokens, readLength);
const colour = (tokens: Tokens) => only(tokens, readColour);
const part = (tokens: Tokens) => {
  const value = only(tokens, readNumber);
  return value === undefined ? undefined : Math.min(1, Math.max(0, value));
};
const spacing = (tokens: Tokens): Length | undefined =>
  only(tokens, (node) => (keywordOf(node) === 'normal' ? () => 0 : readLength(node)));

export const OVERFLOW = word('visible hidden clip scroll auto overlay');

const FONT_SIZES: Record<string, Length> = {
  'xx-small': () => 9,
  'x-small': () => 10,
  small: () => 13,
  medium: () => 16,
  large: () => 18,
  'x-large': () => 24,
  'xx-large': () => 32,
  'xxx-large': () => 48,
  smaller: ({ whole }) => whole / 1.2,
  larger: ({ whole }) => whole * 1.2,
};

/** Pictures of a background that are smaller lie behind no word, in CSS pixels. */
const SMALL_PICTURE = 8;

const DISPLAYS =
  'none contents block inline inline-block flow-root flex inline-flex grid inline-grid list-item table inline-table ' +
  'table-row table-cell table-column table-column-group table-row-group table-header-group table-footer-group ' +
  'table-caption ruby ruby-text ruby-base -webkit-box -webkit-inline-box -webkit-flex -webkit-inline-flex math flow';

/** Reads a value of one of the properties; undefined where a browser would not take it. */
export const READERS: { [K in Longhand]: (tokens: Tokens) => Longhands[K] | undefined } = {
  // `block flow` and other pairs mean what their first word does.
  display: (tokens) => (tokens.length <= 2 ? word(DISPLAYS)(tokens.slice(0, 1)) : undefined),
  visibility: word('visible hidden collapse'),
  'content-visibility': word('visible auto hidden'),
  float: word('none left right inline-start inline-end'),
  position: word('static relative absolute fixed sticky -webkit-sticky'),
  'white-space': word('normal nowrap pre pre-wrap pre-line break-spaces'),
  direction: word('ltr rtl'),
  'unicode-bidi': word('normal embed isolate bidi-override isolate-override plaintext'),
  'overflow-x': OVERFLOW,
  'overflow-y': OVERFLOW,
  'z-index': (tokens) => only(tokens, (node) => (keywordOf(node) === 'auto' ? 'auto' : readNumber(node))),
  opacity: part,
  zoom: (tokens) => only(tokens, (node) => (/^(?:normal|reset)$/.test(keywordOf(node)) ? 1 : readNumber(node))),
  color: colour,
  '-webkit-text-fill-color': colour,
  'background-color': colour,
  'background-image': (tokens) => {
    const layers = splitByComma(tokens).map((layer) => (layer.length === 1 && layer[0] ? readPicture(layer[0]) : 'no'));
    return layers.includes('no') ? undefined : layers.filter((layer) => typeof layer === 'object');
  },
  'background-clip': word('border-box padding-box content-box text border-area'),
  'background-size': (tokens) => {
    const sizes = tokens.map((node) => readLength(node)?.({ em: 16, rem: 16, whole: 600 }) ?? 600);
    return sizes.includes(0) ? 'none' : sizes.some((each) => each < SMALL_PICTURE) ? 'small' : 'some';
  },
  'background-repeat': (tokens) => tokens.map(keywordOf).join(' ') || undefined,
  'font-size': (tokens) =>
    only(tokens, (node) => {
      const keyword = keywordOf(node);
      if (keyword) return Object.hasOwn(FONT_SIZES, keyword) ? FONT_SIZES[keyword] : undefined;
      return negative(node) ? undefined : readLength(node);
    }),
  'line-height': (tokens) =>
    only(tokens, (node) => {
      if (keywordOf(node) === 'normal') return 1.2;
      if (negative(node)) return undefined;
      return node.type === 'Dimension' || node.type === 'Percentage'
        ? readLength(node)
        : (readNumber(node) ?? readAmount(node));
    }),
  'letter-spacing': spacing,
  'text-indent': (tokens) => padding(tokens.filter((node) => !/^(?:hanging|each-line)$/.test(keywordOf(node)))),
  width: positive(size),
  height: positive(size),
  'max-width': positive(size),
  'max-height': positive(size),
  'min-width': positive(size),
  'min-height': positive(size),
  left: size,
  right: size,
  top: size,
  bottom: size,
  'margin-left': size,
  'margin-top': size,
  'padding-top': positive(padding),
  'padding-left': positive(padding),
  'border-top-width': positive(padding),
  'box-sizing': word('content-box border-box'),
  'table-layout': word('auto fixed'),
  'padding-right': positive(padding),
  'padding-bottom': positive(padding),
  clip: (tokens) => only(tokens, readClip),
  'clip-path': (tokens) => readClipPath(tokens),
  transform: readTransform,
  translate: readTranslate,
  scale: readScale,
  rotate: readRotate,
  filter: readFilter,
  'mix-blend-mode': (tokens) => only(tokens, keywordOf) || undefined,
  'animation-name': (tokens) => tokens.map(keywordOf),
};

/** Reads a layer of `background-image`; 'none' for none, 'no' where it is no picture. */
export function readPicture(node: CssNode): Picture | 'none' | 'no' {
  if (node.type === 'Url') return { stops: [] };
  if (keywordOf(node) === 'none') return 'none';
  const stops = readGradient(node);
  if (stops) return { stops };
  const name = functionName(node);
  return name.endsWith('-gradient') || /^(?:-webkit-)?(?:image-set|cross-fade|image|paint)$/.test(name)
    ? { stops: [] }
    : 'no';
}

function negative(node: CssNode): boolean {
  return 'value' in node && typeof node.value === 'string' && node.type !== 'Operator' && node.value.startsWith('-');
}

function positive<T>(read: (tokens: Tokens) => T | undefined): (tokens: Tokens) => T | undefined {
  return (tokens) => (tokens.some((node) => negative(node) && !isOperator(node, '-')) ? undefined : read(tokens));
}
