import { env } from 'vscode';
import type { AccountStore } from '../../accounts/account-store.ts';
import { holdsFilters, scopesOf } from '../../shared/access.ts';
import type { CommandTarget } from '../command-ids.ts';
import { tell } from '../tell.ts';

/** Copies what an administrator of Google Workspace needs to let the app in; a client id is no secret. */
export async function copyNoteForAdministrator(store: AccountStore, { email }: CommandTarget): Promise<void> {
  const account = email ? await store.find(email) : undefined;
  const lines = [
    'I would like to use Headless Mail for Gmail, an extension of VS Code, and a policy of our organisation blocks it.',
    '',
    ...(account ? [`Account: ${account.email}`, `OAuth client id: ${account.clientId}`] : []),
    `Permissions: ${scopesOf(account?.level ?? 'full', holdsFilters(account?.scopes)).join(', ')}`,
    '',
    'In the Google Admin console: Security > Access and data control > API controls > Manage app access > Configure new app, search for the client id, and set its access to Trusted or to the permissions above.',
  ];
  await env.clipboard.writeText(lines.join('\n'));
  tell('The note is in the clipboard; send it to the administrator of your Google Workspace.');
}
