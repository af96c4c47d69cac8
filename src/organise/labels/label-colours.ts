import type { LabelColour } from '../../mailbox/organiser.ts';

/**
 * Colours by names, each a background of Gmail's palette with the text, white or black, that can be read on it
 * (https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.labels#Color): with the contrast of
 * 4.5 at least that WCAG 2.2 asks for.
 */
const BACKGROUNDS = {
  red: ['#cc3a21', 'white'],
  orange: ['#ffad47', 'black'],
  yellow: ['#fad165', 'black'],
  green: ['#0b804b', 'white'],
  teal: ['#007286', 'white'],
  blue: ['#285bac', 'white'],
  purple: ['#653e9b', 'white'],
  pink: ['#f691b3', 'black'],
  brown: ['#822111', 'white'],
  grey: ['#666666', 'white'],
} as const;

const TEXTS = { white: '#ffffff', black: '#000000' } as const;

export type ColourName = keyof typeof BACKGROUNDS;

export const COLOUR_NAMES = Object.keys(BACKGROUNDS) as [ColourName, ...ColourName[]];

/** A colour as Gmail takes it. */
export function colourOf(name: ColourName): LabelColour {
  const [backgroundColor, text] = BACKGROUNDS[name];
  return { backgroundColor, textColor: TEXTS[text] };
}
