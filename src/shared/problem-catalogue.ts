import { ACCESS_NAMES, type Access, type AccessLevel, LEVEL_NAMES, leastLevelFor } from './access.ts';

/**
 * The one map from what went wrong to what a person or a model is told. Each entry says what happened, why, and the
 * one thing to do next; the next step depends on where the credentials come from.
 */

/** Where a server's credentials come from: tool arguments, its environment, or the editor that holds the accounts. */
export type CredentialSource = 'arguments' | 'environment' | 'editor';

/** Whom the words are for: a model, by where its server's credentials come from, or the person in the editor. */
export type Audience = CredentialSource | 'person';

export interface Explanation {
  what: string;
  why: string;
  next: string;
}

type ByAudience = Record<Audience, string>;

const SIGN_IN_AGAIN: ByAudience = {
  arguments: 'Sign in to Google again and pass the new refresh token as google_refresh_token.',
  environment:
    'Sign in to Google again and put the new refresh token into GMAIL_REFRESH_TOKEN, then restart the server.',
  editor: 'Ask the user to run the command "Gmail: Sign In…" in VS Code and sign in again.',
  person: 'Sign in again with "Gmail: Sign In…".',
};

const SIGN_IN = {
  editor: 'Ask the user to run the command "Gmail: Sign In…" in VS Code.',
  person: 'Run "Gmail: Sign In…".',
};

const FIX_CLIENT: ByAudience = {
  arguments: 'Copy the client id and secret again from Google Cloud and pass them together.',
  environment: 'Copy GMAIL_CLIENT_ID and GMAIL_CLIENT_SECRET again from Google Cloud, then restart the server.',
  editor: 'Ask the user to run the command "Gmail: Sign In…" in VS Code and import the client file again.',
  person: 'Run "Gmail: Sign In…" and import the client file again.',
};

const SAVE_FOLDER_OF_OWNER = 'Ask the owner of the server to allow an existing folder for attachments.';

