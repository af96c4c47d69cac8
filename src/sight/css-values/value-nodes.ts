import type { CssNode } from 'css-tree';
import { ident } from 'css-tree/utils';

/** The children of a node of css-tree, blanks left out. */
export function childrenOf(node: CssNode): CssNode[] {
  const children = 'children' in node ? node.children : null;
  return children ? children.toArray().filter(({ type }) => type !== 'WhiteSpace') : [];
}

export function isOperator(node: CssNode, value: string): boolean {
  return node.type === 'Operator' && node.value.trim() === value;
}

/** The keyword that a node is, in lower case and without escapes; '' where it is none. */
export function keywordOf(node: CssNode | undefined): string {
  return node?.type === 'Identifier' ? ident.decode(node.name).toLowerCase() : '';
}

/** The name of the function that a node is, in lower case; '' where it is none. */
export function functionName(node: CssNode | undefined): string {
  return node?.type === 'Function' ? ident.decode(node.name).toLowerCase() : '';
}

/** A number, a colour, a keyword or a sign as it was written; '' for what has parts. */
export function textOf(node: CssNode): string {
  switch (node.type) {
    case 'Number':
      return node.value;
    case 'Percentage':
      return `${node.value}%`;
    case 'Dimension':
      return node.value + node.unit;
    case 'Hash':
      return `#${node.value}`;
    case 'Operator':
      return node.value.trim();
    default:
      return keywordOf(node);
  }
}
