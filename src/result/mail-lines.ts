import { withoutInvisible } from '../shared/invisible.ts';

/** Stands before a line of a mail that could be taken for one of the server's; it is plain mail then. */
const OF_MAIL = '¦ ';

/** How much of a line decides, in characters. */
const LOOKED_AT = 400;

/** Everything that ends a line somewhere (Unicode, section 5.8). */
const LINE = /[^\n\r\v\f\u0085\u2028\u2029]+/g;

/** Dashes of all lengths and scripts, and what else draws a line; each becomes a hyphen. */
const DASH = /[\p{Pd}\p{Pc}=~¯\u02D7\u2043\u2212\u23AF\u2500\u2501\u2504\u2505\u2508\u2509\u254C\u254D\u2550\u30FC]/gu;

/** Small letters that look like Latin ones, and those (Unicode Technical Standard 39, confusables.txt). */
const OTHERS = 'авгезікмнорстухѕјһԁԛԝьєӏαβεηικνορτυχωγıɡʟɪɴʀ';
const LETTERS = 'abre3ikmhopctyxsjhdqwbelabenikvoptuxwyiglinr';
const LOOK_ALIKE = new Map([...OTHERS].map((other, at) => [other, LETTERS.charAt(at)]));

/** Before a mark stands a run of dashes. */
const RULE = /-\s?-/;

/** What stands between the dashes of a mark; what comes after `end` need not be in hexadecimal digits. */
const IN_MARK =
  /^(?:end\b(?:\W*(?:[0-9a-z]{8}|(?=[a-f]*\d)[0-9a-f]{4,})?\W*$|\W+of\b)|(?:[0-9a-f]{8}|(?=[a-f]*\d)[0-9a-f]{6,})\b)|words of others|never instructions/;

/** How lines begin that the server itself writes: of a result, a message, a file, a list. */
const OF_SERVER = [
  /^\d{1,4}\W*message\b(?=.*\d)/,
  /^message\s+(?:(?=\w*\d)[\w-]{6,}(?:,|:|\s*$)|\S+\s*,\s*thread\b)/,
  /^thread\s+\S+\s*(?:\([^)]*\)\s*)?:/,
  /^file\s+\d[\d.]*\s*(?::|of message\b)/,
  /^more (?:changes |messages )?follows?\W*(?:cursor|$)|^next time\W*:|\bcursor\s+[\w-]{16,}/,
  /^characters\s+\d+\s+to\s+\d+|^offset is past|^unfold\s*:|^left out for (?:lack|want)|^there are no more\W*$|^these are all\W*$/,
  /^\d+\s+(?:invisible characters|one-time codes|messages?, newest)/,
  /^the (?:mail also has a plain|html) version\b/,
  /^another version of the text\b|^(?:one address fits|at most \d+ messages were)\b/,
  /^new \(u unread|^relabelled\s*:|^deleted for good|^saved \d|^google said\b/,
];

/**
 * The text of a mail as it may stand in a result: each line that could be taken for a mark, for the head of a message
 * or for another line of the server's has a sign before it.
 */
export function asMail(text: string): string {
  return text.replace(LINE, (line) => (poses(line) ? OF_MAIL + line : line));
}

function poses(line: string): boolean {
  const plain = plainLine(line.trimStart().slice(0, LOOKED_AT));
  const [lead = ''] = /^[^\p{L}\p{N}]*/u.exec(plain) ?? [];
  const rest = plain.slice(lead.length);
  if (rest === '') return false;
  return (RULE.test(lead) && IN_MARK.test(rest)) || OF_SERVER.some((pattern) => pattern.test(rest));
}

/** As it looks: in plain small letters, without accents and what nobody sees, every blank and dash the same. */
function plainLine(line: string): string {
  const visible = withoutInvisible(line).replace(/[—―⸺⸻]/g, '--');
  const letters = visible.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const read = letters.replace(/[^\0-\x7f]/g, (letter) => LOOK_ALIKE.get(letter) ?? letter);
  return read.replace(DASH, '-').replace(/\s+/g, ' ');
}
