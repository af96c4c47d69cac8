import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { assertPersonAgrees } from '../../../src/credentials/elicitation.ts';
import { questionDetail } from '../../../src/editor/gate/question-text.ts';
import { Desk, put } from './support.ts';

const word = (text: string) => `=?utf-8?b?${Buffer.from(text).toString('base64')}?=`;

describe('a draft that others wrote, sent as it is', () => {
  let desk: Desk;
  before(async () => {
    desk = await Desk.open();
  });
  after(() => desk.close());

  /** What the person reads in the window, and in a client that asks. */
  const shownOf = async (head: string): Promise<string[]> => {
    const { id } = await desk.save({});
    await put(desk, id, `${head}\r\n\r\nHi\r\n`);
    await desk.send({ draft_id: id });
    let asked = '';
    const ask = async (text: string) => {
      asked = text;
      return 'accept' as const;
    };
    await assertPersonAgrees(ask, desk.question, new AbortController().signal);
    // Rows are wrapped.
    return [questionDetail(desk.question), asked].map((text) => text.replace(/\s+/g, ' '));
  };

  it('shows the name of its sender where that is another', async () => {
    const shown = await shownOf('From: CEO of Bank <robin.vale@sandbox.example>\r\nTo: ann@mail.example\r\nSubject: a');
    for (const text of shown) assert.match(text, /name of its sender is “CEO of Bank”/);
    const [own] = await shownOf('From: Robin Vale <robin.vale@sandbox.example>\r\nTo: ann@mail.example\r\nSubject: a');
    assert.doesNotMatch(own ?? '', /name of its sender/);
  });

  it('shows a recipient whose name is another address as such', async () => {
    const shown = await shownOf(`To: ${word('ann@mail.example')} <eve@evil.example>\r\nSubject: a`);
    for (const text of shown)
      assert.match(text, /Careful: it goes to eve@evil\.example, whose name is another address/);
  });

  it('shows what is invisible in its subject and in names', async () => {
    const shown = await shownOf(`To: ${word('An\u200Bn')} <ann@mail.example>\r\nSubject: ${word('Pay \u202Eoot')}`);
    for (const text of shown) assert.match(text, /An⟨U\+200B⟩n[\s\S]*Pay ⟨U\+202E⟩oot/);
  });

  it('is not sent where it asks for receipts to somebody', async () => {
    const { id } = await desk.save({ to: 'ann@mail.example', subject: 'a', body: 'x' });
    await put(desk, id, 'To: ann@mail.example\r\nReturn-Receipt-To: eve@evil.example\r\nSubject: a\r\n\r\nHi\r\n');
    await desk.refuse('gmail_send_email', { draft_id: id }, /names somebody whom no question shows/);
    const { id: mended } = await desk.save({ draft_id: id, to: 'ann@mail.example' });
    assert.doesNotMatch((await desk.send({ draft_id: mended })).raw.toString(), /evil/);
  });
});
