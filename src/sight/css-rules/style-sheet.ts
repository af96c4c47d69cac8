import type { CssNode } from 'css-tree';
import { childrenOf } from '../css-values/value-nodes.ts';
import { attribute, classesOf, type HtmlNode } from '../dom/node.ts';
import { type Declaration, readDeclaration } from './declarations.ts';
import { GMAIL_MEDIA } from './gmail-filter.ts';
import { mediaFeatures, mediaHolds, supportsHolds } from './media.ts';
import { piecesOf } from './pieces.ts';
import { type ElementSelector, Matcher, readSelectors } from './selectors.ts';
import { lastFrame, nest, parseSheet, preludeOf, withoutComments } from './sheet-nodes.ts';

/** Who reads the mail: Gmail, which drops much of a mail's styles, or a browser that follows the standards. */
export const READERS = ['gmail', 'browser'] as const;
export type Reader = (typeof READERS)[number];

/** A declaration with its place among those that win or lose against it. */
export interface Ranked {
  declaration: Declaration;
  /** Of the cascade layer; what is in none is above all. */
  layer: number;
  specificity: number;
  order: number;
}

/** What one selector declares. */
interface Rule {
  matches: (node: HtmlNode) => boolean;
  declared: Record<Reader, Map<string, Ranked>>;
}

export interface Sheet {
  text: string;
  inGmail: boolean;
  /** The attribute `media` of its element. */
  media: string;
}

/** Where a rule stands: within which `@` blocks and rules. */
interface Context {
  inGmail: boolean;
  inBrowser: boolean;
  layer: number;
  /** The selectors of the rule around a nested one. */
  parent: string;
}

/** More than a mail has; what follows does not count. In characters. */
const LONGEST_SHEETS = 1_000_000;
const MOST_RULES = 20_000;
/** `@` blocks and rules within one another. */
const DEEPEST = 20;
const TOP_LAYER = 1_000_000;

/** The style sheets of a mail: which declarations hold for an element, for each of the readers. */
export class StyleSheets {
  /** Rules by a mark of the elements that they may hold for. */
  readonly #rules = new Map<string, Map<string, Rule>>();
  readonly #matcher = new Matcher();
  readonly #layers = new Map<string, number>();
  readonly #keyframes = new Map<string, Declaration[]>();
  #count = 0;
  #order = 0;

  constructor(sheets: readonly Sheet[]) {
    let left = LONGEST_SHEETS;
    for (const { text, inGmail, media } of sheets) {
      const holds = mediaHolds(preludeOf('media', media));
      if (holds) {
        const context: Context = { inGmail, inBrowser: true, layer: TOP_LAYER, parent: '' };
        for (const part of piecesOf(text.slice(0, left))) this.#addBlock(parseSheet(part), context, 0);
      }
      left -= text.length;
      if (left <= 0) return;
    }
  }

  /** The declarations of all rules that hold for an element, in no order. */
  *declarationsFor(node: HtmlNode, reader: Reader): Generator<Ranked> {
    for (const rule of this.#rulesFor(node)) yield* rule.declared[reader].values();
  }

  #known: { node: HtmlNode; rules: Rule[] } | undefined;

  /** Both readers ask for the same element in turn. */
  #rulesFor(node: HtmlNode): Rule[] {
    if (this.#known?.node === node) return this.#known.rules;
    const rules: Rule[] = [];
    if (this.#rules.size > 0) {
      const marks = ['*', node.name ?? '', ...classesOf(node).map((name) => `.${name}`), `#${attribute(node, 'id')}`];
      for (const mark of new Set(marks)) {
        for (const rule of this.#rules.get(mark)?.values() ?? []) {
          if (this.#matcher.isSpent) break;
          if (rule.matches(node)) rules.push(rule);
        }
      }
    }
    this.#known = { node, rules };
    return rules;
  }

  /** What an element is told by the end of an animation. */
  endOf(animation: string): readonly Declaration[] {
    return this.#keyframes.get(animation) ?? [];
  }

  #addBlock(block: CssNode | null, context: Context, depth: number): void {
    if (!block || depth > DEEPEST || !(context.inGmail || context.inBrowser)) return;
    const own: CssNode[] = [];
    for (const node of childrenOf(block)) {
      if (node.type === 'Declaration') own.push(node);
      else if (node.type === 'Rule') this.#addRule(node, context, depth);
      else if (node.type === 'Atrule') this.#addAtRule(node, context, depth);
      // css-tree takes only nested rules that begin with `&` for rules.
      else if (node.type === 'Raw' && context.parent && node.value.includes('{')) {
        this.#addBlock(parseSheet(node.value), { ...context, inGmail: false }, depth + 1);
      }
    }
    if (context.parent && own.length > 0) this.#addDeclarations(own.flatMap(readDeclaration), context);
  }

  #addRule(rule: Extract<CssNode, { type: 'Rule' }>, context: Context, depth: number): void {
    const prelude = rule.prelude.type === 'Raw' ? rule.prelude.value : '';
    const text = withoutComments(prelude).trim();
    const isNested = context.parent !== '';
    const parent = isNested ? nest(text, context.parent) : text;
    this.#addBlock(rule.block, { ...context, parent, inGmail: context.inGmail && !isNested }, depth + 1);
  }

