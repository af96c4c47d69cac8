import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import { type Sandbox, startSandbox } from '../../src/sandbox/start.ts';
import { connectDriver } from './support/companion.ts';
import {
  addAccount,
  clientFile,
  EXTENSION,
  type Fixture,
  newGrant,
  STEPS,
  signOut,
  startFixture,
} from './support/fixture.ts';
import { shown } from './support/screen.ts';
import { openWindow } from './support/ui.ts';

const MODIFY = ['https://www.googleapis.com/auth/gmail.modify'];

/** What a person sees of the accounts: the rows of `Gmail: Show Accounts`, less the one that adds another. */
async function shownAccounts({ ui, driver }: Fixture): Promise<string[]> {
  await driver.start('headlessGmail.showAccounts');
  const title = /^Gmail accounts/;
  const heading = ui.input.widget.locator('.quick-input-title');
  await ui.screen.until('the list of accounts', async () => title.test(await shown(heading)));
  const nobody = /nobody is signed in/.test(await shown(heading));
  const name = nobody ? 'Gmail accounts: nobody is signed in' : 'Gmail accounts';
  const rows = await ui.input.rows(name);
  await ui.input.cancel(name);
  return rows.filter(({ label }) => !/Sign In/.test(label)).map(({ label }) => label);
}

/** How much the browser keeps of all secrets: one encrypted text, so its length is what can be told of it. */
const storedLength = ({ ui }: Fixture): Promise<number> =>
  ui.page.evaluate("(localStorage.getItem('secrets.provider') ?? '').length");

