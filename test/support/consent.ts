import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { FULL_SCOPES, type Sandbox } from '../../src/sandbox/start.ts';

export const REDIRECT = 'http://127.0.0.1:49152/';
export const VERIFIER = 'a-code-verifier-of-forty-three-characters-or-more';

/** What a browser without scripts shows, or where it was sent. */
export interface Page {
  status: number;
  html: string;
  headers: Headers;
  /** The app's address with Google's answer, where the sign-in has ended. */
  location: URL | undefined;
  origin: string;
}

/** Opens the first of the sandbox's sign-in pages. A parameter that is undefined is left out. */
export async function openSignIn(sandbox: Sandbox, changes: Record<string, string | undefined> = {}): Promise<Page> {
  const usual = {
    client_id: sandbox.client.id,
    redirect_uri: REDIRECT,
    response_type: 'code',
    scope: FULL_SCOPES.join(' '),
    state: 'a state',
    code_challenge: createHash('sha256').update(VERIFIER).digest('base64url'),
    code_challenge_method: 'S256',
  };
  const given = Object.entries({ ...usual, ...changes }).filter((entry): entry is [string, string] =>
    Boolean(entry[1]),
  );
  return load(`${sandbox.origin}/o/oauth2/v2/auth?${new URLSearchParams(given)}`);
}

/** Opens an address as a browser does, and stays where it would leave the sign-in pages. */
export async function load(url: string, init: RequestInit = {}): Promise<Page> {
  const response = await fetch(url, { ...init, redirect: 'manual' });
  const { status, headers } = response;
  const location = headers.get('location');
  const { origin } = new URL(url);
  return { status, html: await response.text(), headers, location: location ? new URL(location) : undefined, origin };
}

/**
 * Presses a button of a page by its text.
 *
 * @param change values of fields by their names, and the boxes, by their values, that are not left ticked
 */
export async function press(
  page: Page,
  button: string,
  { fields = {}, untick = [] }: { fields?: Record<string, string>; untick?: readonly string[] } = {},
): Promise<Page> {
  const form = new URLSearchParams();
  for (const [tag] of page.html.matchAll(/<input\b[^>]*>/g)) {
    const { type, name = '', value = '' } = attributes(tag);
    const sent = type === 'checkbox' ? /\bchecked\b/.test(tag) && !untick.includes(value) : true;
    if (sent) form.append(name, fields[name] ?? value);
  }
  const pressed = [...page.html.matchAll(/<button\b([^>]*)>([^<]*)</g)].find(([, , text]) => plain(text) === button);
  assert.ok(pressed, `there is no button “${button}” in ${page.html}`);
  const { name, value = '' } = attributes(pressed[1] ?? '');
  if (name) form.append(name, value);
  return load(`${page.origin}${attributes(/<form\b[^>]*>/.exec(page.html)?.[0] ?? '').action}`, {
    method: 'POST',
    body: form,
  });
}

/** The heading of a page. */
export function headingOf({ html }: Page): string {
  return plain(/<h1>([^<]*)<\/h1>/.exec(html)?.[1]);
}

function attributes(tag: string): Record<string, string> {
  return Object.fromEntries([...tag.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, name, value]) => [name, plain(value)]));
}

function plain(text = ''): string {
  return text.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));
}
