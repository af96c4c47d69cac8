import type { Link } from './links.ts';
import { fillLinks, withoutPictures } from './marks.ts';

/** One version of a text. Links are marked in it. */
export interface Version {
  text: string;
  links: readonly Link[];
}

/** How the plain version of a text compares with its HTML. */
export interface Comparison {
  /** Whether the plain version may be read in place of the HTML: it says the same, word by word, and loses nothing. */
  isSame: boolean;
  /** Whether it says something that the HTML does not say. */
  saysElse: boolean;
}

/** More words are not compared. */
const MOST_WORDS = 60_000;

/** So many words in a row that the HTML lacks, or such a share of all, are something else. */
const LEAST_ELSE = 5;
const SHARE_ELSE = 0.2;

/** Plain text of no more words that only says where the real text is, is nothing else. */
const LONGEST_STUB = 40;
const POINTS_ELSEWHERE = new RegExp(
  [
    '(?:view|read|see|open|display)\\b.{0,60}\\b(?:in|with|using)\\b.{0,20}\\bbrowser',
    '\\bbrowser\\b.{0,80}\\b(?:view|read|see|open)\\b',
    '(?:does|do|did)(?: not|n.t) (?:support|display|show|render).{0,20}\\bhtml',
    '\\bhtml\\b.{0,60}\\b(?:not supported|enabled|capable|compatible)',
    '(?:enable|supports?|switch to|requires?)\\b.{0,30}\\bhtml',
    'html[- ](?:e-?mail|message|version|format|nachricht)',
    'im browser|im webbrowser|kein html|html-f.hig|dans (?:votre|un) navigateur|en (?:su|tu|el) navegador|nel browser',
  ].join('|'),
  'i',
);

/** Scripts that put no blanks between words: there each character counts for one. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/gu;

/** Compares the two versions that a multipart/alternative gives of one text. */
export function compareVersions(plain: string, html: Version): Comparison {
  const plainWords = wordsOf(withoutAddresses(plain));
  const htmlText = fillLinks(withoutPictures(html.text), (index) => ` ${replacedText(html.links[index])} `);
  const htmlWords = wordsOf(withoutAddresses(htmlText));
  const isSame =
    plainWords.length === htmlWords.length &&
    plainWords.length < MOST_WORDS &&
    plainWords.every((word, index) => word === htmlWords[index]) &&
    (plainWords.length > 0 || withoutBlanks(plain) === withoutBlanks(html.text)) &&
    keepsMeaning(plain, html.text) &&
    keepsLinks(plain, html.links) &&
    addsNothing(plain, html);
  const isStub = plainWords.length <= LONGEST_STUB && POINTS_ELSEWHERE.test(plain.slice(0, 2_000));
  return { isSame, saysElse: !isSame && !isStub && hasElse(plainWords, htmlWords) };
}

function replacedText(link: Link | undefined): string {
  return link?.replacesText ? link.full : '';
}

/** Addresses of links print in many ways, and pictures too: bare ones count by their host, others not at all. */
function withoutAddresses(text: string): string {
  return text
    .replace(/[<([](?:https?:\/\/|mailto:)[^\s<>]{0,1000}[>)\]]/gi, ' ')
    .replace(/(?:https?:\/\/(?:www\.)?|\bwww\.)([^\s/?#<>()[\]]{1,255})[^\s<>()[\]]*/gi, ' $1 ')
    .replace(/\[(?:image|cid):[^\]\n]{0,200}\]/gi, ' ');
}

const withoutBlanks = (text: string) => text.replace(/\s+/g, '');

/** Words, and emoji that stand for some. */
function wordsOf(text: string): string[] {
  const found: string[] = [];
  const spaced = text.normalize('NFKC').toLowerCase().replace(UNSPACED, ' $& ');
  for (const [word] of spaced.matchAll(/[\p{L}\p{M}\p{N}]+|\p{Emoji_Presentation}/gu)) {
    if (found.push(word) >= MOST_WORDS) break;
  }
  return found;
}

/** Whether the plain text has all that the HTML says by other means than words: tables, struck and raised words. */
function keepsMeaning(plain: string, html: string): boolean {
  return [/~~/, / \| /, /[²³¹⁰⁴-⁹⁻]|\^/].every((sign) => !sign.test(html) || sign.test(plain));
}

/** Whether the plain text names the hosts that the links of the HTML lead to. */
function keepsLinks(plain: string, links: readonly Link[]): boolean {
  const hosts = (text: string) =>
    [...text.matchAll(/https?:\/\/([^\s/?#<>()[\]"']{1,255})/gi)].map(([, host]) =>
      host?.toLowerCase().replace(/^www\./, ''),
    );
  const named = new Set(hosts(plain));
  return links.every(({ replacesText, full }) => replacesText || hosts(full).every((host) => named.has(host)));
}

/**
 * Whether the plain text's pictures and links, whose words are not compared, are those of the HTML: a picture that is
 * none, or an address that the HTML does not lead to, could say anything.
 */
function addsNothing(plain: string, { text, links }: Version): boolean {
  const known = `${text} ${links.map(({ full }) => full).join(' ')}`.toLowerCase();
  const pictures = [...plain.matchAll(/\[(?:image|cid):([^\]\n]{0,200})\]/gi)].map(([, words = '']) => words.trim());
  const addresses = [...plain.matchAll(/(?:https?:\/\/(?:www\.)?|mailto:)([^\s/?#<>()[\]]{1,255})/gi)];
  return (
    pictures.every((words) => words.split(/\s+/).length < 3 || known.includes(words.toLowerCase())) &&
    addresses.every(([, host = '']) => known.includes(host.toLowerCase()))
  );
}

/** Whether the plain words hold what the others do not: runs of words are compared by threes. */
function hasElse(plain: readonly string[], html: readonly string[]): boolean {
  const size = Math.min(3, plain.length);
  if (size === 0) return false;
  const known = new Set<string>();
  for (let at = 0; at + size <= html.length; at++) known.add(html.slice(at, at + size).join(' '));
  const covered = new Uint8Array(plain.length);
  for (let at = 0; at + size <= plain.length; at++) {
    if (known.has(plain.slice(at, at + size).join(' '))) covered.fill(1, at, at + size);
  }
  let others = 0;
  let run = 0;
  let longest = 0;
  for (const isCovered of covered) {
    run = isCovered ? 0 : run + 1;
    others += isCovered ? 0 : 1;
    longest = Math.max(longest, run);
  }
  return longest >= LEAST_ELSE || others > plain.length * SHARE_ELSE;
}