  #addAtRule(rule: Extract<CssNode, { type: 'Atrule' }>, context: Context, depth: number): void {
    const { block } = rule;
    const name = rule.name.toLowerCase();
    const text = rule.prelude?.type === 'Raw' ? rule.prelude.value : '';
    switch (name) {
      case 'media': {
        const prelude = preludeOf(name, text);
        const holds = mediaHolds(prelude);
        const inGmail =
          context.inGmail && holds && mediaFeatures(prelude).every((feature) => GMAIL_MEDIA.test(feature));
        this.#addBlock(block, { ...context, inBrowser: context.inBrowser && holds, inGmail }, depth + 1);
        break;
      }
      case 'container': {
        // That there is such a container is believed.
        const holds = mediaHolds(preludeOf('media', text.slice(Math.max(0, text.indexOf('(')))));
        if (holds) this.#addBlock(block, { ...context, inGmail: false }, depth + 1);
        break;
      }
      case 'keyframes':
      case '-webkit-keyframes':
        if (block) this.#keyframes.set(text.trim().toLowerCase(), lastFrame(block));
        break;
      case 'supports':
        if (supportsHolds(preludeOf(name, text))) this.#addBlock(block, { ...context, inGmail: false }, depth + 1);
        break;
      case 'layer':
        this.#addLayer(text, block, context, depth);
        break;
      case 'scope': {
        const root = /^\s*\(([^()]*)\)/.exec(text)?.[1];
        if (root && block) this.#addScope(block, `:is(${root})`, context, depth);
        break;
      }
    }
  }

  #addScope(block: CssNode, root: string, context: Context, depth: number): void {
    for (const node of childrenOf(block)) {
      if (node.type === 'Rule') this.#addRule(node, { ...context, inGmail: false, parent: root }, depth + 1);
    }
  }

  /** Layers rank by where their names are first met (CSS Cascade 5, section 6.4.2). */
  #addLayer(names: string, block: CssNode | null, context: Context, depth: number): void {
    for (const name of names.split(',')) {
      const key = name.trim() || `\0${this.#layers.size}`;
      const layer = this.#layers.get(key) ?? this.#layers.size;
      this.#layers.set(key, layer);
      this.#addBlock(block, { ...context, layer, inGmail: false }, depth + 1);
    }
  }

  #addDeclarations(all: readonly Declaration[], context: Context): void {
    if (all.length === 0 || this.#count > MOST_RULES) return;
    for (const selector of readSelectors(context.parent) ?? []) {
      const rule = this.#ruleOf(selector, context);
      // What a first line is told wins over what its element is told, as all that is nearer does.
      const declarations = selector.isFirstLine ? all.map((each) => ({ ...each, important: true })) : all;
      for (const declaration of declarations) {
        const { layer } = context;
        const ranked = { declaration, layer, specificity: selector.specificity, order: this.#order++ };
        const key = `${declaration.name}${declaration.important ? '!' : ''}${layer}`;
        // The last of a selector wins over those before it, so that they need not be kept.
        if (context.inBrowser) rule.declared.browser.set(key, ranked);
        if (context.inGmail && selector.inGmail && declaration.inGmail) rule.declared.gmail.set(key, ranked);
      }
    }
  }

  #ruleOf(selector: ElementSelector, { parent }: Context): Rule {
    const rules = this.#rules.get(selector.key) ?? new Map<string, Rule>();
    this.#rules.set(selector.key, rules);
    const key = parent.includes(',') ? JSON.stringify(selector.tokens) : parent;
    const known = rules.get(key);
    if (known) return known;
    this.#count++;
    let query: Rule['matches'] | undefined;
    const matches: Rule['matches'] = (node) => {
      query ??= this.#matcher.compile(selector);
      return query(node);
    };
    const rule: Rule = { matches, declared: { gmail: new Map(), browser: new Map() } };
    rules.set(key, rule);
    return rule;
  }
}