export const CATALOGUE = {
  // What the caller handed over.
  argument_invalid: (f: { argument: string; expected: string; got: string }) => ({
    what: `The argument ${f.argument} is not usable.`,
    why: `Expected: ${f.expected}. Got: ${f.got}.`,
    next: `Call the tool again with ${f.argument} corrected.`,
  }),
  argument_missing: (f: { argument: string; expected: string }) => ({
    what: `The argument ${f.argument} is missing or blank.`,
    why: `Expected: ${f.expected}.`,
    next: `Call the tool again with ${f.argument}.`,
  }),
  argument_unknown: (f: { argument: string; known: string }) => ({
    what: `There is no argument ${f.argument}.`,
    why: `This tool takes ${f.known}.`,
    next: 'Call the tool again without it.',
  }),
  cursor_wrong: (f: { reason: string }) => ({
    what: 'The cursor is not usable here.',
    why: `A cursor goes on with the very list that it came with, but ${f.reason}.`,
    next: 'Call the tool again without a cursor to begin anew, or with the last one, whole, and the same arguments.',
  }),
  query_unbalanced: (f: { reason: string }) => ({
    what: 'The search is not usable as it is written.',
    why: `In it ${f.reason}.`,
    next: 'Close every quotation mark and bracket, then search again.',
  }),
  hidden_query_wrong: (f: { reason: string }, where: Audience) => ({
    what: 'The search that says which mail stays hidden cannot be understood, so no mail is shown.',
    why: `In the setting ${f.reason}.`,
    next: `${where === 'person' ? 'Correct' : 'Ask the user to correct'} the setting; a search such as label:private works.`,
  }),
  credentials_missing: (f: { names: string }, where: Audience) => ({
    what: 'There are no complete Google credentials to work with.',
    why: `Missing or blank: ${f.names}.`,
    next: {
      arguments: 'Pass them as arguments of the call.',
      environment: `Set ${f.names} in the server's environment, then restart the server.`,
      editor: SIGN_IN.editor,
      person: SIGN_IN.person,
    }[where],
  }),
  credential_malformed: (f: { name: string }) => ({
    what: `${f.name} is not usable.`,
    why: 'It has a blank, a line break or another character inside that no credential of Google has.',
    next: 'Copy it again, whole and on one line, and call the tool again.',
  }),
  recipient_invalid: (f: { argument: string; got: string }) => ({
    what: `${f.got} in ${f.argument} is not an e-mail address.`,
    why: 'Addresses look like name@example.com or Name <name@example.com>, with commas between them.',
    next: `Correct ${f.argument} and call the tool again; nothing was sent.`,
  }),
  too_many_recipients: (f: { argument: string; got: string; limit: string }) => ({
    what: `There are too many recipients in ${f.argument}: ${f.got}.`,
    why: `Gmail takes at most ${f.limit} in one message.`,
    next: 'Send to fewer, or to a mailing list, and call the tool again; nothing was sent.',
  }),
  header_line_break: (f: { argument: string }) => ({
    what: `${f.argument} contains a line break or another control character.`,
    why: 'A header is one line; a break in it could smuggle in further headers.',
    next: `Write ${f.argument} on one line and call the tool again; nothing was sent.`,
  }),
  message_empty: () => ({
    what: 'The message has no text.',
    why: 'Both body and html_body are blank.',
    next: 'Write the text into body and call the tool again; nothing was sent.',
  }),
  message_too_large: (f: { size: string; limit: string }) => ({
    what: `The message is too large to send: ${f.size}.`,
    why: `Gmail accepts at most ${f.limit} in one message.`,
    next: 'Shorten it, or share the content by a link, and call the tool again; nothing was sent.',
  }),

  // Accounts in the editor.
  client_file_wrong: (f: { reason: string }) => ({
    what: 'This is not the OAuth client that is needed.',
    why: `The reason: ${f.reason}.`,
    next: 'In Google Cloud, create an OAuth client of the type Desktop app and import the file that it offers.',
  }),
  refresh_token_wrong: (f: { reason: string }) => ({
    what: 'This is not a refresh token.',
    why: `The reason: ${f.reason}.`,
    next: 'Paste the refresh token, which begins with 1// at Google.',
  }),
  storage_failed: (f: { action: 'read' | 'write' }) => ({
    what: f.action === 'read' ? 'The stored accounts cannot be read.' : 'The stored accounts cannot be changed.',
    why: 'The secret storage of VS Code reported an error; nothing was changed.',
    next: 'Unlock or set up the keyring of your system (VS Code: "Preferences: Configure Runtime Arguments", password-store), then try again.',
  }),
  signed_out: (f: { unreadable?: string }, where: Audience) => ({
    what: f.unreadable ? `${f.unreadable} is signed out.` : 'No Gmail account is signed in.',
    why: f.unreadable ? 'The stored sign-in can no longer be read.' : 'None has been added yet, or it was removed.',
    next: where === 'person' ? SIGN_IN.person : SIGN_IN.editor,
  }),
  account_unknown: (f: { account: string; known: string }) => ({
    what: `No account ${f.account} is signed in.`,
    why: `Signed in: ${f.known}.`,
    next: 'Name one of these, or none for the default one.',
  }),
  level_too_low: (
    f: { account: string; level: AccessLevel; needed: Access; isMaximum?: boolean },
    where: Audience,
  ) => ({
    what: `The agent may not use ${f.account} for ${ACCESS_NAMES[f.needed]}.`,
    why: `${f.isMaximum ? `The administrator of this computer allows no more than ${LEVEL_NAMES[f.level]}` : `The access level ${LEVEL_NAMES[f.level]} was chosen for it`}; this needs ${LEVEL_NAMES[leastLevelFor(f.needed)]}.`,
    next: f.isMaximum
      ? 'Only the administrator can change that (setting headlessGmail.maximumAccess); go on without it.'
      : where === 'person'
        ? 'Run "Gmail: Change Access Level…" if the agent shall do it.'
        : 'Ask the user whether it is wanted, and then to run the command "Gmail: Change Access Level…" in VS Code.',
  }),
  scope_not_granted: (f: { account?: string; needed: Access }, where: Audience) => ({
    what: `The sign-in${f.account ? ` of ${f.account}` : ''} does not include ${ACCESS_NAMES[f.needed]}.`,
    why: 'The permission for it was not ticked on Google’s page, or not asked for.',
    next: {
      arguments: 'Sign in to Google again with the scope gmail.modify and pass the new refresh token.',
      environment:
        'Sign in to Google again with the scope gmail.modify and put the new refresh token into GMAIL_REFRESH_TOKEN, ' +
        'then restart the server.',
      editor: 'Ask the user to run the command "Gmail: Sign In…" in VS Code again and to tick the permission.',
      person: 'Run "Gmail: Sign In…" again and tick the permission.',
    }[where],
  }),
  editor_absent: () => ({
    what: 'No VS Code window answers for the accounts.',
    why: 'The window is closed, or the extension Headless Mail for Gmail is not active in it.',
    next: 'Open VS Code (or reload its window) and try again.',
  }),
  folder_unsafe: (f: { reason: string }) => ({
    what: 'The folder in which VS Code announces itself is not trusted.',
    why: `${f.reason}; another user of this computer could have put it there.`,
    next: 'Check or remove the folder "brokers" in the storage of the extension, then reload the VS Code window.',
  }),

  // Signing in through the browser.
  sign_in_denied: () => ({
    what: 'The sign-in ended without a permission.',
    why: 'Google’s page was left with Cancel; nothing was stored.',
    next: 'Sign in again and allow what the agent shall do.',
  }),
  sign_in_refused: (f: { reason: string }) => ({
    what: 'Google did not finish the sign-in.',
    why: `Its reason: ${f.reason}; nothing was stored.`,
    next: 'Sign in again; if it stays, import the client file again.',
  }),
  sign_in_unanswered: () => ({
    what: 'The sign-in was given up.',
    why: 'Nobody finished it in the browser within a quarter of an hour.',
    next: 'Sign in again when you have the time.',
  }),
  sign_in_other_mailbox: (f: { expected: string; got: string }) => ({
    what: `You signed in as ${f.got}, not as ${f.expected}.`,
    why: 'Another account was chosen in the browser; nothing was changed.',
    next: `Sign in again and choose ${f.expected}.`,
  }),
  nothing_granted: () => ({
    what: 'The sign-in allows nothing.',
    why: 'No permission for Gmail was ticked on Google’s page; nothing was stored.',
    next: 'Sign in again and tick what the agent shall do.',
  }),
  refresh_token_absent: () => ({
    what: 'Google issued no refresh token.',
    why: 'Without one the sign-in would end within the hour, so nothing was stored.',
    next: 'Withdraw the app’s permission at myaccount.google.com/connections, then sign in again.',
  }),
  redirect_port_refused: (f: { code: string }) => ({
    what: 'This computer gave no port for the end of the sign-in.',
    why: `Listening on 127.0.0.1 failed (${f.code}); a security program may forbid it.`,
    next: 'Allow VS Code to listen on 127.0.0.1, then sign in again.',
  }),
  address_wrong: (f: { reason: string }) => ({
    what: 'This is not the address that the browser ended on.',
    why: `As pasted ${f.reason}.`,
    next: 'Copy the whole address from the browser after you have pressed Continue; it begins with 127.0.0.1.',
  }),

  // What Google's token endpoint answers.
  grant_dead: (_: object, where: Audience) => ({
    what: 'Google no longer accepts the refresh token.',
    why:
      'It was revoked, has expired, or is not one of Google’s. A project whose consent screen is External and in ' +
      'Testing loses its tokens after seven days: publish the app to end that.',
    next: SIGN_IN_AGAIN[where],
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

  // What the network answers.
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

  // What the Gmail API answers.
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
  rate_limited: () => ({
    what: 'Gmail asks to slow down.',
    why: 'This account’s quota for the minute is used up; it accepts no more at the moment.',
    next: 'Wait a minute, then ask for less at once.',
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

  // Files.
  part_unknown: (f: { part: string; message: string; known: string }) => ({
    what: `The message ${f.message} has no file with the part ${f.part}.`,
    why: `Its files have these parts: ${f.known}.`,
    next: 'Use one of these, as gmail_read_email lists them.',
  }),
  save_folder_missing: (f: { folder: string }, where: Audience) => ({
    what: 'Nothing was saved.',
    why: `${f.folder} is no folder, or not an absolute path to one.`,
    next: {
      arguments: SAVE_FOLDER_OF_OWNER,
      environment: 'Let the server’s owner name an existing folder in GMAIL_SAVE_DIR and restart the server.',
      editor: 'Ask the user to run the command "Gmail: Choose Folder for Attachments…" in VS Code.',
      person: 'Run "Gmail: Choose Folder for Attachments…" and choose a folder that exists.',
    }[where],
  }),
  save_failed: (f: { reason: string }) => ({
    what: 'The file was not saved.',
    why: `Writing it failed (${f.reason}); nothing was left behind.`,
    next: 'Check that there is room and that the folder can be written to, then try again.',
  }),
  save_folder_unset: (_: object, where: Audience) => ({
    what: 'Nothing was saved.',
    why: 'No folder for attachments has been chosen.',
    next: {
      arguments: SAVE_FOLDER_OF_OWNER,
      environment: 'Let the server’s owner name a folder in GMAIL_SAVE_DIR and restart the server.',
      editor: 'Ask the user to run the command "Gmail: Choose Folder for Attachments…" in VS Code.',
      person: 'Run "Gmail: Choose Folder for Attachments…".',
    }[where],
  }),

  // Sending.
  send_needs_approval: (_: object, where: Audience) => ({
    what: 'The message was not sent.',
    why: 'A person must confirm each send, and this client cannot ask one (it has no elicitation).',
    next:
      where === 'environment'
        ? 'Use a client with elicitation, or let the server’s owner set GMAIL_CONFIRM_SEND=never.'
        : 'Ask the user to confirm in VS Code.',
  }),
  send_declined: () => ({
    what: 'The message was not sent.',
    why: 'The person who was asked did not confirm it.',
    next: 'Ask the user what to change; do not send it again unasked.',
  }),
  send_unanswered: () => ({
    what: 'The message was not sent.',
    why: 'Nobody answered the question whether to send it.',
    next: 'Ask the user whether it is still wanted, then call the tool again.',
  }),
  send_unclear: (f: { subject: string; reason: string }) => ({
    what: 'It is unknown whether the message was sent.',
    why: `The connection to Gmail failed after the message had left (${f.reason}). It is never sent a second time.`,
    next: `Look in the Sent folder for the subject ${f.subject} before anything is sent again.`,
  }),

  cancelled: () => ({
    what: 'The call was cancelled.',
    why: 'The client withdrew it.',
    next: 'Call the tool again if it is still wanted.',
  }),
  internal: (f: { reason: string }) => ({
    what: 'Something went wrong inside Headless Mail.',
    why: f.reason,
    next: 'Try again; if it stays, report it with the steps that lead to it.',
  }),
} as const satisfies Record<string, (facts: never, where: Audience) => Explanation>;
