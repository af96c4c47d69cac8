import type { CssNode } from 'css-tree';
import { readColour } from './colours.ts';
import { readLength, readNumber, splitByComma } from './lengths.ts';
import { INHERITED, type Longhand, type Longhands, OVERFLOW, type Picture, READERS, readPicture } from './longhands.ts';
import { functionName, isOperator, keywordOf } from './value-nodes.ts';

type Tokens = readonly CssNode[];
type Values = Partial<Longhands>;

/** Names that mean the same as another in text that runs from left to right and from top to bottom. */
const ALIASES: Record<string, Longhand | string> = {
  '-webkit-background-clip': 'background-clip',
  '-webkit-background-size': 'background-size',
  '-webkit-clip-path': 'clip-path',
  '-webkit-filter': 'filter',
  '-webkit-opacity': 'opacity',
  '-webkit-transform': 'transform',
  'block-size': 'height',
  'inline-size': 'width',
  'inset-block-end': 'bottom',
  'inset-block-start': 'top',
  'inset-inline-end': 'right',
  'inset-inline-start': 'left',
  'margin-block-start': 'margin-top',
  'margin-inline-start': 'margin-left',
  'max-block-size': 'max-height',
  'max-inline-size': 'max-width',
  'min-block-size': 'min-height',
  'min-inline-size': 'min-width',
  'overflow-block': 'overflow-y',
  'overflow-inline': 'overflow-x',
  'padding-block-start': 'padding-top',
  'padding-inline-start': 'padding-left',
  'padding-block-end': 'padding-bottom',
  'padding-inline-end': 'padding-right',
};

/** The longhands that a property sets. */
const SETS: Record<string, readonly Longhand[]> = {
  all: Object.keys(READERS) as Longhand[],
  animation: ['animation-name'],
  background: ['background-color', 'background-image', 'background-clip', 'background-size', 'background-repeat'],
  border: ['border-top-width'],
  'border-top': ['border-top-width'],
  'border-width': ['border-top-width'],
  font: ['font-size', 'line-height'],
  inset: ['top', 'right', 'bottom', 'left'],
  'inset-block': ['top', 'bottom'],
  'inset-inline': ['left', 'right'],
  margin: ['margin-top', 'margin-left'],
  'margin-block': ['margin-top'],
  'margin-inline': ['margin-left'],
  overflow: ['overflow-x', 'overflow-y'],
  padding: ['padding-top', 'padding-right', 'padding-bottom', 'padding-left'],
  'padding-block': ['padding-top', 'padding-bottom'],
  'padding-inline': ['padding-left', 'padding-right'],
};

/** The longhands that a property sets; none where it says nothing about whether text is seen. */
export function longhandsOf(property: string): readonly Longhand[] {
  const name = ALIASES[property] ?? property;
  if (Object.hasOwn(SETS, name)) return SETS[name] ?? [];
  return Object.hasOwn(READERS, name) ? [name as Longhand] : [];
}

/** Reads the value of a property; undefined where a browser would not take it. */
export function readValue(property: string, tokens: Tokens): Values | undefined {
  if (tokens.length === 0) return undefined;
  const [longhand, ...more] = longhandsOf(property);
  if (!longhand) return undefined;
  const name = ALIASES[property] ?? property;
  if (name === 'background') return readBackground(tokens);
  if (name === 'font') return readFont(tokens);
  if (name.startsWith('border')) return readBorder(tokens);
  if (name === 'overflow') return readOverflow(tokens);
  if (name === 'animation') return readAnimation(tokens);
  if (name === 'all') return undefined;
  if (name in SETS) return readSides(name, [longhand, ...more], tokens);
  const value = READERS[longhand](tokens);
  return value === undefined ? undefined : { [longhand]: value };
}

/** Whether a property reaches the elements within when nothing sets it there. */
export function isInherited(longhand: Longhand): boolean {
  return INHERITED.has(longhand);
}

/** What is left of an animation once it is over is seen only where it says so. */
function readAnimation(tokens: Tokens): Values {
  const keywords = tokens.map(keywordOf);
  return { 'animation-name': keywords.some((word) => word === 'forwards' || word === 'both') ? keywords : [] };
}

