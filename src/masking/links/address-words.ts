/** What paths and parameters of addresses say, as they are written in lower case. */

export const RESET =
  /(?<![a-z])(?:reset|password|passwd|pwd|recover|recovery|forgot|passwort|kennwort|wachtwoord|mot-?de-?passe|motdepasse|contrasena|senha|haslo|sifre|parola|(?:reset|change|set|new|forgot)-?password|password-?reset|zuruecksetzen|reinitialis\w*|restablecer|redefinir)(?![a-z])/;
export const CONFIRM =
  /(?<![a-z])(?:confirm|confirmation|bestaetig\w*|confirmer|confirmar|conferma|bevestig\w*|potwierdz\w*|podtverd\w*|onayla|optin|opt-in)(?![a-z])/;
export const SIGN_IN =
  /(?<![a-z])(?:magic|magic-?link|verify|verification|verif\w{1,8}|email-?verif\w*|verify-?email|change-?email|email-?change|confirm-?email|activate|activation|aktivier\w*|activer|activar|ativar|attiva|sign-?in|sign-?on|signup|log-?in|log-?in-?with-?\w{1,12}|(?:auto|one-?click|quick|direct|magic|email|wp)-?log-?in|logon|auth|authenticate|passwordless|otp|sso|[2m]fa|two-?factor|pass-?key|anmeld\w*|connexion|dogrula|accept|invite|invitation|approve|deny|device|authorize)(?![a-z])/;
export const HARMLESS =
  /(?<![a-z])(?:unsubscribe|unsub|abmelden|abbestellen|optout|opt-out|desabonner|desinscription)(?![a-z])/;
/** Pages that each mail links to; the words stand in other paths too. */
export const SMALL_PRINT = /\/(?:privacy|terms|legal|imprint|impressum)(?:-[a-z-]+)?\/?(?:[?#]|$)/;
export const CONTENT =
  /\/(?:commits?|pull|issues|blob|tree|compare|releases|discussions|help|docs?|support|faq|kb|hc|articles?|blog|news|wiki|orders?|invoices?|assets|images?|static|products?)(?=[/?#]|$)/;

export const SECRET_NAME =
  /^(?:t|tk|tok|k|c|otp|pin|key|code|sig|signature|hash|ticket|auth|jwt|nonce|secret|oobcode|oob_code|confirmation|activation|verification|[\w.-]*(?:token|_key|_code|key_?hash|token_hash))$/;
export const ORDINARY_NAME =
  /^(?:utm_\w+|mc_\w+|lang|locale|hl|next|redirect\w*|return\w*|continue|ref|referrer|source|src|campaign|mode|type|action|email|user|username)$/;
/** A meeting that anybody joins who has its address, with its password: Zoom, Teams, Webex, Meet. */
export const MEETING =
  /^\/(?:(?:wc\/join|wc|j|w|s)\/\d{9,12}(?:\/\w{0,12})?(?:[?#]|$)|my\/[\w.-]{3,40}\?pwd=|(?:l\/)?meetup-join\/|meet\/\d{9,16}(?:\?p=|$)|(?:[\w.-]+\/)?j\.php\?mtid=)/;
/** Words of which addresses that let somebody in are made; a longer title has others. */
export const ACTION =
  /^(?:(?:re)?set|reset(?:ting)?|password|passwd|pwd|recover|recovery|forgot(?:ten)?|lost|change|choose|create|new|verif\w*|confirm\w*|activ\w*|e?mails?|address|account|accounts|users?|magic|links?|log|login|sign|signin|signup|in|on|up|with|by|to|your|my|the|auth\w*|one|time|otp|sso|[2m]fa|two|factor|device|invit\w*|accept|approve|deny|token|code|key|v\d?|[a-z]{2}|passwort|kennwort|vergessen|zuruecksetzen|mot|de|passe|oublie|motdepasse|contrasena|recuperar|restablecer|redefinir|senha|wachtwoord|haslo|parola|sifre)$/;
