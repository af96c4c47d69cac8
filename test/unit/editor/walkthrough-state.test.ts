import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { AccountStore } from '../../../src/accounts/account-store.ts';
import { standInForVscode } from './vscode-stand-in.ts';

const keys = new Map<unknown, unknown>();
standInForVscode({
  commands: { executeCommand: async (_: string, key: unknown, value: unknown) => keys.set(key, value) },
});
const { followAccounts } = await import('../../../src/editor/walkthrough/walkthrough-state.ts');

describe('the steps of the walkthrough', () => {
  it('are done by a sandbox mailbox and by a Google account, each by its own', async () => {
    let list = async (): Promise<{ accounts: { sandboxOrigin?: string }[] }> => ({ accounts: [] });
    let changed = () => {};
    const onDidChange = (listener: () => void) => {
      changed = listener;
    };
    const after = async (accounts: { sandboxOrigin?: string }[]) => {
      list = async () => ({ accounts });
      changed();
      await new Promise(setImmediate);
      return [keys.get('headlessGmail.hasSandbox'), keys.get('headlessGmail.hasGoogleAccount')];
    };
    await followAccounts({ onDidChange, list: () => list() } as unknown as AccountStore);
    assert.deepEqual(await after([]), [false, false]);
    assert.deepEqual(await after([{ sandboxOrigin: 'http://127.0.0.1:1' }]), [true, false]);
    assert.deepEqual(await after([{}, { sandboxOrigin: 'http://127.0.0.1:1' }]), [true, true]);
    assert.deepEqual(await after([{}]), [false, true]);
    list = async () => assert.fail('locked');
    changed();
    await new Promise(setImmediate);
    assert.deepEqual([...keys.values()], [false, false]);
  });
});
