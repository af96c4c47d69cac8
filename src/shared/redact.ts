const HIDDEN = '[hidden]';

/** Shorter values are too likely to be ordinary words for a search by value. */
const SHORTEST_KNOWN_SECRET = 6;

/**
 * What Google's credentials look like: access tokens start with `ya29.`, refresh tokens with `1//`, authorization
 * codes with `4/`, client secrets with `GOCSPX-`, API keys with `AIza`
 * (https://cloud.google.com/docs/authentication/token-types).
 */
const SECRET_SHAPES: readonly RegExp[] = [
  /\bya29\.[\w.-]{8,}/g,
  /\b1\/\/[\w-]{8,}/g,
  /\b4\/[\w-]{20,}/g,
  /\bGOCSPX-[\w-]{8,}/g,
  /\bAIza[\w-]{20,}/g,
];

/** Keeps the key and hides the value: `Authorization: Bearer …`, `"refresh_token":"…"`, `client_secret=…`. */
const SECRET_FIELDS: readonly RegExp[] = [
  /(\bBearer\s+)[\w.~+/=-]+/gi,
  /("(?:google_)?(?:access_token|refresh_token|client_secret|id_token|code_verifier)"\s*:\s*")[^"]*/gi,
  /(\b(?:access_token|refresh_token|client_secret|id_token|code_verifier|token)=)[^\s&"']+/gi,
];

/**
 * Removes secrets from text that is about to leave the process: log lines and error messages. It knows Google's token
 * shapes, and every value that was handed to `learn`, whatever its shape.
 */
export class Redactor {
  readonly #known = new Set<string>();

  /** Remembers values to hide. Blank and very short ones are passed over, because they would blot out ordinary text. */
  learn(...secrets: readonly (string | undefined)[]): void {
    for (const secret of secrets) {
      const value = secret?.trim();
      if (value && value.length >= SHORTEST_KNOWN_SECRET) this.#known.add(value);
    }
  }

  redact(text: string): string {
    let safe = text;
    // The longest first: one secret may begin with another.
    for (const secret of [...this.#known].sort((a, b) => b.length - a.length)) {
      for (const spelling of new Set([secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)])) {
        safe = safe.replaceAll(spelling, HIDDEN);
      }
    }
    for (const shape of SECRET_SHAPES) safe = safe.replace(shape, HIDDEN);
    for (const field of SECRET_FIELDS) safe = safe.replace(field, `$1${HIDDEN}`);
    return safe;
  }
}
