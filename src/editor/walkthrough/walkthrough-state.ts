import { commands } from 'vscode';
import type { AccountStore } from '../../accounts/account-store.ts';

/**
 * Keeps VS Code's context keys for the walkthrough true to the accounts: `headlessGmail.hasSandbox`, and
 * `headlessGmail.hasGoogleAccount` for any other. Its steps are done by them (`completionEvents` in package.json).
 */
export async function followAccounts(store: AccountStore): Promise<void> {
  const look = async () => {
    // What cannot be read now is looked at again with the next change.
    const { accounts } = await store.list().catch(() => ({ accounts: [] }));
    const isLocal = accounts.map(({ sandboxOrigin }) => sandboxOrigin !== undefined);
    await setContext('headlessGmail.hasSandbox', isLocal.includes(true));
    await setContext('headlessGmail.hasGoogleAccount', isLocal.includes(false));
  };
  store.onDidChange(() => void look());
  await look();
}

const setContext = (key: string, value: boolean) => commands.executeCommand('setContext', key, value);
