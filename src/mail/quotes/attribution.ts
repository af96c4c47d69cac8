/** "Wrote" as mail programs put it between the writer and a quote, in the languages that they speak. */
const WROTE_WORDS =
  'wrote|writes|schrieb|schreibt|a écrit|écrit|escribió|escribio|va escriure|ha escrit|ha scritto|scrive|schreef|' +
  'geschreven|escreveu|skrev|skrifaði|kirjoitti|napisał|napisała|napisala|pisze|napsal|napsala|napísal|napísala|' +
  'je napisao|je napisala|je napisal|написа|пишет|писал|написал|написала|написав|написала|пише|írta|yazdı|yazmış|' +
  'şunları yazdı|a scris|έγραψε|rašė|parašė|rakstīja|kirjutas|đã viết|menulis|कहा|लिखा';

const WROTE = new RegExp(
  `(?<!\\p{L})(?:${WROTE_WORDS})(?!\\p{L})|כתב|מאת|كتب|نوشت|เขียน|写道|寫道|さんは書きました|のメッセージ|작성`,
  'iu',
);

/** A time of day. Digits are those of every script. */
const TIME = /(?<!\p{Nd})\p{Nd}{1,2}[:.h]\p{Nd}{2}(?!\p{Nd})/u;

/** A year, or a date of numbers. */
const DAY = /(?<!\p{Nd})\p{Nd}{4}(?!\p{Nd})|\p{Nd}{1,2}[./-]\p{Nd}{1,2}[./-]\p{Nd}{2,4}/u;

const ADDRESS = /[^\s<>@]+@[^\s<>@]+/;
const BRACKETED_ADDRESS = /[<([][^\s<>@]+@[^\s<>@]+[>)\]]/;

/** A name and an address alone, as in `Ann Berg <ann@example.org>:`. */
const ADDRESS_AT_END = /[<([][^\s<>@]+@[^\s<>@]+[>)\]]\s*[:：]$/;

/** Gmail's line in Japanese, and that of others, has no verb: a date, a name, an address. */
const DATE_AND_ADDRESS = /^\d{4}\s?[年/.-].*<[^<>\s]+@[^<>\s]+>\s*[:：]$/;

/** The end of a sentence. A point behind few letters is one of an abbreviation, as in `3 мая 2026 г.`. */
const SENTENCE_END = /(?:[!?…。！？؟।:：]|(?:\p{L}{4}|\p{Nd})\.)["'”»)]*$/u;

/** Longer lines are no attributions, in characters. */
const LONGEST = 400;

/** Over more lines no program wraps one. */
const MOST_LINES = 4;

/** More words beside the verb make a sentence of somebody's own. */
const MOST_NAME_WORDS = 5;

export interface Attribution {
  /** How many lines it takes. */
  lines: number;
  /** Whether it names when and who, so that it needs no quote behind it to be known. */
  certain: boolean;
}

/** The attribution ("On … wrote:") that ends with this line; it may have been wrapped over several. */
export function attributionEndingAt(lines: readonly string[], index: number): Attribution | undefined {
  const last = lines[index] ?? '';
  if (last.length > LONGEST || last.startsWith('>')) return undefined;
  if (isBetweenDashes(last)) return { lines: 1, certain: true };
  if (!/[:：]$/.test(last)) return undefined;
  let text = '';
  let found: Attribution | undefined;
  for (let count = 1; count <= MOST_LINES && index - count + 1 >= 0; count++) {
    const line = lines[index - count + 1] ?? '';
    if (line === '' || line.startsWith('>') || text.length + line.length > LONGEST) break;
    if (count > 1 && !goesOn(line, text)) break;
    // Programs wrap within the brackets too.
    text = (text ? `${line} ${text}` : line).replace(/([<(])\s+/g, '$1').replace(/\s+([>)])/g, '$1');
    if (isDated(text) && !isCutOff(text)) {
      const certain = (WROTE.test(text) || DATE_AND_ADDRESS.test(text)) && (ADDRESS.test(text) || startsWithDate(text));
      return { lines: count, certain };
    }
    if (isDated(text) || isUndated(text)) found = { lines: count, certain: false };
  }
  return found;
}

/** Zoho puts the whole between dashes, without a colon. */
function isBetweenDashes(line: string): boolean {
  return /^-{2,}\s?\p{L}.*\s-{2,}$/u.test(line) && BRACKETED_ADDRESS.test(line) && TIME.test(line) && DAY.test(line);
}

/** Whether it says when the quoted mail was written, and who wrote it. A verb is not needed: no list has them all. */
function isDated(text: string): boolean {
  const hasTime = TIME.test(text);
  const hasDay = DAY.test(text);
  if (WROTE.test(text)) return hasTime || hasDay;
  if (BRACKETED_ADDRESS.test(text)) return hasTime || hasDay;
  return hasTime && hasDay && text.length < LONGEST / 2;
}

/** Whether it begins with the year of a date whose day stands on the line above. */
function isCutOff(text: string): boolean {
  return /^\p{Nd}{4}(?!\s?[-./年년\p{Nd}])/u.test(text);
}

/** Whether it names who wrote the quoted mail, and says nothing else. */
function isUndated(text: string): boolean {
  const words = text.replace(ADDRESS, ' ').match(/\p{L}[\p{L}\p{M}'’.-]*/gu) ?? [];
  if (words.length > MOST_NAME_WORDS + 1) return false;
  if (WROTE.test(text)) return true;
  const small = words.filter((word) => /^\p{Ll}/u.test(word)).length;
  return ADDRESS_AT_END.test(text) && small <= 1;
}

/**
 * Whether an attribution may begin with this line and go on with that text. Where the text names somebody already, the
 * line must say when, and little before it: else it is the writer's own.
 */
function goesOn(line: string, text: string): boolean {
  if (SENTENCE_END.test(line) && !ADDRESS_AT_END.test(line)) return false;
  const names = text.replace(WROTE, ' ').replace(ADDRESS, ' ');
  if (!/\p{L}{2}/u.test(names)) return true;
  if (isCutOff(text)) return true;
  const before = /^\P{Nd}*/u.exec(line)?.[0] ?? '';
  const isHead = before.trim().split(/\s+/).length <= 3 || ADDRESS.test(line);
  return isHead && DAY.test(line) && TIME.test(line);
}

function startsWithDate(text: string): boolean {
  return (
    (TIME.test(text.slice(0, 60)) || DAY.test(text.slice(0, 60))) && text.length < 200 && /\d{1,2}:\d{2}/.test(text)
  );
}
