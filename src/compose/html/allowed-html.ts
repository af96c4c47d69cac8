import sanitizeHtml from 'sanitize-html';
import { boundDepth } from './bound-depth.ts';

/**
 * What a message's HTML may consist of: what says how words stand, and nothing that shows other words than it holds,
 * hides some, or carries some that nobody sees. So no style, class, comment, picture, form or address but that of a
 * link, which every question before a send prints.
 */
const ALLOWED: sanitizeHtml.IOptions = {
  allowedTags: [
    ...['p', 'br', 'div', 'span', 'hr', 'pre', 'code', 'blockquote'],
    ...['b', 'strong', 'i', 'em', 'u', 's', 'del', 'sub', 'sup'],
    ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'ul', 'ol', 'li', 'a'],
    ...['table', 'caption', 'thead', 'tbody', 'tfoot', 'tr', 'td', 'th'],
  ],
  allowedAttributes: { a: ['href'], td: ['colspan', 'rowspan'], th: ['colspan', 'rowspan'] },
  allowedSchemes: ['http', 'https', 'mailto', 'tel'],
  allowProtocolRelative: false,
  disallowedTagsMode: 'discard',
  // The words of these are none of the message.
  nonTextTags: ['style', 'script', 'title', 'template', 'noscript', 'iframe', 'object', 'svg', 'math'],
  parseStyleAttributes: false,
};

/** A span may hold so many more, as in any table; beyond, the layout is an attack on whoever reads it. */
const LARGEST_SPAN = 100;

/** Rebuilds HTML from the short list of what is allowed. Words of elements that are not allowed stay. */
export function allowedHtml(html: string): string {
  const cell: sanitizeHtml.Transformer = (tagName, attribs) => ({
    tagName,
    attribs: Object.fromEntries(
      Object.entries(attribs).filter(([, value]) => /^\d{1,3}$/.test(value) && Number(value) <= LARGEST_SPAN),
    ),
  });
  return sanitizeHtml(boundDepth(html), { ...ALLOWED, transformTags: { td: cell, th: cell } }).trim();
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

const escapeHtml = (text: string): string => text.replace(/[&<>"]/g, (sign) => ESCAPES[sign] ?? sign);

/**
 * Plain text as simple HTML, a line a block as Gmail's own editor writes it, so that this editor wraps no line of it.
 * Runs of blanks keep their width.
 */
export function htmlOfText(text: string): string {
  return text
    .split('\n')
    .map((each) => `<div>${escapeHtml(each).replace(/ {2}/g, ' &nbsp;').replace(/^ /, '&nbsp;') || '<br>'}</div>`)
    .join('\n');
}
