import { RawAnswer } from '../http.ts';
import type { SignInRefusal } from './consent-request.ts';
import { isSignInScope, scopeText } from './consent-scopes.ts';

/** Where every form of the sign-in pages goes. */
export const FORM_PATH = '/signin/oauth';

interface Html {
  readonly html: string;
}

/** Whose consent is asked, and to what. */
interface Asked {
  app: string;
  address: string;
  scopes: readonly string[];
}

/** HTML in which everything that is filled in is escaped, unless it is such HTML itself. */
function html(parts: TemplateStringsArray, ...values: (string | Html | Html[])[]): Html {
  const filled = values.map((value) => {
    if (typeof value === 'string') return escapeHtml(value);
    return (Array.isArray(value) ? value : [value]).map((piece) => piece.html).join('');
  });
  return { html: parts.map((part, index) => part + (filled[index] ?? '')).join('') };
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** Lists the accounts, and the way to one that is not listed. */
export function choicePage(flow: string, app: string, addresses: readonly string[]): RawAnswer {
  const buttons = addresses.map(
    (address) => html`<p><button name="account" value="${address}">${address}</button></p>`,
  );
  return page(
    'Choose an account',
    html`<p>to continue to ${app}</p>
${form(flow, html`${buttons}<p><button name="account" value="">Use another account</button></p>`)}`,
  );
}

/** Asks for an address. @param unknown the one that was given and that the sandbox does not have */
export function addressPage(flow: string, app: string, unknown: string | undefined): RawAnswer {
  const problem = html`<p role="alert" id="problem">The sandbox has no account ${unknown ?? ''}.</p>`;
  const field = html`<p><label for="email">Email</label>
<input id="email" name="account" type="email" autocomplete="off" required autofocus
 value="${unknown ?? ''}"${unknown === undefined ? '' : html` aria-invalid="true" aria-describedby="problem"`}></p>
${unknown === undefined ? '' : problem}
<p><button>Next</button></p>`;
  return page('Use another account', html`<p>to continue to ${app}</p>${form(flow, field)}`);
}

/** What stands before the consent page of an app that was not verified. */
export function warningPage(flow: string, app: string): RawAnswer {
  const buttons = html`<p><button name="answer" value="allow">Continue</button>
<button name="answer" value="deny">Back to safety</button></p>`;
  return page(
    'The sandbox hasn’t verified this app',
    html`<p>${app} asks for access to sensitive info in your account. Until its developer has had it verified, you
shouldn’t use it unless you know and trust the developer.</p>${form(flow, buttons)}`,
  );
}

/**
 * Asks for consent. Each scope has a box where more than one is asked beside those of sign-in, as at Google since
 * consent is granular; the boxes are ticked, because “Select all” would need a script.
 */
export function consentPage(flow: string, { app, address, scopes }: Asked): RawAnswer {
  const gmail = scopes.filter((scope) => !isSignInScope(scope));
  const fixed = gmail.length > 1 ? scopes.filter(isSignInScope) : scopes;
  const list = html`<p>This will allow ${app} to:</p>
<ul>${fixed.map((scope) => html`<li>${scopeText(scope)} <code>${scope}</code></li>`)}</ul>`;
  const boxes = html`<fieldset><legend>Select what ${app} can access</legend>${gmail.map(scopeBox)}</fieldset>`;
  const content = html`${fixed.length > 0 ? list : ''}${gmail.length > 1 ? boxes : ''}
<p><button name="answer" value="allow">Continue</button> <button name="answer" value="deny">Cancel</button></p>
<p>Not ${address}? <button name="answer" value="switch">Use another account</button></p>`;
  return page(
    `${app} wants access to your account`,
    html`<p>You are signed in as <strong>${address}</strong>.</p>${form(flow, content)}`,
  );
}

function scopeBox(scope: string): Html {
  return html`<p><label><input type="checkbox" name="scope" value="${scope}" checked> ${scopeText(scope)}
<code>${scope}</code></label></p>`;
}

/** Says why the sign-in cannot go on. */
export function errorPage({ status, error, heading, message }: SignInRefusal): RawAnswer {
  return page(heading, html`<p>${message}</p><p>Error ${String(status)}: ${error}</p>`, status);
}

function form(flow: string, content: Html): Html {
  return html`<form method="post" action="${FORM_PATH}"><input type="hidden" name="flow" value="${flow}">${content}</form>`;
}

const STYLE = `:root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}
body{max-width:34rem;margin:2rem auto;padding:0 1rem}
header{border:1px solid;border-radius:.5rem;padding:.5rem 1rem}
button,input[type=email]{font:inherit;padding:.4rem 1rem}
code{display:block;font-size:.8rem;overflow-wrap:anywhere}`;

function page(heading: string, content: Html, status = 200): RawAnswer {
  const whole = html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${heading} – Sign in – Sandbox</title>
<style>${{ html: STYLE }}</style>
</head>
<body>
<header>This is the sandbox on your own computer. It is not Google, and it never asks for a password.</header>
<main>
<h1>${heading}</h1>
${content}
</main>
</body>
</html>
`;
  return new RawAnswer(status, 'text/html; charset=utf-8', whole.html, {
    // Without form-action: Chromium holds it against the redirect to the app too, and against where the app leads on.
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  });
}
