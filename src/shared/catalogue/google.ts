import { type Audience, type Entries, FIX_CLIENT, SIGN_IN_AGAIN } from './words.ts';

/** What Google’s token endpoint, the network and the Gmail API answer. */
export const GOOGLE_PROBLEMS = {
  grant_dead: (f: { isNoTest?: boolean }, where: Audience) => ({
    what: 'Google no longer accepts the refresh token.',
    why: f.isNoTest
      ? 'It was withdrawn: at Google, with a new password, or by a sign-out elsewhere with the same OAuth client.'
      : 'It was revoked, has expired, or is not one of Google’s. A project whose consent screen is External and in ' +
        'Testing loses its tokens after seven days: publish the app to end that.',
    next: SIGN_IN_AGAIN[where],
  }),
  signed_in_elsewhere: (f: { account: string }, where: Audience) => ({
    what: `${f.account} was signed in anew in another window, and this one still has the sign-in of before.`,
    why: 'A window in a browser reads the stored sign-ins once, when it is opened.',
    next: `${where === 'person' ? 'Reload' : 'Ask the user to reload'} this window (Developer: Reload Window).`,
  }),
  grant_expired: (_: object, where: Audience) => ({
    what: 'The sign-in has ended after its seven days.',
    why: 'The Google Cloud project of this client is in Testing, where no sign-in lasts longer.',
    next: {
      arguments: 'Publish the app in Google Cloud, sign in again and pass the new refresh token.',
      environment: 'Publish the app in Google Cloud, sign in again and put the new token into GMAIL_REFRESH_TOKEN.',
      editor: 'Ask the user to publish the app in Google Cloud and to run "Gmail: Sign In…" in VS Code again.',
      person: 'Publish the app in Google Cloud, which ends that for good, then sign in again.',
    }[where],
  }),
  reauthentication_required: (_: object, where: Audience) => ({
    what: 'Google asks for a fresh sign-in.',
    why: 'The organisation of this account limits how long a sign-in lasts (invalid_rapt).',
    next: SIGN_IN_AGAIN[where],
  }),
  client_unknown: (_: object, where: Audience) => ({
    what: 'Google does not know this OAuth client.',
    why: 'The client id is wrong, the client was deleted, or the client secret does not belong to it (invalid_client).',
    next: FIX_CLIENT[where],
  }),
  client_mismatch: (_: object, where: Audience) => ({
    what: 'The refresh token belongs to another OAuth client.',
    why: 'A refresh token works only with the client id that it was issued to (unauthorized_client).',
    next: {
      arguments: 'Pass the client id and secret that the refresh token was made with.',
      environment:
        'Set the GMAIL_CLIENT_ID and GMAIL_CLIENT_SECRET that the refresh token was made with, then restart the server.',
      editor:
        'Ask the user to run the command "Gmail: Sign In…" in VS Code and sign in again with the client of the account.',
      person: 'Sign in again with the right client.',
    }[where],
  }),
  policy_enforced: () => ({
    what: 'The administrator of this Google account does not allow this app.',
    why: 'A Google Workspace policy blocks it (admin_policy_enforced).',
    next: 'Ask the administrator to trust the OAuth client under Security > API controls.',
  }),
  token_request_refused: (f: { reason: string }, where: Audience) => ({
    what: 'Google refused to issue an access token.',
    why: `Its reason: ${f.reason}.`,
    next: SIGN_IN_AGAIN[where],
  }),

  offline: (f: { host: string; code: string }) => ({
    what: `${f.host} cannot be reached.`,
    why: `The network connection failed (${f.code}); the sign-in itself is untouched.`,
    next: 'Check the network connection or the proxy (HTTPS_PROXY), then try again.',
  }),
  timed_out: (f: { host: string; seconds: string }) => ({
    what: `${f.host} did not answer within ${f.seconds} seconds.`,
    why: 'The network or Google is slow at the moment.',
    next: 'Try again in a minute.',
  }),
  redirected: (f: { host: string; status: string }) => ({
    what: `${f.host} answered with a redirect; nothing was sent there.`,
    why: `Google does not redirect here (HTTP ${f.status}). A proxy or the sign-in page of a network does, and a redirect would hand tokens or mail to another host.`,
    next: 'Sign in to the network or check the proxy (HTTPS_PROXY), then try again.',
  }),
  not_google: (f: { host: string }) => ({
    what: `What answered for ${f.host} is not Google.`,
    why: 'It sent a page where Google sends data. A proxy or the sign-in page of a network does so.',
    next: 'Sign in to the network or check the proxy (HTTPS_PROXY), then try again.',
  }),
  answer_broken: (f: { host: string }) => ({
    what: `What ${f.host} answered cannot be read.`,
    why: 'It was cut off or changed on its way. A proxy does so, or a connection that breaks.',
    next: 'Try again; where it stays so, check the proxy (HTTPS_PROXY).',
  }),
  certificate_refused: (f: { host: string; code: string }) => ({
    what: `The certificate of ${f.host} is not accepted.`,
    why: `${f.code}: this computer’s clock is wrong, or a proxy on the way uses a certificate that Node does not know.`,
    next: 'Set the clock; behind such a proxy, name its certificate in NODE_EXTRA_CA_CERTS.',
  }),
  clock_wrong: (f: { minutes: string; direction: string }) => ({
    what: 'Google refused an access token that it had just issued.',
    why: `This computer’s clock is ${f.minutes} minutes ${f.direction} of Google’s.`,
    next: 'Set the clock to the right time (switch on automatic time), then try again.',
  }),

  access_token_refused: (_: object, where: Audience) => ({
    what: 'Google does not accept the access token.',
    why: 'It has expired (they last about an hour), was revoked, or is mistyped.',
    next: {
      arguments: 'Call gmail_refresh_token and pass its access_token as google_access_token.',
      environment:
        'Call gmail_refresh_token once; if that fails too, put a new refresh token into GMAIL_REFRESH_TOKEN.',
      editor: 'Ask the user to run the command "Gmail: Refresh Access Token" in VS Code.',
      person: 'Run "Gmail: Refresh Access Token".',
    }[where],
  }),
  scope_missing: (_: object, where: Audience) => ({
    what: 'The sign-in does not include the permission that this call needs.',
    why: 'Google reports insufficient authentication scopes.',
    next: SIGN_IN_AGAIN[where],
  }),
  metadata_scope: (_: object, where: Audience) => ({
    what: 'With this sign-in Google allows neither searching mail nor reading it.',
    why: 'It holds the permission gmail.metadata, which at Google forbids both, whatever else was granted beside it.',
    next: `Remove this app at https://myaccount.google.com/connections first. ${SIGN_IN_AGAIN[where]}`,
  }),
  rate_limited: (f: { wait?: string }) => ({
    what: 'Gmail asks to slow down.',
    why: f.wait
      ? 'This account’s limit is used up; asking again before its time is over only makes it longer.'
      : 'This account’s quota for the minute is used up; it accepts no more at the moment.',
    next: `Wait ${f.wait ?? 'a minute'}, then ask for less at once.`,
  }),
  mailbox_missing: (_: object, where: Audience) => ({
    what: 'This Google account has no Gmail mailbox.',
    why: 'Its organisation has not switched Gmail on for it, or it was made with an address of another mail provider.',
    next: {
      arguments: 'Pass the credentials of an account that has Gmail.',
      environment: 'Set the credentials of an account that has Gmail, then restart the server.',
      editor: 'Ask the user to sign in with an account that has Gmail ("Gmail: Sign In…" in VS Code).',
      person: 'Sign in with an account that has Gmail, or ask the administrator to switch it on.',
    }[where],
  }),
  request_too_large: () => ({
    what: 'Gmail refused the message for its size.',
    why: 'A message may have at most 36,700,160 bytes, and files grow by a third when they are sent.',
    next: 'Leave attachments out or share them by a link, then try again; nothing was sent.',
  }),
  daily_limit: () => ({
    what: 'A daily limit of the Gmail API is used up.',
    why: 'Google counts requests a day for each Google Cloud project, and sent messages a day for each account.',
    next: 'Try again tomorrow, or raise the quota in Google Cloud.',
  }),
  domain_policy: () => ({
    what: 'The administrators of this account’s domain have switched off this access to Gmail.',
    why: 'Google reports domainPolicy.',
    next: 'Ask the administrator of the domain to allow it.',
  }),
  api_disabled: () => ({
    what: 'The Gmail API is not switched on in the Google Cloud project of this OAuth client.',
    why: 'Google reports accessNotConfigured.',
    next: 'Open Google Cloud > APIs & Services > Library > Gmail API, press Enable, and try again in a few minutes.',
  }),
  not_found: (f: { kind: string; id: string }) => ({
    what: `There is no ${f.kind} with the id ${f.id}.`,
    why: 'It was deleted, belongs to another account, or the id is not one that Gmail gave.',
    next: 'List the mail again and use an id from that list.',
  }),
  text_too_large: (f: { size: string; limit: string }) => ({
    what: `The text of the message is too large to read: ${f.size}.`,
    why: `At most ${f.limit} of text is read from one message; no person wrote so much.`,
    next: 'Read the other messages; its attachments can still be saved.',
  }),
  text_unreadable: (f: { reason: string }) => ({
    what: 'The text of the message cannot be read.',
    why: `Reading it took too much ${f.reason}; it may have been made to do so.`,
    next: 'Read the other messages; the user can open this one in Gmail, and its attachments can still be saved.',
  }),
  request_refused: (f: { reason: string }) => ({
    what: 'Gmail refused the request.',
    why: `Its reason: ${f.reason.replace(/\.$/, '')}.`,
    next: 'Correct what it names, then try again.',
  }),
  google_failed: (f: { status: string }) => ({
    what: `Google failed with HTTP status ${f.status}.`,
    why: 'The fault is on Google’s side.',
    next: 'Try again in a few minutes.',
  }),
} as const satisfies Entries;
