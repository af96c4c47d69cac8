import { Parser, type Token } from 'parse5';
import type { HtmlNode } from './node.ts';
import { type Tree, treeAdapter } from './tree.ts';

/** Deeper than any mail client nests; deeper elements lose their tags, not their text. */
const DEEPEST = 256;

/**
 * Formatting elements that are left open begin again in each block (HTML Standard, section 13.2.4.3), so that little
 * markup makes a large tree. Where more than these were made so, the rest of the mail is not read.
 */
const MOST_REOPENED = 20_000;

const VOID = new Set(
  'area base basefont bgsound br col embed frame hr image img input keygen link meta param source track wbr'.split(' '),
);
/** Elements that hold text alone, and so nest nothing. */
const RAW_TEXT = new Set('iframe noembed noframes noscript plaintext script style textarea title xmp'.split(' '));
/** Elements whose words nobody sees, whatever they say of themselves. */
const SILENT = new Set(['template', 'datalist', 'dialog']);
/** Attributes by which mail hides what an element holds. */
const HIDING = new Set(['style', 'class', 'id', 'hidden', 'color', 'size']);
/** A page of frames has no words of its own; a mail that names them has. */
const DROPPED = new Set(['frameset', 'frame']);

/** The tree of a mail's HTML. */
export interface HtmlPage {
  /** The `<html>`, with a `<head>` and a `<body>`. */
  html: HtmlNode;
  /** Code points that stood too deep, or behind too much broken markup, to say who sees them; they are left out. */
  unread: number;
}

/**
 * Parses the HTML of a mail as browsers do (HTML Standard, section 13.2), so that what they mend is mended here: what
 * a style reaches depends on it. Time and memory grow with the length alone, and the tree is no deeper than twice
 * `DEEPEST`.
 */
export function parsePage(source: string): HtmlPage {
  const parser = new MailParser();
  parser.tokenizer.write(source, true);
  const root = parser.document.children?.find(({ name }) => name === 'html') ?? { type: 'tag', children: [] };
  link(root);
  return { html: root, unread: parser.unread };
}

class MailParser extends Parser<Tree> {
  unread = 0;
  #depth = 0;
  #reopened = 0;
  /** Elements that were taken out because they stand too deep, the innermost last. */
  #taken: { name: string; mayHide: boolean }[] = [];
  /** How many of them may hide what they hold. */
  #hiding = 0;
  readonly #openOf = new Map<string, number>();

  constructor() {
    // No script runs in a mail program; what stands in for scripts is not shown by those that have them.
    super({
      treeAdapter: {
        ...treeAdapter,
        createElement: (...made) => {
          this.#reopened++;
          return treeAdapter.createElement(...made);
        },
        onItemPush: (node) => this.#count(node, 1),
        onItemPop: (node) => this.#count(node, -1),
      },
      scriptingEnabled: true,
    });
  }

  override onStartTag(token: Token.TagToken): void {
    const name = token.tagName;
    if (DROPPED.has(name)) return;
    if (this.#isLost || (this.#depth >= DEEPEST && !VOID.has(name) && !RAW_TEXT.has(name))) {
      const mayHide = SILENT.has(name) || token.attrs.some((each) => HIDING.has(each.name));
      this.#taken.push({ name, mayHide });
      if (mayHide) this.#hiding++;
      return;
    }
    // Each tag stands for one element of its own.
    this.#reopened--;
    super.onStartTag(token);
  }

  override onEndTag(token: Token.TagToken): void {
    const name = token.tagName;
    if (this.#taken.at(-1)?.name === name) {
      if (this.#taken.pop()?.mayHide) this.#hiding--;
      return;
    }
    // What stood in the element that ends has ended with it.
    if (this.#openOf.get(name)) {
      this.#taken = [];
      this.#hiding = 0;
    } else if (this.#taken.length > 0) return;
    super.onEndTag(token);
  }

  override onCharacter(token: Token.CharacterToken): void {
    if (this.#hiding === 0 && !this.#isLost) super.onCharacter(token);
    else for (const _ of token.chars) this.unread++;
  }

  /** Comments are nowhere looked at, and would part the text beside them. */
  override onComment(): void {}

  get #isLost(): boolean {
    return this.#reopened > MOST_REOPENED;
  }

  #count({ name = '' }: HtmlNode, by: number): void {
    this.#depth += by;
    this.#openOf.set(name, (this.#openOf.get(name) ?? 0) + by);
  }
}

/** Lets each node know those beside it. */
function link(root: HtmlNode): void {
  const waiting = [root];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    const { children = [] } = node;
    children.forEach((child, index) => {
      child.prev = children[index - 1] ?? null;
      child.next = children[index + 1] ?? null;
      if (child.children) waiting.push(child);
    });
  }
}
