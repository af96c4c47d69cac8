import { convert, type HtmlToTextOptions } from 'html-to-text';
import { boundDepth } from './bound-depth.ts';

const OPTIONS: HtmlToTextOptions = {
  wordwrap: false,
  // Deeper than any mail client nests; without a limit hostile nesting would exhaust the stack.
  limits: { maxDepth: 200 },
  selectors: [
    { selector: 'a', options: { hideLinkHrefIfSameAsText: true, linkBrackets: ['(', ')'], noAnchorUrl: true } },
    { selector: 'img', format: 'inlineAlt' },
    { selector: 'tr', format: 'block' },
    { selector: 'td', format: 'cell' },
    { selector: 'th', format: 'cell' },
    ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({ selector, options: { uppercase: false } })),
    { selector: 'style', format: 'skip' },
    { selector: 'script', format: 'skip' },
    { selector: 'title', format: 'skip' },
  ],
  formatters: {
    // Most tables in mail only lay things out, so cells stay running text, with a blank to keep words apart.
    cell: (element, walk, builder) => {
      walk(element.children, builder);
      builder.addInline(' ');
    },
    // A person sees the picture; the alternative text is what stands for it, its address says nothing.
    inlineAlt: (element, _walk, builder) => {
      const alt = String(element.attribs?.alt ?? '').trim();
      if (alt) builder.addInline(alt);
    },
  },
};

/**
 * The text of HTML that somebody is about to send, with all that is in it: what a person agrees to must hide nothing,
 * so invisible characters and elements stay.
 */
export function htmlAsWritten(html: string): string {
  return convert(boundDepth(html), OPTIONS).trim();
}
