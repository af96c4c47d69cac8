import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { COLOUR_NAMES, colourOf } from '../../../src/organise/labels/label-colours.ts';
import { PALETTE } from '../../../src/sandbox/organise/palette.ts';

/** Relative luminance (WCAG 2.2). */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

describe('the colours of labels', () => {
  for (const name of COLOUR_NAMES) {
    it(`have ${name} in Gmail’s palette, with a text that can be read on it`, () => {
      const { backgroundColor, textColor } = colourOf(name);
      assert.ok(PALETTE.has(backgroundColor) && PALETTE.has(textColor));
      const [dark = 0, light = 0] = [backgroundColor, textColor].map(luminance).sort((a, b) => a - b);
      const contrast = (light + 0.05) / (dark + 0.05);
      assert.ok(contrast >= 4.5, `${contrast}`);
    });
  }

  it('are ten that differ', () => {
    assert.equal(new Set(COLOUR_NAMES.map((name) => colourOf(name).backgroundColor)).size, 10);
  });
});
