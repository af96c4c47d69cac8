/** Where a server's credentials come from: tool arguments, its environment, or the editor that holds the accounts. */
export type CredentialSource = 'arguments' | 'environment' | 'editor';

/** Whom the words are for: a model, by where its server's credentials come from, or the person in the editor. */
export type Audience = CredentialSource | 'person';

export interface Explanation {
  what: string;
  why: string;
  next: string;
}

/** Entries of the catalogue by their codes. */
export type Entries = Record<string, (facts: never, where: Audience) => Explanation>;

type ByAudience = Record<Audience, string>;

export const SIGN_IN_AGAIN: ByAudience = {
  arguments:
    'Sign in to Google again, and pass the new tokens: google_access_token, and google_refresh_token where a tool takes it.',
  environment:
    'Sign in to Google again and put the new refresh token into GMAIL_REFRESH_TOKEN, then restart the server.',
  editor: 'Ask the user to run the command "Gmail: Sign In…" in VS Code and sign in again.',
  person: 'Sign in again with "Gmail: Sign In…".',
};

export const SIGN_IN = {
  editor: 'Ask the user to run the command "Gmail: Sign In…" in VS Code.',
  person: 'Run "Gmail: Sign In…".',
};

export const FIX_CLIENT: ByAudience = {
  arguments: 'Copy the client id and secret again from Google Cloud and pass them together.',
  environment: 'Copy GMAIL_CLIENT_ID and GMAIL_CLIENT_SECRET again from Google Cloud, then restart the server.',
  editor: 'Ask the user to run the command "Gmail: Sign In…" in VS Code and import the client file again.',
  person: 'Run "Gmail: Sign In…" and import the client file again.',
};

/** Ends a next step where nothing has left. */
export const NOTHING_SENT = 'nothing was sent';
