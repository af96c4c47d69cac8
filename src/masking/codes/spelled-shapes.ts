import { QUOTES, SIGN } from './standing.ts';

/** How codes are written that no run of digits gives away; all of them count only beside words that announce them. */

const letters = [
  // Keys of authenticators (RFC 4648, base 32), and keys for recovery.
  String.raw`[A-Z2-7]{4}(?: [A-Z2-7]{4}){2,15}|[A-Z2-7]{16,64}|[A-Z\d]{4,6}(?:-[A-Z\d]{4,6}){2,12}`,
  // `QHXKBT`, `WDJB-MJHT`, and in other scripts such as nobody can say.
  '[A-Z]{4,8}|[A-Z]{3,4}-[A-Z]{3,4}|[БВГДЖЗКЛМНПРСТФХЦЧШЩ]{5,8}|[ΒΓΔΖΘΚΛΜΝΞΠΡΣΤΦΧΨ]{5,8}',
  // `scarlet-fish-orange`, `abcde-fghij`, and the twelve words or more of a wallet (BIP 39).
  '[a-z]{3,9}(?:-[a-z]{3,9}){2,3}|[a-z]{5}-[a-z]{5}',
  String.raw`(?:\d{1,2}[.)] )?[a-z]{3,8}(?:[ ,\n]{1,2}(?:\d{1,2}[.)] )?[a-z]{3,8}){11,23}`,
].join('|');

/** Right behind `code is` or `code:`. */
export const LETTERS = new RegExp(String.raw`^(?:${letters})(?![\p{L}\p{N}_-])`, 'u');

/** `AB-CD-12`, `482.913`, `A B 1 2 C D`, `4*8*2*9`, `④⑧②⑨`, `Ab3.Xy9`; those without a number are none. */
export const ODD = new RegExp(
  [
    String.raw`^(?=[^\n]{0,10}\p{N})(?:[\p{Lu}\d]{2,4}(?:-[\p{Lu}\d]{2,4}){1,4}|(?!\d{2,3}_000)\d{2,4}(?:[._·]\d{2,4}){1,3}`,
    String.raw`[A-Z\d](?:(?: {1,2}|, ?|\*|\.)[A-Z\d]){3,9}|[\u2460-\u2473\u24ea\u2776-\u277f]{4,8}`,
    String.raw`[A-Za-z\d]{2,5}\.[A-Za-z\d]{2,5})(?![\p{L}\p{N}_])(?!\.\d)`,
  ].join('|'),
  'u',
);
export const DATE = /^\d{1,2}[.-]\d{1,2}[.-](?:\d\d)?\d\d$/;

/** On a line of its own, which may begin with the sign or number of a list. */
export const LONE = new RegExp(
  [
    String.raw`^[^\S\n]{0,12}(?:${SIGN}{0,9}|\d{1,2}[.)])[^\S\n]{0,4}${SIGN}{0,2}(`,
    '(?:[A-Z]{3,4}-){1,3}[A-Z]{3,4}|[A-Z]{5,8}|[a-z]{3,9}(?:-[a-z]{3,9}){2,4}|[a-z]{5}-[a-z]{5}|',
    String.raw`(?=[A-Z-]{0,12}\d)(?=[\d-]{0,12}[A-Z])[A-Z\d]{2,3}(?:-[A-Z\d]{2,3}){1,3}|(?=[a-z]{6})[bcdfghjklmnpqrstvwxz]{2,4}y?[bcdfghjklmnpqrstvwxz]{2,5}`,
    String.raw`)${SIGN}{0,2}(?:[^\S\n]{1,4}${SIGN}{1,9})?[^\S\n]{0,12}$`,
  ].join(''),
  'gmu',
);
/** What nobody can say is a code above its words as well as below them. */
export const UNSPEAKABLE = /^[^aeiou-]{6,}$/;

/** `QHXKBT is your …` right in front of the words that announce it. */
export const IN_FRONT = new RegExp(
  String.raw`(?:^|[\s${QUOTES}])([A-Z]{5,8}|[A-Z]{3,4}-[A-Z]{3,4})[${QUOTES}]{0,2}\s(?:is|ist|est|es|è|é|jest|to|är|er|on|–|—|-)\s(?:\S{1,12}\s){0,2}$`,
  'u',
);
/** `Use QHXKBT to sign in` */
export const TYPED = new RegExp(
  String.raw`(?<!\p{L})(?:[Uu]se|[Ee]nter|[Tt]ype)\s[${QUOTES}]{0,2}([A-Z]{5,8}|[A-Z]{3,4}-[A-Z]{3,4})[${QUOTES}]{0,2}\sto\s(?:sign|log|verify|confirm|authenticate|finish|reset)`,
  'dgu',
);

/** Words that are set in capitals behind "code:", and are none. */
export const WORDS =
  /^(?:ENTER|VERIFY|CONFIRM|SECURITY|REQUIRED|INVALID|EXPIRED|LOGIN|BELOW|PLEASE|ACCESS|HIDDEN|CLICK|NEVER|NUMBER|HELLO|VALID|IMPORTANT|WARNING|NOTICE|THANKS|REGARDS|THIS|YOUR|HERE|CODE|NOTE|FROM|WITH|SENT|NONE|NULL|TRUE|YOU|DEAR|ONLY|USED|MUST|WILL|OTP|USE|TEAM|HTTP|HTTPS|JSON|UTF)\b/;
