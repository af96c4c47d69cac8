import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { AccessTokens } from '../../../src/accounts/access-tokens.ts';
import { AccountStore } from '../../../src/accounts/account-store.ts';
import type { Health } from '../../../src/editor/status/account-health.ts';
import type { AccessLevel } from '../../../src/shared/access.ts';
import { Redactor } from '../../../src/shared/redact.ts';
import { storedAccount } from '../../support/account.ts';
import { memoryVault } from '../../support/vault.ts';
import { silent } from '../support.ts';
import { standInForVscode } from './vscode-stand-in.ts';

type Row = { label: string; description?: string; detail?: string };
let rows: Row[];
standInForVscode({
  window: {
    showQuickPick: async (shown: Row[]) => {
      rows = shown;
      return undefined;
    },
    showErrorMessage: async () => undefined,
    showInformationMessage: async () => undefined,
  },
  commands: {},
  env: {},
  Uri: {},
  ProgressLocation: {},
});
const { AccountCommands } = await import('../../../src/editor/accounts/account-commands.ts');
const { Reporter } = await import('../../../src/editor/report.ts');

const accountOf = (email: string, signedInAt: number) => storedAccount({ email, signedInAt });

describe('the list of accounts', () => {
  let health: Record<string, Health>;
  let maximum: AccessLevel;
  const shown = async () => {
    const [store, redactor] = [new AccountStore(memoryVault()), new Redactor()];
    await store.save(accountOf('ann@x', 1));
    await store.save(accountOf('bob@x', 2));
    const tokens = new AccessTokens(store, redactor, silent);
    const commands = new AccountCommands({
      ...{ store, tokens, reporter: new Reporter(silent, redactor) },
      health: { of: ({ email }) => health[email] ?? {} },
      maximumLevel: () => maximum,
    });
    await commands.show();
    return rows.slice(0, 2).map(({ label, description, detail }) => [label, description, detail]);
  };
  beforeEach(() => {
    [health, maximum] = [{}, 'full'];
  });

  it('says which one agent mode uses', async () => {
    assert.deepEqual(await shown(), [
      ['ann@x', 'access: Full', 'Agent mode uses this account'],
      ['bob@x', 'access: Full', undefined],
    ]);
  });

  it('says first of a dead sign-in that it is dead, and what to do', async () => {
    health = { 'ann@x': { trouble: 'grant_dead' }, 'bob@x': { trouble: 'client_unknown' } };
    assert.deepEqual(
      (await shown()).map(([, , detail]) => detail),
      [
        '$(warning) Sign in again: Google no longer accepts the sign-in. Agent mode uses this account',
        '$(warning) Fix the OAuth client: Google does not know the OAuth client',
      ],
    );
  });

  it('says both what was chosen and what the settings leave of it', async () => {
    maximum = 'read';
    assert.deepEqual((await shown())[1]?.[1], 'access: Full, but the settings allow no more than Read');
  });
});
