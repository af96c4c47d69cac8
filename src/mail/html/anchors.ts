import { cleanLine } from '../../shared/invisible.ts';
import { attribute, GONE, type HtmlNode, textOf, visit } from '../../sight/dom/node.ts';
import type { Link } from '../text/links.ts';
import { printLink } from '../text/links.ts';
import { linkMark, withoutMarks } from '../text/marks.ts';

/**
 * Puts the mark of a link behind the last text of an `<a>`, so that it stays on the line of its text whatever blocks
 * lie within. The links found are added to `links`.
 */
export function markLink(anchor: HtmlNode, links: Link[]): void {
  const href = cleanLine(withoutMarks(attribute(anchor, 'href')));
  if (!href) return;
  const text = textOf(anchor).replace(/\s+/g, ' ').trim();
  const link = printLink(text, href);
  if (!link) return;
  const mark = linkMark(links.length);
  const pieces = piecesOf(anchor);
  const last = pieces.at(-1);
  if (!last) return;
  links.push(link);
  if (link.replacesText) {
    for (const piece of pieces) setText(piece, '');
    setText(last, mark);
    return;
  }
  const written = getText(last);
  const trimmed = written.trimEnd();
  setText(last, trimmed + mark + written.slice(trimmed.length));
}

/** The nodes that hold the text: texts and pictures, those of blanks alone left out. */
function piecesOf(anchor: HtmlNode): HtmlNode[] {
  const pieces: HtmlNode[] = [];
  visit(anchor, (node) => {
    if ((node.type === 'text' || node.name === 'img') && getText(node).trim() !== '') pieces.push(node);
    return node.type === 'tag' && node.name !== GONE;
  });
  return pieces;
}

function getText(node: HtmlNode): string {
  return node.type === 'text' ? (node.data ?? '') : attribute(node, 'alt');
}

function setText(node: HtmlNode, text: string): void {
  if (node.type === 'text') node.data = text;
  else node.attribs = { ...node.attribs, alt: text };
}
