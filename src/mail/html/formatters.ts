import { compile, type FormatCallback, type HtmlToTextOptions } from 'html-to-text';
import { type HtmlNode, textOf } from '../../sight/dom/node.ts';
import { MARK } from '../text/marks.ts';
import { raised } from '../text/raised.ts';
import { isLargePicture } from './mail-markup.ts';
import type { Findings } from './prepare.ts';
import { strike } from './strike.ts';

/** Elements on lines of their own, with an empty line on either side. */
const PARAGRAPHS = ['p', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'dl'];

/** Elements on lines of their own. */
const LINES = (
  'address article aside body caption center dd details dialog div dt fieldset figcaption figure footer form header ' +
  'legend li main nav section summary table tbody td tfoot th thead tr'
).split(' ');

/** How a block is set off: line breaks before and after, a mark for each of its lines, what stands before them. */
interface Block {
  before: number;
  after: number;
  isPre?: boolean;
  mark?: string;
  /** `> ` for a quote. */
  prefix?: string;
}

const around = (breaks: number, more: Partial<Block> = {}): Block => ({ before: breaks, after: breaks, ...more });

const BLOCKS: readonly [string, Block][] = [
  ...PARAGRAPHS.map((name): [string, Block] => [name, around(2)]),
  ...LINES.map((name): [string, Block] => [name, around(1)]),
  ['pre', around(2, { isPre: true })],
  ['x-pre', around(1, { isPre: true })],
  ['x-first', { before: 1, after: 2 }],
  ['x-last', { before: 2, after: 1 }],
  ['x-quote', around(1, { mark: MARK.quote })],
  ['x-signature', around(1, { mark: MARK.signature })],
  ['x-pre-signature', around(1, { mark: MARK.signature, isPre: true })],
  ['x-cite', around(2, { mark: MARK.quote, prefix: '> ' })],
  ['x-inner', around(2, { prefix: '> ' })],
  ['x-passage', around(2, { mark: MARK.passage, prefix: '> ' })],
];

const LISTS = ['ul', 'ol', 'menu', 'dir'];

/** Called once, when the tree is there and before any of its text is made. */
type Start = (root: HtmlNode) => Findings;

/** The page that is made into text: one at a time, since html-to-text does not wait for anything. */
let page: { start: Start; findings?: Findings } | undefined;

let converter: ((html: string) => string) | undefined;

/** Makes text with html-to-text, which is made ready once: it takes 6 ms to sort its own selectors. */
export function makeText(html: string, start: Start): string {
  converter ??= compile(options());
  page = { start };
  try {
    return converter(html);
  } finally {
    page = undefined;
  }
}

/**
 * Options of html-to-text for the tree of a mail. Elements are told apart by their names alone, so all but line breaks
 * are given to one formatter under each of the library's names, and it has no more selectors to sort than its own.
 */
function options(): HtmlToTextOptions {
  const formats = new Map<string, FormatCallback>([
    ['x-start', begin],
    ['x-gone', () => {}],
    ['img', picture],
    ['hr', rule],
    ['sup', raise],
    ['x-item', item],
    ['x-table', data],
    ['x-rest', rest],
    ...LISTS.map((name) => [name, list] as const),
    ...BLOCKS.map(([name, block]) => [name, linesOf(block)] as const),
  ]);
  const byName: FormatCallback = (element, walk, builder, own) =>
    (formats.get(element.name ?? '') ?? inline)(element, walk, builder, own);
  const names =
    'inline anchor block blockquote heading horizontalLine image orderedList paragraph pre table unorderedList';
  return {
    wordwrap: false,
    whitespaceCharacters: ' \t\r\n\f\u00a0',
    limits: { maxInputLength: Number.MAX_SAFE_INTEGER },
    // None is ever found, so that what stands beside the body is read as well.
    baseElements: { selectors: ['x-none'] },
    formatters: Object.fromEntries(names.split(' ').map((name) => [name, byName])),
  };
}

const begin: FormatCallback = (element) => {
  const root = (element as HtmlNode).parent;
  if (root && page) page.findings = page.start(root);
};

