import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { AccountStore } from '../../../src/accounts/account-store.ts';
import { type Problem, sentence } from '../../../src/shared/problems.ts';
import { memoryVault } from '../../support/vault.ts';
import { problemOf } from '../support.ts';
import { standInForVscode } from './vscode-stand-in.ts';

let settings: Record<string, unknown> = {};
let commands: unknown[][] = [];
standInForVscode({
  workspace: { getConfiguration: () => ({ get: (name: string) => settings[name] }) },
  commands: { executeCommand: async (...command: unknown[]) => void commands.push(command) },
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
  let isPressed = false;
  const words = (problem: unknown) => sentence((problem as Problem).explain('person'));
  const newCheck = () =>
    new SettingsCheck(
      {
        words,
        show: async (problem) => {
          shown.push(words(problem));
          return isPressed;
        },
      },
      { warn: (line) => void logged.push(line) },
    );
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  beforeEach(() => {
    [shown, logged, commands, settings, isPressed] = [[], [], [], {}, false];
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

  it('is one press away', async () => {
    isPressed = true;
    settings = { maximumAccess: 'raed' };
    newCheck().look();
    await turn();
    assert.deepEqual(commands, [['workbench.action.openSettings', 'headlessGmail.maximumAccess']]);
  });

  it('lowers no account for good', async () => {
    const store = new AccountStore(memoryVault());
    const credentials = { clientId: 'id', clientSecret: 'secret', refreshToken: 'token' };
    const email = 'robin@example.org';
    await store.save({ version: 1, email, ...credentials, level: 'full', signedInAt: 1 });
    settings = { maximumAccess: 'raed' };
    const access = new AccessCommands(store, {} as ConstructorParameters<typeof AccessCommands>[1]);
    assert.equal((await problemOf(access.changeLevel({ email }))).code, 'maximum_access_wrong');
    assert.equal((await store.find(email))?.level, 'full');
  });
});
