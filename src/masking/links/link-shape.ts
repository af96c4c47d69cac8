import {
  ACTION,
  CONFIRM,
  CONTENT,
  HARMLESS,
  MEETING,
  ORDINARY_NAME,
  RESET,
  SECRET_NAME,
  SIGN_IN,
  SMALL_PRINT,
} from './address-words.ts';
import type { LinkKind } from './link-words.ts';

export interface LinkTarget {
  /** What path and parameters say that it is for. */
  kind: LinkKind | undefined;
  /** The path says no more than that something is confirmed, which may be a booking. */
  onlyConfirms: boolean;
  /** A token: a parameter of such a name, or a long random part. */
  hasToken: boolean;
  /** Anything that is no plain page; short links have little else than this. */
  isOpaque: boolean;
  /** Ends a subscription or shows a document, whatever else it says. */
  isHarmless: boolean;
  /** A page of help, news, code or shopping, unless a token says otherwise. */
  isContent: boolean;
}

/** Longer addresses are judged by their beginning, in characters. */
const JUDGED = 4_000;

export function readTarget(url: string): LinkTarget {
  const address = url.slice(0, JUDGED);
  const [, scheme = '', authority = '', rest = ''] =
    /^(?:(?:([a-z][a-z\d+.-]*):)?\/\/)?([^/?#]*)(.*)$/is.exec(address) ?? [];
  const isWeb = scheme === '' || /^https?$/i.test(scheme);
  // With a name and a password in front of the host nothing else is asked for.
  const [userinfo, host = ''] = authority.includes('@') ? authority.split('@', 2) : ['', authority];
  // The address of an authenticator (https://github.com/google/google-authenticator/wiki/Key-Uri-Format) is a secret.
  const hasPassword = isWeb ? /:.{6,}/.test(userinfo ?? '') : /^otpauth/i.test(scheme);
  const [path = '', ...queries] = rest.split(/[?#]/);
  const params = queries.flatMap((query) => query.split(/[&;]/)).map(parameter);
  const segments = path.split('/').filter((segment) => segment !== '');
  const titles = segments.filter(isTitle);
  const told = titles.reduce((left, title) => left.replace(title, ''), rest);
  // In an application's own scheme the host is the first word of the path; camelCase reads as words.
  const said = `${isWeb ? '' : host}${told}${nestedIn(params)}`
    .replace(/([a-z])([A-Z])(?=[a-z])/g, '$1-$2')
    .replaceAll('_', '-')
    .toLowerCase();
  const saidPath = said.split(/[?#]/, 1)[0] ?? '';
  const kind = RESET.test(said) ? 'reset' : SIGN_IN.test(said) || hasPassword ? 'sign-in' : undefined;
  const named = params.some(({ name, value }) => SECRET_NAME.test(name) && value.length >= 4);
  // A code as the last part of such a path: `/login/482913`.
  const endsWithCode =
    kind !== undefined && /^(?=.*\d)[a-z\d-]{4,12}$/i.test(segments.at(-1) ?? '') && segments.length > 1;
  const labels = host.split('.');
  const hasToken =
    named ||
    endsWithCode ||
    hasPassword ||
    segments.some(isRandom) ||
    labels.some(isRandom) ||
    params.some(({ name, value }) => !ORDINARY_NAME.test(name) && isRandom(value));
  // A host of its own for signing in counts as a word, where little else is in the link.
  const byHost = isWeb && hasToken && segments.length <= 1 ? labels.slice(0, -2).join('/').toLowerCase() : '';
  const confirms = CONFIRM.test(said) || CONFIRM.test(byHost);
  const signsIn = SIGN_IN.test(said) || SIGN_IN.test(byHost) || hasPassword;
  return {
    kind: RESET.test(said) || RESET.test(byHost) ? 'reset' : signsIn || confirms ? 'sign-in' : undefined,
    onlyConfirms: confirms && !signsIn && !RESET.test(said),
    hasToken,
    isOpaque:
      hasToken ||
      segments.some((segment) => !isPlain(segment)) ||
      params.some(({ name, value }) => !ORDINARY_NAME.test(name) && value.length >= 6 && !/^[a-z]{1,12}$/.test(value)),
    // What stands in a query or behind a # is whatever the sender likes.
    isHarmless:
      HARMLESS.test(saidPath) || (SMALL_PRINT.test(saidPath) && !named) || (isWeb && MEETING.test(rest.toLowerCase())),
    isContent: (CONTENT.test(rest.toLowerCase()) || titles.length > 0) && !named,
  };
}

/** Addresses that a parameter carries in base 64, as words. */
function nestedIn(params: readonly { value: string }[]): string {
  const nested = params.find(({ value }) => /^aHR0c[\w-]{12,}$/.test(value));
  return nested ? ` ${Buffer.from(nested.value, 'base64url').toString('latin1')}` : '';
}

/** `Password-policy-4f9b2c7de81a0536`: the name of a page, with its number. */
function isTitle(segment: string): boolean {
  const words = segment.split(/[-_]/);
  const named = words.filter((word) => /^[A-Za-z][a-z]+$/.test(word));
  return (
    named.length >= 2 &&
    named.length < words.length &&
    named.some((word) => !ACTION.test(word.toLowerCase())) &&
    words.length - named.length <= 2 &&
    isRandom(words.at(-1) ?? '')
  );
}

function parameter(text: string): { name: string; value: string } {
  const at = text.indexOf('=');
  return at < 0 ? { name: '', value: text } : { name: text.slice(0, at).toLowerCase(), value: text.slice(at + 1) };
}

/** Whether a part of an address looks drawn by lot: long, with letters and digits or capitals among one another. */
function isRandom(part: string): boolean {
  if (/^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i.test(part)) return true;
  if (isSpelled(part)) return true;
  return part.split(/[-_.~%=,:]/).some((piece) => {
    if (piece.length < 10 || piece.length > 2_000) return piece.length > 2_000;
    const changes = piece.match(/\d(?=\D)|\D(?=\d)/g)?.length ?? 0;
    const capitals = piece.match(/[a-z](?=[A-Z])/g)?.length ?? 0;
    return changes >= 3 || (changes >= 1 && capitals >= 2) || capitals >= 4;
  });
}

/** `kwzpt-mvbqr-xyhgf-lldrw`: letters in groups that nobody can say. */
function isSpelled(part: string): boolean {
  const groups = part.split('-');
  return (
    groups.length >= 3 &&
    groups.filter((group) => /^(?:[^aeiou\d]{4,}|[^aeiouy]*[^aeiouy\d]{4}.*)$/i.test(group)).length >= 2
  );
}

/** Whether a part of a path is made of words, as the names of pages are. */
function isPlain(segment: string): boolean {
  if (/^\d+$/.test(segment)) return segment.length < 4;
  if (isSpelled(segment)) return false;
  return segment.split(/[-_.]/).every((word) => {
    if (word.length <= 2 || (/^\d+$/.test(word) && segment.length > word.length)) return true;
    return /^(?:[a-z]+|[A-Z][a-z]+|[A-Z]+)$/.test(word) && word.length <= 24 && !/[^aeiouy]{6}/i.test(word);
  });
}
