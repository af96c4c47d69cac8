import { MARK, withoutMarks } from './marks.ts';
import { tidyLines } from './plain-text.ts';

/** The lines of one text part, and what the markup says about each. */
export interface Lines {
  /** Without marks other than those of links; ends trimmed, no two empty ones in a row. */
  texts: string[];
  kinds: LineKind[];
}

/** 'passage': quoted, though perhaps not from mail. 'plain': the markup says nothing. */
export type LineKind = 'plain' | 'quote' | 'signature' | 'passage';

const LINE_MARKS = /[\uFDD0-\uFDD3]/;
const ALL_LINE_MARKS = /[\uFDD0-\uFDD3]/g;

/** The lines of a text/plain part. */
export function linesOfPlain(text: string): Lines {
  const texts = tidyLines(withoutMarks(text));
  return { texts, kinds: texts.map(() => 'plain') };
}

/** The lines of converted HTML, whose marks are read and taken out. */
export function linesOfHtml(text: string): Lines {
  const lines: Lines = { texts: [], kinds: [] };
  let inRest = false;
  for (const line of showStruck(text).split('\n')) {
    const isMarked = LINE_MARKS.test(line);
    const shown = (isMarked ? line.replace(ALL_LINE_MARKS, '') : line).trimEnd();
    if (line.includes(MARK.rest)) {
      inRest = true;
      if (shown === '') continue;
    }
    if (isEmpty(shown) && (lines.texts.length === 0 || lines.texts.at(-1) === shown)) continue;
    lines.texts.push(shown);
    lines.kinds.push(inRest ? 'quote' : isMarked ? kindOf(line) : 'plain');
  }
  if (lines.texts.at(-1) === '') {
    lines.texts.pop();
    lines.kinds.pop();
  }
  return lines;
}

/** Struck words as `~~word~~`, those beside one another on a line together. */
export function showStruck(text: string): string {
  if (!text.includes(MARK.struckStart)) return text;
  return text.replace(/\uFDD7([^\S\n]*)\uFDD6/g, '$1').replace(/[\uFDD6\uFDD7]/g, '~~');
}

/** Nothing, or only the signs of a quote. */
function isEmpty(line: string): boolean {
  return /^[> ]*$/.test(line);
}

function kindOf(line: string): LineKind {
  if (line.includes(MARK.quote)) return 'quote';
  if (line.includes(MARK.signature)) return 'signature';
  return line.includes(MARK.passage) ? 'passage' : 'plain';
}
