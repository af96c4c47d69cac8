import { attribute, GONE, type HtmlNode, isBlock, visit } from '../dom/node.ts';

/** Longer cells are running text, in characters. */
const LONGEST_CELL = 100;

/**
 * The rows of a table that holds data, each with its cells; undefined where the table only lays things out, as most
 * tables in mail do.
 */
export function dataRows(table: HtmlNode): HtmlNode[][] | undefined {
  if (/^(presentation|none)$/i.test(attribute(table, 'role'))) return undefined;
  const rows = rowsOf(table).map((row) => (row.children ?? []).filter(isCell));
  const heads = rows.some((cells) => cells.some(({ name }) => name === 'th'));
  let filled = 0;
  let full = 0;
  for (const cells of rows) {
    const lengths: number[] = [];
    for (const cell of cells) {
      const length = lengthOf(cell, heads);
      if (length === undefined) return undefined;
      if (length > 0) lengths.push(length);
    }
    if (lengths.length > 0) filled++;
    if (lengths.length >= 2) full++;
  }
  return heads || (full >= 2 && full * 2 > filled) ? rows : undefined;
}

function isCell({ type, name }: HtmlNode): boolean {
  return type === 'tag' && (name === 'td' || name === 'th');
}

function rowsOf(table: HtmlNode): HtmlNode[] {
  return (table.children ?? []).flatMap((child) => {
    if (child.name === 'tr') return [child];
    const isSection = child.name === 'thead' || child.name === 'tbody' || child.name === 'tfoot';
    return isSection ? (child.children ?? []).filter(({ name }) => name === 'tr') : [];
  });
}

/** How much text a cell has; undefined where it has a layout of its own, or is too long beside no head. */
function lengthOf(cell: HtmlNode, heads: boolean): number | undefined {
  let length = 0;
  let laidOut = false;
  visit(cell, (node) => {
    if (laidOut || node.name === GONE) return false;
    if (node.type === 'text') length += (node.data ?? '').trim().length;
    else if (node.name === 'img') length += attribute(node, 'alt').trim().length;
    else if (node.name === 'table' || node.name === 'x-table' || (!heads && isBlock(node))) laidOut = true;
    if (!heads && length > LONGEST_CELL) laidOut = true;
    return node.type === 'tag';
  });
  return laidOut ? undefined : length;
}
