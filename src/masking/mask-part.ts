import { type Circumstances, circumstancesOf } from './codes/circumstances.ts';
import { announcesCode } from './codes/code-words.ts';
import { codesToHide } from './codes/codes.ts';
import { hideSpelled } from './codes/spelled.ts';
import type { Layout } from './codes/standing.ts';
import { CODE_HIDDEN, fold, SIGN_IN_HIDDEN, type Token, unfold } from './fold.ts';
import { linksToHide } from './links/secret-links.ts';

export interface Masked {
  text: string;
  /** How many codes and links were hidden. */
  count: number;
}

/** What is known of a mail when one part of it is masked. */
export interface Context {
  /** Whether the subject or the sender announces a code. */
  announced: boolean;
  layout: Layout;
  subject: string;
  /** Looked at when they are first asked for: most parts have nothing that they could decide about. */
  circumstances: () => Circumstances;
  /** Codes, or addresses of links, that another part of the mail gave away. */
  known?: ReadonlySet<string> | undefined;
  /** Numbers that the whole text shows, which a piece of it shows as well. */
  shown?: ReadonlySet<string> | undefined;
}

export interface MaskedPart extends Masked {
  /** The codes that are long enough to be told from other numbers wherever they stand. */
  codes: ReadonlySet<string>;
  /** All that is hidden, links by their address. */
  secrets: ReadonlySet<string>;
  /** Numbers that look like codes and stay. */
  shown: ReadonlySet<string>;
}

/** Longer lines than this announce nothing, in characters. */
const LONGEST_LINE = 2_000;
/** How much of a mail its circumstances are taken from, in characters. */
const LOOKED_AT = 5_000;

/** Hides codes and links in one part of a mail. */
export function mask(text: string, { announced, layout, subject, known, shown, circumstances }: Context): MaskedPart {
  const spelled = hideSpelled(text, { announced, layout, known });
  const folded = fold(spelled.text);
  const mail = () => ({ subject: words(subject), isShort: circumstances().isShort });
  const hidden = new Map<Token, string>(linksToHide(folded, mail, known));
  for (const token of codesToHide(folded, { announced, layout, circumstances })) {
    if (token.shape && !shown?.has(token.shape.value)) hidden.set(token, CODE_HIDDEN);
  }
  for (const token of folded.tokens) if (token.shape && known?.has(token.shape.value)) hidden.set(token, CODE_HIDDEN);
  const values = [...hidden.keys()].flatMap(({ shape }) => (shape ? [shape.value] : []));
  for (const token of linksWith(folded.tokens, values)) if (!hidden.has(token)) hidden.set(token, SIGN_IN_HIDDEN);
  const stay = folded.tokens.filter((token) => token.shape && !hidden.has(token));
  return {
    text: unfold(spelled.text, folded.tokens, hidden),
    count: spelled.count + hidden.size,
    codes: new Set(values.filter((value) => value.length >= 5)),
    secrets: new Set([...values, ...[...hidden.keys()].map(({ raw }) => raw), ...spelled.secrets]),
    shown: new Set(stay.map(({ shape }) => shape?.value ?? '')),
  };
}

/** No mail has more codes that its links hold as well. */
const MOST_CODES = 20;

/** Links that hold a code which is hidden: `acme.example/482913`. */
function linksWith(tokens: readonly Token[], codes: readonly string[]): Token[] {
  const long = codes.filter((code) => code.length >= 5).slice(0, MOST_CODES);
  if (long.length === 0) return [];
  return tokens.filter(
    ({ what, raw }) => what === 'link' && long.some((code) => raw.replaceAll('-', '').includes(code)),
  );
}

/** What speaks for a code in a mail, or against one, to be looked at once. */
export function lookAt(mail: LookedAt, age?: number): () => Circumstances {
  let known: Circumstances | undefined;
  return () => {
    known ??= look(mail, age);
    return known;
  };
}

interface LookedAt {
  from: string;
  subject: string;
  text: string;
}

function look({ from, subject, text }: LookedAt, age: number | undefined): Circumstances {
  const announced = announces(subject, from);
  const plain = (field: string) => hideSpelled(field.slice(0, LOOKED_AT), { announced, layout: 'text' }).text;
  return circumstancesOf({ from, subject: plain(subject), text: plain(text) }, age);
}

/** Whether one of the lines announces a code. */
export function announces(...lines: readonly string[]): boolean {
  return lines.some((line) => announcesCode(words(line)));
}

/** Without placeholders: their words say nothing of the mail. */
function words(line: string): string {
  return fold(line.slice(0, LONGEST_LINE)).text;
}
