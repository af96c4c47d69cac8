import { type HtmlNode, isBlock } from './node.ts';

/** Elements that stand in the head of a page where a mail has none. */
const IN_HEAD = new Set(['base', 'link', 'meta', 'script', 'style', 'title']);

/**
 * Puts the nodes of a mail under `<html>`, `<head>` and `<body>`, and the rows of its tables into bodies of tables, as
 * every browser does before it looks at styles: selectors count on them.
 *
 * @returns the `<html>`
 */
export function makePage(nodes: readonly HtmlNode[]): HtmlNode {
  const page = element('html');
  const head = element('head');
  const body = element('body');
  const place = { page, head, body, inBody: false };
  for (const node of nodes) placeNode(node, place);
  adopt(page, [head, body]);
  adopt(head, head.children ?? []);
  adopt(body, body.children ?? []);
  addTableBodies(body);
  return page;
}

function placeNode(node: HtmlNode, place: { page: HtmlNode; head: HtmlNode; body: HtmlNode; inBody: boolean }): void {
  const { page, head, body } = place;
  const name = node.type === 'directive' || node.type === 'comment' ? '' : node.name;
  if (name === 'html' || name === 'body') {
    const target = name === 'html' ? page : body;
    target.attribs = { ...node.attribs, ...target.attribs };
    if (name === 'body') startLine(body);
    place.inBody ||= name === 'body';
    for (const child of node.children ?? []) placeNode(child, place);
    place.inBody ||= name === 'html';
    if (name === 'body') startLine(body);
  } else if (name === 'head' && !place.inBody) {
    head.attribs = { ...node.attribs, ...head.attribs };
    // What is shown begins the body, wherever it stands.
    for (const child of node.children ?? []) placeNode(child, place);
  } else if (!place.inBody && (!/\S/.test(node.data ?? 'x') || IN_HEAD.has(name ?? '') || name === '')) {
    head.children?.push(node);
  } else {
    place.inBody = true;
    body.children?.push(node);
  }
}

/** Text beside the body is on a line of its own; browsers would run it together with that in it. */
function startLine(body: HtmlNode): void {
  const last = body.children?.at(-1);
  if (last && !isBlock(last) && body.children?.some(({ data }) => /\S/.test(data ?? 'x'))) {
    body.children.push(element('br'));
  }
}

function addTableBodies(root: HtmlNode): void {
  const waiting = [root];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (node.name === 'table') wrapRows(node);
    for (const child of node.children ?? []) if (child.children) waiting.push(child);
  }
}

function wrapRows(table: HtmlNode): void {
  if (!table.children?.some(({ name }) => name === 'tr')) return;
  const children: HtmlNode[] = [];
  let rows: HtmlNode | undefined;
  for (const child of table.children) {
    if (child.name === 'tr') {
      if (!rows) {
        rows = element('tbody');
        children.push(rows);
      }
      rows.children?.push(child);
    } else if (rows && child.type !== 'tag') {
      rows.children?.push(child);
    } else {
      rows = undefined;
      children.push(child);
    }
  }
  for (const child of children) if (child.name === 'tbody') adopt(child, child.children ?? []);
  adopt(table, children);
}

function element(name: string): HtmlNode {
  return { type: 'tag', name, attribs: {}, children: [], parent: null, prev: null, next: null };
}

function adopt(parent: HtmlNode, children: HtmlNode[]): void {
  parent.children = children;
  children.forEach((child, index) => {
    child.parent = parent;
    child.prev = children[index - 1] ?? null;
    child.next = children[index + 1] ?? null;
  });
}
