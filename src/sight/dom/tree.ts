import { html, type Token, type TreeAdapter, type TreeAdapterTypeMap } from 'parse5';
import type { HtmlNode } from './node.ts';

export type Tree = TreeAdapterTypeMap<
  HtmlNode,
  HtmlNode,
  HtmlNode,
  HtmlNode,
  HtmlNode,
  HtmlNode,
  HtmlNode,
  HtmlNode,
  HtmlNode,
  HtmlNode
>;

/** What an element was made of; for the parser alone. */
const namespaces = new WeakMap<HtmlNode, html.NS>();
const attributesOf = new WeakMap<HtmlNode, Token.Attribute[]>();

const OWN_TYPES = new Set(['script', 'style']);

/**
 * Builds the tree for parse5. Whatever it takes out or puts in stands at the end of its parent but in broken mail, so
 * places are looked for from there.
 */
export const treeAdapter: TreeAdapter<Tree> = {
  createDocument: () => ({ type: 'root', children: [] }),
  createDocumentFragment: () => ({ type: 'root', children: [] }),
  createElement: (name, namespace, attributes) => {
    const type = OWN_TYPES.has(name) ? name : 'tag';
    const attribs = Object.fromEntries(attributes.map((each) => [nameOf(each), each.value]));
    const node: HtmlNode = { type, name, attribs, children: [], parent: null, prev: null, next: null };
    if (namespace !== html.NS.HTML) namespaces.set(node, namespace);
    if (name === 'annotation-xml') attributesOf.set(node, attributes);
    return node;
  },
  createCommentNode: (data) => ({ type: 'comment', data, parent: null }),
  createTextNode: (data) => ({ type: 'text', data, parent: null }),
  adoptAttributes: ({ attribs = {} }, attributes) => {
    for (const each of attributes) if (!Object.hasOwn(attribs, nameOf(each))) attribs[nameOf(each)] = each.value;
  },
  appendChild: (parent, node) => {
    parent.children?.push(node);
    node.parent = parent;
  },
  insertBefore: insertBefore,
  insertText: (parent, data) => {
    const last = parent.children?.at(-1);
    if (last?.type === 'text') last.data += data;
    else parent.children?.push({ type: 'text', data, parent });
  },
  insertTextBefore: (parent, data, reference) => {
    const before = parent.children?.[parent.children.lastIndexOf(reference) - 1];
    if (before?.type === 'text') before.data += data;
    else insertBefore(parent, { type: 'text', data }, reference);
  },
  detachNode: (node) => {
    const siblings = node.parent?.children;
    const at = siblings?.lastIndexOf(node) ?? -1;
    if (at !== -1) siblings?.splice(at, 1);
    node.parent = null;
  },
  // What a template holds is shown nowhere, and needs no tree of its own.
  getTemplateContent: (template) => template,
  setTemplateContent: () => {},
  getAttrList: (node) => attributesOf.get(node) ?? [],
  getChildNodes: ({ children = [] }) => children,
  getFirstChild: ({ children }) => children?.[0] ?? null,
  getNamespaceURI: (node) => namespaces.get(node) ?? html.NS.HTML,
  getParentNode: ({ parent }) => parent ?? null,
  getTagName: ({ name }) => name ?? '',
  getTextNodeContent: ({ data }) => data ?? '',
  getCommentNodeContent: ({ data }) => data ?? '',
  isTextNode: (node): node is HtmlNode => node.type === 'text',
  isCommentNode: (node): node is HtmlNode => node.type === 'comment',
  isDocumentTypeNode: (_node): _node is HtmlNode => false,
  isElementNode: (node): node is HtmlNode => node.name !== undefined,
  // A mail is shown as part of a page that follows the standards, whatever it says of itself.
  getDocumentMode: () => html.DOCUMENT_MODE.NO_QUIRKS,
  setDocumentMode: () => {},
  setDocumentType: () => {},
  getDocumentTypeNodeName: () => '',
  getDocumentTypeNodePublicId: () => '',
  getDocumentTypeNodeSystemId: () => '',
  getNodeSourceCodeLocation: () => undefined,
  setNodeSourceCodeLocation: () => {},
  updateNodeSourceCodeLocation: () => {},
};

function nameOf({ prefix, name }: Token.Attribute): string {
  return prefix ? `${prefix}:${name}` : name;
}

function insertBefore(parent: HtmlNode, node: HtmlNode, reference: HtmlNode): void {
  parent.children?.splice(parent.children.lastIndexOf(reference), 0, node);
  node.parent = parent;
}