const item: FormatCallback = (element, walk, builder) => {
  const prefix = page?.findings?.items.get(element as HtmlNode) ?? '- ';
  builder.openBlock({ leadingLineBreaks: 1 });
  walk(element.children, builder);
  builder.closeBlock({
    trailingLineBreaks: 1,
    blockTransform: (text) => prefix + indent(text.trim()),
  });
};

const data: FormatCallback = (element, walk, builder) => {
  walk(
    element.children.filter(({ name }) => name === 'caption'),
    builder,
  );
  builder.openTable();
  for (const cells of page?.findings?.tables.get(element as HtmlNode) ?? []) {
    builder.openTableRow();
    for (const cell of cells) {
      builder.openTableCell();
      strike(cell as typeof element, builder, () => walk((cell as typeof element).children, builder));
      builder.closeTableCell();
    }
    builder.closeTableRow();
  }
  builder.closeTable({ tableToString: printRows, leadingLineBreaks: 2, trailingLineBreaks: 2 });
};

const inline: FormatCallback = (element, walk, builder) =>
  strike(element, builder, () => walk(element.children, builder));

/** Raised digits would run into the number before them. */
const raise: FormatCallback = (element, walk, builder) => {
  const text = raised(textOf(element as HtmlNode));
  if (text === undefined) inline(element, walk, builder, {});
  else builder.addInline(text);
};

const linesOf =
  ({ before, after, isPre = false, mark = '', prefix = '' }: Block): FormatCallback =>
  (element, walk, builder) => {
    builder.openBlock({ leadingLineBreaks: before, isPre });
    strike(element, builder, () => walk(element.children, builder));
    builder.closeBlock({
      trailingLineBreaks: after,
      ...(mark || prefix ? { blockTransform: (text) => prefixLines(text, mark + prefix) } : {}),
    });
  };

/** A list within a list follows its item at once. */
const list: FormatCallback = (element, walk, builder) => {
  const parent = element.parent?.name ?? '';
  const isInItem = parent === 'x-item' || parent === 'li';
  const isInList = LISTS.includes(parent);
  const breaks = isInItem || isInList ? 1 : 2;
  builder.openBlock({ leadingLineBreaks: breaks });
  walk(element.children, builder);
  builder.closeBlock({
    trailingLineBreaks: breaks,
    ...(isInList ? { blockTransform: (text) => `  ${indent(text)}` } : {}),
  });
};

const picture: FormatCallback = (element, _walk, builder) => {
  const alt = String(element.attribs?.alt ?? '').trim();
  const words = isLargePicture(element as HtmlNode) && !/^\uFDD4\d+\uFDD5$/.test(alt) ? `[picture: ${alt}]` : alt;
  if (alt) builder.addInline(`${MARK.pictureStart}${words}${MARK.pictureEnd}`);
};

const rule: FormatCallback = (_element, _walk, builder) => {
  builder.openBlock({ leadingLineBreaks: 2 });
  builder.addInline('---');
  builder.closeBlock({ trailingLineBreaks: 2 });
};

const rest: FormatCallback = (element, walk, builder) => {
  builder.openBlock({ leadingLineBreaks: 1 });
  builder.addInline(MARK.rest);
  walk(element.children, builder);
  builder.closeBlock({ trailingLineBreaks: 1 });
};

/** Sets all lines but the first two blanks in. Blanks at the ends of lines are trimmed in the end. */
function indent(text: string): string {
  return text.replaceAll('\n', '\n  ');
}

function prefixLines(text: string, prefix: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && text[start] === '\n') start++;
  while (end > start && text[end - 1] === '\n') end--;
  return prefix + text.slice(start, end).replaceAll('\n', `\n${prefix}`);
}

/** A row a line; a row of one cell alone, such as a heading, keeps its own lines. */
function printRows(rows: readonly (readonly { text: string }[])[]): string {
  return rows
    .map((cells) => cells.map(({ text }) => text.trim()))
    .map((cells) => cells.slice(0, cells.findLastIndex((cell) => cell !== '') + 1))
    .filter((cells) => cells.length > 0)
    .map((cells) => (cells.length === 1 ? (cells[0] ?? '') : cells.map(oneLine).join(' | ').replace(/ {2,}/g, ' ')))
    .join('\n');
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ');
}
