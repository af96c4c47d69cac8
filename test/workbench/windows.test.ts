import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { startServer } from '../support/mcp-server.ts';
import { connectDriver, type Driver } from './support/companion.ts';
import { addAccount, EXTENSION, type Fixture, signOut, startFixture } from './support/fixture.ts';
import { waitUntilGone } from './support/processes.ts';
import { StatusBar } from './support/status-bar.ts';
import { openWindow, type Ui } from './support/ui.ts';
import { until } from './support/waiting.ts';

interface Announcement {
  pid: number;
  socket: string;
}

describe('two windows at once', () => {
  let fixture: Fixture;
  let second: Ui;
  let secondDriver: Driver;

  before(async () => {
    fixture = await startFixture();
    const { ui, sandbox, workbench, browser } = fixture;
    await addAccount(ui, sandbox);
    await ui.notifications.wait(`${sandbox.address} is signed in.`);
    const folder = path.join(workbench.profile.folder, 'second');
    mkdirSync(folder);
    second = await openWindow(browser, workbench, folder);
    secondDriver = await connectDriver(workbench, { folder });
    await secondDriver.active(EXTENSION);
  });
  after(() => fixture.close());

  const announcements = (): Announcement[] => {
    const folder = path.join(fixture.workbench.profile.data, 'User', 'globalStorage', EXTENSION, 'brokers');
    return readdirSync(folder).map((file) => JSON.parse(readFileSync(path.join(folder, file), 'utf8')));
  };

  /** The list of accounts in the first window, in one line. */
  const accountRows = async (): Promise<string> => {
    const { input } = fixture.ui;
    await fixture.ui.runCommand('Gmail: Show Accounts');
    const rows = await input.rows('Gmail accounts');
    await input.cancel('Gmail accounts');
    return rows.map(({ label, description }) => `${label} ${description}`).join('; ');
  };

  it('announce a broker each, and both know the account', async () => {
    const pids = announcements().map(({ pid }) => pid);
    assert.deepEqual(pids.sort(), [fixture.driver.pid, secondDriver.pid].sort());
    for (const ui of [fixture.ui, second]) {
      await ui.page.bringToFront();
      await ui.runCommand('Gmail: Refresh Access Token');
      await ui.notifications.wait(/^Access token refreshed.*robin\.vale/);
    }
  });

  it('allow no more in one of them than in the other', async () => {
    await second.page.bringToFront();
    await second.runCommand('Gmail: Change Access Level…');
    await second.input.pick(`What the agent may do with ${fixture.sandbox.address}`, 'Draft');
    await second.notifications.wait(/^The agent may now read mail and write drafts/);
    await fixture.ui.page.bringToFront();
    await fixture.ui.screen.until('the other window to know', async () =>
      (await accountRows()).includes('access: Draft'),
    );
  });

  it('serve a server that belongs to neither, and go on serving it when one of them closes', async () => {
    const { workbench, sandbox } = fixture;
    const folder = path.join(workbench.profile.data, 'User', 'globalStorage', EXTENSION, 'brokers');
    const server = await startServer({ HEADLESS_GMAIL_BROKER: folder });
    const before = await server.call('gmail_refresh_token');
    assert.equal(before.json.account, sandbox.address);
    await second.page.close();
    await until('the second announcement to be withdrawn', () =>
      announcements().every(({ pid }) => pid !== secondDriver.pid),
    );
    const after = await server.call('gmail_get_recent_emails', { max_results: 1 });
    await server.close();
    assert.equal(after.isError, false, after.text);
  });

  it('leave the announcement of the other alone when one closes', () => {
    assert.deepEqual(
      announcements().map(({ pid }) => pid),
      [fixture.driver.pid],
    );
  });

  it('leave no stale announcement when one is killed: the next window cleans up', async () => {
    const { driver, workbench, ui } = fixture;
    process.kill(driver.pid, 'SIGKILL');
    await waitUntilGone(driver.pid);
    fixture.driver = await connectDriver(workbench, { not: driver });
    await fixture.driver.active(EXTENSION);
    assert.deepEqual(
      announcements().map(({ pid }) => pid),
      [fixture.driver.pid],
    );
    await ui.runCommand('Gmail: Refresh Access Token');
    await ui.notifications.wait(/^Access token refreshed/);
  });

  it('lose nothing when one is killed in the middle of a refresh', async () => {
    const { driver, workbench, sandbox } = fixture;
    const folder = path.join(workbench.profile.data, 'User', 'globalStorage', EXTENSION, 'brokers');
    const server = await startServer({ HEADLESS_GMAIL_BROKER: folder });
    sandbox.requests.length = 0;
    sandbox.faults.add({ match: /POST \/token/, delayMs: 20_000, times: 1 });
    const cut = server.call('gmail_refresh_token');
    await until('the refresh to reach Google', () => sandbox.requests.includes('POST /token'));
    process.kill(driver.pid, 'SIGKILL');
    // Another window may answer already; otherwise the words say what to do.
    const { isError, json } = await cut;
    if (isError) assert.match(String(json.error), /No VS Code window answers.*Open VS Code \(or reload its window\)/);
    fixture.driver = await connectDriver(workbench, { not: driver });
    await fixture.driver.active(EXTENSION);
    const next = await server.call('gmail_get_recent_emails', { max_results: 1 });
    await server.close();
    assert.equal(next.isError, false, JSON.stringify(next.json));
  });

  it('have nobody signed in where somebody was signed out in another', async () => {
    const { ui, workbench, browser, sandbox, driver } = fixture;
    const folder = path.join(workbench.profile.folder, 'third');
    mkdirSync(folder);
    const third = await openWindow(browser, workbench, folder);
    await (await connectDriver(workbench, { folder, not: driver })).active(EXTENSION);
    await signOut(third, sandbox.address);
    await ui.page.bringToFront();
    await ui.screen.until('the list of accounts to know', async () => {
      await ui.notifications.clear();
      await ui.runCommand('Gmail: Show Accounts');
      const box = await ui.input.box(/^Gmail accounts/);
      await ui.input.cancel(/^Gmail accounts/);
      return box.title === 'Gmail accounts: nobody is signed in';
    });
    assert.deepEqual(await new StatusBar(ui.screen, `${EXTENSION}.gmail`).wait(/nobody/), {
      text: 'Gmail',
      spoken: 'Gmail, nobody is signed in',
    });
  });
});
