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

const RESET =
  /(?<![a-z])(?:reset|password|passwd|pwd|recover|recovery|forgot|passwort|kennwort|wachtwoord|mot-?de-?passe|motdepasse|contrasena|senha|haslo|sifre|parola|(?:reset|change|set|new|forgot)-?password|password-?reset|zuruecksetzen|reinitialis\w*|restablecer|redefinir)(?![a-z])/;
const CONFIRM =
  /(?<![a-z])(?:confirm|confirmation|bestaetig\w*|confirmer|confirmar|conferma|bevestig\w*|potwierdz\w*|podtverd\w*|onayla|optin|opt-in)(?![a-z])/;
const SIGN_IN =
  /(?<![a-z])(?:magic|magic-?link|verify|verification|verif\w{1,8}|email-?verif\w*|verify-?email|change-?email|email-?change|confirm-?email|activate|activation|aktivier\w*|activer|activar|ativar|attiva|sign-?in|sign-?on|signup|log-?in|logon|auth|authenticate|passwordless|otp|sso|anmeld\w*|connexion|dogrula|accept|invite|invitation|approve|deny|device|authorize)(?![a-z])/;
const HARMLESS =
  /(?<![a-z])(?:unsubscribe|unsub|abmelden|abbestellen|optout|opt-out|desabonner|desinscription)(?![a-z])/;
/** Pages that each mail links to; the words stand in other paths too. */
const SMALL_PRINT = /\/(?:privacy|terms|legal|imprint|impressum)(?:-[a-z-]+)?\/?(?:[?#]|$)/;
const CONTENT =
  /\/(?:commits?|pull|issues|blob|tree|compare|releases|discussions|help|docs?|support|faq|kb|hc|articles?|blog|news|wiki|orders?|invoices?|assets|images?|static|products?)(?=[/?#]|$)/;

const SECRET_NAME =
  /^(?:t|tk|tok|k|c|otp|pin|key|code|sig|signature|hash|ticket|auth|jwt|nonce|secret|oobcode|oob_code|confirmation|activation|verification|[\w.-]*(?:token|_key|_code|key_?hash|token_hash))$/;
const ORDINARY_NAME =
  /^(?:utm_\w+|mc_\w+|lang|locale|hl|next|redirect\w*|return\w*|continue|ref|referrer|source|src|campaign|mode|type|action|email|user|username)$/;

export function readTarget(url: string): LinkTarget {
  const address = url.slice(0, JUDGED);
  const [, scheme = '', host = '', rest = ''] = /^(?:([a-z][a-z\d+.-]*):\/\/)?([^/?#]*)(.*)$/is.exec(address) ?? [];
  const isWeb = scheme === '' || /^https?$/i.test(scheme);
  // In an application's own scheme the host is the first word of the path; camelCase reads as words.
  const said = `${isWeb ? '' : host}${rest}`
    .replace(/([a-z])([A-Z])(?=[a-z])/g, '$1-$2')
    .replaceAll('_', '-')
    .toLowerCase();
  const saidPath = said.split(/[?#]/, 1)[0] ?? '';
  const [path = '', ...queries] = rest.split(/[?#]/);
  const params = queries.flatMap((query) => query.split(/[&;]/)).map(parameter);
  const segments = path.split('/').filter((segment) => segment !== '');
  const kind = RESET.test(said) ? 'reset' : SIGN_IN.test(said) ? 'sign-in' : undefined;
  const named = params.some(({ name, value }) => SECRET_NAME.test(name) && value.length >= 4);
  // A code as the last part of such a path: `/login/482913`.
  const endsWithCode =
    kind !== undefined && /^(?=.*\d)[a-z\d-]{4,12}$/i.test(segments.at(-1) ?? '') && segments.length > 1;
  const hasToken =
    named ||
    endsWithCode ||
    segments.some(isRandom) ||
    params.some(({ name, value }) => !ORDINARY_NAME.test(name) && isRandom(value));
  // A host of its own for signing in counts as a word, where little else is in the link.
  const byHost = isWeb && hasToken && segments.length <= 1 ? host.toLowerCase().split('.').slice(0, -2).join('/') : '';
  const confirms = CONFIRM.test(said) || CONFIRM.test(byHost);
  const signsIn = SIGN_IN.test(said) || SIGN_IN.test(byHost);
  return {
    kind: RESET.test(said) || RESET.test(byHost) ? 'reset' : signsIn || confirms ? 'sign-in' : undefined,
    onlyConfirms: confirms && !signsIn && !RESET.test(said),
    hasToken,
    isOpaque:
      hasToken ||
      segments.some((segment) => !isPlain(segment)) ||
      params.some(({ name, value }) => !ORDINARY_NAME.test(name) && value.length >= 6 && !/^[a-z]{1,12}$/.test(value)),
    // What stands in a query or behind a # is whatever the sender likes.
    isHarmless: HARMLESS.test(saidPath) || (SMALL_PRINT.test(saidPath) && !named),
    isContent: CONTENT.test(rest.toLowerCase()) && !named,
  };
}

function parameter(text: string): { name: string; value: string } {
  const at = text.indexOf('=');
  return at < 0 ? { name: '', value: text } : { name: text.slice(0, at).toLowerCase(), value: text.slice(at + 1) };
}

/** Whether a part of an address looks drawn by lot: long, with letters and digits or capitals among one another. */
function isRandom(part: string): boolean {
  if (/^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i.test(part)) return true;
  return part.split(/[-_.~%=,:]/).some((piece) => {
    if (piece.length < 10 || piece.length > 2_000) return piece.length > 2_000;
    const changes = piece.match(/\d(?=\D)|\D(?=\d)/g)?.length ?? 0;
    const capitals = piece.match(/[a-z](?=[A-Z])/g)?.length ?? 0;
    return changes >= 3 || (changes >= 1 && capitals >= 2) || capitals >= 4;
  });
}

/** Whether a part of a path is made of words, as the names of pages are. */
function isPlain(segment: string): boolean {
  if (/^\d+$/.test(segment)) return segment.length < 4;
  return segment.split(/[-_.]/).every((word) => {
    if (word.length <= 2 || (/^\d+$/.test(word) && segment.length > word.length)) return true;
    return /^(?:[a-z]+|[A-Z][a-z]+|[A-Z]+)$/.test(word) && word.length <= 24 && !/[^aeiouy]{6}/i.test(word);
  });
}
