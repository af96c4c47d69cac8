import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { AccessTokens } from '../../src/accounts/access-tokens.ts';
import type { Account } from '../../src/accounts/account.ts';
import { AccountStore, type Vault } from '../../src/accounts/account-store.ts';
import { BrokerServer, type Handlers } from '../../src/broker/broker-server.ts';
import type { BrokerSettings, Params } from '../../src/broker/protocol.ts';
import type { Sandbox } from '../../src/sandbox/start.ts';
import { createLogger } from '../../src/shared/log.ts';
import { Problem } from '../../src/shared/problems.ts';
import { Redactor } from '../../src/shared/redact.ts';

/** A secret storage that lives as long as the test. */
export function memoryVault(): Vault {
  const values = new Map<string, string>();
  return {
    keys: async () => [...values.keys()],
    get: async (key) => values.get(key),
    store: async (key, value) => void values.set(key, value),
    delete: async (key) => void values.delete(key),
  };
}

/** A folder of its own for brokers, removed with the process. */
export function brokerFolder(): string {
  const parent = mkdtempSync(path.join(tmpdir(), 'hg-test-'));
  process.once('exit', () => rmSync(parent, { recursive: true, force: true }));
  return path.join(parent, 'brokers');
}

/** The sandbox's account as a sign-in would store it. */
export const accountOf = (sandbox: Sandbox): Account => ({
  version: 1,
  email: sandbox.address,
  clientId: sandbox.client.id,
  clientSecret: sandbox.client.secret,
  refreshToken: sandbox.refreshToken,
  sandboxOrigin: sandbox.origin,
  signedInAt: Date.now(),
});

export interface Window {
  store: AccountStore;
  /** The questions that were asked so far. */
  questions: Params<'confirmSend'>[];
  close(): Promise<void>;
}

export interface WindowOptions {
  /** How the person answers; refuses where absent. */
  confirm?: (question: Params<'confirmSend'>, signal: AbortSignal) => Promise<boolean> | boolean;
  settings?: BrokerSettings;
}

/** The accounts and the broker of a window, without the window: what the extension host runs, less what a person sees. */
export async function openWindow(folder: string, options: WindowOptions = {}): Promise<Window> {
  const redactor = new Redactor();
  const store = new AccountStore(memoryVault());
  const log = createLogger(() => undefined, redactor);
  const tokens = new AccessTokens(store, redactor, log);
  const questions: Params<'confirmSend'>[] = [];
  const accountFor = async (email: string | undefined) => {
    const found = email === undefined ? (await store.list()).accounts[0] : await store.find(email);
    if (!found) throw Problem.of('signed_out', {});
    return found;
  };
  const handlers: Handlers = {
    getToken: async ({ account, refused }) => {
      const found = await accountFor(account);
      const { value, expiresAt, lifetime, clockSkewMs } = await (refused
        ? tokens.replace(found, refused)
        : tokens.get(found));
      return { account: found.email, value, expiresAt, lifetime, clockSkewMs, apiOrigin: String(found.sandboxOrigin) };
    },
    renewToken: async ({ account }) => {
      const found = await accountFor(account);
      const { value, expiresAt, lifetime, clockSkewMs } = await tokens.renew(found);
      return { account: found.email, value, expiresAt, lifetime, clockSkewMs, apiOrigin: String(found.sandboxOrigin) };
    },
    confirmSend: async (question, signal) => {
      const { email } = await accountFor(question.account);
      questions.push(question);
      return { approved: (await options.confirm?.(question, signal)) ?? false, account: email };
    },
  };
  const broker = await BrokerServer.start({ folder, handlers, settings: () => options.settings ?? {}, log });
  return { store, questions, close: () => broker.dispose() };
}
