import { convertHtml } from './html/convert.ts';
import { fillLinks } from './html/marks.ts';
import { linesOfHtml } from './reader/lines.ts';

/**
 * Converts HTML to plain text that a reader of it needs no HTML for: links as `text (url)`, images by their alternative
 * text, nothing that cannot be seen.
 *
 * @param links 'as written', or 'clean': without tracking and redirectors, and with a warning where a link shows
 *   another host than the one that it leads to
 */
export function htmlToText(html: string, links: 'as written' | 'clean' = 'as written'): string {
  const converted = convertHtml(html);
  const print = links === 'clean' ? 'full' : 'plain';
  return fillLinks(linesOfHtml(converted.text).texts.join('\n'), (index) => converted.links[index]?.[print] ?? '');
}
