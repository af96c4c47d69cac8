import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { BrowserContext, Page } from 'playwright-core';
import { HIDDEN_MAILS, OTHER_WORD, WORD } from '../support/hidden-mails/index.ts';
import { openBrowser } from './support/browser.ts';

/** Of the frame that each mail is shown in, in CSS pixels, and how many stand beside one another. */
const WIDTH = 320;
const HEIGHT = 80;
const COLUMNS = 4;
const VIEWPORT = { width: WIDTH * COLUMNS, height: Math.ceil(HIDDEN_MAILS.length / COLUMNS) * HEIGHT };

/** A colour differs from another by more than this, from 0 to 255, where a person would make it out. */
const TOLD = 24;

/**
 * The browser itself says what of a mail is seen: each is shown twice, with a word and with another of the same letters.
 * Where no pixel differs, nobody has seen either.
 */
describe('what is read of a mail is what a browser shows', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'hidden-text-'));
  let browser: BrowserContext;
  let seen: boolean[];

  before(async () => {
    browser = await openBrowser(folder, { viewport: VIEWPORT });
    await browser.route(/^https?:/, (route) => route.abort());
    const page = await browser.newPage();
    const shots = [await shoot(page, (html) => html), await shoot(page, (html) => html.replaceAll(WORD, OTHER_WORD))];
    const frames = HIDDEN_MAILS.map((_, index): [number, number] => [
      (index % COLUMNS) * WIDTH,
      Math.floor(index / COLUMNS) * HEIGHT,
    ]);
    seen = await page.evaluate(comparePictures, { shots, frames, width: WIDTH, height: HEIGHT, told: TOLD });
  });
  after(async () => {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  });

  for (const [index, { html, read, otherwise }] of HIDDEN_MAILS.entries()) {
    const shows = otherwise === undefined ? read : !read;
    it(`${shows ? 'shows' : 'hides'} ${html.slice(0, 200)}${otherwise ? ` (${otherwise})` : ''}`, () =>
      assert.equal(seen[index], shows));
  }
});

/** A picture of all mails, each in a frame without scripts. */
async function shoot(page: Page, change: (html: string) => string): Promise<string> {
  const frames = HIDDEN_MAILS.map(({ html }) => {
    const source = change(html).replaceAll('&', '&amp;').replaceAll('"', '&quot;');
    return `<iframe sandbox width="${WIDTH}" height="${HEIGHT}" srcdoc="${source}"></iframe>`;
  });
  const style = 'body{margin:0;line-height:0}iframe{border:0;overflow:hidden}';
  await page.setContent(`<!doctype html><style>${style}</style>${frames.join('')}`, { waitUntil: 'load' });
  return (await page.screenshot()).toString('base64');
}

interface Comparison {
  /** Two pictures, PNG in base64. */
  shots: readonly string[];
  /** The upper left corners of the frames. */
  frames: readonly [number, number][];
  width: number;
  height: number;
  told: number;
}

/** What the browser has for pictures; the project has no types of it. */
interface Context {
  drawImage(picture: unknown, x: number, y: number): void;
  getImageData(x: number, y: number, width: number, height: number): { data: Uint8ClampedArray };
}
declare const createImageBitmap: (bytes: Blob) => Promise<{ width: number; height: number }>;
declare const OffscreenCanvas: new (width: number, height: number) => { getContext(kind: '2d'): Context };

/** Of each frame, whether the two pictures differ in it. Runs in the page. */
async function comparePictures({ shots, frames, width, height, told }: Comparison): Promise<boolean[]> {
  const contexts = await Promise.all(
    shots.map(async (shot) => {
      const bytes = await (await fetch(`data:image/png;base64,${shot}`)).blob();
      const picture = await createImageBitmap(bytes);
      const context = new OffscreenCanvas(picture.width, picture.height).getContext('2d');
      context.drawImage(picture, 0, 0);
      return context;
    }),
  );
  return frames.map(([x, y]) => {
    const [a, b] = contexts.map((context) => context.getImageData(x, y, width, height).data);
    return a?.some((value, at) => Math.abs(value - (b?.[at] ?? 0)) > told) ?? false;
  });
}
