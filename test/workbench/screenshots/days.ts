import { STEPS } from '../support/fixture.ts';
import type { Step } from '../support/scripted-model.ts';
import type { Album } from './album.ts';

const modify = (input: object): Step => ({ calls: [{ tool: 'gmail_modify_emails', input: { ...input } }] });

/** What a person meets with an account that is well. */
export async function takeDays(album: Album): Promise<void> {
  const { ui } = album.fixture;
  await album.takeWindow('signed-in');
  await takeQuestions(album);
  await takeChanges(album);
  await ui.runCommand('Gmail: Show Activity');
  await ui.screen.until('the activity', async () => (await ui.input.read())?.title.startsWith('Gmail activity'));
  await album.take('activity');
  await ui.screen.press('Escape');
  await ui.runCommand('Gmail: Clear Activity');
  await ui.modal.wait('Clear the record of what agents did?');
  await album.take('question-clear-activity');
  await ui.screen.press('Escape');
}

/** What commands ask. */
async function takeQuestions(album: Album): Promise<void> {
  const { ui, sandbox } = album.fixture;
  const asked: [string, string, string | RegExp][] = [
    ['sign-in-account', 'Gmail: Sign In…', STEPS.account],
    ['access-level', 'Gmail: Change Access Level…', `What the agent may do with ${sandbox.address}`],
    ['when-sending-asks', 'Gmail: Change When Sending Asks…', /./],
    ['accounts', 'Gmail: Show Accounts', 'Gmail accounts'],
  ];
  for (const [name, command, title] of asked) {
    await ui.runCommand(command);
    await ui.input.rows(title);
    await album.take(name);
    await ui.screen.press('Escape');
  }
  await ui.runCommand('Gmail: Sign Out');
  await ui.modal.wait('Sign ');
  await album.take('question-sign-out');
  await ui.screen.press('Escape');
}

async function takeChanges(album: Album): Promise<void> {
  const { ui, sandbox } = album.fixture;
  const inbox = sandbox.store.messages().filter(({ labelIds }) => labelIds.has('INBOX'));
  const ids = inbox.slice(0, 12).map(({ id }) => id);
  await album.ask('Look, then file twelve', modify({ message_ids: ids, action: 'archive' }));
  await ui.notifications.wait(/has changed 12 messages/);
  await ui.chat.answer(/The tools said/);
  await album.take('undo-offered');
  await ui.notifications.press(/has changed 12 messages/, 'Undo');
  await ui.notifications.wait(/^.*Taken back/);
  await album.take('undone');
  await album.ask('Trash twelve', modify({ message_ids: ids, action: 'trash' }));
  await ui.modal.wait('Move 12 messages to the trash?');
  await album.take('question-change');
  await ui.modal.answer('Move 12 messages to the trash?', 'Cancel');
  await ui.chat.answer(/The tools said/);
}

/** A sign-in that has ended, and a connection that breaks. */
export async function takeTrouble(album: Album): Promise<void> {
  const { ui, sandbox } = album.fixture;
  await ui.notifications.clear();
  await ui.runCommand('View: Close All Editors');
  sandbox.faults.add({ match: /POST \/token/, times: 9, cut: true });
  await ui.runCommand('Gmail: Refresh Access Token');
  await ui.notifications.wait(`${sandbox.address}: `);
  await album.take('error-offline');
  sandbox.faults.clear();
  await ui.notifications.clear();
  sandbox.grants.end(sandbox.refreshToken, 'revoked');
  await ui.runCommand('Gmail: Refresh Access Token');
  await ui.notifications.wait(/Google no longer accepts the refresh token/);
  await album.take('error-sign-in-ended');
  await ui.notifications.clear();
  await album.takeWindow('in-trouble');
  await ui.runCommand('Gmail: Show Accounts');
  await ui.input.rows('Gmail accounts');
  await album.take('accounts-in-trouble');
  await ui.screen.press('Escape');
}
