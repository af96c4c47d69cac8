import { attribute, classesOf, type HtmlNode } from './node.ts';
import { type Declarations, parseDeclarations } from './style.ts';

/** A rule whose selector is one element of several marks, such as `td.head`. */
interface Rule {
  tag: string;
  classes: string[];
  id: string;
  css: Declarations;
}

export interface StyleSheet {
  /** Rules by the one mark that their selector has: `#id`, `.class` or `tag`. */
  simple: Map<string, Map<string, string>>;
  /** The others, by one of their marks. */
  compound: Map<string, Rule[]>;
  /** Marks of the last element of longer selectors, such as `.head td`, that give a background. */
  backgrounds: Set<string>;
  /** What was found for elements with the same name and attributes. */
  known: Map<string, Declarations>;
}

/** More than a mail has; what follows does not count. Lengths in characters. */
const LONGEST_SHEET = 200_000;
const MOST_SELECTORS = 5_000;
const MOST_COMPOUND = 200;
const MOST_KNOWN = 5_000;

/** The properties that say whether text can be seen. */
const WANTED = new Set(
  (
    'display visibility opacity overflow height max-height width max-width text-indent mso-hide font font-size color ' +
    'background background-color background-image'
  ).split(' '),
);

/**
 * Reads as much of a mail's style sheets as is needed to tell hidden text: rules for single elements. Rules for
 * screens of a certain kind (`@media`) are left out, since they hold for some readers only.
 */
export function parseStyleSheet(sheets: readonly string[]): StyleSheet {
  const sheet: StyleSheet = { simple: new Map(), compound: new Map(), backgrounds: new Set(), known: new Map() };
  const text = withoutComments(sheets.join('\n').slice(0, LONGEST_SHEET));
  let selectorCount = 0;
  let compoundCount = 0;
  for (const [selectors, body] of rulesOf(text)) {
    const css = new Map([...parseDeclarations(body)].filter(([property]) => WANTED.has(property)));
    if (css.size === 0) continue;
    for (const selector of selectors.split(',')) {
      if (++selectorCount > MOST_SELECTORS) return sheet;
      const rule = addRule(sheet, selector.trim(), css);
      if (!rule || ++compoundCount > MOST_COMPOUND) continue;
      const key = rule.id ? `#${rule.id}` : `.${rule.classes[0]}`;
      sheet.compound.set(key, [...(sheet.compound.get(key) ?? []), rule]);
    }
  }
  return sheet;
}

/** The declarations for an element: those of the sheet, then those of its own attribute. */
export function declarationsOf(node: HtmlNode, sheet: StyleSheet): Declarations {
  const name = node.name ?? '';
  const key = [name, attribute(node, 'class'), attribute(node, 'id'), attribute(node, 'style')].join('\0');
  const known = sheet.known.get(key);
  if (known) return known;
  const css = findDeclarations(node, name, sheet);
  if (sheet.known.size < MOST_KNOWN) sheet.known.set(key, css);
  return css;
}

function findDeclarations(node: HtmlNode, name: string, { simple, compound, backgrounds }: StyleSheet): Declarations {
  const classes = classesOf(node);
  const id = attribute(node, 'id');
  const css = new Map<string, string>();
  for (const mark of ['*', name, ...classes.map((each) => `.${each}`), `#${id}`]) {
    // A picture stands for a background that is not known.
    if (backgrounds.has(mark)) css.set('background-image', 'unknown');
    for (const [property, value] of simple.get(mark) ?? []) css.set(property, value);
    for (const rule of compound.get(mark) ?? []) {
      if (isFor(rule, name, classes, id)) for (const [property, value] of rule.css) css.set(property, value);
    }
  }
  for (const [property, value] of parseDeclarations(attribute(node, 'style'))) {
    if (property.startsWith('background')) css.delete('background-image');
    css.set(property, value);
  }
  return css;
}

function isFor(rule: Rule, tag: string, classes: readonly string[], id: string): boolean {
  if (rule.tag && rule.tag !== tag) return false;
  return (!rule.id || rule.id === id) && rule.classes.every((name) => classes.includes(name));
}

/** Takes in a rule. One whose element has several marks is given back. */
function addRule({ simple, backgrounds }: StyleSheet, selector: string, css: Declarations): Rule | undefined {
  const last = selector.split(/[\s>+~]+/).at(-1) ?? '';
  const match = /^(\*|[a-z][\w-]*)?((?:[.#][\w-]+)*)$/i.exec(last);
  if (!match || last === '') return undefined;
  const names: string[] = match[2]?.match(/[.#][\w-]+/g) ?? [];
  const tag = (match[1] ?? '').toLowerCase();
  if (last !== selector) {
    const givesBackground = ['background', 'background-color', 'background-image'].some((name) => css.has(name));
    if (givesBackground) backgrounds.add(names[0] ?? tag);
    return undefined;
  }
  if (names.length === 0 || (names.length === 1 && (tag === '' || tag === '*'))) {
    const mark = names[0] ?? tag;
    simple.set(mark, new Map([...(simple.get(mark) ?? []), ...css]));
    return undefined;
  }
  return {
    tag: tag === '*' ? '' : tag,
    classes: names.filter((name) => name.startsWith('.')).map((name) => name.slice(1)),
    id: names.find((name) => name.startsWith('#'))?.slice(1) ?? '',
    css,
  };
}

function withoutComments(text: string): string {
  const kept: string[] = [];
  let at = 0;
  for (;;) {
    const start = text.indexOf('/*', at);
    kept.push(text.slice(at, start === -1 ? undefined : start));
    const end = start === -1 ? -1 : text.indexOf('*/', start + 2);
    if (end === -1) break;
    at = end + 2;
  }
  return kept.join(' ').replaceAll('<!--', ' ').replaceAll('-->', ' ');
}

/** The rules outside `@` blocks, each as its selectors and its body. */
function* rulesOf(text: string): Generator<[string, string]> {
  let depth = 0;
  let from = 0;
  let selectors = '';
  for (const { 0: brace, index } of text.matchAll(/[{}]/g)) {
    if (brace === '{' && depth++ === 0) {
      selectors = text.slice(from, index).trim();
      from = index + 1;
    } else if (brace === '}' && depth > 0 && --depth === 0) {
      if (!selectors.includes('@')) yield [selectors, text.slice(from, index)];
      from = index + 1;
    } else if (brace === '}' && depth === 0) {
      from = index + 1;
    }
  }
}
