import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fetchMessage } from '../../../src/gmail/messages/fetch-messages.ts';
import { HiddenMemory } from '../../../src/gmail/messages/hidden.ts';
import { connect, problemOf } from '../support.ts';
import { HiddenDesk, SIGNAL } from './hidden-desk.ts';

describe('hidden messages asked for by id', () => {
  const desk = new HiddenDesk();
  const { file, gate, require, visible } = desk;

  it('read like messages that do not exist', async () => {
    const missing = 'fedcba9876543210';
    const real = await problemOf(fetchMessage(connect(desk.sandbox), missing, SIGNAL));
    for (const id of [missing, desk.secret.id, desk.nameless.id]) {
      const problem = await problemOf(require(gate('label:private'), id));
      const { facts, ...rest } = problem.toWire() as { facts: { id: string } };
      const { facts: realFacts, ...realRest } = real.toWire() as { facts: { id: string } };
      assert.deepEqual(rest, realRest);
      assert.deepEqual({ ...facts, id: missing }, realFacts);
    }
  });

  it('leave the others alone, in spam and trash too', async () => {
    const [spam, trash] = [await file(['SPAM']), await file(['TRASH'])];
    const ids = [desk.shown.id, spam.id, trash.id, desk.secret.id];
    assert.deepEqual(await visible(gate('label:private'), ...ids), [desk.shown.id, spam.id, trash.id]);
    assert.deepEqual(await visible(gate('in:spam'), ...ids), [desk.shown.id, trash.id, desk.secret.id]);
  });

  it('cost one request where the Message-ID is known, two where not, and none the second time', async () => {
    const hidden = gate('label:private');
    await require(hidden, desk.shown.id, desk.shown.header('message-id'));
    assert.equal(desk.sandbox.requests.length, 1);
    await require(gate('label:private'), desk.shown.id);
    assert.equal(desk.sandbox.requests.length, 3);
    await require(hidden, desk.shown.id);
    assert.equal(desk.sandbox.requests.length, 3);
  });

  it('cost one request for each 25', async () => {
    const messages = desk.sandbox.store.messages().slice(0, 60);
    const asked = messages.map(({ id, header }) => ({ id, messageId: header('message-id') }));
    await gate('label:private').visible(connect(desk.sandbox), asked, SIGNAL);
    assert.equal(desk.sandbox.requests.length, 3);
  });

  it('cost nothing where nothing is hidden', async () => {
    assert.deepEqual(await visible(gate(), desk.shown.id, 'whatever'), [desk.shown.id, 'whatever']);
    assert.equal(desk.sandbox.requests.length, 0);
  });

  it('are asked about again by each call: labels change', async () => {
    const memory = new HiddenMemory();
    const { id } = await file(['INBOX']);
    await require(gate('label:private', memory), id);
    desk.sandbox.store.modify(id, [desk.label], []);
    assert.equal(gate('label:private', memory).isKnownVisible(id), true);
    assert.equal((await problemOf(require(gate('label:private', memory), id))).code, 'not_found');
    assert.equal(gate('label:private', memory).isKnownVisible(id), false);
    desk.sandbox.store.modify(id, [], [desk.label]);
    await require(gate('label:private', memory), id);
  });

  it('are remembered for five minutes, for the sake of those that are gone', async () => {
    const clock = { time: 5000, now: () => clock.time };
    const memory = new HiddenMemory(clock);
    await require(gate('label:private', memory), desk.shown.id);
    clock.time += 5 * 60_000;
    assert.equal(gate('label:private', memory).isKnownVisible(desk.shown.id), true);
    clock.time += 1;
    assert.equal(gate('label:private', memory).isKnownVisible(desk.shown.id), false);
  });

  it('are told from copies with the same Message-ID', async () => {
    const [one, other] = [
      await file(['INBOX'], { 'Message-ID': '<copy@x>' }),
      await file([desk.label], { 'Message-ID': '<copy@x>' }),
    ];
    assert.deepEqual(await visible(gate('label:private'), one.id, other.id), [one.id]);
  });

  const odd = ['<a b@x>', '<a"@x>', '<a(b)@x>', '<{a}@x>', '<a|b@x>', '<>', ' ', '<x@y> OR in:anywhere', '<a\u0007@x>'];
  for (const messageId of odd) {
    it(`are those, too, whose Message-ID could say more than one thing: ${JSON.stringify(messageId)}`, async () => {
      assert.equal((await problemOf(require(gate('label:private'), desk.shown.id, messageId))).code, 'not_found');
      assert.equal(desk.sandbox.requests.length, 0);
    });
  }

  for (const messageId of ['<CAF+x=_y.z$1@mail.gmail.com>', "<!#$%&'*+-/=?^_`~@x>", '<-a:b@[127.0.0.1]>']) {
    it(`are not those with the Message-ID ${messageId}`, async () => {
      const { id } = await file(['INBOX'], { 'Message-ID': messageId });
      await require(gate('label:private'), id);
    });
  }

  it('fill a thread that then does not exist', async () => {
    const add = (messageId: string, labelIds: string[], threadId?: string) =>
      desk.sandbox.store.add(Buffer.from(`Message-ID: ${messageId}\r\n\r\nx\r\n`), {
        labelIds,
        internalDate: 1,
        ...(threadId ? { threadId } : {}),
      });
    const first = await add('<t1@x>', ['INBOX']);
    const second = await add('<t2@x>', [desk.label], first.threadId);
    const ask = (...ids: string[]) =>
      gate('label:private').visibleInThread(
        connect(desk.sandbox),
        first.threadId,
        ids.map((id) => ({ id })),
        SIGNAL,
      );
    assert.deepEqual([...(await ask(first.id, second.id))], [first.id]);
    const problem = await problemOf(ask(second.id));
    assert.equal(problem.code, 'not_found');
    assert.match(problem.explain('editor').what, new RegExp(`no thread with the id ${first.threadId}`));
  });
});
