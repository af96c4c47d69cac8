import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Desk, put } from './support.ts';

const HIDDEN = { hiddenQuery: 'subject:salary', showsCodes: false };
const SECRET = 'To: hr@work.example\r\nSubject: salary\r\n\r\nI earn 81,000.';
const GONE = /There is no draft \S+ any more/;

describe('a draft that is hidden', () => {
  let desk: Desk;
  before(async () => {
    desk = await Desk.open({ privacy: () => HIDDEN });
  });
  after(() => desk.close());

  /** A draft that was seen before the person wrote what hides it. */
  async function hidden(): Promise<{ id: string; messageId: string }> {
    const { id } = await desk.save({ to: 'hr@work.example', subject: 'Notes', body: 'x' });
    return { id, messageId: await put(desk, id, SECRET) };
  }

  for (const [what, args] of [
    ['as it is', {}],
    ['with a change', { subject: 'Notes' }],
    ['for somebody else', { to: 'eve@evil.example' }],
  ] as const) {
    it(`is not there for a send ${what}, by either of its ids`, async () => {
      const asked = desk.window.questions.length;
      const { id, messageId } = await hidden();
      await desk.refuse('gmail_send_email', { draft_id: id, ...args }, GONE);
      await desk.refuse('gmail_send_email', { draft_id: messageId, ...args }, GONE);
      assert.equal(desk.window.questions.length, asked);
    });
  }

  it('is not there for a change, which would make another of it that is not hidden', async () => {
    const { id, messageId } = await hidden();
    await desk.refuse('gmail_create_draft', { draft_id: id, subject: 'Notes' }, GONE);
    await desk.refuse('gmail_create_draft', { draft_id: messageId, body: 'y' }, GONE);
  });

  it('reads like one that never was', async () => {
    const { id } = await hidden();
    const said = async (draftId: string) =>
      (await desk.server.call('gmail_create_draft', { draft_id: draftId })).text.replaceAll(draftId, 'ID');
    assert.equal(await said(id), await said('r-404'));
  });

  it('is not sent where it is hidden while the question stands', async () => {
    const { id } = await desk.save({ to: 'hr@work.example', subject: 'Notes', body: 'x' });
    desk.answer = async () => {
      await put(desk, id, SECRET);
      return true;
    };
    const { text } = await desk.server.call('gmail_send_email', { draft_id: id });
    desk.answer = () => true;
    assert.match(text, GONE);
  });

  it('hides no other draft', async () => {
    const { id, message } = await desk.save({ to: 'ann@mail.example', subject: 'Tea', body: 'On Friday?' });
    const changed = await desk.save({ draft_id: message.id, body: 'On Monday?' });
    assert.equal(changed.id, id);
    assert.deepEqual([...(await desk.send({ draft_id: id })).labelIds], ['SENT']);
  });
});
