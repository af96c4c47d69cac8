import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { AccountStore } from '../../../src/accounts/account-store.ts';
import { type Problem, sentence } from '../../../src/shared/problems.ts';
import { memoryVault } from '../../support/vault.ts';
import { problemOf } from '../support.ts';
import { standInForVscode } from './vscode-stand-in.ts';

let settings: Record<string, unknown> = {};
standInForVscode({
  workspace: { getConfiguration: () => ({ get: (name: string) => settings[name] }) },
  commands: {},
  window: {},
  ProgressLocation: {},
  QuickPickItemKind: {},
  QuickInputButtons: {},
  env: {},
  Uri: {},
  ThemeIcon: {},
  CancellationTokenSource: {},
});
const { SettingsCheck } = await import('../../../src/editor/agent/settings-check.ts');
const { AccessCommands } = await import('../../../src/editor/accounts/access-commands.ts');

describe('a setting that cannot be what somebody meant', () => {
  let [shown, logged]: [string[], string[]] = [[], []];
  const words = (problem: unknown) => sentence((problem as Problem).explain('person'));
  const newCheck = () =>
    new SettingsCheck(
      {
        words,
        tell: (problem, { email } = {}) => void shown.push([email, words(problem)].filter(Boolean).join(': ')),
      },
      { warn: (line) => void logged.push(line) },
    );
  beforeEach(() => {
    [shown, logged, settings] = [[], [], {}];
  });

  it('is told once in the window, and in the log by the same words', () => {
    const check = newCheck();
    check.look();
    assert.deepEqual(shown, []);
    settings = { hiddenQuery: 'lable:private' };
    check.look();
    check.look();
    assert.equal(shown.length, 1);
    assert.match(shown[0] ?? '', /cannot be understood, so no mail is shown.*lable: is no operator of Gmail.*Correct/);
    assert.deepEqual(logged, shown);
    settings = { hiddenQuery: 'label:private', maximumAccess: 'raed' };
    check.look();
    assert.match(shown[1] ?? '', /maximumAccess is "raed", which is none of read, draft/);
    settings = { hiddenQuery: 'lable:private' };
    check.look();
    assert.equal(shown.length, 3);
  });

  it('is told of where a label that it names is found nowhere, once for each mailbox and search', () => {
    const check = newCheck();
    for (const email of ['robin@example.org', 'robin@example.org', 'lena@example.org']) {
      check.hidingFailed(email, 'label:private OR label:secret');
    }
    assert.equal(shown.length, 2);
    assert.match(
      shown[0] ?? '',
      /^robin@example\.org: .*has no such label.*names the label private or secret;.*Correct/,
    );
    // Told of already, when it was set.
    check.hidingFailed('robin@example.org', 'lable:private');
    check.hidingFailed('robin@example.org', 'label:privat');
    assert.equal(shown.length, 3);
  });

  it('lowers no account for good', async () => {
    const store = new AccountStore(memoryVault());
    const credentials = { clientId: 'id', clientSecret: 'secret', refreshToken: 'token' };
    const email = 'robin@example.org';
    await store.save({ version: 1, email, ...credentials, level: 'full', signedInAt: 1 });
    settings = { maximumAccess: 'raed' };
    const access = new AccessCommands(store, {} as ConstructorParameters<typeof AccessCommands>[1], () => 'read');
    assert.equal((await problemOf(access.changeLevel({ email }))).code, 'maximum_access_wrong');
    assert.equal((await store.find(email))?.level, 'full');
  });
});
