import { attribute, type HtmlNode } from '../dom/node.ts';
import { type Declaration, type Declared, parseDeclarations } from './declarations.ts';
import { isStyleKeptByGmail } from './gmail-filter.ts';
import type { Ranked, Reader, StyleSheets } from './style-sheet.ts';

/** Of each property that is set on an element, the declaration that wins. */
export type Cascaded = ReadonlyMap<Declaration['name'], Declared>;

const NOTHING: Cascaded = new Map();

/** Style attributes repeat all through a mail. Longer ones, in characters, and more than so many are read anew. */
const LONGEST_KNOWN = 1_000;
const MOST_KNOWN = 2_000;
/** What comes of them takes more room. */
const MOST_ALONE = 500;

/** Decides between the declarations for an element (CSS Cascade 5, section 6). */
export class Cascade {
  readonly #sheets: StyleSheets;
  readonly #known = new Map<string, Declaration[]>();
  /** What comes of a style attribute where no style sheet says anything. */
  readonly #alone: Record<Reader, Map<string, Cascaded>> = { gmail: new Map(), browser: new Map() };

  constructor(sheets: StyleSheets) {
    this.#sheets = sheets;
  }

  cascadedFor(node: HtmlNode, reader: Reader): Cascaded {
    const ranked = [...this.#sheets.declarationsFor(node, reader)];
    const style = attribute(node, 'style');
    if (ranked.length > 0) return this.#cascade(ranked, style, reader);
    if (!style) return NOTHING;
    const alone = this.#alone[reader];
    const known = alone.get(style);
    if (known) return known;
    const cascaded = this.#cascade(ranked, style, reader);
    if (style.length <= LONGEST_KNOWN && alone.size < MOST_ALONE) alone.set(style, cascaded);
    return cascaded;
  }

  #cascade(ranked: readonly Ranked[], style: string, reader: Reader): Cascaded {
    const winners = new Map<Declaration['name'], Candidate>();
    for (const each of ranked) offer(winners, { ...each, attached: false });
    if (style && (reader === 'browser' || isStyleKeptByGmail(style))) {
      for (const [order, declaration] of this.#declarationsOf(style).entries()) {
        if (reader === 'gmail' && !declaration.inGmail) continue;
        offer(winners, { declaration, layer: 0, specificity: 0, order, attached: true });
      }
    }
    if (winners.size === 0) return NOTHING;
    this.#animate(winners);
    return new Map([...winners].map(([name, { declaration }]) => [name, declaration.declared]));
  }

  /** An animation that is over wins over all but what is important (CSS Cascade 5, section 6.2). */
  #animate(winners: Map<Declaration['name'], Candidate>): void {
    const names = winners.get('animation-name')?.declaration.declared;
    if (!names || !('value' in names) || !Array.isArray(names.value)) return;
    for (const declaration of names.value.flatMap((name) => this.#sheets.endOf(String(name)))) {
      if (winners.get(declaration.name)?.declaration.important) continue;
      winners.set(declaration.name, { declaration, layer: 0, specificity: 0, order: 0, attached: true });
    }
  }

  #declarationsOf(style: string): Declaration[] {
    const known = this.#known.get(style);
    if (known) return known;
    const declarations = parseDeclarations(style);
    if (style.length <= LONGEST_KNOWN && this.#known.size < MOST_KNOWN) this.#known.set(style, declarations);
    return declarations;
  }
}

type Candidate = Ranked & { attached: boolean };

function offer(winners: Map<Declaration['name'], Candidate>, candidate: Candidate): void {
  const { name } = candidate.declaration;
  const best = winners.get(name);
  if (!best || !winsOver(best, candidate)) winners.set(name, candidate);
}

/** Whether the first wins over the second, which came later where both are alike. */
function winsOver(a: Candidate, b: Candidate): boolean {
  const { important } = a.declaration;
  if (important !== b.declaration.important) return important;
  if (a.attached !== b.attached) return a.attached;
  // What is important in an early layer wins over the layers that come later.
  if (a.layer !== b.layer) return a.layer > b.layer !== important;
  if (a.specificity !== b.specificity) return a.specificity > b.specificity;
  return a.order > b.order;
}
