import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { type ServerUnderTest, startServer, type ToolAnswer } from '../support/mcp-server.ts';
import { addAccount, EXTENSION, type Fixture, startFixture } from './support/fixture.ts';
import { MessageEditor } from './support/message-editor.ts';
import { DEAF } from './support/modal.ts';
import { until } from './support/waiting.ts';

const TITLE = 'Send this e-mail from robin.vale@sandbox.example (sandbox, not a real mailbox)?';
const DECLINED = /The message was not sent.*did not confirm/;

describe('the question before a send, in the real workbench', () => {
  let fixture: Fixture;
  let server: ServerUnderTest;
  let shown: MessageEditor;

  const start = () => {
    const { profile } = fixture.workbench;
    const folder = path.join(profile.data, 'User', 'globalStorage', EXTENSION, 'brokers');
    return startServer({ HEADLESS_GMAIL_BROKER: folder });
  };
  before(async () => {
    fixture = await startFixture();
    const { ui, sandbox } = fixture;
    shown = new MessageEditor(ui.screen);
    await addAccount(ui, sandbox);
    await ui.notifications.wait(`${sandbox.address} is signed in.`);
    await ui.notifications.clear();
    server = await start();
  });
  after(async () => {
    await server.close();
    await fixture.close();
  });

  /** How often a message with the subject was sent, and how many drafts of it there are. */
  const mailbox = (subject: string): { sent: number; drafts: number } => {
    const found = fixture.sandbox.store.messages().filter(({ raw }) => raw.includes(`Subject: ${subject}`));
    const withLabel = (label: string) => found.filter(({ labelIds }) => labelIds.has(label)).length;
    return { sent: withLabel('SENT'), drafts: withLabel('DRAFT') };
  };
  const NOTHING = { sent: 0, drafts: 0 };

  /** Calls the tool and waits for the question. */
  const send = async (
    subject: string,
    { signal, ...more }: { signal?: AbortSignal; body?: string } = {},
  ): Promise<Promise<ToolAnswer>[]> => {
    const args = { to: 'lena@example.com', subject, body: 'Both of them, please.', ...more };
    const answer = server.call('gmail_send_email', args, signal);
    answer.catch(() => undefined);
    await fixture.ui.modal.wait(TITLE);
    // In a list, since the answer itself would be waited for.
    return [answer];
  };
  /** Opens the message from the question. */
  const show = async (subject: string): Promise<Promise<ToolAnswer>[]> => {
    const answer = await send(subject);
    await fixture.ui.modal.answer(TITLE, 'Show Message');
    await shown.wait(`Subject: ${subject}`);
    return answer;
  };

  it('gives the focus to the answer that sends nothing, and has the person’s own words marked', async () => {
    const { ui } = fixture;
    const [answer] = await send('Posing', { body: 'Yes.\nTo: nobody@example.com\n\nSend this e-mail?' });
    const { detail, buttons } = await ui.modal.wait(TITLE);
    // Their order is the platform's.
    assert.deepEqual(buttons.sort(), ['Cancel', 'Save as Draft', 'Send', 'Show Message']);
    assert.deepEqual(detail.split('\n'), [
      'To (first time): lena@example.com',
      'Subject: Posing',
      'The signature of robin.vale@sandbox.example is added',
      '      (2 lines).',
      '',
      '| Yes.',
      '| To: nobody@example.com',
      '|',
      '| Send this e-mail?',
    ]);
    assert.equal(await ui.modal.focused(), 'Show Message');
    await ui.modal.answer(TITLE, 'Cancel');
    assert.match((await answer)?.text ?? '', DECLINED);
    assert.deepEqual(mailbox('Posing'), NOTHING);
  });

  it('lets the modal break no row, so that none begins with words of the message', async () => {
    const { ui } = fixture;
    const padding = 'WIDE '.repeat(10);
    const subject = `${padding}To: nobody@example.com`;
    const [answer] = await send(subject, { body: `${padding}To: nobody@example.com\n${'long '.repeat(30)}` });
    const { detail } = await ui.modal.wait(TITLE);
    assert.equal(await ui.modal.rows(), detail.split('\n').length);
    assert.deepEqual(detail.match(/^(To|nobody).*$/gm), ['To (first time): lena@example.com']);
    await ui.modal.answer(TITLE, 'Cancel');
    assert.match((await answer)?.text ?? '', DECLINED);
  });

  for (const key of ['Enter', 'Space']) {
    it(`sends nothing on ${key}: at once it is not heard, later it opens the message`, async () => {
      const { ui } = fixture;
      const [answer] = await send(`Key ${key}`);
      await ui.screen.press(key);
      await ui.modal.wait(TITLE);
      assert.equal(await shown.isOpen(), false);
      await ui.page.waitForTimeout(DEAF);
      await ui.screen.press(key);
      await shown.wait(`Subject: Key ${key}`);
      await ui.screen.press(key);
      assert.deepEqual(mailbox(`Key ${key}`), NOTHING);
      await shown.press('Discard This Message');
      assert.match((await answer)?.text ?? '', DECLINED);
      assert.deepEqual(mailbox(`Key ${key}`), NOTHING);
    });
  }

  it('does not hear a click on Send within the first second', async () => {
    const { ui } = fixture;
    const [answer] = await send('Too soon');
    await ui.modal.click('Send');
    await ui.page.waitForTimeout(DEAF);
    await ui.modal.wait(TITLE);
    assert.deepEqual(mailbox('Too soon'), NOTHING);
    await ui.modal.answer(TITLE, 'Cancel');
    assert.match((await answer)?.text ?? '', DECLINED);
  });

  it('sends once on a click on Send', async () => {
    const [answer] = await send('Clicked');
    assert.deepEqual(mailbox('Clicked'), NOTHING);
    await fixture.ui.modal.answer(TITLE, 'Send');
    assert.equal((await answer)?.isError, false);
    assert.deepEqual(mailbox('Clicked'), { sent: 1, drafts: 0 });
  });

  it('keeps a draft and sends nothing on Save as Draft', async () => {
    const [answer] = await send('Kept');
    await fixture.ui.modal.answer(TITLE, 'Save as Draft');
    assert.match((await answer)?.text ?? '', /draft/i);
    assert.deepEqual(mailbox('Kept'), { sent: 0, drafts: 1 });
  });

  it('shows the whole message read-only', async () => {
    const { ui } = fixture;
    const body = `${Array.from({ length: 25 }, (_, index) => `line ${index + 1}`).join('\n')}\nbye \u202Etxt.exe`;
    const [answer] = await send('Whole', { body });
    const { detail } = await ui.modal.wait(TITLE);
    assert.equal(detail.split('\n').length, 20);
    assert.match(detail, /… and 12 more lines: Show Message opens all of it$/);
    await ui.modal.answer(TITLE, 'Show Message');
    await shown.wait('Subject: Whole');
    const text = await shown.text(fixture.driver);
    assert.match(
      text,
      /^WAITS FOR YOUR ANSWER: .*\n\nFrom: robin\.vale@sandbox\.example\nTo(?: \(first time\))?: lena@example\.com\nSubject: Whole\nThe signature.*\n\n\| line 1\n/,
    );
    assert.match(text, /\n\| line 25\n\| bye ⟨U\+202E⟩txt\.exe\n\|\s*\n\| --\s*\n\| Robin Vale\n/);
    await shown.type('No. ');
    assert.equal(await shown.text(fixture.driver), text);
    await shown.press('Discard This Message');
    assert.match((await answer)?.text ?? '', DECLINED);
  });

  it('takes each answer from the title bar of the message, and closes it then', async () => {
    for (const [button, expected, said] of [
      ['Send This Message', { sent: 1, drafts: 0 }, /messageId/],
      ['Save This Message as Draft', { sent: 0, drafts: 1 }, /draft/i],
      ['Discard This Message', NOTHING, DECLINED],
    ] as const) {
      const [answer] = await show(button);
      assert.deepEqual(mailbox(button), NOTHING);
      await shown.press(button);
      assert.match((await answer)?.text ?? '', said);
      assert.deepEqual(mailbox(button), expected);
      await shown.closed();
    }
  });

  it('declines where the message is closed', async () => {
    const [answer] = await show('Closed');
    await fixture.ui.runCommand('View: Close Editor');
    assert.match((await answer)?.text ?? '', DECLINED);
    assert.deepEqual(mailbox('Closed'), NOTHING);
  });

  it('sends no draft that was changed between the question and the click, and lets no server change it meanwhile', async () => {
    const { sandbox, ui } = fixture;
    const letter = { to: 'lena@example.com', subject: 'Changed meanwhile', body: 'Both of them, please.' };
    const { draft_id } = (await server.call('gmail_create_draft', letter)).json;
    const answer = server.call('gmail_send_email', { draft_id });
    await ui.modal.wait(TITLE);
    assert.equal((await server.call('gmail_create_draft', { draft_id, body: 'Neither.' })).isError, true);
    const { value } = sandbox.grants.refresh(sandbox.client, sandbox.refreshToken);
    const raw = Buffer.from('To: eve@evil.example\r\nSubject: Changed meanwhile\r\n\r\nAll of it.').toString(
      'base64url',
    );
    const { status } = await fetch(`${sandbox.origin}/gmail/v1/users/me/drafts/${draft_id}`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${value}`, 'content-type': 'application/json' },
      body: JSON.stringify({ message: { raw } }),
    });
    assert.equal(status, 200);
    await ui.modal.answer(TITLE, 'Send');
    const { isError, text } = await answer;
    assert.equal(isError, true);
    assert.match(text, /changed/);
    assert.deepEqual(mailbox('Changed meanwhile'), { sent: 0, drafts: 1 });
  });

  it('closes the message when the call is cancelled', async () => {
    const call = new AbortController();
    const [answer] = await send('Withdrawn', { signal: call.signal });
    const withdrawn = assert.rejects(answer ?? Promise.resolve());
    await fixture.ui.modal.answer(TITLE, 'Show Message');
    await shown.wait('Subject: Withdrawn');
    call.abort();
    await withdrawn;
    await shown.closed();
    assert.deepEqual(mailbox('Withdrawn'), NOTHING);
  });

  it('sends nothing on a click after the call was cancelled, but keeps the draft where that is asked for', async () => {
    const { ui } = fixture;
    for (const button of ['Send', 'Save as Draft']) {
      const call = new AbortController();
      const subject = `Late ${button}`;
      const [answer] = await send(subject, { signal: call.signal });
      call.abort();
      await assert.rejects(answer ?? Promise.resolve());
      await ui.modal.answer(TITLE, button);
      if (button === 'Send') await ui.notifications.wait(/^Nothing was sent: the call was cancelled/);
      if (button === 'Save as Draft') await until('the draft', () => mailbox(subject).drafts === 1);
      // What would be sent is sent by the time at which another message has been.
      const [next] = await send(`After ${button}`);
      await ui.modal.answer(TITLE, 'Send');
      await next;
      assert.equal(mailbox(`After ${button}`).sent, 1);
      assert.deepEqual(mailbox(subject), { sent: 0, drafts: button === 'Save as Draft' ? 1 : 0 });
    }
  });

  it('sends nothing on a click after the server has gone, says so and leaves the text to be copied', async () => {
    const { ui, driver } = fixture;
    const [answer] = await send('Orphan');
    // Whether the client hears of it before the pipe closes is no part of this.
    await Promise.allSettled([answer, server.close()]);
    server = await start();
    await ui.modal.answer(TITLE, 'Send');
    await ui.notifications.wait(/^Nothing was sent: the agent has gone/);
    await shown.wait('Subject: Orphan');
    assert.match(await shown.text(driver), /^NOT SENT: .*\n\nFrom: robin[\s\S]*\n\| Both of them, please\./);
    assert.equal(await shown.hasButtons(), false);
    assert.deepEqual(mailbox('Orphan'), NOTHING);
  });

  it('keeps the text without buttons where the server goes while the message is open', async () => {
    const { ui, driver } = fixture;
    const [answer] = await show('Left');
    assert.equal(await shown.hasButtons(), true);
    await Promise.allSettled([answer, server.close()]);
    server = await start();
    await ui.notifications.wait(/^Nothing was sent: the agent has gone/);
    await ui.screen.until('the text that is kept', async () =>
      /^NOT SENT: .*\n\nFrom: robin[\s\S]*Subject: Left\n/.test(await shown.text(driver)),
    );
    await shown.closed();
    assert.equal(await shown.hasButtons(), false);
    assert.deepEqual(mailbox('Left'), NOTHING);
  });
});
