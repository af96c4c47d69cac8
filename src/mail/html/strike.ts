import type { FormatCallback } from 'html-to-text';
import type { HtmlNode } from '../../sight/dom/node.ts';
import { MARK } from '../text/marks.ts';
import { isStruck } from './mail-markup.ts';

type Element = Parameters<FormatCallback>[0];
type Builder = Parameters<FormatCallback>[2];

/** Marks each word of an element that is struck out: what is no longer valid must not read as if it were. */
export function strike(element: Element, builder: Builder, walk: () => void): void {
  if (!isStruck(element as HtmlNode)) {
    walk();
    return;
  }
  builder.pushWordTransform((word) =>
    word.startsWith(MARK.struckStart) ? word : `${MARK.struckStart}${word}${MARK.struckEnd}`,
  );
  walk();
  builder.popWordTransform();
}
