import { attribute, GONE, type HtmlNode, textOf, visit } from '../../sight/dom/node.ts';
import type { Link } from '../text/links.ts';
import { printLink } from '../text/links.ts';
import { linkMark, withoutMarks } from '../text/marks.ts';

/**
 * Puts the mark of a link behind the last text of an `<a>`, so that it stays on the line of its text whatever blocks
 * lie within. The links found are added to `links`.
 *
 * @param base what relative links begin with; '' where the mail does not say
 */
export function markLink(anchor: HtmlNode, links: Link[], base: string): void {
  const href = withoutMarks(attribute(anchor, 'href'));
  const text = textOf(anchor).replace(/\s+/g, ' ').trim();
  const link = printLink(text, href, base);
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

/** What relative links begin with: the first `<base>` with an address (HTML standard, section 2.4.3). */
export function baseOf(roots: readonly HtmlNode[]): string {
  const found: string[] = [];
  visit({ type: 'tag', children: [...roots] }, (node) => {
    if (node.name === 'base' && attribute(node, 'href') !== '') found.push(attribute(node, 'href'));
    return node.type === 'tag' && found.length === 0;
  });
  return withoutMarks(found[0] ?? '');
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
