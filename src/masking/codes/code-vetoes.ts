/** What tells, by the text right around it, that a number or a word beside a code is none itself. */
import { CODE } from '../fold.ts';
import { type Hit, hitsIn } from './lexicon.ts';
import { MEANING } from './meaning.ts';
import { LETTERS } from './words/letters.ts';

/** How far around a code is looked, in characters. */
const BEFORE = 48;
const AFTER = 24;
const AROUND = 220;

const LABEL =
  /(?:\b(?:orders?|pull request|merge request|pr|mr|rfc|bug|task|job|commit|invoice|receipt|tracking|parcel|shipment|ticket|case|issue|ref(?:erence)?|booking|reservation|confirmation number|customer|member(?:ship)?|account|acct|card|policy|contract|serial|product|item|article|model|part|room|suite|apartment|apt|flat|gate|flight|build|version|page|line|port|meeting|webinar|conference|p\.? ?o\.? box|postfach|zip|postcode|plz|isbn|iban|bic|vat|ust-?id|pnr|id|numero|número|number|no|nr|num)|n°|№|bestell(?:ung|nummer)|auftrag(?:snummer)?|rechnung(?:snummer)?|kundennummer|vorgang(?:snummer)?|sendung(?:snummer)?|konto(?:nummer)?|commande|facture|pedido|factura|fatura|ordine|fattura|bestelling|bestelnummer|factuur|zamówieni[a-zß-ž]{1,2}|faktur[a-zß-ž]{1,2}|заказ[а-яё]{0,2}|сч[её]т[а-яё]{0,2}|sipariş|fatura|numarası|numaranız|注文番号|订单号?|訂單|运单号?|주문번호|운송장)(?:[\s.:-]{0,3}(?:number|no|nr|num|id|nummer|numer|номер|número|numero|n°|is|lautet))?[\s.:#№([：-]{0,4}$/i;

const ENDING =
  /(?:(?:ending|ends|endet|endend|terminant|terminada|termina)(?: [a-zß-ž]{2,4})?|(?:four|4|last|letzten?) digits?|[•·●x]{2,}|\*{2,})[\s:.-]{0,3}$/i;
const TELEPHONE =
  /(?:\b(?:tel|phone|telephone|call|fax|hotline|mobile|cell|text|whatsapp|sent to|at)|telefon|телефон[а-яё]{0,2}|电话|電話|전화)[\s.:]{0,3}$|[+(]\d{1,4}\)?\s?$/i;
const MONEY_BEFORE =
  /(?:[$€£¥₹₽₺₩]|\b(?:eur|usd|gbp|chf|pln|try|rub|cny|jpy|inr|sek|nok|dkk|cad|aud|brl|kr|rs|zł|amount|betrag|total))[\s.:]{0,3}$/i;
const UNIT =
  /^[\s-]?(?:eur|usd|gbp|chf|pln|rub|cny|jpy|inr|sek|nok|dkk|cad|aud|brl|kr|zł|tl|руб|euros?|dollars?|minut|mins?\b|sec|sek|hours?\b|stunden|days?\b|tage\b|words|people|users|times|members|points|punkte|characters|zeichen|lines|logins|requests|per\b|[kmg]b\b|k?m\b|kg\b|분|초|分|秒|件|人|次|点)/i;
/** `Oakmere, CA 94043` and `PIN 560001, India`. */
const STATE = /,\s[A-Z]{2}\s$|[,–-]\s?PIN(?: code)?[\s:]{0,2}$/u;

const PROMOTION =
  /checkout|check-out|discount|coupon|voucher|promo|% off|\bsave\b|\bsale\b|\boffer|basket|\bcart\b|free shipping|gift|referral|refer a|rabatt|gutschein|einkauf|warenkorb|sparst|sparen|remise|réduction|panier|descuento|cup[oó]n|compra|sconto|carrello|desconto|korting|winkelmand|rabat|zniżk|koszyk|скидк|промокод|корзин|[iİ]ndirim|kupon|sepet|割引|クーポン|プロモ|优惠|優惠|折扣|할인|쿠폰|\d ?%/i;
const BOOKING =
  /reserv|booking|booked|flight|itinerary|hotel|check-?in\b|boarding|airline|\bpnr\b|\bguests?\b|\bnights?\b|buchung|\bflug|\bvuelo|\bvolo\b|réserv|boeking|rezerw|брони/i;
const MEETING =
  /meeting|webinar|zoom|dial[- ]?in|join by phone|conference|conférence|conferencia|konferen[sz]|einwahl|réunion|reunión|riunione|vergadering|spotkani|toplantı|конференци|встреч|зустріч|会议|會議|ミーティング|회의|cuộc họp|rapat|اجتماع|פגישה/i;

/** What may stand between the name of a number and the number. */
const NAMED = /^[\s.:#№()（）：|*_-]{0,8}$/;

/** `from 2100 to 4800`, in which a code is one character. */
const FROM = String.raw`(?<![${LETTERS}])(?:from|between|von|zwischen|de|entre|da|van|tussen|od|от|с|від|från|fra|από)\s`;
const TO = String.raw`\s(?:to|and|bis|auf|und|à|et|a|y|e|tot|en|do|до|till|til|έως)\s`;
const RANGE_BEFORE = new RegExp(`${FROM}${CODE}${TO}$`, 'i');
const RANGE_START = new RegExp(`${FROM}$`, 'i');
const RANGE_BEHIND = new RegExp(`^${TO}${CODE}`, 'i');
/** `otp.ts:1284`, a line of a file, and `acme.example:8080`, a port. */
const LINE_OF_FILE = /[\w/-]\.[a-z]{1,12}:$/i;

/** `"count": 4821` and, on a line of its own, `PORT=8080`; the values of keys that name codes are found before. */
const KEY_BEFORE = /["']([\w .-]{2,40})["']\s{0,4}:\s{0,4}["']?$|(?:^|\n)([A-Z][A-Z\d_]{1,40})=$/;

function isOfOtherKey(before: string): boolean {
  const [, quoted, plain] = KEY_BEFORE.exec(before) ?? [];
  const name = (quoted ?? plain ?? '').replaceAll('_', ' ');
  const means = hitsIn(name).reduce((sum, hit) => sum | hit.means, 0);
  return name !== '' && (!(means & (MEANING.code | MEANING.self | MEANING.key)) || (means & MEANING.other) !== 0);
}

/** Whether the place of a code in a folded text speaks against it: an order, a sum, a telephone, an address. */
export function isOtherNumber(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - BEFORE), at);
  const after = text.slice(at + 1, at + 1 + AFTER);
  return (
    LABEL.test(before) ||
    (ENDING.test(before) && !(before.endsWith('**') && after.startsWith('**'))) ||
    TELEPHONE.test(before) ||
    MONEY_BEFORE.test(before) ||
    STATE.test(before) ||
    RANGE_BEFORE.test(before) ||
    (RANGE_START.test(before) && RANGE_BEHIND.test(after)) ||
    LINE_OF_FILE.test(before) ||
    isOfOtherKey(before) ||
    before.endsWith('#') ||
    UNIT.test(after)
  );
}

