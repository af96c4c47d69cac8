import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';

const FOLDER = new URL('../../masking-shapes/', import.meta.url);
const { seed } = JSON.parse(readFileSync(new URL('seed.json', FOLDER), 'utf8')) as { seed: string };

/** Where a secret stands in a field, without the marks. */
interface Span {
  start: number;
  end: number;
}

interface Field {
  text: string;
  secrets: readonly Span[];
}

/** A mail of the set, as its README has it. */
export interface Shape {
  language: string;
  kind: string;
  isHeldOut: boolean;
  /** Milliseconds. */
  age?: number;
  from: Field;
  subject: Field;
  text: Field;
  lines: readonly Field[];
  files: readonly Field[];
}

/** Reads the whole set. */
export function readShapes(): Shape[] {
  return readdirSync(FOLDER)
    .filter((name) => name.endsWith('.txt'))
    .sort()
    .flatMap((name) =>
      `\n${readFileSync(new URL(name, FOLDER), 'utf8')}`
        .split('\n=== ')
        .slice(1)
        .map((mail) => readShape(name.replace('.txt', ''), mail.trim())),
    );
}

function readShape(language: string, mail: string): Shape {
  const [head = '', ...rest] = mail.split('\n\n');
  const [kind = '', ...headers] = head.split('\n');
  const all = (name: string) =>
    headers.filter((line) => line.startsWith(`${name}: `)).map((line) => readField(line.slice(name.length + 2)));
  const [from = readField(''), subject = readField('')] = [all('From')[0], all('Subject')[0]];
  const days = all('Age')[0]?.text;
  const lot = createHash('sha256').update(`${seed}\n=== ${mail}`).digest()[0] ?? 0;
  return {
    language,
    kind,
    isHeldOut: lot % 2 === 1,
    ...(days === undefined ? {} : { age: Number(days) * 86_400_000 }),
    from,
    subject,
    text: readField(rest.join('\n\n')),
    lines: all('Line'),
    files: all('File'),
  };
}

function readField(marked: string): Field {
  const secrets: Span[] = [];
  let text = '';
  for (const piece of marked.split(/(⟦[^⟧]*⟧)/)) {
    const isSecret = piece.startsWith('⟦');
    const plain = isSecret ? piece.slice(1, -1) : piece;
    if (isSecret) secrets.push({ start: text.length, end: text.length + plain.length });
    text += plain;
  }
  return { text, secrets };
}

export interface Tally {
  /** Secrets that are hidden whole. */
  hits: number;
  /** Secrets that are shown, in part at least. */
  misses: readonly string[];
  /** What is hidden and is no secret. */
  wrong: readonly string[];
}

const PLACEHOLDER = /\[[\w -]+ hidden\]/;
/** Marks between words, which may become blanks where something in the name of a file is hidden. */
const MARK = /[_-]/g;

/** Compares what was made of a field with what should have been. */
export function compare({ text, secrets }: Field, masked: string): Tally {
  const hidden = hiddenSpans(text, masked);
  const matters = ({ start, end }: Span) =>
    [...text.slice(start, end).matchAll(/[\p{L}\p{N}]/gu)].map((match) => start + match.index);
  const misses = secrets.filter((secret) =>
    matters(secret).some((at) => !hidden.some(({ start, end }) => start <= at && at < end)),
  );
  const wrong = hidden.filter((span) =>
    matters(span).some((at) => !secrets.some(({ start, end }) => start <= at && at < end)),
  );
  const words = ({ start, end }: Span) => text.slice(start, end);
  return { hits: secrets.length - misses.length, misses: misses.map(words), wrong: wrong.map(words) };
}

/** What of a text the placeholders of its masked form stand for. */
function hiddenSpans(text: string, masked: string): Span[] {
  const pieces = masked.split(PLACEHOLDER).map((piece) => piece.replace(MARK, ' '));
  const pattern = new RegExp(
    `^${pieces.map((piece) => piece.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&')).join('([^]+?)')}$`,
    'd',
  );
  const match = pattern.exec(text.replace(MARK, ' '));
  if (!match) throw new Error(`more than secrets was changed: ${JSON.stringify(masked)}`);
  return (match.indices ?? []).slice(1).flatMap((span) => (span ? [{ start: span[0], end: span[1] }] : []));
}

/** The script that most letters of a mail are written in. */
export function scriptOf({ subject, text, lines }: Shape): string {
  const letters = [subject, text, ...lines].map((field) => field.text.replace(/https?:\S+/g, '')).join(' ');
  const count = (script: string) => letters.match(new RegExp(`\\p{Script=${script}}`, 'gu'))?.length ?? 0;
  return SCRIPTS.reduce((most, script) => (count(script) > count(most) ? script : most), 'Latin');
}

const SCRIPTS = [
  ...['Latin', 'Cyrillic', 'Greek', 'Hebrew', 'Arabic', 'Devanagari', 'Thai'],
  ...['Hiragana', 'Katakana', 'Han', 'Hangul'],
];
