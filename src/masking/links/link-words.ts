import { type Hit, hitsIn } from '../codes/lexicon.ts';
import { MEANING } from '../codes/meaning.ts';

/** What a link is for, as far as it matters here. */
export type LinkKind = 'reset' | 'sign-in';

const { key, renew, lets, mine, join, login, other, offer, code, bare, aside, about } = MEANING;

/** `Click here`, and nothing about what for. */
const CALL =
  /click|press|tap|follow|here|link|button|continue|get started|open|visit|go to|browser|below|klick|hier|folgen|öffnen|weiter|cliquez|ici|suivant|continuer|clic|aquí|enlace|siguiente|continuar|clicca|qui\b|clique|aqui|klik|verder|kliknij|tutaj|нажмите|перейд|tıkla|クリック|こちら|点击|點擊|클릭/i;

const PASTE =
  /(?:paste|copy|button|doesn['’]t work|not work|kopier|bouton|copi[ae]|knop|skopiuj|скопир|kopyala|コピー|复制|複製|복사).{0,80}(?:browser|link|url|navigat|navegador|przeglądar|браузер|tarayıc|ブラウザ|浏览器|瀏覽器|브라우저|адрес|work)|(?:browser|in ihren).{0,40}(?:kopier|einfüg)/isu;

/** How far two words of one thought stand apart, in characters. */
const APART = 60;
/** A line of a button has no more words, and no more characters. */
const BUTTON = 6;
const LONGEST_BUTTON = 60;
/** What stands between a label and its link: `Sign in: `, `Log in → `. */
const LEADS = /[\s:：→➜>»👉☞<([*_-]+$/u;

/** What the words on or in front of a link say that it is for; "sign in" alone counts only for a link with a token. */
export function kindOfWords(words: string, hasToken: boolean): LinkKind | undefined {
  const hits = hitsIn(words);
  if (isTitle(words, hits)) return undefined;
  const kind = kindOfHits(hits);
  if (kind) return kind;
  const says = saidBy(hits);
  if (!hasToken || says & (other | offer | code)) return undefined;
  const label = lastLine(words);
  if (says & (login | lets) && isButton(label)) return 'sign-in';
  // In front of a bare address: `Step 1: Sign in here: `
  const clause = label.replace(LEADS, '').split(/[:：]/).at(-1) ?? '';
  if (!(says & (login | bare)) || !isButton(clause)) return undefined;
  return says & bare && says & renew && !(says & login) ? 'reset' : 'sign-in';
}

/**
 * What sentences say that the next link is for, whose own words say nothing: `You asked to reset your password.` and,
 * on the button, `Let's go`.
 */
export function kindOfSentences(words: string): LinkKind | undefined {
  const hits = hitsIn(words);
  const says = saidBy(hits);
  if (near(hits, key, renew)) return 'reset';
  if (says & (other | offer)) return undefined;
  return kindOfHits(hits) ?? (says & login ? 'sign-in' : undefined);
}

/** What a subject says that its mail is for: `Sign in`, `Your login link`, `Password reset`. */
export function kindOfSubject(subject: string): LinkKind | undefined {
  return isTitle(subject, hitsIn(subject)) ? undefined : kindOfSentences(subject);
}

function kindOfHits(hits: readonly Hit[]): LinkKind | undefined {
  if (near(hits, key, renew) || hits.some(({ means }) => means & key && means & renew)) return 'reset';
  if (hits.some(({ means }) => means & join)) return 'sign-in';
  return near(hits, lets | login, mine) ? 'sign-in' : undefined;
}

const saidBy = (hits: readonly Hit[]) => hits.reduce((sum, { means }) => sum | means, 0);

/** Whether two words stand near one another. */
function near(hits: readonly Hit[], one: number, another: number): boolean {
  const isNear = (a: Hit, b: Hit) => a !== b && a.start - b.end <= APART && b.start - a.end <= APART;
  return hits.some((a) => a.means & one && hits.some((b) => b.means & another && isNear(a, b)));
}

/** `How attackers reset passwords` is something to read. */
function isTitle(words: string, hits: readonly Hit[]): boolean {
  const line = lastLine(words);
  const first = /\p{L}/u.exec(line);
  const at = words.trimEnd().length - line.length + (first?.index ?? 0);
  return first !== null && hits.some(({ start, means }) => start === at && means & about);
}

const lastLine = (words: string) => words.trimEnd().slice(words.trimEnd().lastIndexOf('\n') + 1);

function isButton(label: string): boolean {
  const plain = label.trim();
  return plain.length <= LONGEST_BUTTON && plain.split(/\s+/).length <= BUTTON && !/[.:!?：。！？]/.test(plain);
}

/** Whether a label is short and says of no other thing where its link leads: `Let's go`, but not `Help`. */
export function isNeutral(label: string): boolean {
  const plain = lastLine(label)
    .replace(LEADS, '')
    .replace(/[.!。！]+$/, '');
  const hits = hitsIn(plain);
  return isButton(plain) && !isTitle(plain, hits) && !(saidBy(hits) & (aside | other | offer));
}

/** Whether the words are of a booking, an order, an offer. */
export function isOfABooking(words: string): boolean {
  return hitsIn(words).some(({ means }) => means & (other | offer));
}

export function isCall(words: string): boolean {
  return CALL.test(words);
}

/** `If the button does not work, paste this into your browser` */
export function isSpareLink(words: string): boolean {
  return PASTE.test(words);
}
