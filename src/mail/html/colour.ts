/** Red, green and blue from 0 to 255. */
export type Colour = readonly [number, number, number];

export const WHITE: Colour = [255, 255, 255];
export const BLACK: Colour = [0, 0, 0];
/** What browsers give a link. */
export const LINK_BLUE: Colour = [0, 0, 238];

/** The named colours of CSS that mail uses; of the others none is taken to be hidden. */
const NAMED: Record<string, Colour> = {
  white: WHITE,
  black: BLACK,
  snow: [255, 250, 250],
  ivory: [255, 255, 240],
  ghostwhite: [248, 248, 255],
  whitesmoke: [245, 245, 245],
  floralwhite: [255, 250, 240],
  mintcream: [245, 255, 250],
  azure: [240, 255, 255],
  aliceblue: [240, 248, 255],
  silver: [192, 192, 192],
  gray: [128, 128, 128],
  grey: [128, 128, 128],
  red: [255, 0, 0],
  green: [0, 128, 0],
  blue: [0, 0, 255],
  navy: [0, 0, 128],
  yellow: [255, 255, 0],
};

/** A difference below this in each of red, green and blue cannot be read. */
const UNREADABLE = 6;

/**
 * Reads a colour of CSS or of an old attribute.
 *
 * @returns 'transparent', or undefined where it is none that is known
 */
export function parseColour(value: string): Colour | 'transparent' | undefined {
  const text = value.trim().toLowerCase();
  if (text === 'transparent') return 'transparent';
  if (Object.hasOwn(NAMED, text)) return NAMED[text];
  const hex = /^#?([0-9a-f]{3,8})$/.exec(text)?.[1];
  if (hex) return parseHex(hex);
  const parts = /^rgba?\(([^)]*)\)$/
    .exec(text)?.[1]
    ?.split(/[\s,/]+/)
    .filter(Boolean);
  if (!parts || parts.length < 3) return undefined;
  const [red, green, blue, alpha] = parts.map((part) => (part.endsWith('%') ? Number.parseFloat(part) * 2.55 : +part));
  if (alpha === 0) return 'transparent';
  return colourOf(red, green, blue);
}

function parseHex(hex: string): Colour | 'transparent' | undefined {
  const size = hex.length === 3 || hex.length === 4 ? 1 : hex.length === 6 || hex.length === 8 ? 2 : 0;
  if (size === 0) return undefined;
  const at = (index: number) => {
    const digits = hex.slice(index * size, (index + 1) * size);
    return Number.parseInt(size === 1 ? digits + digits : digits, 16);
  };
  if (hex.length === size * 4 && at(3) === 0) return 'transparent';
  return [at(0), at(1), at(2)];
}

function colourOf(red = Number.NaN, green = Number.NaN, blue = Number.NaN): Colour | undefined {
  return [red, green, blue].some(Number.isNaN) ? undefined : [red, green, blue];
}

/** The colour in the shorthand `background`; undefined where it has none or a picture covers it. */
export function backgroundColour(value: string): Colour | 'transparent' | undefined {
  const text = value.toLowerCase();
  if (/url\(|gradient\(/.test(text)) return undefined;
  const whole = parseColour(text);
  if (whole) return whole;
  const token = /rgba?\([^)]*\)|#[0-9a-f]{3,8}/.exec(text)?.[0] ?? text.split(/\s+/).find((word) => NAMED[word]);
  return token ? parseColour(token) : undefined;
}

export function cannotBeRead(text: Colour, background: Colour): boolean {
  return text.every((part, index) => Math.abs(part - (background[index] ?? 0)) < UNREADABLE);
}
