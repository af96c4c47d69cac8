import type { AccessTokens } from '../accounts/access-tokens.ts';
import type { Account } from '../accounts/account.ts';
import { type AccountStore, firstAccount } from '../accounts/account-store.ts';
import type { Handlers } from '../broker/broker-server.ts';
import type { BrokerToken } from '../broker/protocol.ts';
import type { AccessToken } from '../oauth/token-client.ts';
import { Problem } from '../shared/problems.ts';
import type { Reporter } from './report.ts';
import { askToSend } from './send-question.ts';

/** What the window does for the MCP servers that it started. */
export function brokerHandlers(store: AccountStore, tokens: AccessTokens, reporter: Reporter): Handlers {
  const mint = async (
    email: string | undefined,
    ask: (account: Account) => Promise<AccessToken>,
  ): Promise<BrokerToken> => {
    let about = email ?? '';
    try {
      const account = await accountFor(store, email);
      about = account.email;
      const token = toBrokerToken(account, await ask(account));
      reporter.recovered(about);
      return token;
    } catch (error) {
      reporter.background(about, error);
      throw error;
    }
  };
  return {
    getToken: ({ account, refused }) =>
      mint(account, (found) => (refused === undefined ? tokens.get(found) : tokens.replace(found, refused))),
    renewToken: ({ account }) => mint(account, (found) => tokens.renew(found)),
    confirmSend: async (question, signal) => {
      const { email, sandboxOrigin } = await accountFor(store, question.account);
      const from = sandboxOrigin ? `${email} (sandbox, not a real mailbox)` : email;
      const approved = await askToSend(from, question);
      // The call was withdrawn while the question stood: a late click sends nothing.
      if (signal.aborted) throw Problem.of('cancelled', {});
      return { approved, account: email };
    },
  };
}

/** The named account, or the one signed in last. Throws `signed_out`. */
async function accountFor(store: AccountStore, email: string | undefined): Promise<Account> {
  if (email !== undefined) {
    const account = await store.find(email);
    if (!account) throw Problem.of('signed_out', {});
    return account;
  }
  return firstAccount(await store.list());
}

function toBrokerToken(account: Account, { value, expiresAt, lifetime, clockSkewMs }: AccessToken): BrokerToken {
  const home = account.sandboxOrigin ? { apiOrigin: account.sandboxOrigin } : {};
  return { account: account.email, value, expiresAt, lifetime, clockSkewMs, ...home };
}
