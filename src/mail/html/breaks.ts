import { GONE, type HtmlNode, isBlock } from '../../sight/dom/node.ts';

/**
 * Takes out a `<br>` that ends a line which the end of its block, or the beginning of the next one, ends anyway:
 * browsers show no empty line there.
 */
export function dropIdleBreak(node: HtmlNode): void {
  if (endsBlock(node) && continuesLine(node)) node.name = GONE;
}

/** Whether nothing but the end or the beginning of a block follows. */
function endsBlock(node: HtmlNode): boolean {
  for (let at: HtmlNode | null | undefined = node; at; at = at.parent) {
    const next = sibling(at, 'next');
    if (next) return isBlock(next);
    if (at.parent?.type !== 'tag' || isBlock(at.parent)) return true;
  }
  return true;
}

/** Whether something stands before it on its line. */
function continuesLine(node: HtmlNode): boolean {
  for (let at: HtmlNode | null | undefined = node; at; at = at.parent) {
    const before = sibling(at, 'prev');
    if (before) return before.name !== 'br' && !isBlock(before);
    if (at.parent?.type !== 'tag' || isBlock(at.parent)) return false;
  }
  return false;
}

function sibling(node: HtmlNode, direction: 'next' | 'prev'): HtmlNode | undefined {
  let at = node[direction];
  while (at && !shows(at)) at = at[direction];
  return at ?? undefined;
}

function shows({ type, data, name }: HtmlNode): boolean {
  if (type === 'text') return /\S/.test(data ?? '');
  return type === 'tag' && name !== GONE;
}
