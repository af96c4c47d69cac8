import type { Account } from '../../src/accounts/account.ts';

/** An account as a sign-in would store it, of nobody real and of no sandbox. */
export const storedAccount = (change: Partial<Account> = {}): Account => ({
  version: 1,
  email: 'robin@example.org',
  clientId: 'id',
  clientSecret: 'secret',
  refreshToken: 'token',
  level: 'full',
  signedInAt: 1,
  ...change,
});
