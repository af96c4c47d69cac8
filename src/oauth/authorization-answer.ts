import { timingSafeEqual } from 'node:crypto';
import { Problem } from '../shared/problems.ts';

/** Longer than any address that Google ends a sign-in on, in characters. */
const LONGEST_ADDRESS = 16_384;

/** What came back from the browser: a code, or why there is none. */
export type AuthorizationAnswer = { code: string } | { refusal: Problem };

/**
 * Reads the query of a redirect (RFC 6749, section 4.1.2). Undefined where it is not the answer to this sign-in: then
 * it says nothing about it, whatever it claims.
 */
export function readAnswer(query: URLSearchParams, state: string): AuthorizationAnswer | undefined {
  if (!isSame(query.get('state') ?? '', state)) return undefined;
  const error = query.get('error');
  if (error) return { refusal: refusalOf(error) };
  const code = query.get('code');
  return code ? { code } : undefined;
}

/**
 * Reads an address that a person copied from the browser, where the browser cannot reach this computer.
 *
 * @throws Problem `address_wrong`, which says what the text is instead
 */
export function readPastedAnswer(pasted: string, state: string): AuthorizationAnswer {
  const wrong = (reason: string) => Problem.of('address_wrong', { reason });
  const text = pasted.trim();
  if (text === '') throw wrong('it is empty');
  if (text.length > LONGEST_ADDRESS) throw wrong('it is far too long');
  if (/^4\//.test(text)) throw wrong('it is the code alone, and the whole address is needed');
  // Browsers leave the scheme out of what they show.
  const url = parse(text) ?? parse(`http://${text}`);
  if (!url) throw wrong('it is not an address');
  if (/(^|\.)google\.com$/.test(url.hostname)) throw wrong('it is a page of Google from before the end of the sign-in');
  if (!url.searchParams.has('code') && !url.searchParams.has('error')) throw wrong('it has no answer of Google in it');
  const answer = readAnswer(url.searchParams, state);
  if (!answer) throw wrong('it belongs to another sign-in');
  return answer;
}

/** Errors of the authorization endpoint (RFC 6749, section 4.1.2.1) and Google's own. */
function refusalOf(error: string): Problem {
  const known = /^[a-z_]{1,60}$/.test(error) ? error : 'unknown';
  if (known === 'access_denied') return Problem.of('sign_in_denied', {});
  if (known === 'admin_policy_enforced' || known === 'org_internal') return Problem.of('policy_enforced', {}, known);
  return Problem.of('sign_in_refused', { reason: known });
}

function parse(text: string): URL | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url && /^https?:$/.test(url.protocol) ? url : undefined;
}

function isSame(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
