import { type Hit, hitsIn, MEANING } from '../codes/lexicon.ts';

/** What a link is for, as far as it matters here. */
export type LinkKind = 'reset' | 'sign-in';

const { key, renew, lets, mine, join, login, other, offer, code } = MEANING;

/** `Click here`, and nothing about what for. */
const CALL =
  /click|press|tap|follow|here|link|button|continue|get started|open|visit|go to|browser|below|klick|hier|folgen|öffnen|weiter|cliquez|ici|suivant|continuer|clic|aquí|enlace|siguiente|continuar|clicca|qui\b|clique|aqui|klik|verder|kliknij|tutaj|нажмите|перейд|tıkla|クリック|こちら|点击|點擊|클릭/i;

const PASTE =
  /(?:paste|copy|button|doesn['’]t work|not work|kopier|bouton|copi[ae]|knop|skopiuj|скопир|kopyala|コピー|复制|複製|복사).{0,80}(?:browser|link|url|navigat|navegador|przeglądar|браузер|tarayıc|ブラウザ|浏览器|瀏覽器|브라우저|адрес|work)|(?:browser|in ihren).{0,40}(?:kopier|einfüg)/isu;

/** How far two words of one thought stand apart, in characters. */
const APART = 60;
/** A line of a button has no more words. */
const BUTTON = 6;

/** What the words on or in front of a link say that it is for; "sign in" alone counts only for a link with a token. */
export function kindOfWords(words: string, hasToken: boolean): LinkKind | undefined {
  const hits = hitsIn(words);
  if (near(hits, key, renew) || hits.some(({ means }) => means & key && means & renew)) return 'reset';
  if (hits.some(({ means }) => means & join)) return 'sign-in';
  if (near(hits, lets | login, mine)) return 'sign-in';
  const says = hits.reduce((sum, { means }) => sum | means, 0);
  if (!hasToken || says & (other | offer)) return undefined;
  return says & (login | lets) && !(says & code) && isButton(words) ? 'sign-in' : undefined;
}

/** Whether two words stand near one another. */
function near(hits: readonly Hit[], one: number, another: number): boolean {
  const isNear = (a: Hit, b: Hit) => a !== b && a.start - b.end <= APART && b.start - a.end <= APART;
  return hits.some((a) => a.means & one && hits.some((b) => b.means & another && isNear(a, b)));
}

function isButton(words: string): boolean {
  const last = words.trim().split('\n').at(-1) ?? '';
  return last.split(/\s+/).length <= BUTTON && !/[.:!?]/.test(last);
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