/** One to four values, by the sides of a box in the order top, right, bottom, left. */
function readSides(name: string, longhands: readonly Longhand[], tokens: Tokens): Values | undefined {
  if (tokens.length > 4) return undefined;
  const [top, right = top, bottom = top, left = right] = tokens;
  const [start, end = start] = tokens;
  const sides = { top, right, bottom, left };
  const values: Values = {};
  for (const longhand of longhands) {
    const side = longhand.replace(/^.*-/, '') as keyof typeof sides;
    const isStart = side === 'top' || side === 'left';
    const token = /-(?:block|inline)$/.test(name) ? (isStart ? start : end) : sides[side];
    const value = token && READERS[longhand]([token]);
    if (value === undefined) return undefined;
    Object.assign(values, { [longhand]: value });
  }
  return values;
}

/** Only how wide the first side is, the upper one, matters here. */
function readBorder(tokens: Tokens): Values {
  const width = tokens.map(readLength).find((length) => length !== undefined);
  return { 'border-top-width': width ?? (() => 0) };
}

function readOverflow(tokens: Tokens): Values | undefined {
  const [x, y = x] = tokens.map((token) => OVERFLOW([token]));
  return x && y && tokens.length <= 2 ? { 'overflow-x': x, 'overflow-y': y } : undefined;
}

/** `[style, weight…] size[/line-height] family` (CSS Fonts 4, section 2.7). */
function readFont(tokens: Tokens): Values | undefined {
  if (
    tokens.length === 1 &&
    /^(?:caption|icon|menu|message-box|small-caption|status-bar)$/.test(keywordOf(tokens[0]))
  ) {
    return { 'font-size': () => 13, 'line-height': 1.2 };
  }
  const at = tokens.findIndex((token) => READERS['font-size']([token]) !== undefined);
  const before = tokens.slice(0, Math.max(0, at));
  if (at === -1 || before.some((token) => !keywordOf(token) && readNumber(token) === undefined)) return undefined;
  const [sizeToken, slash, heightToken] = tokens.slice(at);
  const size = sizeToken && READERS['font-size']([sizeToken]);
  const isHigh = slash !== undefined && isOperator(slash, '/');
  const height = isHigh ? heightToken && READERS['line-height']([heightToken]) : 1.2;
  const family = tokens.slice(at + (isHigh ? 3 : 1));
  return size === undefined || height === undefined || family.length === 0
    ? undefined
    : { 'font-size': size, 'line-height': height };
}

const BACKGROUND_WORDS =
  /^(?:none|repeat|repeat-x|repeat-y|no-repeat|space|round|scroll|fixed|local|border-box|padding-box|content-box|left|right|top|bottom|center|cover|contain|auto)$/;

/** CSS Backgrounds 3, section 2.10: layers of pictures, the last with a colour. */
function readBackground(tokens: Tokens): Values | undefined {
  const layers = splitByComma(tokens);
  const pictures: Picture[] = [];
  let colour: Longhands['background-color'] | undefined;
  let clip = 'border-box';
  let size: Longhands['background-size'] = 'some';
  let repeat = 'repeat';
  for (const [index, layer] of layers.entries()) {
    for (const token of layer) {
      const picture = readPicture(token);
      const found = picture === 'no' ? readColour(token) : undefined;
      if (typeof picture === 'object') pictures.push(picture);
      else if (/^(?:text|content-box)$/.test(keywordOf(token))) clip = keywordOf(token);
      else if (keywordOf(token) === 'no-repeat') repeat = 'no-repeat';
      else if (found && index === layers.length - 1 && !colour) colour = found;
      else if (found || !isPlacement(token)) return undefined;
    }
    const slash = layer.findIndex((token) => isOperator(token, '/'));
    if (slash !== -1) size = READERS['background-size'](layer.slice(slash + 1, slash + 3)) ?? 'some';
  }
  return {
    'background-color': colour ?? { r: 0, g: 0, b: 0, a: 0 },
    'background-image': pictures,
    'background-clip': clip,
    'background-size': size,
    'background-repeat': repeat,
  };
}

function isPlacement(token: CssNode): boolean {
  const keyword = keywordOf(token);
  if (keyword) return BACKGROUND_WORDS.test(keyword);
  return isOperator(token, '/') || readLength(token) !== undefined || functionName(token) === 'calc';
}
