import { attribute, classesOf, type HtmlNode, visit } from '../../sight/dom/node.ts';

/** Classes and ids by which mail programs tell quoted mail from their writer's own words. */
const QUOTE_CLASSES = new Set([
  'gmail_quote',
  'gmail_quote_container',
  'gmail_attr',
  'yahoo_quoted',
  'moz-cite-prefix',
  'protonmail_quote',
  'tutanota_quote',
  'zmail_extra',
]);
const QUOTE_IDS = new Set(['OLK_SRC_BODY_SECTION', 'mail-editor-reference-message-container']);

/** Outlook marks only where the quoted mail begins. */
const REST_IDS = new Set(['divRplyFwdMsg', 'appendonsend']);

const SIGNATURE_CLASSES = new Set(['gmail_signature', 'moz-signature', 'protonmail_signature_block']);
const SIGNATURE_IDS = new Set(['Signature', 'ms-outlook-mobile-signature']);

export function isQuote(node: HtmlNode): boolean {
  if (node.name === 'blockquote' && attribute(node, 'type').toLowerCase() === 'cite') return true;
  // GMX and web.de.
  if (node.name === 'div' && attribute(node, 'name') === 'quote') return true;
  return classesOf(node).some((name) => QUOTE_CLASSES.has(name)) || QUOTE_IDS.has(attribute(node, 'id'));
}

/**
 * Whether a part that is marked as a quote has its quotes marked once more within: then Gmail keeps answers between
 * the quotes in it as well, and what is quoted is told by those within.
 */
export function isQuoteContainer(node: HtmlNode): boolean {
  if (!classesOf(node).includes('gmail_quote')) return false;
  let found = false;
  visit(node, (below) => {
    if (below.name === 'blockquote' && isQuote(below)) found = true;
    return !found && below.type === 'tag';
  });
  return found;
}

export function isRest(node: HtmlNode): boolean {
  return REST_IDS.has(attribute(node, 'id'));
}

export function isSignature(node: HtmlNode): boolean {
  return classesOf(node).some((name) => SIGNATURE_CLASSES.has(name)) || SIGNATURE_IDS.has(attribute(node, 'id'));
}

const STRUCK = new Set(['s', 'del', 'strike']);

/** Whether the text of an element is struck out, by its name or its own style. */
export function isStruck({ name = '', attribs }: Pick<HtmlNode, 'name' | 'attribs'>): boolean {
  return STRUCK.has(name) || /text-decoration(?:-line)?\s*:[^;]{0,100}line-through/i.test(attribs?.style ?? '');
}

/** From this on a picture is one to look at, no sign or button with words, in CSS pixels. */
const LARGE = 100;
/** Longer words do not stand for what a picture shows, in characters. */
const LONGEST_SIGN = 60;

/** Whether the words for a picture say what nobody reads in the mail: it is large, or they are long. */
export function isLargePicture(node: HtmlNode): boolean {
  const side = (name: string) => Number.parseInt(attribute(node, name), 10);
  return (side('width') >= LARGE && side('height') >= LARGE) || attribute(node, 'alt').length > LONGEST_SIGN;
}
