import { convert, type FormatCallback, type HtmlToTextOptions } from 'html-to-text';
import { strike } from '../../mail/html/strike.ts';
import { showStruck } from '../../mail/text/lines.ts';
import { raised } from '../../mail/text/raised.ts';
import { type HtmlNode, textOf, visit } from '../../sight/dom/node.ts';
import { boundDepth } from './bound-depth.ts';

const inline: FormatCallback = (element, walk, builder) =>
  strike(element, builder, () => walk(element.children, builder));

const lines: FormatCallback = (element, walk, builder, { leadingLineBreaks = 2, trailingLineBreaks = 2 }) => {
  builder.openBlock({ leadingLineBreaks });
  inline(element, walk, builder, {});
  builder.closeBlock({ trailingLineBreaks });
};

// Most tables in mail only lay things out, so cells stay running text, with a blank to keep words apart.
const cell: FormatCallback = (element, walk, builder) => {
  inline(element, walk, builder, {});
  builder.addInline(' ');
};

// A person sees the picture; the alternative text is what stands for it, its address says nothing.
const inlineAlt: FormatCallback = (element, _walk, builder) => {
  const alt = String(element.attribs?.alt ?? '').trim();
  if (alt) builder.addInline(alt);
};

// Raised digits would run into the number before them. Where a link stands there, its address must show.
const raise: FormatCallback = (element, walk, builder) => {
  const text = holdsLink(element) ? undefined : raised(textOf(element));
  if (text === undefined) inline(element, walk, builder, {});
  else builder.addInline(text);
};

function holdsLink(element: HtmlNode): boolean {
  let found = false;
  visit(element, ({ name }) => {
    found ||= name === 'a';
    return !found;
  });
  return found;
}

const OPTIONS: HtmlToTextOptions = {
  wordwrap: false,
  // The library takes U+200B for a blank, which nobody would see then.
  whitespaceCharacters: ' \t\r\n\f',
  // What nests too deep for a recursion has lost its tags before, so that no limit leaves words out.
  limits: { maxInputLength: Number.MAX_SAFE_INTEGER },
  // None is ever found, so that what stands beside the body is read as well.
  baseElements: { selectors: ['x-none'] },
  selectors: [
    { selector: 'a', options: { hideLinkHrefIfSameAsText: true, linkBrackets: ['(', ')'], noAnchorUrl: true } },
    { selector: 'img', format: 'inlineAlt' },
    { selector: 'tr', format: 'block' },
    { selector: 'td', format: 'cell' },
    { selector: 'th', format: 'cell' },
    { selector: 'sup', format: 'raise' },
    ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({ selector, options: { uppercase: false } })),
    { selector: 'style', format: 'skip' },
    { selector: 'script', format: 'skip' },
    { selector: 'title', format: 'skip' },
  ],
  formatters: { inline, block: lines, paragraph: lines, cell, inlineAlt, raise },
};

/** U+FEFF is none, although JavaScript takes it for one. */
const BLANK_ENDS = /^[^\S\uFEFF]+|(?<![^\S\uFEFF])[^\S\uFEFF]+$/g;

/** The marks that stand for what is struck out, as they are or as references: nobody else may set them. */
const MARKS = /[\uFDD0-\uFDEF]|&#(?:x0*fd[de][\da-f](?![\da-f])|0*(?:6497[6-9]|649[89]\d|6500[0-7])(?!\d));?/gi;

/**
 * The text of HTML that somebody is about to send, with all that is in it: what a person agrees to must hide nothing,
 * so invisible characters and elements stay, and nothing is left out however deep it lies. What is struck out or raised
 * reads as in mail that is read.
 */
export function htmlAsWritten(html: string): string {
  return showStruck(convert(boundDepth(html.replace(MARKS, '\uFFFD')), OPTIONS)).replace(BLANK_ENDS, '');
}
