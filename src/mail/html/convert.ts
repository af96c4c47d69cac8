import { convert } from 'html-to-text';
import type { Link } from '../text/links.ts';
import { withoutMarks } from '../text/marks.ts';
import { boundDepth } from './bound-depth.ts';
import { optionsFor } from './formatters.ts';
import { type HtmlNode, visit } from './node.ts';
import { type Findings, prepare } from './prepare.ts';
import { parseStyleSheet } from './style-sheet.ts';

/** The text of a mail's HTML, with marks (`MARK`) for its links and for what its lines are. */
export interface HtmlText {
  text: string;
  links: Link[];
  /** Code points of text that were left out because a person cannot see them. */
  hidden: number;
}

/** Converts the HTML of a mail. Any input gives some text, in a time that grows with its length alone. */
export function convertHtml(html: string): HtmlText {
  let findings: Findings | undefined;
  const options = optionsFor((root) => {
    findings = prepare(root.children ?? [], parseStyleSheet(styleSheetsOf(root)));
    return findings;
  });
  // The first element of all is where the tree is met before any text is made of it.
  const text = convert(`<x-start></x-start>${boundDepth(withoutMarks(html))}`, options);
  return { text, links: findings?.links ?? [], hidden: findings?.hidden ?? 0 };
}

function styleSheetsOf(root: HtmlNode): string[] {
  const sheets: string[] = [];
  visit(root, (node) => {
    if (node.type === 'style') sheets.push(node.children?.map(({ data }) => data ?? '').join('') ?? '');
    return node.type === 'tag';
  });
  return sheets;
}
