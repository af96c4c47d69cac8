import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { maskFields } from '../../../src/masking/mask.ts';
import { compare, readShapes, type Shape, scriptOf } from './shapes.ts';

const SHAPES = readShapes();

interface Figures {
  hits: number;
  misses: number;
  wrong: number;
}

/** Masks mails as they would be shown, and counts secrets that are hidden, secrets that are not, and what is hidden else. */
function measure(shapes: readonly Shape[]): Figures {
  const figures = { hits: 0, misses: 0, wrong: 0 };
  for (const { from, subject, text, lines, files, age } of shapes) {
    const masked = maskFields(
      {
        from: from.text,
        subject: subject.text,
        text: text.text,
        lines: lines.map((line) => line.text),
        files: files.map((file) => file.text),
      },
      { age },
    );
    const pairs = [
      [from, masked.from],
      [subject, masked.subject],
      [text, masked.text],
      ...lines.map((line, at) => [line, masked.lines[at] ?? ''] as const),
      ...files.map((file, at) => [file, masked.files[at] ?? ''] as const),
    ] as const;
    for (const [field, shown] of pairs) {
      const { hits, misses, wrong } = compare(field, shown);
      figures.hits += hits;
      figures.misses += misses.length;
      figures.wrong += wrong.length;
    }
  }
  return figures;
}

const recallOf = ({ hits, misses }: Figures) => hits / (hits + misses);
const precisionOf = ({ hits, wrong }: Figures) => hits / (hits + wrong);

describe('the shapes of codes and links', () => {
  it('are at least 400, in at least 30 languages', () => {
    assert.ok(SHAPES.length >= 400);
    assert.ok(new Set(SHAPES.map(({ language }) => language)).size >= 30);
  });

  for (const [name, isHeldOut] of [
    ['the half to look at', false],
    ['the half that is held out', true],
  ] as const) {
    const shapes = SHAPES.filter((shape) => shape.isHeldOut === isHeldOut);

    it(`are told apart in ${name}`, (test) => {
      const figures = measure(shapes);
      const [recall, precision] = [recallOf(figures), precisionOf(figures)];
      test.diagnostic(`${shapes.length} mails: recall ${recall.toFixed(3)}, precision ${precision.toFixed(3)}`);
      assert.ok(recall >= 0.95, JSON.stringify(figures));
      assert.ok(precision >= 0.97, JSON.stringify(figures));
    });

    for (const [script, written] of Map.groupBy(shapes, scriptOf)) {
      it(`are told apart in ${name}, written in ${script}`, (test) => {
        const figures = measure(written);
        test.diagnostic(`${script}: ${figures.hits} of ${figures.hits + figures.misses}, ${figures.wrong} too many`);
        assert.ok(recallOf(figures) >= 0.9, JSON.stringify(figures));
      });
    }
  }
});
