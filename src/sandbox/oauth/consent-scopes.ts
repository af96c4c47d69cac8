const PREFIX = 'https://www.googleapis.com/auth/';

/** The scopes of sign-in itself. They come with every consent and have no box of their own. */
const SIGN_IN = new Map([
  ['openid', 'Associate you with your personal info'],
  [`${PREFIX}userinfo.email`, 'See your primary email address'],
  [`${PREFIX}userinfo.profile`, 'See your personal info'],
]);

/** Gmail's scopes and what they allow (https://developers.google.com/workspace/gmail/api/auth/scopes). */
const GMAIL = new Map([
  ['https://mail.google.com/', 'Read, compose, send, and permanently delete all your email from Gmail'],
  [`${PREFIX}gmail.modify`, 'Read, compose, and send emails from your Gmail account'],
  [`${PREFIX}gmail.readonly`, 'View your email messages and settings'],
  [`${PREFIX}gmail.metadata`, 'View your email message metadata such as labels and headers, but not the email body'],
  [`${PREFIX}gmail.compose`, 'Manage drafts and send emails'],
  [`${PREFIX}gmail.send`, 'Send email on your behalf'],
  [`${PREFIX}gmail.insert`, 'Add emails into your Gmail mailbox'],
  [`${PREFIX}gmail.labels`, 'See and edit your email labels'],
  [`${PREFIX}gmail.settings.basic`, 'See, edit, create, or change your email settings and filters in Gmail'],
]);

/** OpenID Connect's short names, which Google answers in full. */
const SHORT = new Map([
  ['email', `${PREFIX}userinfo.email`],
  ['profile', `${PREFIX}userinfo.profile`],
]);

/** The scopes that a request names, each once and in full; those that do not exist stand apart. */
export function readScopes(value: string): { valid: string[]; invalid: string[] } {
  const named = value.split(/\s+/).filter(Boolean);
  const scopes = [...new Set(named.map((scope) => SHORT.get(scope) ?? scope))];
  const exists = (scope: string) => SIGN_IN.has(scope) || GMAIL.has(scope);
  return { valid: scopes.filter(exists), invalid: scopes.filter((scope) => !exists(scope)) };
}

export const isSignInScope = (scope: string): boolean => SIGN_IN.has(scope);

/** What a scope allows, as the consent page words it. */
export const scopeText = (scope: string): string => SIGN_IN.get(scope) ?? GMAIL.get(scope) ?? scope;
