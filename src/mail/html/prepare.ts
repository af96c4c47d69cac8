import { cleanLine, removeInvisible } from '../../shared/invisible.ts';
import { attribute, GONE, type HtmlNode, isBlock, textOf } from '../../sight/dom/node.ts';
import type { Unseen } from '../../sight/unseen.ts';
import type { Link } from '../text/links.ts';
import { withoutMarks } from '../text/marks.ts';
import { asItLooks, turned } from '../text/turned.ts';
import { baseOf, markLink } from './anchors.ts';
import { dropIdleBreak } from './breaks.ts';
import { isQuote, isQuoteContainer, isRest, isSignature } from './mail-markup.ts';
import { dataRows } from './tables.ts';

/** What is found on the way through the tree. */
export interface Findings {
  links: Link[];
  /** What relative links begin with; '' where the mail does not say. */
  base: string;
  /** Code points of text that a person cannot see. */
  hidden: number;
  /** Pictures that are seen and have no words that stand for them. */
  pictures: number;
  /** Of each table that holds data, its rows and their cells. */
  tables: Map<HtmlNode, HtmlNode[][]>;
  /** Of each item of a list, what stands before it. */
  items: Map<HtmlNode, string>;
  breaks: HtmlNode[];
  /** Elements that were given a name before they were met. */
  named: Set<HtmlNode>;
}

/** Elements whose content is about the mail. */
const ABOUT = new Set('head title xml x-xml'.split(' '));

/** Elements whose content Gmail or browsers show no person: what stands in for pictures and scripts, and gauges. */
const UNSHOWN = new Set(
  ('template object audio video iframe canvas svg datalist noframes noscript noembed map rp meter ' + 'progress').split(
    ' ',
  ),
);

/** Quotes and lists within one another deeper than this are no longer marked as such. */
const DEEPEST_NESTING = 8;

/** The tree is bounded before it is parsed; this only keeps the stack safe should the two count differently. */
const DEEPEST = 1_000;

interface Place {
  depth: number;
  /** How many quotes and list items lie around. */
  nesting: number;
  inQuote: boolean;
  inLink: boolean;
}

/**
 * Prepares the tree of a mail for being made into text: takes out what cannot be seen, marks the links, and gives
 * elements that mean something in mail names of their own (`x-…`), by which the formatters know them.
 */
export function prepare(page: HtmlNode, unseen: Unseen): Findings {
  const findings: Findings = {
    links: [],
    base: baseOf(page.children ?? []),
    hidden: 0,
    pictures: 0,
    tables: new Map(),
    items: new Map(),
    breaks: [],
    named: new Set(),
  };
  prepareNode(page, { depth: 0, nesting: 0, inQuote: false, inLink: false }, findings, unseen);
  // Only now is it known what shows on either side of a break.
  for (const node of findings.breaks) dropIdleBreak(node);
  return findings;
}

function prepareNode(node: HtmlNode, place: Place, findings: Findings, unseen: Unseen): void {
  if (node.type === 'text') {
    const text = withoutMarks(node.data ?? '');
    if (unseen.nodes.has(node)) {
      findings.hidden += countShown(text);
      node.data = '';
    } else {
      const visible = removeInvisible(unseen.turned.has(node) ? turned(text) : asItLooks(text));
      findings.hidden += visible.removed;
      node.data = visible.text;
    }
  } else if (node.type === 'tag') {
    prepareElement(node, place, findings, unseen);
  }
}

