import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { listMail } from '../../support/list-mail.ts';
import { file, succeed } from '../../support/mail.ts';
import { MemoryPolicy, type WindowOptions } from '../../support/window.ts';
import { Desk } from '../writing/support.ts';

const TOOL = 'gmail_unsubscribe';

describe('gmail_unsubscribe in an editor, where a message is offered', () => {
  let desk: Desk;
  afterEach(() => desk.close());

  /** Opens a desk with such a mail, and answers its id. */
  async function open(options: Omit<WindowOptions, 'confirm'>): Promise<string> {
    desk = await Desk.open(options);
    const address = 'mailto:stop@list.example?subject=Stop%20it&body=Take%20me%20off';
    return (await file(desk.sandbox.store, listMail({ addresses: [address], post: null }))).id;
  }

  it('sends it once the person has seen it, however seldom they want to be asked', async () => {
    const id = await open({ policy: new MemoryPolicy('never') });
    await succeed(desk.server, TOOL, { message_id: id });
    const { to, subject, notes, parts, asksAlways } = desk.question;
    assert.deepEqual([to.map(({ address }) => address), subject], [['stop@list.example'], 'Stop it']);
    assert.deepEqual([parts.map(({ text }) => text), asksAlways], [['Take me off'], true]);
    assert.equal(notes[0], 'It unsubscribes from "The List" <news@list.example>.');
  });

  it('sends nothing where the person says no', async () => {
    const id = await open({});
    desk.answer = () => false;
    await desk.refuse(TOOL, { message_id: id }, /not sent/);
  });

  it('keeps it as a draft where the person wants that', async () => {
    const id = await open({});
    desk.answer = () => 'draft';
    assert.match((await desk.server.call(TOOL, { message_id: id })).text, /not sent.*as the draft/);
  });

  it('sends nothing with an account that may organise mail and not send it, and asks nobody', async () => {
    const id = await open({ maximumLevel: () => 'organise' });
    await desk.refuse(TOOL, { message_id: id }, /for sending mail.*needs Full/);
    assert.deepEqual(desk.window.questions, []);
  });

  it('refuses a recipient that the administrator has not allowed', async () => {
    const id = await open({ allowedRecipients: ['example.org'] });
    await desk.refuse(TOOL, { message_id: id }, /stop@list\.example/);
    assert.deepEqual(desk.window.questions, []);
  });
});
