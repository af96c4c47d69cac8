import { randomBytes } from 'node:crypto';
import { RawAnswer, type Route } from '../http.ts';
import type { AuthorizationCodes } from './consent-codes.ts';
import { addressPage, choicePage, consentPage, errorPage, FORM_PATH, warningPage } from './consent-pages.ts';
import { readSignIn, SignInRefusal, type SignInRequest } from './consent-request.ts';
import { isSignInScope } from './consent-scopes.ts';
import type { Grants } from './grants.ts';
import { formOf } from './oauth-api.ts';

/** What a sent form leads to. */
type Step = (form: URLSearchParams) => RawAnswer;

/** The sign-in pages (https://developers.google.com/identity/protocols/oauth2/native-app). */
export function consentRoutes(grants: Grants, codes: AuthorizationCodes): Route[] {
  const pages = new SignInPages(grants, codes);
  return [
    { method: 'GET', path: '/o/oauth2/v2/auth', handle: ({ query }) => shown(() => pages.start(query)) },
    { method: 'POST', path: FORM_PATH, handle: (request) => shown(() => pages.goOn(formOf(request))) },
  ];
}

function shown(work: () => RawAnswer): RawAnswer {
  try {
    return work();
  } catch (error) {
    if (error instanceof SignInRefusal) return errorPage(error);
    throw error;
  }
}

class SignInPages {
  readonly #grants: Grants;
  readonly #codes: AuthorizationCodes;
  /** What the form of each open page leads to; a page can be answered once. */
  readonly #steps = new Map<string, Step>();

  constructor(grants: Grants, codes: AuthorizationCodes) {
    this.#grants = grants;
    this.#codes = codes;
  }

  start(query: URLSearchParams): RawAnswer {
    const request = readSignIn(query, this.#grants);
    const hinted = request.prompts.has('select_account') ? undefined : this.#account(request.loginHint ?? '');
    if (hinted) return this.#signedIn(request, hinted);
    return request.prompts.has('none') ? sendBack(request, INTERACTION) : this.#choose(request);
  }

  goOn(form: URLSearchParams): RawAnswer {
    const flow = form.get('flow') ?? '';
    const step = this.#steps.get(flow);
    this.#steps.delete(flow);
    if (step) return step(form);
    throw new SignInRefusal(400, 'invalid_request', 'This page has been used already. Start again in the app.');
  }

  #choose(request: SignInRequest): RawAnswer {
    const flow = this.#expect((form) => this.#chosen(request, form));
    return choicePage(flow, request.client.name, this.#grants.addresses);
  }

  #chosen(request: SignInRequest, form: URLSearchParams): RawAnswer {
    const given = (form.get('account') ?? '').trim();
    const address = this.#account(given);
    if (address) return this.#signedIn(request, address);
    const flow = this.#expect((next) => this.#chosen(request, next));
    return addressPage(flow, request.client.name, given || undefined);
  }

  #signedIn(request: SignInRequest, address: string): RawAnswer {
    const { client, prompts, scopes } = request;
    refuseBlocked(request);
    const allowed = this.#grants.allowed(client.id, address);
    if (!prompts.has('consent') && scopes.every((scope) => allowed.includes(scope))) {
      return this.#allow(request, address, scopes, false);
    }
    if (prompts.has('none')) return sendBack(request, INTERACTION);
    return client.unverified ? this.#warn(request, address) : this.#ask(request, address);
  }

  #warn(request: SignInRequest, address: string): RawAnswer {
    const flow = this.#expect((form) =>
      form.get('answer') === 'allow' ? this.#ask(request, address) : sendBack(request, DENIED),
    );
    return warningPage(flow, request.client.name);
  }

  #ask(request: SignInRequest, address: string): RawAnswer {
    const flow = this.#expect((form) => this.#answered(request, address, form));
    return consentPage(flow, { app: request.client.name, address, scopes: request.scopes });
  }

  #answered(request: SignInRequest, address: string, form: URLSearchParams): RawAnswer {
    if (form.get('answer') === 'switch') return this.#choose(request);
    if (form.get('answer') !== 'allow') return sendBack(request, DENIED);
    const asked = request.scopes.filter((scope) => !isSignInScope(scope));
    // A single scope has no box to tick.
    const ticked = asked.length > 1 ? asked.filter((scope) => form.getAll('scope').includes(scope)) : asked;
    if (asked.length > 0 && ticked.length === 0) return sendBack(request, DENIED);
    const granted = request.scopes.filter((scope) => isSignInScope(scope) || ticked.includes(scope));
    return this.#allow(request, address, granted, true);
  }

  #allow(request: SignInRequest, address: string, scopes: readonly string[], asked: boolean): RawAnswer {
    const { client, redirectUri, challenge, includeGranted } = request;
    const before = includeGranted ? this.#grants.allowed(client.id, address) : [];
    const all = [...new Set([...scopes, ...before])];
    const code = this.#codes.issue({ clientId: client.id, address, scopes: all, asked, redirectUri, challenge });
    return sendBack(request, { code, scope: all.join(' '), authuser: '0', prompt: asked ? 'consent' : 'none' });
  }

  #account(given: string): string | undefined {
    return this.#grants.addresses.find((address) => address.toLowerCase() === given.toLowerCase());
  }

  /** The one-time id of a page with a form. */
  #expect(step: Step): string {
    const flow = randomBytes(24).toString('base64url');
    this.#steps.set(flow, step);
    return flow;
  }
}

const DENIED = { error: 'access_denied' };
/** The answer to prompt=none where a page would be needed. */
const INTERACTION = { error: 'interaction_required' };

/** Who is blocked shows only once the account is known, because it depends on its organisation. */
function refuseBlocked({ client: { name, blocked } }: SignInRequest): void {
  if (blocked === 'policy') {
    const message = `Your organization’s administrator has to review ${name} before it may use your account.`;
    const heading = 'Access blocked: Your institution’s admin needs to review this app';
    throw new SignInRefusal(400, 'admin_policy_enforced', message, heading);
  }
  if (blocked === 'org_internal') {
    const message = `${name} is restricted to users within its organization.`;
    throw new SignInRefusal(
      403,
      'org_internal',
      message,
      `Access blocked: ${name} can only be used within its organization`,
    );
  }
}

/** Leads back to the app. */
function sendBack({ redirectUri, state }: SignInRequest, answer: Record<string, string>): RawAnswer {
  const location = new URL(redirectUri);
  // Who answers (RFC 9207), as Google has it.
  const all = { iss: 'https://accounts.google.com', ...(state === undefined ? {} : { state }), ...answer };
  for (const [name, value] of Object.entries(all)) {
    location.searchParams.append(name, value);
  }
  const headers = { location: location.href, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' };
  return new RawAnswer(303, 'text/plain; charset=utf-8', '', headers);
}
