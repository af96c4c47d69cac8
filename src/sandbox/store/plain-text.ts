import { convert } from 'html-to-text';

/** Bare text of HTML, for snippets and searches: no links, no pictures. */
export function htmlToText(html: string): string {
  return convert(html, {
    wordwrap: false,
    // Deeper nesting, which no readable mail has, would exhaust the stack.
    limits: { maxDepth: 500 },
    selectors: [
      { selector: 'a', options: { ignoreHref: true } },
      { selector: 'img', format: 'skip' },
      { selector: 'style', format: 'skip' },
      // The words of cells do not run together, in Gmail's snippets neither.
      ...['td', 'th', 'dt', 'dd'].map((selector) => ({ selector, format: 'block' })),
    ],
  });
}
