/** A node of the tree of a mail's HTML, in the form of domhandler's, which html-to-text walks. */
export interface HtmlNode {
  /** 'text', 'tag', 'script', 'style', 'comment' or 'root'. */
  type: string;
  data?: string | undefined;
  name?: string | undefined;
  attribs?: Record<string, string> | undefined;
  children?: HtmlNode[] | undefined;
  parent?: HtmlNode | null | undefined;
  prev?: HtmlNode | null | undefined;
  next?: HtmlNode | null | undefined;
}

/** The name of an element that is no longer shown. Mail cannot name its elements so: they are renamed. */
export const GONE = 'x-gone';

/** Elements that begin a line of their own. */
const BLOCKS = new Set(
  (
    'address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure ' +
    'footer form h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol p pre section summary table tbody td ' +
    'tfoot th thead tr ul x-quote x-cite x-passage x-signature x-rest x-table x-item x-pre x-inner'
  ).split(' '),
);

export function isBlock(node: HtmlNode): boolean {
  return node.type === 'tag' && BLOCKS.has(node.name ?? '');
}

export function attribute(node: HtmlNode, name: string): string {
  return (node.attribs && Object.hasOwn(node.attribs, name) ? node.attribs[name] : undefined) ?? '';
}

export function classesOf(node: HtmlNode): string[] {
  return attribute(node, 'class').split(/\s+/).filter(Boolean);
}

/** All nodes below, in document order; the children of a node can be passed over by answering false. */
export function visit(node: HtmlNode, enter: (node: HtmlNode) => boolean): void {
  const waiting = [...(node.children ?? [])].reverse();
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if (!enter(next)) continue;
    for (const child of [...(next.children ?? [])].reverse()) waiting.push(child);
  }
}

/** The text below, pictures by their alternative text; what is gone left out. Blanks are as in the source. */
export function textOf(node: HtmlNode): string {
  const texts: string[] = [];
  visit(node, (below) => {
    if (below.type === 'text') texts.push(below.data ?? '');
    else if (below.name === 'img') texts.push(attribute(below, 'alt'));
    else if (below.name === 'br' || isBlock(below)) texts.push(' ');
    return below.type === 'tag' && below.name !== GONE;
  });
  return texts.join('');
}
