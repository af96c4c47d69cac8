import { type Selector, SelectorType } from 'css-what';

/**
 * What Gmail leaves of a mail's style sheets and style attributes. The properties, selectors and media features are
 * those of Google's page "CSS support" (developers.google.com/workspace/gmail/design/css); how they are dropped is
 * from the tests of caniemail.com (gmail, desktop-webmail) and of hteumeuleu/email-bugs on GitHub.
 */
const PROPERTIES = new Set(
  (
    'azimuth background background-blend-mode background-clip background-color background-image background-origin ' +
    'background-position background-repeat background-size border border-bottom border-bottom-color ' +
    'border-bottom-left-radius border-bottom-right-radius border-bottom-style border-bottom-width border-collapse ' +
    'border-color border-left border-left-color border-left-style border-left-width border-radius border-right ' +
    'border-right-color border-right-style border-right-width border-spacing border-style border-top border-top-color ' +
    'border-top-left-radius border-top-right-radius border-top-style border-top-width border-width box-sizing ' +
    'break-after break-before break-inside caption-side clear color column-count column-fill column-gap column-rule ' +
    'column-rule-color column-rule-style column-rule-width column-span column-width columns direction display ' +
    'elevation empty-cells float font font-family font-feature-settings font-kerning font-size font-size-adjust ' +
    'font-stretch font-style font-synthesis font-variant font-variant-alternates font-variant-caps ' +
    'font-variant-east-asian font-variant-ligatures font-variant-numeric font-weight height image-orientation ' +
    'image-resolution isolation letter-spacing line-height list-style list-style-position list-style-type margin ' +
    'margin-bottom margin-left margin-right margin-top max-height max-width min-height min-width mix-blend-mode ' +
    'object-fit object-position opacity outline outline-color outline-style outline-width overflow overflow-x ' +
    'overflow-y padding padding-bottom padding-left padding-right padding-top page-break-after page-break-before ' +
    'page-break-inside quotes table-layout text-align text-align-last text-combine-upright text-decoration ' +
    'text-decoration-color text-decoration-line text-decoration-skip text-decoration-style text-emphasis ' +
    'text-emphasis-color text-emphasis-style text-indent text-justify text-orientation text-overflow text-transform ' +
    'text-underline-position unicode-bidi vertical-align white-space width word-break word-spacing word-wrap ' +
    'writing-mode zoom'
  ).split(' '),
);

/** Properties that are kept, but not with a value below zero. */
const NOT_NEGATIVE = /^(?:margin(?:-|$)|text-indent$)/;

/** Whether Gmail keeps a declaration of this property, its name in lower case. */
export function isKeptByGmail(property: string, value: string): boolean {
  if (!PROPERTIES.has(property)) return false;
  return !(NOT_NEGATIVE.test(property) && /(?:^|[\s(])-[\d.]/.test(value));
}

/** Colours without commas, and by functions that came later: they cost the whole style attribute or style element. */
const LATE_COLOURS =
  /\b(?:rgb|hsl)a?\(\s*[\d.]+[%a-z]*\s+[\d.]|\b(?:ok)?(?:lab|lch)\(|\b(?:hwb|color|color-mix|light-dark)\(/i;

/** Whether Gmail keeps a style attribute at all. */
export function isStyleKeptByGmail(style: string): boolean {
  return !LATE_COLOURS.test(style);
}

/** All style elements of a mail together; that in which it is passed and those behind it are dropped. In characters. */
const LONGEST_SHEETS = 16 * 1024;

/**
 * The style elements of which Gmail keeps something.
 *
 * @param sheets in the order of the mail, with whether each stands in its head
 */
export function sheetsKeptByGmail(sheets: readonly { text: string; inHead: boolean }[]): boolean[] {
  let length = 0;
  return sheets.map(({ text, inHead }) => {
    if (!inHead) return false;
    length += text.length;
    return length <= LONGEST_SHEETS && !LATE_COLOURS.test(text) && !/@[^{}@;]*\{[^{}]*@/.test(withoutRules(text));
  });
}

/** The sheet without the blocks of its rules, so that `@` blocks within one another stand out. */
function withoutRules(text: string): string {
  return text.replace(/[^{}@;]*\{[^{}@]*\}/g, '');
}

/** `@media` is kept, without these features; every other `@` rule is dropped. */
export const GMAIL_MEDIA = /^(?:(?:min-|max-)?(?:device-)?width|orientation|(?:min-|max-)?resolution)$/;

/** Whether Gmail keeps a rule with this selector. */
export function isSelectorKeptByGmail(selector: readonly Selector[]): boolean {
  return selector.every((token) => {
    switch (token.type) {
      case SelectorType.Tag:
      case SelectorType.Universal:
      case SelectorType.Descendant:
      case SelectorType.Child:
      case SelectorType.Sibling:
      case SelectorType.Adjacent:
        return true;
      case SelectorType.Attribute:
        // `.class` and `[class~=name]` are one to the parser, `#id` is an attribute that equals.
        // `#id` differs from `[id=id]` in that its case depends on the mode of the document.
        return token.name === 'class'
          ? token.action === 'element'
          : token.name === 'id' && token.ignoreCase === 'quirks';
      case SelectorType.Pseudo:
        return token.name === 'hover';
      default:
        return false;
    }
  });
}
