import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type Sandbox, startSandbox } from '../../../src/sandbox/start.ts';
import { environmentMode, type ServerUnderTest, startServer, type ToolAnswer } from '../../support/mcp-server.ts';
import { contentOf, Desk, put } from './support.ts';

const LETTER = { to: 'ann@mail.example', subject: 'Minutes', body: 'The minutes.', signature: false };
const OTHER = { to: 'eve@mail.example', body: 'Something else.', signature: false };

/** Long enough for a call that comes while a message leaves, in milliseconds. */
const DEPARTURE_MS = 600;

describe('a letter that is agreed to', () => {
  let desk: Desk;
  let headless: ServerUnderTest;
  let sandbox: Sandbox;
  before(async () => {
    desk = await Desk.open();
    sandbox = await startSandbox();
    const onQuestion = () => ({ action: 'accept' as const, content: { send: true } });
    headless = await startServer(environmentMode(sandbox), { onQuestion });
  });
  after(async () => {
    await headless.close();
    await sandbox.close();
    await desk.close();
  });

  /** Sends while another call changes the draft of the letter that is on its way. */
  async function sendWhileChanged(server: ServerUnderTest, box: Sandbox, args: object) {
    const changes: Promise<ToolAnswer>[] = [];
    const change = () => {
      const draft = box.store.messages().find(({ labelIds }) => labelIds.has('DRAFT'));
      changes.push(server.call('gmail_create_draft', { ...OTHER, draft_id: draft?.id }));
    };
    box.faults.add({ match: /drafts\/send/, times: 1, delayMs: DEPARTURE_MS, meanwhile: change });
    const { text } = await server.call('gmail_send_email', { ...args });
    const sent = box.store.get(String(JSON.parse(text).messageId)) ?? assert.fail(text);
    const { to, body } = await contentOf(sent);
    return { sent: [to[0]?.address, body.text], changes: (await Promise.all(changes)).map((each) => each.text) };
  }

  for (const [where, parts] of [
    ['in a window', () => [desk.server, desk.sandbox] as const],
    ['without one', () => [headless, sandbox] as const],
  ] as const) {
    it(`is the one that leaves, ${where}`, async () => {
      const [server, box] = parts();
      for (const { labelIds, id } of box.store.messages()) if (labelIds.has('DRAFT')) box.store.remove(id);
      const { json } = await server.call('gmail_create_draft', LETTER);
      for (const args of [{ draft_id: json.draft_id }, LETTER]) {
        const { sent, changes } = await sendWhileChanged(server, box, args);
        assert.deepEqual(sent, ['ann@mail.example', 'The minutes.']);
        assert.match(changes.join(), /was not changed, nor sent by this call/);
      }
    });
  }

  it('can be changed again once nothing can become of it', async () => {
    const { id } = await desk.save(LETTER);
    desk.answer = () => false;
    await desk.server.call('gmail_send_email', { draft_id: id });
    desk.answer = () => true;
    desk.sandbox.faults.add({ match: /drafts\/send/, times: 1, answer: { status: 403 } });
    await desk.server.call('gmail_send_email', { draft_id: id });
    assert.equal((await desk.save({ draft_id: id, subject: 'Later' })).message.header('subject'), 'Later');
  });

  it('is not sent where somebody changes it in the last moment', async () => {
    const { id } = await desk.save(LETTER);
    const gets = /^GET .*\/drafts\/[^/]+$/;
    // The first look is at its text, the second and the third at its revision.
    desk.sandbox.faults.add({ match: gets, passing: 2, times: 1, delayMs: DEPARTURE_MS, meanwhile: () => void edit() });
    const edit = () => put(desk, id, 'To: eve@mail.example\r\nSubject: Minutes\r\n\r\nElse.\r\n');
    const { text } = await desk.server.call('gmail_send_email', { draft_id: id });
    desk.sandbox.faults.clear();
    assert.match(text, /changed while its sending was confirmed/);
  });

  it('is told of loudly where another program had it changed as it left', async () => {
    const { id } = await desk.save(LETTER);
    const edit = () => put(desk, id, 'To: eve@mail.example\r\nSubject: Minutes\r\n\r\nElse.\r\n');
    desk.sandbox.faults.add({ match: /drafts\/send/, times: 1, delayMs: DEPARTURE_MS, meanwhile: () => void edit() });
    const { isError, text } = await desk.server.call('gmail_send_email', { draft_id: id });
    assert.equal(isError, true);
    assert.match(text, /was sent, but it is not what was agreed to/);
  });
});
