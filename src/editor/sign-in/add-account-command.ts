import { window } from 'vscode';
import { addAccount, type PastedSignIn } from '../../accounts/add-account.ts';
import { secretFault } from '../../accounts/client-file.ts';
import type { Redactor } from '../../shared/redact.ts';
import { choosableLevel } from '../settings.ts';
import { withProgress } from '../tell.ts';
import { type ClientSources, chooseClient } from './client-choice.ts';
import { sentenceOf } from './client-prompt.ts';
import { askForAccess } from './level-prompt.ts';
import { announceSignIn } from './sign-in-command.ts';

/**
 * `Gmail: Use a Refresh Token to Sign In…`, for whoever has one already: the client first, then the token. After an error
 * the client need not be given again.
 */
export async function addAccountCommand(sources: ClientSources, redactor: Redactor): Promise<void> {
  const { store, reporter } = sources;
  const client = await chooseClient(sources);
  if (!client) return;
  const access = await askForAccess('Sign in to Gmail: what the agent may do', choosableLevel());
  if (!access) return;
  for (;;) {
    const refreshToken = await askForRefreshToken();
    if (!refreshToken) return;
    const pasted: PastedSignIn = { client, refreshToken, ...access };
    try {
      const done = await withProgress('Asking Google whose mailbox this is…', () =>
        addAccount(store, redactor, pasted),
      );
      reporter.recovered(done.account.email);
      announceSignIn(done);
      return;
    } catch (error) {
      if (!(await reporter.show(error, { prefix: 'Nothing was stored', button: 'Paste Another Token' }))) return;
    }
  }
}

function askForRefreshToken(): Thenable<string | undefined> {
  return window.showInputBox({
    title: 'Sign in to Gmail: refresh token',
    prompt: 'Paste the refresh token that was issued to this client',
    placeHolder: '1//…',
    password: true,
    ignoreFocusOut: true,
    validateInput: (value) => (value ? sentenceOf(secretFault('refresh token', value)) : undefined),
  });
}
