/** Values whose name stands apart from them: in the head of a column, in a key, in a tag. */
import { announcesCode } from './code-words.ts';

interface Span {
  start: number;
  end: number;
}

/** `"otp": "482913"`, `otp="482913"`, `<otp>482913</otp>`, and `OTP=482913` on a line of its own; name and value. */
const KEYED: readonly RegExp[] = [
  /["']([\w .-]{2,40})["']\s{0,4}:\s{0,4}["']?([^"',{}[\]\s]{4,64})/dg,
  /(?<![\w-])([A-Za-z][\w-]{1,40})=["']([^"'\s]{4,64})["']/dg,
  /<([A-Za-z][\w.:-]{1,40})(?:\s[^<>]{0,200})?>\s{0,4}([^<>\s][^<>]{3,63})<\//dg,
  /^[ \t]{0,8}(?:export )?([a-z][a-z\d_.-]{1,40}(?= ?[=:])|[A-Z][A-Z\d_]{1,40}(?==)) ?[=:] ?["']?([^\s"'<>{}[\]]{4,64})["']?[ \t]{0,4}$/dgm,
];
/** `"backup_codes": ["48219137", "55730021"]` */
const KEYED_LIST = /["']([\w .-]{2,40})["']\s{0,4}:\s{0,4}\[([^\]]{4,2000})\]/dg;
const LISTED = /[^"',\s]{4,64}/g;

/** What stands under a name that announces codes and is none: a date, an address, an ordinary word. */
const NO_SECRET =
  /^(?:\d{4}-\d\d-\d\d.*|\d{1,2}[./]\d{1,2}[./]\d{2,4}|\d{1,3}|\d{1,2}:\d\d(?::\d\d)?Z?|[A-Za-z]?[a-z_-]+|.*:\/\/.*|\[.*)$/;

/** Heads of tables are no longer, in characters, nor have they more columns. */
const LONGEST_HEAD = 1_000;
const LONGEST_NAME = 40;
const SEPARATORS = [',', ';', '\t', '|'];

/** The values of keys, tags and columns that are named as codes are. */
export function namedValues(text: string): Span[] {
  const isSecret = remembering(isSecretName);
  return [...keyedValues(text, isSecret), ...columnValues(text, isSecret)];
}

type IsSecret = (name: string) => boolean;

function keyedValues(text: string, isSecret: IsSecret): Span[] {
  const single = KEYED.flatMap((pattern) =>
    [...text.matchAll(pattern)].flatMap((match) => {
      const [start = 0, end = 0] = match.indices?.[2] ?? [];
      return mayBeSecret(match[2] ?? '') && isSecret(match[1] ?? '') ? [{ start, end }] : [];
    }),
  );
  const lists = [...text.matchAll(KEYED_LIST)].flatMap((match) => {
    const [first = 0] = match.indices?.[2] ?? [];
    if (!isSecret(match[1] ?? '')) return [];
    return [...(match[2] ?? '').matchAll(LISTED)].map(({ index, 0: value }) => ({
      start: first + index,
      end: first + index + value.length,
    }));
  });
  return [...single, ...lists];
}

/** Cells of lines that have as many as the head above them, as in files of comma-separated values (RFC 4180). */
function columnValues(text: string, isSecret: IsSecret): Span[] {
  const found: Span[] = [];
  let columns: { at: number[]; count: number; separator: string } | undefined;
  let start = 0;
  for (const line of text.split('\n')) {
    const cells = columns ? cellsOf(line, columns.separator) : [];
    if (columns && cells.length === columns.count) {
      for (const at of columns.at) {
        const cell = cells[at];
        if (cell && mayBeSecret(line.slice(cell.start, cell.end))) {
          found.push({ start: start + cell.start, end: start + cell.end });
        }
      }
    } else columns = headOf(line, isSecret);
    start += line.length + 1;
  }
  return found;
}

function headOf(line: string, isSecret: IsSecret) {
  if (line.length > LONGEST_HEAD) return undefined;
  const separator = SEPARATORS.find((mark) => line.includes(mark));
  if (separator === undefined) return undefined;
  const cells = cellsOf(line, separator);
  const names = cells.map(({ start, end }) => line.slice(start, end));
  if (names.some((name) => name.length > LONGEST_NAME || /[.!?:=]/.test(name))) return undefined;
  const at = names.flatMap((name, index) => (isSecret(name) ? [index] : []));
  return at.length > 0 ? { at, count: cells.length, separator } : undefined;
}

/** Where the cells of a line stand, without their quotes and blanks. */
function cellsOf(line: string, separator: string): Span[] {
  const cells: Span[] = [];
  let start = 0;
  let isQuoted = false;
  for (let at = 0; at <= line.length; at++) {
    if (line[at] === '"') isQuoted = !isQuoted;
    if (at < line.length && (isQuoted || line[at] !== separator)) continue;
    cells.push(trimmed(line, start, at));
    start = at + 1;
  }
  return cells;
}

function trimmed(line: string, from: number, to: number): Span {
  let [start, end] = [from, to];
  while (start < end && /[\s"']/.test(line[start] ?? '')) start++;
  while (end > start && /[\s"']/.test(line[end - 1] ?? '')) end--;
  return { start, end };
}

const mayBeSecret = (value: string) =>
  value.length >= 4 && value.length <= 64 && !NO_SECRET.test(value) && !/\s\D/.test(value);

/** Names are written in small letters, with `_` or in camelCase; what counts in capitals only counts here. */
function isSecretName(name: string): boolean {
  if (!/\p{L}{2}/u.test(name)) return false;
  const words = name.replace(/([a-z])(?=[A-Z])/g, '$1 ').replace(/[_.:-]+/g, ' ');
  return announcesCode(words.toUpperCase());
}

function remembering(test: IsSecret): IsSecret {
  const known = new Map<string, boolean>();
  return (name) => {
    const before = known.get(name);
    if (before !== undefined) return before;
    const result = test(name);
    if (known.size < 1_000) known.set(name, result);
    return result;
  };
}
