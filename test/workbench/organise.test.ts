import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { addAccount, EXTENSION, type Fixture, startFixture } from './support/fixture.ts';
import { DEAF } from './support/modal.ts';
import { enableChat, ScriptedModel, type Step } from './support/scripted-model.ts';
import { until } from './support/waiting.ts';

/** The editor approves every call, so that what asks is the extension. */
const APPROVED = {
  'chat.tools.global.autoApprove': true,
  'chat.permissions.default': 'autopilot',
};

const ACTIVITY = 'Gmail activity, newest first';

const modify = (input: Record<string, unknown>): Step => ({ calls: [{ tool: 'gmail_modify_emails', input }] });

describe('organising mail in the real workbench', () => {
  let fixture: Fixture;
  let model: ScriptedModel;

  before(async () => {
    fixture = await startFixture({ settings: APPROVED });
    const { ui, driver, sandbox, workbench } = fixture;
    model = new ScriptedModel(workbench);
    await enableChat(ui, driver);
    await addAccount(ui, sandbox);
    await ui.notifications.wait(`${sandbox.address} is signed in.`);
  });
  after(() => fixture.close());

  const inbox = () => fixture.sandbox.store.messages().filter(({ labelIds }) => labelIds.has('INBOX'));
  const labelled = (label: string) => fixture.sandbox.store.messages().filter(({ labelIds }) => labelIds.has(label));

  /** Gives the agent its task; what the calls have answered is awaited apart. */
  const prompted = async (prompt: string, ...steps: Step[]): Promise<() => Promise<string>> => {
    model.script([...steps, { text: 'DONE {{results}}' }], prompt);
    await fixture.ui.notifications.clear();
    await fixture.ui.chat.start();
    await fixture.ui.chat.prompt(prompt);
    return async () => {
      const done = () => model.trace(prompt).find(({ reply }) => reply.text.startsWith('DONE'));
      return (await until(`the answer to "${prompt}"`, done)).results.join('\n');
    };
  };

  it('triages the inbox: files and archives it, tells of it quietly, and takes it back from the palette', async () => {
    const { ui, sandbox } = fixture;
    const all = inbox().map(({ id }) => id);
    assert.ok(all.length > 20 && all.length < 50);
    const [receipts, letters] = [all.slice(0, 12), all.slice(12)];
    const said = await prompted(
      'triage my inbox',
      { calls: [{ tool: 'gmail_search_emails', input: { query: 'in:inbox', max_results: 50 } }] },
      modify({ message_ids: receipts, action: 'archive', add_labels: ['Triage/Receipts'], create_labels: true }),
      modify({ message_ids: letters, action: 'star' }),
    );
    const filed = /Archived; Labelled Triage\/Receipts: 12 messages/;
    assert.match(await said(), filed);
    assert.equal(inbox().length, all.length - 12);
    const told = await ui.notifications.wait(/has changed 12 messages \(Archived; Labelled Triage\/Receipts\)/);
    assert.deepEqual([told.severity, told.buttons], ['info', ['Undo']]);
    // The newest change first, by keyboard alone; then the other one by the button of its notification.
    await ui.runCommand('Gmail: Undo the Agent’s Last Change');
    await ui.notifications.wait(/Taken back \(Starred\): \d+ messages/);
    assert.equal(letters.filter((id) => sandbox.store.get(id)?.labelIds.has('STARRED')).length < letters.length, true);
    await ui.notifications.press(/has changed 12 messages/, 'Undo');
    await ui.notifications.wait(/Taken back \(Archived; Labelled Triage\/Receipts\): 12 messages/);
    assert.deepEqual(
      inbox()
        .map(({ id }) => id)
        .sort(),
      [...all].sort(),
    );
    assert.deepEqual(labelled(sandbox.store.labelId('Triage/Receipts')), []);
  });

  it('asks before more than ten go to the trash, and obeys the keyboard', async () => {
    const { ui } = fixture;
    const ids = inbox().map(({ id }) => id);
    const some = ids.slice(0, 11);
    const said = await prompted('throw these away', modify({ message_ids: some, action: 'trash' }));
    const { message, detail, buttons } = await ui.modal.wait('Move 11 messages to the trash?');
    assert.equal(message, 'Move 11 messages to the trash?');
    assert.match(
      detail,
      /^In robin\.vale@sandbox\.example \(sandbox.*\nFrom: .*\n(?: .*\n)*Within ten minutes, beyond 50 .*\n(?: .*\n)*\nFor example:\n(?:\| .*\n?){5,10}$/,
    );
    assert.deepEqual(buttons.sort(), ['Cancel', 'Leave It as It Is', 'Move to the trash (11)']);
    assert.equal(await ui.modal.focused(), 'Leave It as It Is');
    assert.equal(labelled('TRASH').filter(({ id }) => some.includes(id)).length, 0);
    await ui.page.waitForTimeout(DEAF);
    while ((await ui.modal.focused()) !== 'Move to the trash (11)') await ui.screen.press('Tab');
    await ui.screen.press('Enter');
    assert.match(await said(), /Moved to the trash: 11 messages/);
    assert.equal(labelled('TRASH').filter(({ id }) => some.includes(id)).length, 11);
    await ui.runCommand('Gmail: Undo the Agent’s Last Change');
    await ui.notifications.wait(/Taken back \(Moved to the trash\): 11 messages/);
    assert.deepEqual(
      inbox()
        .map(({ id }) => id)
        .sort(),
      [...ids].sort(),
    );
  });

  it('changes nothing on Enter, on Escape, or once the agent is stopped', async () => {
    const { ui, driver } = fixture;
    const ids = inbox().map(({ id }) => id);
    for (const [index, act] of [
      async () => ui.screen.press('Enter'),
      async () => ui.screen.press('Escape'),
      async () => {
        await driver.read((vscode) => vscode.commands.executeCommand('workbench.action.chat.cancel'));
        await ui.screen.until('the agent to stop', async () => !(await ui.chat.isBusy()));
        await ui.modal.click('Move to the trash (12)');
        await ui.notifications.wait(/^Nothing was changed: the call .* cancelled/);
      },
    ].entries()) {
      await prompted(`throw away ${index}`, modify({ message_ids: ids.slice(0, 12), action: 'trash' }));
      await ui.modal.wait('Move 12 messages to the trash?');
      await ui.page.waitForTimeout(DEAF);
      await act();
      await ui.screen.until('the question to go', async () => (await ui.modal.read()) === undefined);
    }
    assert.deepEqual(
      inbox()
        .map(({ id }) => id)
        .sort(),
      [...ids].sort(),
    );
  });

  it('lists what the agent searched, read and sent, to be searched and cleared by keyboard', async () => {
    const { ui, sandbox, workbench } = fixture;
    const [first] = inbox();
    const message = { to: 'lena@example.com', subject: 'Two signs', body: 'Both of them, please.' };
    const said = await prompted(
      'look and answer',
      { calls: [{ tool: 'gmail_search_emails', input: { query: 'in:inbox', max_results: 5 } }] },
      { calls: [{ tool: 'gmail_read_email', input: { message_ids: [first?.id] } }] },
      { calls: [{ tool: 'gmail_send_email', input: message }] },
    );
    await ui.modal.wait('Send this e-mail');
    await ui.page.waitForTimeout(DEAF);
    while ((await ui.modal.focused()) !== 'Send') await ui.screen.press('Tab');
    await ui.screen.press('Enter');
    assert.match(await said(), /messageId/);

    await ui.runCommand('Gmail: Show Activity');
    const rows = await ui.input.rows(ACTIVITY);
    assert.deepEqual(
      rows.slice(0, 4).map(({ label }) => label),
      ['Sent an email', 'You agreed to send an email', 'Read an email', 'Searched mail: 5 emails'],
    );
    const [sent] = rows;
    assert.match(sent?.separator ?? '', new RegExp(`${new Date().getFullYear()}`));
    assert.match(sent?.description ?? '', /^\d.* · robin\.vale@sandbox\.example \(sandbox\)$/);
    assert.match(sent?.detail ?? '', /^gmail_send_email · done · after your yes · “/);
    // The client is the editor itself, by the name that it gives.
    assert.match(sent?.detail ?? '', / · “(?:Visual Studio Code|code-server|Code)\b/);
    await ui.screen.type('gmail_read_email');
    const found = async () => (await ui.input.rows(ACTIVITY)).map(({ label }) => label);
    await ui.screen.until('the lines about reading', async () =>
      (await found()).every((label) => label.startsWith('Read')),
    );
    await ui.screen.press('Enter');
    await ui.notifications.wait(/in the sandbox mailbox, which has no pages to open/);

    const folder = path.join(workbench.profile.data, 'User/globalStorage', EXTENSION, 'activity');
    const [file = ''] = readdirSync(folder);
    assert.equal(statSync(path.join(folder, file)).mode & 0o777, 0o600);
    const kept = readFileSync(path.join(folder, file), 'utf8');
    assert.ok(kept.includes(sandbox.address));
    const undone = kept.split('\n').filter((line) => line.includes('"gmail_undo"'));
    assert.ok(undone.some((line) => line.includes('"client":"Gmail: Undo the Agent’s Last Change"')));
    for (const word of ['Two signs', 'lena@', 'Both of them', 'in:inbox', 'Triage', 'ya29'])
      assert.ok(!kept.includes(word), word);

    await ui.runCommand('Gmail: Clear Activity');
    await ui.modal.wait('Clear the record of what agents did?');
    assert.equal(await ui.modal.focused(), 'Keep It');
    while ((await ui.modal.focused()) !== 'Clear Activity') await ui.screen.press('Tab');
    await ui.screen.press('Enter');
    await ui.notifications.wait('The record of activity is empty.');
    assert.deepEqual(readdirSync(folder), []);
  });

  it('says so where there is nothing to take back', async () => {
    const { ui, driver } = fixture;
    await ui.notifications.clear();
    await driver.start('headlessGmail.undoLastChange');
    const { message } = await ui.notifications.wait(/no change to take back/);
    assert.match(message, /Nothing needs to be done/);
  });
});
