import { FULL_SCOPES } from '../../../src/sandbox/start.ts';
import { EXTENSION, giveClient, STEPS, signOut } from '../support/fixture.ts';
import { lastPage, press, signInTab } from '../support/google.ts';
import { Walkthrough } from '../support/walkthrough.ts';
import type { Album } from './album.ts';

const WALKTHROUGH = {
  what: 'Your email in the chat',
  sandbox: 'Try it with a made-up mailbox',
  connect: 'Connect your Google account',
  access: 'Choose what the agent may do',
  ask: 'Ask it something',
};
const GUIDE = ['a project', 'the Gmail API', 'the consent screen', 'the audience', 'the client'];

/** How long the sign-in lasts, in seconds: so short that its end is announced at once. */
const LASTS = 7200;

/** The window before a sign-in, and the sign-in. */
export async function takeStart(album: Album): Promise<void> {
  const { ui, driver } = album.fixture;
  await album.bar.wait(/nobody/);
  // Pictures of the walkthrough have no room beside them.
  for (const bar of ['Sidebar', 'AuxiliaryBar']) await driver.start(`workbench.action.close${bar}`);
  await takeWalkthrough(album);
  await album.takeWindow('before-sign-in');
  await driver.start('headlessGmail.refreshToken');
  await ui.notifications.wait('No Gmail account is signed in');
  await album.take('error-nobody');
  await ui.notifications.clear();
  await takeGuide(album);
  await takeSandbox(album);
  await takeSignIn(album);
}

async function takeWalkthrough(album: Album): Promise<void> {
  const { ui, driver } = album.fixture;
  const walkthrough = new Walkthrough(ui.screen);
  // The first time it may not be known yet: what lists walkthroughs is loaded by the question for one.
  await ui.screen.until('the walkthrough to open', async () => {
    await driver.read(
      (vscode, id) => vscode.commands.executeCommand('workbench.action.openWalkthrough', id),
      `${EXTENSION}#start`,
    );
    return walkthrough.wait('Get started with Gmail in agent mode', 3000).then(
      () => true,
      () => false,
    );
  });
  for (const [name, title] of Object.entries(WALKTHROUGH)) {
    await walkthrough.open(title);
    await album.take(`walkthrough-${name}`);
  }
  await ui.runCommand('View: Close All Editors');
}

async function takeGuide(album: Album): Promise<void> {
  const { ui } = album.fixture;
  await ui.runCommand('Gmail: Sign In…');
  await ui.input.rows(STEPS.way);
  await album.take('sign-in-client');
  await ui.input.pick(STEPS.way, /Guide me to a client of my own/);
  for (const [index, step] of GUIDE.entries()) {
    const title = `OAuth client, step ${index + 1} of ${GUIDE.length}: ${step}`;
    await ui.input.rows(title);
    await album.take(`sign-in-guide-${index + 1}`);
    await ui.input.pick(title, /Done/);
  }
  await ui.input.cancel(STEPS.file);
  await ui.input.pick(STEPS.way, /Paste the client file/);
  await ui.input.refusal(STEPS.paste, 'AIzaSyA-this-is-no-client-file', /API key/);
  await album.take('sign-in-client-refused');
  await ui.input.cancel(STEPS.paste);
}

async function takeSandbox(album: Album): Promise<void> {
  const { ui, sandbox } = album.fixture;
  await ui.runCommand('Gmail: Try the Sandbox Mailbox');
  await ui.notifications.wait(/The sandbox mailbox .* is ready/);
  await album.take('sandbox-ready');
  await ui.notifications.clear();
  await signOut(ui, sandbox.address);
  await ui.notifications.clear();
}

/** With a sign-in of a project in Testing, of which little is left. */
async function takeSignIn(album: Album): Promise<void> {
  const { ui, sandbox, browser } = album.fixture;
  const { value } = sandbox.grants.refresh(sandbox.client, sandbox.refreshToken);
  const body = {
    ...{ access_token: value, expires_in: 3599, token_type: 'Bearer', scope: FULL_SCOPES.join(' ') },
    ...{ refresh_token: sandbox.refreshToken, refresh_token_expires_in: LASTS },
  };
  sandbox.faults.add({ match: /POST \/token/, times: 1, answer: { status: 200, body } });
  await ui.runCommand('Gmail: Sign In…');
  await giveClient(ui, sandbox);
  await ui.input.rows(STEPS.level);
  await album.take('sign-in-level');
  await ui.input.pick(STEPS.level, 'Full');
  const page = await signInTab(browser, sandbox);
  await ui.page.bringToFront();
  await album.take('sign-in-waiting');
  await page.bringToFront();
  await press(page, sandbox.address);
  await press(page, 'Continue');
  await lastPage(page);
  await ui.notifications.wait(`The sign-in of ${sandbox.address} ends on`);
  await album.take('signed-in-and-expiry');
  await ui.notifications.clear();
}
