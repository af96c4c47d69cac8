import type { BrowserContext, Page } from 'playwright-core';
import type { Sandbox } from '../../../src/sandbox/start.ts';
import { START, until } from './waiting.ts';

/**
 * The tab with the sandbox's sign-in pages, once VS Code has opened it. code-server leads addresses of this computer
 * through itself; Google's are not of this computer, so the tab goes where the address led.
 */
export async function signInTab(browser: BrowserContext, sandbox: Sandbox): Promise<Page> {
  const { port } = new URL(sandbox.origin);
  const detour = `/proxy/${port}/`;
  const isOurs = (page: Page) => page.url().includes(detour);
  const page = await until('the sign-in page', () => browser.pages().findLast(isOurs), { timeout: START });
  await page.goto(`${sandbox.origin}/${page.url().split(detour)[1]}`);
  await page.bringToFront();
  return page;
}

/** Presses a button of a sign-in page. */
export async function press(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name, exact: true }).click();
}

/** Goes through the pages as a person who allows everything. */
export async function allow(page: Page, address: string): Promise<void> {
  await press(page, address);
  await press(page, 'Continue');
}

/** What the last page of a sign-in says; the tab is closed then. */
export async function lastPage(page: Page): Promise<string> {
  await page.waitForURL(/^http:\/\/127\.0\.0\.1:\d+\/\?/);
  const heading = await page.getByRole('heading').textContent();
  await page.close();
  return heading ?? '';
}
