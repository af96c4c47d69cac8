import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  GMAIL_MEDIA,
  isKeptByGmail,
  isStyleKeptByGmail,
  sheetsKeptByGmail,
} from '../../../src/sight/css-rules/gmail-filter.ts';
import { readSelectors } from '../../../src/sight/css-rules/selectors.ts';

/** What Google's page "CSS support" names, and what it leaves out, as far as it could show or hide text. */
describe('what Gmail keeps of styles', () => {
  const kept = [
    ...['background', 'background-color', 'background-image', 'background-size', 'border', 'clear', 'color', 'display'],
    ...['direction', 'float', 'font', 'font-family', 'font-size', 'height', 'letter-spacing', 'line-height', 'margin'],
    ...['margin-left', 'max-height', 'max-width', 'min-height', 'min-width', 'opacity', 'overflow', 'overflow-x'],
    ...['padding', 'padding-bottom', 'text-align', 'text-indent', 'vertical-align', 'white-space', 'width', 'zoom'],
  ];
  for (const property of kept) {
    it(`keeps ${property}`, () => assert.ok(isKeptByGmail(property, '1px')));
  }

  const dropped = [
    ...[
      'visibility',
      'position',
      'top',
      'left',
      'right',
      'bottom',
      'inset',
      'z-index',
      'clip',
      'clip-path',
      'transform',
    ],
    ...['translate', 'scale', 'rotate', 'filter', 'mask', 'content', 'content-visibility', 'text-shadow', 'animation'],
    ...['transition', 'cursor', 'pointer-events', '-webkit-text-fill-color', '-webkit-clip-path', '--own', 'mso-hide'],
    ...['background-attachment', 'block-size', 'margin-inline', 'padding-block', 'all', 'appearance', 'box-shadow'],
  ];
  for (const property of dropped) {
    it(`drops ${property}`, () => assert.ok(!isKeptByGmail(property, '1px')));
  }

  const values: [string, string, boolean][] = [
    ['margin-left', '-1px', false],
    ['margin', '0 0 0 -9999px', false],
    ['margin-top', 'calc(-1px * 2)', false],
    ['margin', '0 auto', true],
    ['text-indent', '-9999px', false],
    ['text-indent', '2em', true],
    ['letter-spacing', '-1px', true],
    ['color', 'var(--a, white)', true],
  ];
  for (const [property, value, keeps] of values) {
    it(`${keeps ? 'keeps' : 'drops'} ${property}: ${value}`, () => assert.equal(isKeptByGmail(property, value), keeps));
  }

  const attributes: [string, boolean][] = [
    ['color:rgb(0,128,0)', true],
    ['color:hsl(0, 0%, 100%)', true],
    ['display:none;color:rgb(0 128 0)', false],
    ['color:rgb(0 128 0 / 50%)', false],
    ['display:none;color:lab(0% 0 0)', false],
    ['display:none;color:oklch(0% 0 0)', false],
  ];
  for (const [style, keeps] of attributes) {
    it(`${keeps ? 'keeps' : 'drops'} style="${style}"`, () => assert.equal(isStyleKeptByGmail(style), keeps));
  }

  const selectors: [string, boolean][] = [
    ...['p', '*', '.a', '#a', 'p.a', 'p, .a', 'div p', 'div > p', 'h1 + p', 'h1 ~ p', 'a:hover', '[class~=a]'].map(
      (selector): [string, boolean] => [selector, true],
    ),
    ...['[id]', '[class]', '[class=a]', '[class^=a]', '[id=a]', 'a:link', 'p:first-child', 'p:nth-child(2)'].map(
      (selector): [string, boolean] => [selector, false],
    ),
    ...['p:not(.a)', ':root', ':is(p)', 'div:has(p)', 'p:lang(en)'].map((selector): [string, boolean] => [
      selector,
      false,
    ]),
  ];
  for (const [selector, keeps] of selectors) {
    it(`${keeps ? 'keeps' : 'drops'} the selector ${selector}`, () => {
      const read = readSelectors(selector);
      assert.ok(read && read.length > 0);
      assert.ok(read.every(({ inGmail }) => inGmail === keeps));
    });
  }

  const features: [string, boolean][] = [
    ...['width', 'min-width', 'max-device-width', 'orientation', 'min-resolution'].map((name): [string, boolean] => [
      name,
      true,
    ]),
    ...['height', 'hover', 'prefers-color-scheme', '-webkit-min-device-pixel-ratio'].map((name): [string, boolean] => [
      name,
      false,
    ]),
  ];
  for (const [feature, keeps] of features) {
    it(`${keeps ? 'keeps' : 'drops'} @media (${feature})`, () => assert.equal(GMAIL_MEDIA.test(feature), keeps));
  }

  const rule = '.h{display:none}';
  const sheets: [string, { text: string; inHead: boolean }[], boolean[]][] = [
    ['a style element of the head', [{ text: rule, inHead: true }], [true]],
    ['none of the body', [{ text: rule, inHead: false }], [false]],
    ['@media', [{ text: `@media (min-width:1px){${rule}}${rule}`, inHead: true }], [true]],
    ['none with @ within @', [{ text: `@media screen{${rule}@media print{${rule}}}`, inHead: true }], [false]],
    ['none with colours without commas', [{ text: `${rule}.x{color:rgb(0 0 0)}`, inHead: true }], [false]],
    [
      '16 KB of them',
      [
        { text: rule, inHead: true },
        { text: ' '.repeat(16 * 1024), inHead: true },
        { text: rule, inHead: true },
      ],
      [true, false, false],
    ],
  ];
  for (const [name, given, expected] of sheets) {
    it(`keeps ${name}`, () => assert.deepEqual(sheetsKeptByGmail(given), expected));
  }
});