/** `the code you need to access your account:` ends so, and names no number of an account. */
const YOUR_ACCOUNT = /(?<![a-zß-ž])(?:your|dein|ihr|votre|tu|su|il tuo|sua) (?:account|konto|compte|cuenta|conta):$/i;

/** Whether a lone number stands under the name of something else: `Order number` and, on the next line, the number. */
export function isLabelledAbove(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - BEFORE), at).trimEnd();
  if (YOUR_ACCOUNT.test(before)) return false;
  return LABEL.test(before) || TELEPHONE.test(before) || MONEY_BEFORE.test(before);
}

export function isPromotion(text: string, at: number): boolean {
  return PROMOTION.test(around(text, at));
}

export function isBooking(text: string, at: number): boolean {
  return BOOKING.test(around(text, at));
}

/** A number to call, in front of the PIN that its caller types. */
const NUMBER_TO_CALL = /\+\d[\d\s()-]{6,20}\D{0,60}$/;

/** What meetings call the code that their callers type; it opens nothing but the meeting. */
export const MEETING_CODE =
  /^(?:pass ?code|.{0,20}\bpin|access code|kenncode|kennwort|zugangscode|zugriffscode|passwort|code (?:secret|d['’]accès|d['’]identification)|mot de passe|(?:código|clave|contraseña|senha) (?:de )?ac[ec]sso|código de acceso|contraseña|senha|codice (?:di |d['’])accesso|toegangscode|wachtwoord|kod dostępu|hasło|код доступа|пароль|parola|şifre|access (?:code )?pin|密码|密碼|パスコード|パスワード|암호|비밀번호|mật mã|kode sandi|الرمز|קוד גישה)$/i;

export function isMeeting(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - AROUND), at);
  return MEETING.test(before) || NUMBER_TO_CALL.test(before);
}

/** Whether the last word in front of a number that means anything is the name of an order, an account, a discount. */
export function isNamedOther(text: string, at: number, hits: readonly Hit[]): boolean {
  const last = lastBefore(hits, at);
  if (!last || !(last.means & (MEANING.other | MEANING.offer)) || last.means & MEANING.lets) return false;
  return at - last.end <= BEFORE && NAMED.test(text.slice(last.end, at));
}

/** The last of the hits that ends in front of a place. */
function lastBefore(hits: readonly Hit[], at: number): Hit | undefined {
  let [low, high] = [0, hits.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((hits[middle]?.end ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  return hits[low - 1];
}

function around(text: string, at: number): string {
  return text.slice(Math.max(0, at - AROUND), at + AROUND);
}
