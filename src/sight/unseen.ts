import { computeStyle } from './computed-style.ts';
import { Cascade } from './css-rules/cascade.ts';
import { sheetsKeptByGmail } from './css-rules/gmail-filter.ts';
import { READERS, type Reader, StyleSheets } from './css-rules/style-sheet.ts';
import { attribute, type HtmlNode, visit } from './dom/node.ts';
import { INITIAL_SIGHT, isSeen, lookInto, type Sight } from './sight.ts';
import { isFoldedAway } from './user-agent.ts';

/** What a person does not see of a mail. */
export interface Unseen {
  /** Texts and pictures that are not seen, and elements that are taken off the page with all that is in them. */
  nodes: ReadonlySet<HtmlNode>;
  /** Elements whose style keeps the blanks and line breaks of their source. */
  preformatted: ReadonlySet<HtmlNode>;
  /** Texts that are written from right to left whatever their letters are. */
  turned: ReadonlySet<HtmlNode>;
}

/** The tree is bounded before it is parsed; this only keeps the stack safe should the two count differently. */
const DEEPEST = 1_000;

type Sights = Record<Reader, Sight>;

/**
 * Finds what nobody sees of a page. Text is unseen where it is so in Gmail, which drops much of the styles of a mail,
 * or in a browser that follows the standards: an attack has to be harmless for the readers of either.
 */
export function findUnseen(page: HtmlNode): Unseen {
  const cascade = new Cascade(new StyleSheets(sheetsOf(page)));
  const nodes = new Set<HtmlNode>();
  const preformatted = new Set<HtmlNode>();
  const turned = new Set<HtmlNode>();

  const look = (node: HtmlNode, around: Sights, depth: number): void => {
    if (node.type === 'text') {
      if (!/\S/.test(node.data ?? '')) return;
      if (isTurned(around.browser.style)) turned.add(node);
      if (isFoldedAway(node) || !READERS.every((reader) => isSeen(around[reader]))) nodes.add(node);
      return;
    }
    if (node.type !== 'tag' || depth > DEEPEST) return;
    const [gmail, browser] = READERS.map((reader) => {
      const { style } = around[reader];
      const computed = computeStyle(node, style, cascade.cascadedFor(node, reader), reader);
      return lookInto(node, around[reader], computed, reader);
    });
    if (!gmail || !browser) return;
    if (gmail.gone || browser.gone || isFoldedAway(node)) {
      nodes.add(node);
      return;
    }
    if (/^(?:pre|pre-wrap|pre-line|break-spaces)$/.test(browser.style.own['white-space'] ?? '')) preformatted.add(node);
    if (node.name === 'br') for (const reader of READERS) endLine(around[reader]);
    const sights = { gmail, browser };
    if (node.name === 'img' && !READERS.every((reader) => isSeen(sights[reader]))) nodes.add(node);
    showValue(node);
    for (const child of node.children ?? []) look(child, sights, depth + 1);
  };
  look(page, { gmail: INITIAL_SIGHT, browser: INITIAL_SIGHT }, 0);
  return { nodes, preformatted, turned };
}

/** Kinds of input that show no words, or none that were in the mail. */
const WORDLESS = /^(?:hidden|checkbox|radio|image|file|password|color|range|date|time|month|week|datetime-local)$/i;

/** What an input shows is an attribute; it becomes a text like any other. */
function showValue(node: HtmlNode): void {
  if (node.name === 'input' && !WORDLESS.test(attribute(node, 'type'))) {
    const data = attribute(node, 'value') || attribute(node, 'placeholder');
    node.children = data ? [{ type: 'text', data, parent: node, prev: null, next: null }] : [];
  }
}

/** Whether it is an override (CSS Writing Modes 4, section 2.2); its own direction counts, or that around it. */
function isTurned({ own, isRightToLeft }: Sight['style']): boolean {
  return isRightToLeft && /^(?:bidi|isolate)-override$/.test(own['unicode-bidi'] ?? '');
}

function endLine({ line, frame }: Sight): void {
  line.ended = true;
  frame.breaks.count++;
}

/** The style elements of the page, each with what Gmail makes of it. */
function sheetsOf(page: HtmlNode): { text: string; inGmail: boolean; media: string }[] {
  const found: { text: string; inHead: boolean; media: string }[] = [];
  for (const part of page.children ?? []) {
    visit(part, (node) => {
      if (node.type === 'style') {
        const text = node.children?.map(({ data }) => data ?? '').join('') ?? '';
        found.push({ text, inHead: part.name === 'head', media: attribute(node, 'media') });
      }
      return node.type === 'tag';
    });
  }
  const kept = sheetsKeptByGmail(found);
  return found.map(({ text, media }, index) => ({ text, media, inGmail: kept[index] ?? false }));
}
