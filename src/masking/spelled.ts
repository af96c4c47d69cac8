import { isBooking } from './code-vetoes.ts';
import { triggersIn } from './code-words.ts';
import { CODE_HIDDEN } from './fold.ts';

/** What leads from the words to the code, when it looks like a word itself. */
const SAYS = String.raw`(?:\s{1,3}(?:is|lautet|ist|est|es|è|é|jest|to)(?:\s{1,3}(?:le|el|il|the))?)?[\s:=*_"“„'’]{0,8}`;
const SAID = new RegExp(`^(${SAYS})`, 'iu');
/** `the login code that you requested: ` */
const SAID_LATER = /^(?:\s\p{L}{1,12}){1,5}:\s{1,4}/u;

/** `QHXKBT`, `WDJB-MJHT`, `scarlet-fish-orange` */
const LETTERS = /^(?:[A-Z]{5,8}|[A-Z]{3,4}-[A-Z]{3,4}|[a-z]{3,9}(?:-[a-z]{3,9}){2,3})(?![\p{L}\p{N}_-])/u;
/** Words that are set in capitals behind "code:", and are none. */
const WORDS =
  /^(?:ENTER|VERIFY|CONFIRM|SECURITY|REQUIRED|INVALID|EXPIRED|LOGIN|BELOW|PLEASE|ACCESS|HIDDEN|CLICK|NEVER|NUMBER|HELLO|VALID)\b/;

const PASSWORD =
  /(?<![\p{L}\p{N}])(?:(?:one[-\s]?time|single[-\s]use|temporary|initial|provisional|vorläufiges|temporäres|tijdelijk|tymczasowe|временный|geçici)\s{1,3}(?:pass(?:word|code)|passwort|kennwort|wachtwoord|hasło|пароль|şifre\p{L}{0,4}|parola\p{L}{0,4})|einmal-?(?:pass|kenn)wort|(?:mot\sde\spasse|contraseña|password|senha)\s(?:temporaire|provisoire|temporal|provisional|temporane[ao]|provvisori[ao]|temporári[ao]|provisóri[ao]))(?!\p{L})/giu;

/**
 * Hides codes and passwords that no shape gives away, which count only right behind the words that announce them:
 * `Your activation code is QHXKBT`, `Temporary password: Xk9#mQ2!`.
 */
export function hideSpelled(text: string): { text: string; count: number } {
  const found = [...spelledCodes(text), ...passwords(text)].sort((a, b) => a.start - b.start);
  const pieces: string[] = [];
  let done = 0;
  let count = 0;
  for (const { start, end } of found) {
    if (start < done) continue;
    pieces.push(text.slice(done, start), CODE_HIDDEN);
    done = end;
    count++;
  }
  return { text: `${pieces.join('')}${text.slice(done)}`, count };
}

interface Span {
  start: number;
  end: number;
}

function spelledCodes(text: string): Span[] {
  return triggersIn(text).flatMap(({ strength, end, words }) => {
    if (strength !== 'strong') return [];
    const later = SAID_LATER.exec(text.slice(end, end + 64))?.[0].length ?? 0;
    const start = end + (saidLength(text, end) || later);
    const code = LETTERS.exec(text.slice(start, start + 48))?.[0];
    if (start === end || code === undefined || WORDS.test(code)) return [];
    // Ordinary words follow a colon too; none has hyphens like these.
    if (start === end + later && !code.includes('-')) return [];
    if (/confirm/i.test(words) && isBooking(text, start)) return [];
    return [{ start, end: start + code.length }];
  });
}

function passwords(text: string): Span[] {
  return [...text.matchAll(PASSWORD)].flatMap((match) => {
    const end = match.index + match[0].length;
    const start = end + saidLength(text, end);
    const word =
      /^[^\s[\]]{6,40}(?![^\s[\]])/.exec(text.slice(start, start + 42))?.[0].replace(/[.,;:)"”’]+$/, '') ?? '';
    if (start === end || !/\d/.test(word) || !/\p{L}/u.test(word) || word.includes('://')) return [];
    return [{ start, end: start + word.length }];
  });
}

/** How long `: ` or ` is ` is; 0 where what follows is an ordinary part of the sentence. */
function saidLength(text: string, at: number): number {
  const said = SAID.exec(text.slice(at, at + 32))?.[1] ?? '';
  return /[:=\p{L}]/u.test(said) ? said.length : 0;
}
