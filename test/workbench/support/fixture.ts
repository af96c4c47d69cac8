import { readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BrowserContext } from 'playwright-core';
import { type Sandbox, startSandbox } from '../../../src/sandbox/start.ts';
import { openBrowser } from './browser.ts';
import { connectDriver, type Driver, packageCompanion } from './companion.ts';
import { openWindow, type Ui } from './ui.ts';
import { startWorkbench, type Workbench } from './workbench.ts';

export const EXTENSION = 'headless-gmail.headless-gmail';

/** Titles of the steps of `Gmail: Add Account…`. */
export const STEPS = {
  way: 'Add a Gmail account: the OAuth client',
  file: 'Import the client file',
  paste: 'Add a Gmail account: paste the client file',
  id: 'Add a Gmail account: client id',
  secret: 'Add a Gmail account: client secret',
  token: 'Add a Gmail account: refresh token',
} as const;

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/** The packaged extension. Throws where `npm run package` has not been run. */
export function vsixFile(): string {
  const [name] = readdirSync(ROOT).filter((file) => /^headless-gmail-.*\.vsix$/.test(file));
  if (!name) throw new Error('There is no VSIX: run the tests with `npm run test:workbench`, which packages it.');
  return path.join(ROOT, name);
}

/** The client file that Google Cloud would offer for the sandbox's OAuth client. */
export function clientFile({ client, origin }: Sandbox, changes: object = {}): string {
  const installed = {
    client_id: client.id,
    project_id: 'sandbox',
    auth_uri: `${origin}/o/oauth2/v2/auth`,
    token_uri: `${origin}/token`,
    client_secret: client.secret,
    redirect_uris: ['http://localhost'],
    ...changes,
  };
  return JSON.stringify({ installed });
}

export interface Fixture {
  sandbox: Sandbox;
  workbench: Workbench;
  browser: BrowserContext;
  ui: Ui;
  driver: Driver;
  close(): Promise<void>;
}

/** A local Google, and the real workbench with the real VSIX and the companions in a real browser. */
export async function startFixture(settings: Record<string, unknown> = {}): Promise<Fixture> {
  const sandbox = await startSandbox();
  const companions = await Promise.all([packageCompanion('driver'), packageCompanion('model')]);
  const workbench = await startWorkbench({ vsixFiles: [vsixFile(), ...companions], settings });
  const browser = await openBrowser(workbench.profile.browser);
  const ui = await openWindow(browser, workbench);
  const driver = await connectDriver(workbench);
  await driver.active(EXTENSION);
  return {
    sandbox,
    workbench,
    browser,
    ui,
    driver,
    close: async () => {
      await browser.close();
      await workbench.remove();
      await sandbox.close();
    },
  };
}

/** Adds the sandbox's account through the palette, as a person does. */
export async function addAccount(ui: Ui, sandbox: Sandbox, refreshToken = sandbox.refreshToken): Promise<void> {
  await ui.runCommand('Gmail: Add Account…');
  await ui.input.pick(STEPS.way, /Paste the client file/);
  await ui.input.answer(STEPS.paste, clientFile(sandbox));
  await ui.input.answer(STEPS.token, refreshToken);
}

/** Removes an account through the palette. */
export async function removeAccount(ui: Ui, email: string): Promise<void> {
  await ui.runCommand('Gmail: Remove Account…');
  await ui.input.pick('Remove which account?', email);
  await ui.modal.press(`Remove ${email}?`, 'Remove');
  await ui.notifications.wait(`${email} was removed.`);
}