function prepareElement(node: HtmlNode, place: Place, findings: Findings, unseen: Unseen): void {
  const name = node.name ?? '';
  if (place.depth > DEEPEST || ABOUT.has(name)) {
    node.name = GONE;
    return;
  }
  const isPicture = name === 'img';
  if (UNSHOWN.has(name) || (unseen.nodes.has(node) && !isPicture)) {
    findings.hidden += countShown(textOf(node));
    node.name = GONE;
    return;
  }
  // A name of our own would pass for one that was given here; paragraphs of an item are named before they are met.
  if (name.startsWith('x-') && !findings.named.has(node)) node.name = 'span';
  if (isPicture) preparePicture(node, unseen, findings);
  const inner = { ...place, depth: place.depth + 1, inLink: place.inLink || name === 'a' };
  rename(node, inner, unseen.preformatted.has(node), findings);
  for (const child of node.children ?? []) prepareNode(child, inner, findings, unseen);

  if (name === 'a' && !place.inLink) markLink(node, findings.links, findings.base);
  if (name === 'table') {
    const rows = dataRows(node);
    if (rows) {
      node.name = 'x-table';
      findings.tables.set(node, rows);
    }
  }
  if (name === 'br') findings.breaks.push(node);
}

/** Gives the element the name by which its formatter knows it, and changes the place for what lies within. */
function rename(node: HtmlNode, inner: Place, isPreformatted: boolean, findings: Findings): void {
  const { name } = node;
  if (name === 'ol' || name === 'ul' || name === 'menu' || name === 'dir') numberItems(node, findings);
  else if (name === 'li') {
    inner.nesting++;
    nameParagraphs(node, findings);
    if (inner.nesting <= DEEPEST_NESTING) node.name = 'x-item';
  } else if (isRest(node) && !inner.inQuote) {
    node.name = 'x-rest';
  } else if (!inner.inQuote && isSignature(node)) {
    node.name = name === 'pre' ? 'x-pre-signature' : 'x-signature';
  } else if (name === 'blockquote') {
    inner.nesting++;
    const outermost = !inner.inQuote && isQuote(node);
    if (inner.nesting > DEEPEST_NESTING) node.name = 'div';
    else node.name = outermost ? 'x-cite' : inner.inQuote ? 'x-inner' : 'x-passage';
    inner.inQuote ||= outermost;
  } else if (!inner.inQuote && isQuote(node) && !isQuoteContainer(node)) {
    node.name = 'x-quote';
    inner.inQuote = true;
  } else if (isPreformatted && isBlock(node) && name !== 'pre') {
    node.name = name === 'p' ? 'pre' : 'x-pre';
  }
}

/** The paragraphs of an item keep empty lines between them, not around them. */
function nameParagraphs(item: HtmlNode, findings: Findings): void {
  const elements = (item.children ?? []).filter(({ type }) => type === 'tag');
  const first = elements[0];
  const last = elements.at(-1);
  if (first?.name === 'p') first.name = first === last ? 'div' : 'x-first';
  if (last?.name === 'p') last.name = 'x-last';
  for (const node of [first, last]) if (node) findings.named.add(node);
}

function numberItems(list: HtmlNode, findings: Findings): void {
  let number = Number.parseInt(attribute(list, 'start'), 10);
  if (Number.isNaN(number)) number = 1;
  for (const child of list.children ?? []) {
    if (child.type !== 'tag' || child.name !== 'li') continue;
    const value = Number.parseInt(attribute(child, 'value'), 10);
    if (!Number.isNaN(value)) number = value;
    findings.items.set(child, list.name === 'ol' ? `${number++}. ` : '- ');
  }
}

/** Leaves of a picture what stands for it; pixels that only report the reading have nothing to say. */
function preparePicture(node: HtmlNode, unseen: Unseen, findings: Findings): void {
  const text = cleanLine(withoutMarks(attribute(node, 'alt')));
  const isPixel = attribute(node, 'width') === '1' && attribute(node, 'height') === '1';
  const isUnseen = isPixel || unseen.nodes.has(node);
  if (isUnseen) findings.hidden += countShown(text);
  if (!isUnseen && text === '') findings.pictures++;
  node.attribs = { ...node.attribs, alt: isUnseen ? '' : text };
}

/** Code points, runs of blanks as one. */
function countShown(text: string): number {
  let count = 0;
  for (const _ of text.replace(/\s+/g, ' ').trim()) count++;
  return count;
}
