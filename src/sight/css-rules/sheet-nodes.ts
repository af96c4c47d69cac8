import type { CssNode } from 'css-tree';
import parse from 'css-tree/parser';
import { childrenOf } from '../css-values/value-nodes.ts';
import { type Declaration, readDeclaration } from './declarations.ts';

/** What the last of the keyframes in a block declare. */
export function lastFrame(block: CssNode): Declaration[] {
  return childrenOf(block).flatMap((node) => {
    if (
      node.type !== 'Rule' ||
      node.prelude.type !== 'Raw' ||
      !/(?:^|,)\s*(?:to|100%)\s*(?:,|$)/i.test(node.prelude.value)
    ) {
      return [];
    }
    return childrenOf(node.block).flatMap(readDeclaration);
  });
}

/** The selectors of a rule within another (CSS Nesting 1). */
export function nest(text: string, parent: string): string {
  const around = `:is(${parent})`;
  if (text.includes('&')) return text.replaceAll('&', around);
  return /^[>+~]/.test(text) ? `${around} ${text}` : `${around} :is(${text})`;
}

/** Selectors without the comments that css-tree leaves in them. */
export function withoutComments(text: string): string {
  return text.includes('/*') ? text.replace(/\/\*[\s\S]*?(?:\*\/|$)/g, '') : text;
}

/** The rules of a style sheet, their selectors, queries and values as texts. */
export function parseSheet(text: string): CssNode {
  return parse(text, { parseValue: false, parseRulePrelude: false, parseAtrulePrelude: false });
}

/** What an `@` rule asks for; null where it asks for nothing that can be read. */
export function preludeOf(atrule: string, text: string): CssNode | null {
  if (!text.trim()) return null;
  try {
    return parse(text, { context: 'atrulePrelude', atrule, parseValue: false });
  } catch {
    return null;
  }
}
