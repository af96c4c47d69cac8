import { linesOfHtml } from '../text/lines.ts';
import { fillLinks } from '../text/marks.ts';
import { convertHtml } from './convert.ts';

/**
 * Converts HTML to plain text that a reader of it needs no HTML for: links as `text (url)`, without tracking and
 * redirectors and with a warning where one shows another host than the one that it leads to; images by their
 * alternative text; nothing that cannot be seen, but how much that was.
 */
export function htmlToText(html: string): { text: string; hidden: number } {
  const { text, links, hidden } = convertHtml(html);
  return { text: fillLinks(linesOfHtml(text).texts.join('\n'), (index) => links[index]?.full ?? ''), hidden };
}
