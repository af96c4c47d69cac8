/** Ids of the commands, as package.json contributes them. */
export const COMMANDS = {
  addAccount: 'headlessGmail.addAccount',
  trySandbox: 'headlessGmail.trySandbox',
  refreshToken: 'headlessGmail.refreshToken',
  refreshAllTokens: 'headlessGmail.refreshAllTokens',
  removeAccount: 'headlessGmail.removeAccount',
  showAccounts: 'headlessGmail.showAccounts',
  showLog: 'headlessGmail.showLog',
} as const;
