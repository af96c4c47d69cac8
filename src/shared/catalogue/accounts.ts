import { ACCESS_NAMES, type Access, type AccessLevel, LEVEL_NAMES, leastLevelFor } from '../access.ts';
import { type Audience, type Entries, SIGN_IN } from './words.ts';

const scopeFor = (needed: Access): string =>
  needed === 'filters' ? 'scopes gmail.modify and gmail.settings.basic' : 'scope gmail.modify';

/** Filters are ticked in the extension's own list, which a sign-in of a known account passes over. */
const commandFor = (needed: Access): string =>
  needed === 'filters' ? 'Gmail: Change Access Level…' : 'Gmail: Sign In…';

/** Accounts in the editor, and signing in through the browser. */
export const ACCOUNT_PROBLEMS = {
  client_file_wrong: (f: { reason: string }) => ({
    what: 'This is not the OAuth client that is needed.',
    why: `The reason: ${f.reason}.`,
    next: 'In Google Cloud, create an OAuth client of the type Desktop app and import the file that it offers.',
  }),
  client_setting_wrong: (f: { reason: string }) => ({
    what: 'The OAuth client that this computer has for everybody cannot be used.',
    why: `The setting headlessGmail.clientFile names a file; ${f.reason}.`,
    next: 'Correct the setting, or clear it to bring an OAuth client of your own.',
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
  signed_out: (f: { unreadable?: string; gone?: string }, where: Audience) => ({
    what: f.unreadable || f.gone ? `${f.unreadable || f.gone} is signed out.` : 'No Gmail account is signed in.',
    why: f.unreadable
      ? 'The stored sign-in can no longer be read.'
      : f.gone
        ? 'It was signed out meanwhile, in another window perhaps.'
        : 'None has been added yet, or it was removed.',
    next:
      where !== 'person'
        ? SIGN_IN.editor
        : f.unreadable || f.gone
          ? SIGN_IN.person
          : 'Run "Gmail: Sign In…", or "Gmail: Try the Sandbox Mailbox" to look around without an account.',
  }),
  account_unknown: (f: { account: string; known: string }) => ({
    what: `No account ${f.account} is signed in.`,
    why: `Signed in: ${f.known}.`,
    next: 'Name one of these, or none for the default one.',
  }),
  maximum_access_wrong: (f: { value: string }) => ({
    what: 'It is not known how much accounts may allow the agent, so it may only read.',
    why: `The setting headlessGmail.maximumAccess is "${f.value}", which is none of read, draft, organise and full.`,
    next: 'Correct the setting; the levels of the accounts stay as they are.',
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
      arguments: `Sign in to Google again with the ${scopeFor(f.needed)} and pass the new tokens where a tool takes them.`,
      environment:
        `Sign in to Google again with the ${scopeFor(f.needed)} and put the new refresh token into ` +
        'GMAIL_REFRESH_TOKEN, then restart the server.',
      editor: `Ask the user to run the command "${commandFor(f.needed)}" in VS Code again and to tick the permission.`,
      person: `Run "${commandFor(f.needed)}" again and tick the permission.`,
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

  sign_in_denied: () => ({
    what: 'The sign-in was cancelled.',
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
} as const satisfies Entries;