describe('accounts in the real workbench', () => {
  let fixture: Fixture;
  let other: Sandbox;
  /** What is stored before anything is, and with an OAuth client alone. */
  let emptyLength: number;
  let clientLength: number;

  before(async () => {
    fixture = await startFixture();
    emptyLength = await storedLength(fixture);
    other = await startSandbox(undefined, 'mira.vale@sandbox.example');
  });
  afterEach(async () => {
    await fixture.ui.notifications.clear();
  });
  after(async () => {
    await fixture.close();
    await other.close();
  });

  it('start with nobody signed in, and a refresh says so with a button that leads on', async () => {
    const { ui, driver } = fixture;
    assert.deepEqual(await shownAccounts(fixture), []);
    await driver.start('headlessGmail.refreshToken');
    const told = await ui.notifications.wait('No Gmail account is signed in');
    assert.equal(told.severity, 'error');
    assert.deepEqual(told.buttons, ['Sign In…', 'Try the Sandbox Mailbox']);
    await ui.notifications.press('No Gmail account is signed in', 'Sign In…');
    await ui.input.cancel(STEPS.way);
  });

  it('refuse wrong client files where they are pasted, and say what they are', async () => {
    const { ui, sandbox } = fixture;
    const service = JSON.stringify({ type: 'service_account', private_key: 'canary', client_email: 'a@b.example' });
    const rows: [string, RegExp][] = [
      [clientFile(sandbox).slice(0, -20), /JSON is cut off or broken/],
      [service, /key of a service account/],
      ['AIzaSyA-canary-canary-canary-canary', /API key/],
      [JSON.stringify({ web: { client_id: sandbox.client.id, client_secret: 'x' } }), /web client without a redirect/],
      [
        clientFile(sandbox, { token_uri: 'https://evil.example/token' }),
        /token_uri is neither Google’s nor on this computer/,
      ],
    ];
    await ui.runCommand('Gmail: Use a Refresh Token to Sign In…');
    await ui.input.pick(STEPS.way, /Paste the client file/);
    for (const [text, expected] of rows) {
      const box = await ui.input.refusal(STEPS.paste, text, expected);
      assert.equal(box.password, true);
    }
    await ui.input.cancel(STEPS.paste);
  });

  it('are asked for a client id and secret that can be some', async () => {
    const { ui, sandbox } = fixture;
    await ui.runCommand('Gmail: Use a Refresh Token to Sign In…');
    await ui.input.pick(STEPS.way, /Type the client id and secret/);
    await ui.input.refusal(STEPS.id, 'AIzaSyA-canary', /This is an API key, and a mailbox needs an OAuth client id\./);
    await ui.input.answer(STEPS.id, sandbox.client.id);
    const secret = await ui.input.refusal(STEPS.secret, 'two words', /has a blank/);
    assert.equal(secret.password, true);
    await ui.input.answer(STEPS.secret, sandbox.client.secret);
    await ui.input.cancel(STEPS.level);
    assert.deepEqual(await shownAccounts(fixture), []);
  });

  it('refuse a wrong file that is imported, and take the right one next', async () => {
    const { ui, sandbox, workbench } = fixture;
    const wrong = path.join(workbench.profile.workspace, 'service.json');
    const right = path.join(workbench.profile.workspace, 'client_secret.json');
    writeFileSync(wrong, JSON.stringify({ type: 'service_account' }));
    writeFileSync(right, clientFile(sandbox));
    await ui.runCommand('Gmail: Use a Refresh Token to Sign In…');
    // The client that was typed before is remembered.
    await ui.input.pick(STEPS.client, /Another OAuth client/);
    await ui.input.pick(STEPS.way, /Import the client file/);
    await ui.input.chooseFile(STEPS.file, wrong);
    await ui.notifications.press(/key of a service account/, 'Choose Another File');
    await ui.input.chooseFile(STEPS.file, right);
    await ui.input.cancel(STEPS.level);
    assert.deepEqual(await shownAccounts(fixture), []);
  });

  it('store nothing before Google has accepted the token, and ask for another one only', async () => {
    const { ui, sandbox } = fixture;
    const foreign = sandbox.grants.grant(sandbox.grants.addClient().id, MODIFY);
    // The client that an earlier test gave is remembered, and is all that is.
    clientLength = await storedLength(fixture);
    await addAccount(ui, sandbox, foreign);
    const told = await ui.notifications.wait(/^Nothing was stored: The refresh token belongs to another OAuth client/);
    assert.equal(told.severity, 'error');
    assert.deepEqual(await shownAccounts(fixture), []);
    assert.equal(await storedLength(fixture), clientLength);
    await ui.notifications.press(/^Nothing was stored/, 'Paste Another Token');
    await ui.input.refusal(STEPS.token, 'ya29.an-access-token', /This is an access token/);
    await ui.input.answer(STEPS.token, sandbox.refreshToken);
    await ui.notifications.wait(`${sandbox.address} is signed in.`);
    assert.deepEqual(await shownAccounts(fixture), [sandbox.address]);
  });

  it('are one account when the same mailbox is added again', async () => {
    const { ui, sandbox } = fixture;
    await addAccount(ui, sandbox);
    await ui.notifications.wait(`${sandbox.address} was signed in already`);
    assert.deepEqual(await shownAccounts(fixture), [sandbox.address]);
  });

  it('are refreshed from the palette, and the new expiry is read on screen', async () => {
    const { ui, sandbox } = fixture;
    sandbox.requests.length = 0;
    await ui.runCommand('Gmail: Refresh Access Token');
    const { message, severity } = await ui.notifications.wait(/^Access token refreshed/);
    assert.equal(severity, 'info');
    const time = /^Access token refreshed, good until (\d{1,2}:\d\d:\d\d [AP]M): robin\.vale@sandbox\.example\.$/.exec(
      message,
    );
    assert.ok(time, message);
    const left = Date.parse(`${new Date().toDateString()} ${time[1]}`) - Date.now();
    // Within the hour that a token lasts, also when that hour crosses midnight.
    assert.ok((left + 86_400_000) % 86_400_000 < 3_600_000);
    assert.deepEqual(sandbox.requests, ['POST /token']);
  });

  it('are refreshed from their list too, and the log tells what went on without a secret', async () => {
    const { ui, sandbox } = fixture;
    await ui.runCommand('Gmail: Show Accounts');
    await ui.input.pick('Gmail accounts', sandbox.address);
    await ui.input.pick(sandbox.address, 'Refresh Access Token');
    await ui.notifications.wait(/^Access token refreshed/);
    await ui.runCommand('Gmail: Show Log');
    await ui.screen.until('the log of the earlier refusal', async () =>
      /client_mismatch/.test(await ui.visibleOutput()),
    );
    const log = await ui.visibleOutput();
    assert.ok(!log.includes(sandbox.refreshToken) && !log.includes(sandbox.client.secret));
    assert.doesNotMatch(log, /ya29\./);
  });

  it('are all refreshed at once, a failure beside a success', async () => {
    const { ui, sandbox } = fixture;
    await addAccount(ui, other);
    await ui.notifications.wait(`${other.address} is signed in.`);
    await ui.runCommand('Gmail: Refresh All Access Tokens');
    await ui.notifications.wait(/^2 of 2 access tokens refreshed: .*robin\.vale.*mira\.vale/);
    await ui.notifications.clear();
    other.grants.end(other.refreshToken, 'revoked');
    await ui.runCommand('Gmail: Refresh All Access Tokens');
    await ui.notifications.wait(/^1 of 2 access tokens refreshed: robin\.vale/);
    const told = await ui.notifications.wait(/^mira\.vale@sandbox\.example: Google no longer accepts/);
    assert.deepEqual(told.buttons, ['Sign In Again']);
    await signOut(ui, other.address, { oneOfSeveral: true });
    assert.deepEqual(await shownAccounts(fixture), [sandbox.address]);
  });

  it('survive a reload of the window', async () => {
    const { ui, driver, workbench, sandbox } = fixture;
    await ui.reload();
    fixture.driver = await connectDriver(workbench, { not: driver });
    await fixture.driver.active(EXTENSION);
    assert.deepEqual(await shownAccounts(fixture), [sandbox.address]);
  });

  it('survive a restart of the server', async () => {
    const { workbench, browser, ui, driver, sandbox } = fixture;
    await workbench.restart();
    await ui.page.close();
    fixture.ui = await openWindow(browser, workbench);
    fixture.driver = await connectDriver(workbench, { not: driver });
    await fixture.driver.active(EXTENSION);
    assert.deepEqual(await shownAccounts(fixture), [sandbox.address]);
    await fixture.ui.runCommand('Gmail: Refresh Access Token');
    await fixture.ui.notifications.wait(/^Access token refreshed/);
  });

  it('are gone with their secret when they are removed', async () => {
    const { ui, sandbox } = fixture;
    const before = await storedLength(fixture);
    assert.ok(before > clientLength + 100);
    await ui.runCommand('Gmail: Sign Out');
    await ui.modal.escape(`Sign ${sandbox.address} out?`);
    assert.deepEqual(await shownAccounts(fixture), [sandbox.address]);
    await signOut(ui, sandbox.address);
    assert.deepEqual(await shownAccounts(fixture), []);
    // The OAuth clients are left, for the next sign-in.
    assert.ok((await storedLength(fixture)) < before - 100);
    const { driver, workbench } = fixture;
    await ui.reload();
    fixture.driver = await connectDriver(workbench, { not: driver });
    await fixture.driver.active(EXTENSION);
    assert.deepEqual(await shownAccounts(fixture), []);
  });

  it('leave nothing behind when everything stored is deleted', async () => {
    const { ui, sandbox } = fixture;
    newGrant(sandbox);
    await addAccount(ui, sandbox);
    await ui.notifications.wait(`${sandbox.address} is signed in.`);
    sandbox.requests.length = 0;
    await ui.runCommand('Gmail: Sign Out Everywhere and Delete Stored Data');
    await ui.modal.press('Sign out everywhere and delete all stored data?', 'Delete Everything');
    await ui.notifications.wait('Everybody is signed out, and nothing is stored any more.');
    // The token went in the body of the request, so the address has none.
    assert.deepEqual(sandbox.requests, ['POST /revoke']);
    assert.deepEqual(await shownAccounts(fixture), []);
    // What is left is the encrypted text of an empty set.
    assert.ok((await storedLength(fixture)) < emptyLength + 100);
  });

  it('of the sandbox live in memory only, and end when they are removed', async () => {
    const { ui } = fixture;
    await ui.runCommand('Gmail: Try the Sandbox Mailbox');
    const { buttons } = await ui.notifications.wait(/The sandbox mailbox .* is ready.*no real mailbox/);
    assert.deepEqual(buttons, ['Ask the Agent']);
    assert.ok((await storedLength(fixture)) < emptyLength + 100);
    const [email = ''] = await shownAccounts(fixture);
    assert.equal(email, 'robin.vale@sandbox.example');
    await signOut(ui, email);
    assert.deepEqual(await shownAccounts(fixture), []);
  });
});
