import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { AccessTokens } from '../../../src/accounts/access-tokens.ts';
import type { Account } from '../../../src/accounts/account.ts';
import { AccountStore } from '../../../src/accounts/account-store.ts';
import type { DeadGrant } from '../../../src/sandbox/oauth/grants.ts';
import { FULL_SCOPES, type Sandbox, startSandbox } from '../../../src/sandbox/start.ts';
import type { ProblemCode } from '../../../src/shared/problems.ts';
import { Redactor } from '../../../src/shared/redact.ts';
import { memoryVault } from '../../support/vault.ts';
import { accountOf } from '../../support/window.ts';
import { problemOf, sandboxForAll, silent } from '../support.ts';

const HOUR = 3_600_000;

describe('a refresh token that Google no longer accepts', () => {
  let sandbox: Sandbox;
  let store: AccountStore;
  let tokens: AccessTokens;
  sandboxForAll((started) => {
    sandbox = started;
  });
  beforeEach(() => {
    store = new AccountStore(memoryVault());
    tokens = new AccessTokens(store, new Redactor(), silent);
  });
  afterEach(() => sandbox.faults.clear());

  const save = async (endsAt: number | undefined, why?: DeadGrant): Promise<Account> => {
    const refreshToken = sandbox.grants.grant(sandbox.client.id, FULL_SCOPES);
    if (why) sandbox.grants.end(refreshToken, why);
    const account = { ...accountOf(sandbox), refreshToken, ...(endsAt === undefined ? {} : { endsAt }) };
    await store.save(account);
    return account;
  };

  const deaths: [string, number | undefined, DeadGrant, ProblemCode][] = [
    ['after its end', -1, 'revoked', 'grant_expired'],
    ['weeks after its end', -21 * 24 * HOUR, 'revoked', 'grant_expired'],
    ['minutes before its end, as a clock may be off', 0.5 * HOUR, 'revoked', 'grant_expired'],
    ['long before its end', 48 * HOUR, 'revoked', 'grant_dead'],
    ['that had no end', undefined, 'revoked', 'grant_dead'],
    ['after its end, for another reason', -HOUR, 'reauthentication', 'reauthentication_required'],
    ['after its end, by a policy', -HOUR, 'policy', 'policy_enforced'],
    ['after its end, with its client', -HOUR, 'deleted_client', 'client_unknown'],
  ];
  for (const [kind, left, why, code] of deaths) {
    it(`${kind} is ${code}`, async () => {
      const account = await save(left === undefined ? undefined : Date.now() + left, why);
      for (const work of [tokens.get(account), tokens.renew(account)]) assert.equal((await problemOf(work)).code, code);
    });
  }

  const blamesTesting = async (change: Partial<Account>): Promise<boolean> => {
    const account = { ...(await save(undefined, 'revoked')), ...change };
    await store.save(account);
    const { why } = (await problemOf(tokens.renew(account))).explain('person');
    assert.match(why, /Testing|by a sign-out elsewhere with the same OAuth client/);
    return why.includes('Testing');
  };

  it('is blamed on a project in Testing only where it may be one', async () => {
    const [now, week] = [Date.now(), 7 * 24 * HOUR];
    assert.equal(await blamesTesting({ signedInAt: now - week }), true);
    assert.equal(await blamesTesting({ signedInAt: now - week + 2 * HOUR }), false);
    assert.equal(await blamesTesting({ signedInAt: now - week, endsAt: now + 48 * HOUR }), false);
  });

  it('keeps what Google said', async () => {
    const account = await save(Date.now() - HOUR, 'revoked');
    assert.equal((await problemOf(tokens.get(account))).details, 'invalid_grant: Token has been expired or revoked.');
  });

  it('is used as long as Google takes it, whatever its end', async () => {
    assert.ok((await tokens.get(await save(Date.now() - HOUR))).value);
  });

  it('has not expired where Google only fails', async () => {
    const account = await save(Date.now() - HOUR);
    sandbox.faults.add({ match: /POST \/token/, cut: true });
    assert.equal((await problemOf(tokens.get(account))).code, 'offline');
  });
});

describe('the refresh token of a project in Testing', () => {
  it('works for seven days, then says why it does not', async () => {
    // Google's clock goes ahead, so that the end lies in this computer's past.
    let now = Date.now() - 8 * 24 * HOUR;
    const sandbox = await startSandbox({ now: () => now });
    try {
      sandbox.client.testing = true;
      const refreshToken = sandbox.grants.grant(sandbox.client.id, FULL_SCOPES);
      const store = new AccountStore(memoryVault());
      const account = { ...accountOf(sandbox), refreshToken, endsAt: now + 604_799_000 };
      await store.save(account);
      const tokens = new AccessTokens(store, new Redactor(), silent);
      now += 6 * 24 * HOUR;
      assert.ok((await tokens.renew(account)).value);
      now += 2 * 24 * HOUR;
      assert.equal((await problemOf(tokens.renew(account))).code, 'grant_expired');
    } finally {
      await sandbox.close();
    }
  });
});
