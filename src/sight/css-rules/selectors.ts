import { compile, type Options } from 'css-select';
import { parse, type Selector, SelectorType } from 'css-what';
import { attribute, type HtmlNode } from '../dom/node.ts';
import { isSelectorKeptByGmail } from './gmail-filter.ts';

/** A selector by itself, without commas. */
export interface ElementSelector {
  tokens: Selector[];
  /** Ids, classes and names (Selectors 4, section 17), as one number that is larger where it wins. */
  specificity: number;
  inGmail: boolean;
  /** Whether it is for the first line of its element alone. */
  isFirstLine: boolean;
  /** A mark that an element must have to match: `#id`, `.class`, a name, or `*`. */
  key: string;
}

/** Longer than a mail's. In characters. */
const LONGEST = 2_000;

/** Inventions of jQuery that css-select knows: to a browser a selector with one is no selector. */
const NO_CSS =
  /^(?:contains|icontains|parent|header|button|input|text|checkbox|file|password|radio|reset|image|submit|selected)$/;

/** Pseudo-classes for what a person does, or for what mail has none of: they hold of nothing. */
const NEVER =
  'focus focus-within focus-visible target target-within fullscreen modal popover-open playing paused user-valid ' +
  'user-invalid invalid placeholder-shown autofill current past future open host picture-in-picture';

