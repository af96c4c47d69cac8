import { readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BrowserContext } from 'playwright-core';
import { FULL_SCOPES, type Sandbox, startSandbox } from '../../../src/sandbox/start.ts';
import { openBrowser } from './browser.ts';
import { connectDriver, type Driver, packageCompanion } from './companion.ts';
import { endExtensionHosts } from './processes.ts';
import { removeWindows, renewProfile } from './profile.ts';
import { openWindow, type Ui } from './ui.ts';
import { startWorkbench, type Workbench } from './workbench.ts';

export const EXTENSION = 'headless-gmail.headless-gmail';

/** Titles of the steps of a sign-in. */
export const STEPS = {
  account: 'Sign in to Gmail: which account?',
  client: 'Sign in to Gmail: which OAuth client?',
  way: 'Sign in to Gmail: the OAuth client',
  file: 'Import the client file',
  paste: 'Sign in to Gmail: paste the client file',
  id: 'Sign in to Gmail: client id',
  secret: 'Sign in to Gmail: client secret',
  level: 'Sign in to Gmail: what the agent may do',
  token: 'Sign in to Gmail: refresh token',
  end: 'Sign in to Gmail: end of the sign-in',
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

export interface FixtureOptions {
  /** The user's settings. */
  settings?: Record<string, unknown>;
  /** Further accounts of the local Google, with empty mailboxes. */
  otherAddresses?: readonly string[];
}

let server: Promise<Workbench> | undefined;

/** The one server of this process, with the real VSIX and the companions, installed once. */
async function startServer(): Promise<Workbench> {
  const companions = await Promise.all([packageCompanion('driver'), packageCompanion('model')]);
  return startWorkbench({ vsixFiles: [vsixFile(), ...companions], background: true });
}

/**
 * A local Google, and the real workbench in a real browser with storage of its own. The server is the same for all
 * fixtures of a process, so there is one at a time; what windows and the extension keep on its side is fresh.
 */
export async function startFixture({ settings = {}, otherAddresses = [] }: FixtureOptions = {}): Promise<Fixture> {
  server ??= startServer();
  const running = await server;
  const sandbox = await startSandbox(undefined, undefined, otherAddresses);
  const workbench = { ...running, profile: renewProfile(running.profile, EXTENSION, settings) };
  const browser = await openBrowser(workbench.profile.browser);
  const close = async () => {
    // Page by page: for a window that does not say goodbye the server keeps its extension host, for hours.
    for (const page of browser.pages()) await page.close();
    await browser.close();
    await endExtensionHosts(workbench.pid());
    removeWindows(workbench.profile);
    await sandbox.close();
  };
  try {
    const ui = await openWindow(browser, workbench);
    const driver = await connectDriver(workbench);
    await driver.active(EXTENSION);
    await takenOver(driver, settings);
    return { sandbox, workbench, browser, ui, driver, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Waits for the window to know our settings: the server looks at the file by itself, in its own time. */
async function takenOver(driver: Driver, settings: Record<string, unknown>): Promise<void> {
  await driver.until(
    'the settings',
    (vscode, wanted) => {
      const present = vscode.workspace.getConfiguration();
      return Object.entries(wanted).every(
        ([name, value]) => JSON.stringify(present.get(name)) === JSON.stringify(value),
      );
    },
    Object.fromEntries(Object.entries(settings).filter(([name]) => name.startsWith('headlessGmail.'))),
  );
}

/** Answers the questions about the OAuth client: with a known one, or with the file's content. */
export async function giveClient(ui: Ui, sandbox: Sandbox): Promise<void> {
  const step = await ui.screen.until('a question about the OAuth client', async () => {
    const box = await ui.input.read();
    return [STEPS.client, STEPS.way].find((title) => title === box?.title);
  });
  if (step === STEPS.client) {
    const [id = ''] = sandbox.client.id.split('.');
    const known = (await ui.input.rows(STEPS.client)).find(({ label }) => label.includes(id));
    await ui.input.pick(STEPS.client, known?.label ?? /Another OAuth client/);
    if (known) return;
  }
  await ui.input.pick(STEPS.way, /Paste the client file/);
  await ui.input.answer(STEPS.paste, clientFile(sandbox));
}

/** Signs the sandbox's account in with a refresh token, through the palette, as a person does. */
export async function addAccount(ui: Ui, sandbox: Sandbox, refreshToken = sandbox.refreshToken): Promise<void> {
  await ui.runCommand('Gmail: Use a Refresh Token to Sign In…');
  await giveClient(ui, sandbox);
  await ui.input.pick(STEPS.level, 'Full');
  await ui.input.answer(STEPS.token, refreshToken);
}

/** Signs an account out through the palette. Its grant is then over. */
export async function signOut(ui: Ui, email: string, { oneOfSeveral = false } = {}): Promise<void> {
  await ui.runCommand('Gmail: Sign Out');
  if (oneOfSeveral) await ui.input.pick('Sign out which account?', email);
  await ui.modal.press(`Sign ${email} out?`, 'Sign Out');
  await ui.notifications.wait(`${email} is signed out.`);
}

/** Gives the sandbox's account another refresh token, for the next sign-in. */
export function newGrant(sandbox: Sandbox): void {
  sandbox.refreshToken = sandbox.grants.grant(sandbox.client.id, FULL_SCOPES, sandbox.address);
}
