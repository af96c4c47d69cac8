import { parsePage } from '../../sight/dom/page.ts';
import { findUnseen } from '../../sight/unseen.ts';
import type { Link } from '../text/links.ts';
import { MARK, withoutMarks } from '../text/marks.ts';
import { makeText } from './formatters.ts';
import { type Findings, prepare } from './prepare.ts';

/** The text of a mail's HTML, with marks (`MARK`) for its links and for what its lines are. */
export interface HtmlText {
  text: string;
  links: Link[];
  /** Code points of text that were left out because a person cannot see them. */
  hidden: number;
}

/** What is said of a mail that shows pictures and no words: it is not empty, and nothing else is what it says. */
function nameOfPictures(count: number): string {
  const name = count === 1 ? '[a picture]' : `[${count} pictures]`;
  return count === 0 ? '' : MARK.pictureStart + name + MARK.pictureEnd;
}

/** Converts the HTML of a mail. Any input gives some text, in a time that grows with its length alone. */
export function convertHtml(html: string): HtmlText {
  let findings: Findings | undefined;
  const page = parsePage(withoutMarks(html));
  // html-to-text parses by itself, and mends less than browsers do: its own tree is only where ours is put.
  const text = makeText('<x-start></x-start>', (root) => {
    page.html.parent = root;
    // The walk over these is under way, so the array has to stay the same one.
    root.children?.push(page.html);
    findings = prepare(page.html, findUnseen(page.html));
    return findings;
  });
  const shown = /\S/.test(text) ? text : nameOfPictures(findings?.pictures ?? 0);
  return { text: shown, links: findings?.links ?? [], hidden: (findings?.hidden ?? 0) + page.unread };
}