const never = () => false;
const PSEUDOS: Options<HtmlNode, HtmlNode>['pseudos'] = {
  link: ':any-link',
  '-webkit-any-link': ':any-link',
  visited: never,
  hover: never,
  active: never,
  ...Object.fromEntries(NEVER.split(' ').map((name) => [name, never])),
  defined: () => true,
  'read-only': ':not(input, textarea)',
  dir: (_node, value) => value === 'ltr',
  lang: (node, value) => languageOf(node).startsWith((value ?? '').replace(/["']/g, '').toLowerCase()),
};

/**
 * Reads a list of selectors.
 *
 * @returns undefined where a browser would take none of them, since one is wrong
 */
export function readSelectors(text: string): ElementSelector[] | undefined {
  if (text.length > LONGEST) return undefined;
  let lists: { tokens: Selector[]; isFirstLine: boolean }[];
  try {
    const all = parse(text.replaceAll(':-webkit-any(', ':is('));
    if (all.some((tokens) => tokens.some(isWrong))) return undefined;
    for (const tokens of all) forgive(tokens);
    lists = all.map(withoutFirstLine).filter(({ tokens }) => !tokens.some(isPseudoElement));
    if (text.includes(':') && !areKnown(lists.map(({ tokens }) => tokens))) return undefined;
  } catch {
    return undefined;
  }
  return lists.map(({ tokens, isFirstLine }) => ({
    tokens,
    isFirstLine,
    specificity: specificityOf(tokens),
    inGmail: !isFirstLine && isSelectorKeptByGmail(tokens),
    key: keyOf(tokens),
  }));
}

function isPseudoElement({ type }: Selector): boolean {
  return type === SelectorType.PseudoElement;
}

/** What is for the first line is taken for the whole: a text to be hidden need not be longer. */
function withoutFirstLine(tokens: Selector[]): { tokens: Selector[]; isFirstLine: boolean } {
  const last = tokens.at(-1);
  const isFirstLine = last?.type === SelectorType.PseudoElement && last.name === 'first-line';
  if (!isFirstLine) return { tokens, isFirstLine };
  const rest = tokens.slice(0, -1);
  return { tokens: rest.length > 0 ? rest : [{ type: SelectorType.Universal, namespace: null }], isFirstLine };
}

/** Takes the wrong ones out of `:is()` and `:where()`, which pass over them. */
function forgive(tokens: readonly Selector[]): void {
  for (const token of tokens) {
    if (token.type !== SelectorType.Pseudo || !Array.isArray(token.data)) continue;
    if (token.name === 'is' || token.name === 'where') token.data = token.data.filter((list) => areKnown([list]));
    for (const list of token.data) forgive(list);
  }
}

/** Whether all pseudo-classes are; that is found out only by compiling them. */
function areKnown(lists: Selector[][]): boolean {
  try {
    if (lists.length > 0) compile(lists, { pseudos: PSEUDOS, relativeSelector: false });
    return true;
  } catch (error) {
    // css-select stumbles so over a list of which nothing can ever match, such as `:not(*)`.
    return error instanceof TypeError;
  }
}

/** Steps from element to element for all selectors of a mail together; more are not made. */
const MOST_STEPS = 8_000_000;

/** Compiles selectors for one tree, within a bound of time: those that would take longer match nothing more. */
export class Matcher {
  #steps = 0;
  readonly #options: Options<HtmlNode, HtmlNode> = {
    adapter: this.#adapter(),
    pseudos: PSEUDOS,
    relativeSelector: false,
  };

  /** Whether nothing matches any more. */
  get isSpent(): boolean {
    return this.#steps > MOST_STEPS;
  }

  compile({ tokens }: ElementSelector): (node: HtmlNode) => boolean {
    let query: (node: HtmlNode) => boolean;
    try {
      query = compile<HtmlNode, HtmlNode>([tokens], this.#options);
    } catch {
      return never;
    }
    return (node) => {
      try {
        this.#step();
        return query(node);
      } catch {
        return false;
      }
    };
  }

  #step(): void {
    if (++this.#steps > MOST_STEPS) throw new RangeError('The selectors of this mail take too long.');
  }

  #adapter(): NonNullable<Options<HtmlNode, HtmlNode>['adapter']> {
    const isElement = ({ type }: HtmlNode) => {
      this.#step();
      return type === 'tag' || type === 'script' || type === 'style';
    };
    return {
      isTag: (node): node is HtmlNode => isElement(node),
      getAttributeValue: (node, name) => {
        this.#step();
        return hasAttribute(node, name) ? node.attribs?.[name] : undefined;
      },
      getChildren: (node) => node.children ?? [],
      getName: (node) => node.name ?? '',
      getParent: (node) => {
        this.#step();
        return node.parent ?? null;
      },
      getSiblings: (node) => node.parent?.children ?? [node],
      prevElementSibling: (node) => {
        let before = node.prev;
        while (before && !isElement(before)) before = before.prev;
        return before ?? null;
      },
      getText: (node) => node.data ?? '',
      hasAttrib: hasAttribute,
      removeSubsets: (nodes) => nodes,
      equals: (a, b) => {
        this.#step();
        return a === b;
      },
    };
  }
}

function hasAttribute(node: HtmlNode, name: string): boolean {
  return node.attribs !== undefined && Object.hasOwn(node.attribs, name);
}

function languageOf(node: HtmlNode): string {
  for (let at: HtmlNode | null | undefined = node; at; at = at.parent) {
    const language = attribute(at, 'lang');
    if (language) return language.toLowerCase();
  }
  return '';
}

function isWrong(token: Selector): boolean {
  if (token.type === SelectorType.Attribute) return token.action === 'not';
  if (token.type === SelectorType.Parent || token.type === SelectorType.ColumnCombinator) return true;
  if (token.type !== SelectorType.Pseudo) return false;
  if (NO_CSS.test(token.name)) return true;
  const forgives = token.name === 'is' || token.name === 'where';
  return Array.isArray(token.data) && !forgives && token.data.some((tokens) => tokens.some(isWrong));
}

const OF_IDS = 1_000_000;
const OF_CLASSES = 1_000;

function specificityOf(tokens: readonly Selector[]): number {
  let sum = 0;
  for (const token of tokens) {
    if (token.type === SelectorType.Tag || token.type === SelectorType.PseudoElement) sum += 1;
    else if (token.type === SelectorType.Attribute) sum += isId(token) ? OF_IDS : OF_CLASSES;
    else if (token.type === SelectorType.Pseudo) sum += specificityOfPseudo(token.name, token.data);
  }
  return sum;
}

function specificityOfPseudo(name: string, data: Selector[][] | string | null): number {
  if (name === 'where') return 0;
  if (Array.isArray(data)) return Math.max(0, ...data.map(specificityOf));
  return OF_CLASSES;
}

/** Whether it is `#a`, not `[id=a]`: css-what has the case of the former depend on the mode of the document. */
function isId(token: Selector): boolean {
  return token.type === SelectorType.Attribute && token.name === 'id' && token.ignoreCase === 'quirks';
}

/** A mark of the last element, by which the elements are found that a selector may match. */
function keyOf(tokens: readonly Selector[]): string {
  const isStep = ({ type }: Selector) =>
    type === SelectorType.Descendant ||
    type === SelectorType.Child ||
    type === SelectorType.Sibling ||
    type === SelectorType.Adjacent;
  const last = tokens.slice(tokens.findLastIndex(isStep) + 1);
  let key = '*';
  for (const token of last) {
    if (token.type === SelectorType.Attribute && token.ignoreCase !== true) {
      if (isId(token)) return `#${token.value}`;
      if (token.name === 'class' && token.action === 'element' && token.value) key = `.${token.value}`;
    } else if (token.type === SelectorType.Tag && key === '*') {
      key = token.name.toLowerCase();
    }
  }
  return key;
}
