import { attribute, classesOf, GONE, type HtmlNode, isBlock, visit } from '../../sight/dom/node.ts';

/** Longer cells are running text, in characters. */
const LONGEST_CELL = 100;

/** A cell that reaches over rows is said again in each while it is short, in characters; longer ones leave a gap. */
const LONGEST_REPEATED = 40;

/**
 * Cells reach over no more rows or columns than this, and all together over no more places than so many and as many
 * as there are cells: little markup must not make much text.
 */
const FARTHEST = 20;
const MOST_PLACES = 1_000;

/** In a table with borders a cell may have so many paragraphs. */
const MOST_PARAGRAPHS = 4;

const GAP: HtmlNode = { type: 'tag', name: 'td', attribs: {}, children: [] };

/**
 * The rows of a table that holds data, each with its cells; undefined where the table only lays things out, as most
 * tables in mail do. A cell that reaches over several rows stands in each of them, and one that reaches over several
 * columns is followed by empty ones, so that what belongs together stands in one column.
 */
export function dataRows(table: HtmlNode): HtmlNode[][] | undefined {
  if (/^(presentation|none)$/i.test(attribute(table, 'role'))) return undefined;
  const rows = rowsOf(table).map((row) => (row.children ?? []).filter(isCell));
  const heads = rows.some((cells) => cells.some(({ name }) => name === 'th'));
  const paragraphs = hasBorders(table) ? MOST_PARAGRAPHS : 1;
  const lengths = new Map<HtmlNode, number>([[GAP, 0]]);
  for (const cell of rows.flat()) {
    const length = lengthOf(cell, heads, paragraphs);
    if (length === undefined) return undefined;
    lengths.set(cell, length);
  }
  const spreadRows = spread(rows, (cell) => (lengths.get(cell) ?? 0) <= LONGEST_REPEATED);
  const counts = spreadRows.map((cells) => cells.filter((cell) => lengths.get(cell)).length);
  const filled = counts.filter((count) => count > 0).length;
  const full = counts.filter((count) => count >= 2).length;
  return heads || (full >= 2 && full * 2 > filled) ? spreadRows : undefined;
}

/** Puts every cell into the columns and rows that it reaches over (HTML Standard, section 4.9.12). */
function spread(rows: readonly HtmlNode[][], isShort: (cell: HtmlNode) => boolean): HtmlNode[][] {
  /** By column, what comes down from the rows above, and into how many more. */
  const coming = new Map<number, { cell: HtmlNode; rows: number }>();
  let room = MOST_PLACES + rows.reduce((sum, cells) => sum + cells.length, 0);
  return rows.map((cells) => {
    const row: HtmlNode[] = [];
    const takeComing = () => {
      for (let from = coming.get(row.length); from && from.rows > 0 && room > 0; from = coming.get(row.length)) {
        from.rows--;
        room--;
        row.push(from.cell);
      }
    };
    for (const cell of cells) {
      takeComing();
      const height = room > 0 ? reach(cell, 'rowspan') : 1;
      const width = Math.min(reach(cell, 'colspan'), Math.max(1, room));
      room -= width - 1;
      for (let column = 0; column < width; column++) {
        const below = column === 0 && isShort(cell) ? cell : GAP;
        if (height > 1) coming.set(row.length, { cell: below, rows: height - 1 });
        else coming.delete(row.length);
        row.push(column === 0 ? cell : GAP);
      }
    }
    takeComing();
    return row;
  });
}

function reach(cell: HtmlNode, name: string): number {
  const cells = Number.parseInt(attribute(cell, name), 10);
  return cells > 1 ? Math.min(cells, FARTHEST) : 1;
}

/** Tables with borders hold data: nobody draws lines around a layout. */
function hasBorders(table: HtmlNode): boolean {
  return Number.parseInt(attribute(table, 'border'), 10) > 0 || classesOf(table).includes('MsoTableGrid');
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

/**
 * How much text a cell has; undefined where it has a layout of its own, or is too long beside no head.
 *
 * @param most how many paragraphs are no layout yet: Word and Outlook put one into every cell
 */
function lengthOf(cell: HtmlNode, heads: boolean, most: number): number | undefined {
  let length = 0;
  let paragraphs = 0;
  let laidOut = false;
  visit(cell, (node) => {
    if (laidOut || node.name === GONE) return false;
    if (node.type === 'text') length += (node.data ?? '').trim().length;
    else if (node.name === 'img') length += attribute(node, 'alt').trim().length;
    else if (node.name === 'table' || node.name === 'x-table') laidOut = true;
    else if (!heads && isBlock(node)) {
      if (!isParagraph(node)) laidOut = true;
      else if (!hasParagraph(node) && hasText(node) && ++paragraphs > most) laidOut = true;
    }
    if (!heads && length > LONGEST_CELL) laidOut = true;
    return node.type === 'tag';
  });
  return laidOut || (paragraphs > 0 && !heads && hasBareText(cell)) ? undefined : length;
}

function isParagraph({ name }: HtmlNode): boolean {
  return name === 'p' || name === 'div';
}

function hasParagraph({ children = [] }: HtmlNode): boolean {
  return children.some((child) => child.type === 'tag' && isParagraph(child));
}

/** Whether text stands beside the paragraphs of a cell. */
function hasBareText({ children = [] }: HtmlNode): boolean {
  return children.some((child) => child.type === 'text' && /\S/.test(child.data ?? ''));
}

function hasText(node: HtmlNode): boolean {
  let found = false;
  visit(node, (below) => {
    if (below.type === 'text') found ||= /[^\s\u00a0]/.test(below.data ?? '');
    return !found && below.type === 'tag' && below.name !== GONE;
  });
  return found;
}
