import { createHash, randomBytes } from 'node:crypto';
import type { Clock } from '../../shared/clock.ts';
import { oauthError } from '../google-error.ts';
import type { Approval, Client, Grants, Tokens } from './grants.ts';

/** The longest life of a code that RFC 6749, section 4.1.2, recommends, in milliseconds. */
const CODE_LIFETIME_MS = 600_000;

/** What the app must know the original of when it redeems its code (RFC 7636, section 4.3). */
export interface Challenge {
  value: string;
  method: 'S256' | 'plain';
}

interface CodeRequest extends Approval {
  redirectUri: string;
  challenge: Challenge | undefined;
}

interface StoredCode extends CodeRequest {
  endsAt: number;
  /** What it was redeemed for. */
  tokens: Tokens | undefined;
}

const badRequest = () => oauthError(400, 'invalid_grant', 'Bad Request');

/** The authorization codes of one sandbox, each good for one exchange. */
export class AuthorizationCodes {
  readonly #grants: Grants;
  readonly #clock: Clock;
  readonly #codes = new Map<string, StoredCode>();

  constructor(grants: Grants, clock: Clock) {
    this.#grants = grants;
    this.#clock = clock;
  }

  issue(request: CodeRequest): string {
    const code = `4/0${randomBytes(48).toString('base64url')}`;
    this.#codes.set(code, { ...request, endsAt: this.#clock.now() + CODE_LIFETIME_MS, tokens: undefined });
    return code;
  }

  /**
   * Exchanges a code for tokens. A code that comes twice ends what it was exchanged for (RFC 6749, section 4.1.2).
   *
   * @param verifier the code_verifier of the request, if it has one
   * @throws GoogleError, `invalid_grant` or `redirect_uri_mismatch`; the code then stays as it was
   */
  redeem(client: Client, code: string, redirectUri: string, verifier: string | undefined): Tokens {
    const stored = this.#codes.get(code);
    if (!stored) throw oauthError(400, 'invalid_grant', 'Malformed auth code.');
    if (stored.clientId !== client.id) throw badRequest();
    if (stored.tokens) {
      this.#grants.withdraw(stored.tokens);
      throw badRequest();
    }
    if (stored.endsAt <= this.#clock.now()) throw badRequest();
    if (stored.redirectUri !== redirectUri) throw oauthError(400, 'redirect_uri_mismatch', 'Bad Request');
    verify(stored.challenge, verifier);
    stored.tokens = this.#grants.redeem(stored);
    return stored.tokens;
  }
}

function verify(challenge: Challenge | undefined, verifier: string | undefined): void {
  const refused = (description: string) => oauthError(400, 'invalid_grant', description);
  if (!challenge) {
    if (verifier) throw refused('code_verifier or verifier is not needed.');
    return;
  }
  if (!verifier) throw refused('Missing code verifier.');
  const given = challenge.method === 'plain' ? verifier : createHash('sha256').update(verifier).digest('base64url');
  if (given !== challenge.value) throw refused('Invalid code verifier.');
}
