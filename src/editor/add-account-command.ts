import { ProgressLocation, window } from 'vscode';
import type { AccountStore } from '../accounts/account-store.ts';
import { type AddedAccount, addAccount } from '../accounts/add-account.ts';
import { type ImportedClient, secretFault } from '../accounts/client-file.ts';
import type { Redactor } from '../shared/redact.ts';
import { askForClient, sentenceOf } from './client-prompt.ts';
import type { Reporter } from './report.ts';

/** `Gmail: Add Account…`: the client first, then a refresh token. After an error the client need not be given again. */
export async function addAccountCommand(store: AccountStore, redactor: Redactor, reporter: Reporter): Promise<void> {
  const client = await askForClient(reporter);
  if (!client) return;
  for (;;) {
    const refreshToken = await askForRefreshToken();
    if (!refreshToken) return;
    try {
      announce(await verify(store, redactor, client, refreshToken));
      return;
    } catch (error) {
      if ((await reporter.show(error, 'Nothing was stored', 'Paste Another Token')) === undefined) return;
    }
  }
}

function askForRefreshToken(): Thenable<string | undefined> {
  return window.showInputBox({
    title: 'Add a Gmail account: refresh token',
    prompt: 'Paste the refresh token that was issued to this client',
    placeHolder: '1//…',
    password: true,
    ignoreFocusOut: true,
    validateInput: (value) => (value ? sentenceOf(secretFault('refresh token', value)) : undefined),
  });
}

async function verify(
  store: AccountStore,
  redactor: Redactor,
  client: ImportedClient,
  refreshToken: string,
): Promise<AddedAccount> {
  return window.withProgress(
    { location: ProgressLocation.Notification, title: 'Asking Google whose mailbox this is…' },
    () => addAccount(store, redactor, client, refreshToken),
  );
}

function announce({ account, replaced }: AddedAccount): void {
  const what = replaced ? 'was signed in already; its sign-in has been renewed.' : 'is signed in.';
  window
    .showInformationMessage(`${account.email} ${what} Agent mode can use this mailbox now.`)
    .then(undefined, () => undefined);
}
