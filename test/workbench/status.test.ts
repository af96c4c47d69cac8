import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { addAccount, EXTENSION, type Fixture, startFixture } from './support/fixture.ts';
import { StatusBar } from './support/status-bar.ts';

/** What the palette lists for whoever types Gmail and knows nothing else. */
const NEWCOMER = ['Gmail: Sign In…', 'Gmail: Try the Sandbox Mailbox', 'Gmail: Use a Refresh Token to Sign In…'];
const DEAD = 'Sign in again: Google no longer accepts the sign-in';

describe('Gmail in the status bar and in the palette', () => {
  let fixture: Fixture;
  let bar: StatusBar;

  before(async () => {
    fixture = await startFixture();
    bar = new StatusBar(fixture.ui.screen, `${EXTENSION}.gmail`);
  });
  after(() => fixture.close());

  const gmailRows = async () => (await fixture.ui.paletteRows('Gmail: ')).filter((row) => row.startsWith('Gmail: '));
  const menu = () => fixture.ui.input.rows('Gmail');

  it('are quiet before a sign-in, and the palette begins with it', async () => {
    assert.deepEqual(await bar.wait(/nobody/), { text: 'Gmail', spoken: 'Gmail, nobody is signed in' });
    assert.deepEqual(await gmailRows(), NEWCOMER);
  });

  it('lead by the keyboard alone to a menu of what can be done, and to the sandbox', async () => {
    const { ui } = fixture;
    await bar.openByKeyboard();
    assert.deepEqual(
      (await menu()).map(({ label }) => label),
      ['Sign In…', 'Try the Sandbox Mailbox', 'Use a Refresh Token to Sign In…', 'Settings'],
    );
    await ui.input.pick('Gmail', 'Try the Sandbox Mailbox');
    await ui.notifications.wait(/The sandbox mailbox .* is ready/);
    assert.deepEqual(await bar.wait(/1 account is/), { text: 'Gmail', spoken: 'Gmail, 1 account is signed in' });
    await ui.notifications.clear();
  });

  it('tell on hover what the account may do and until when, and list the rest of the commands', async () => {
    const { ui, sandbox } = fixture;
    await ui.runCommand('Gmail: Refresh Access Token');
    await ui.notifications.wait(/^Access token refreshed/);
    await ui.notifications.clear();
    const { text: hover, links } = await bar.hover();
    assert.equal(links, 0);
    assert.match(
      hover,
      new RegExp(`${sandbox.address} \\(sandbox, not a real mailbox\\)\\s+Access: Full\\s+Access token: until \\d`),
    );
    const rows = await gmailRows();
    assert.ok(rows.includes('Gmail: Show Accounts') && rows.includes('Gmail: Sign Out'), rows.join());
    for (const gone of ['Try the Sandbox Mailbox', 'Choose Default Account…', 'Undo the Agent’s Last Change']) {
      assert.ok(!rows.includes(`Gmail: ${gone}`), gone);
    }
  });

  it('have the level as it is in focus, and no sentence cut', async () => {
    const { ui, sandbox } = fixture;
    const title = `What the agent may do with ${sandbox.address}`;
    await ui.runCommand('Gmail: Change Access Level…');
    const focused = (await ui.input.rows(title)).find((row) => row.focused);
    assert.equal(focused?.label, 'Full');
    assert.deepEqual(await ui.input.cutTexts(), []);
    await ui.input.cancel(title);
    await ui.runCommand('Gmail: Change When Sending Asks…');
    assert.equal((await ui.input.rows('When does sending ask you?')).length, 3);
    assert.deepEqual(await ui.input.cutTexts(), []);
    await ui.input.cancel('When does sending ask you?');
  });

  it('say in words that a sign-in has died, in the list of accounts too, and how to mend it', async () => {
    const { ui, sandbox } = fixture;
    // The same mailbox, of a local Google that the test can reach.
    await addAccount(ui, sandbox);
    await ui.notifications.wait(`${sandbox.address} was signed in already`);
    sandbox.grants.end(sandbox.refreshToken, 'revoked');
    await ui.runCommand('Gmail: Refresh Access Token');
    await ui.notifications.wait(/Google no longer accepts the refresh token/);
    const dead = {
      text: 'Gmail: sign in again',
      spoken: 'Gmail: sign in again, 1 account needs you',
    };
    assert.deepEqual(await bar.wait(/sign in again/), dead);
    await ui.runCommand('Gmail: Show Accounts');
    const [row] = await ui.input.rows('Gmail accounts');
    assert.ok(row?.detail.includes(DEAD), row?.detail);
    assert.deepEqual(await ui.input.cutTexts(), []);
    await ui.input.cancel('Gmail accounts');
    await bar.openByKeyboard();
    const [first] = await menu();
    assert.deepEqual(
      [first?.label, first?.description, first?.focused],
      [`Sign In Again: ${sandbox.address}`, 'Google no longer accepts the sign-in', true],
    );
    await ui.input.cancel('Gmail');
  });

  it('are off by one setting, at once', async () => {
    const show = (isShown: boolean | undefined) =>
      fixture.driver.read(
        (vscode, value) =>
          vscode.workspace
            .getConfiguration('headlessGmail')
            .update('showStatusBarItem', value, vscode.ConfigurationTarget.Global),
        isShown,
      );
    await show(false);
    await bar.gone();
    await show(undefined);
    await bar.wait(/sign in again/);
  });
});
