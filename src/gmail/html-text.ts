import { convert, type HtmlToTextOptions } from 'html-to-text';

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

/** Converts the HTML of a mail to plain text: links as `text (url)`, images by their alternative text. */
export function htmlToText(html: string): string {
  return convert(html, OPTIONS).trim();
}
