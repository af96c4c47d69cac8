/** What the browser shows when a sign-in has come back to this computer. */
export type RedirectPage = 'signed in' | 'denied' | 'failed' | 'elsewhere' | 'over';

const WORDS: Record<RedirectPage, { title: string; text: string }> = {
  'signed in': {
    title: 'You are signed in',
    text: 'You can close this tab and go back to VS Code.',
  },
  denied: {
    title: 'You did not give the permission',
    text: 'Nothing was stored. You can close this tab; VS Code says how to try again.',
  },
  failed: {
    title: 'The sign-in did not work',
    text: 'Nothing was stored. You can close this tab; VS Code says what happened and what to do.',
  },
  elsewhere: {
    title: 'This is not the sign-in that VS Code waits for',
    text: 'It may be an old tab, or of another window. Close it and begin again in VS Code with “Gmail: Sign In…”.',
  },
  over: {
    title: 'This sign-in is over',
    text: 'You can close this tab. To sign in again, use “Gmail: Sign In…” in VS Code.',
  },
};

/** No script, nothing from outside, nothing of the request repeated. */
export function redirectPage(page: RedirectPage): string {
  const { title, text } = WORDS[page];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title} – Headless Mail for Gmail</title>
<style>
body { font: 1.1rem/1.5 system-ui, sans-serif; max-width: 34rem; margin: 18vh auto 0; padding: 0 1.5rem; color-scheme: light dark; }
h1 { font-size: 1.6rem; font-weight: 600; }
</style>
</head>
<body>
<main>
<h1>${title}</h1>
<p>${text}</p>
</main>
</body>
</html>
`;
}

/** Headers of every page: nothing may run, load, be framed or be kept, and the address with the code goes nowhere. */
export const PAGE_HEADERS: Readonly<Record<string, string>> = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  connection: 'close',
};
