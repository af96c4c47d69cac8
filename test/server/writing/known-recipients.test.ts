import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { WhenSendingAsks } from '../../../src/broker/protocol.ts';
import { type Sandbox, startSandbox } from '../../../src/sandbox/start.ts';
import { file, requestsDuring } from '../../support/mail.ts';
import { startServer } from '../../support/mcp-server.ts';
import { accountOf, brokerFolder, MemoryPolicy, Opened, openWindow } from '../../support/window.ts';

const DAY = 86_400_000;

describe('whom the person has written to by themself', () => {
  let sandbox: Sandbox;
  const opened = new Opened();
  before(async () => {
    sandbox = await startSandbox();
  });
  afterEach(() => opened.close());
  after(() => sandbox.close());

  const sentTo = async (headers: Record<string, string>, daysAgo: number, labels = ['SENT']) =>
    file(
      sandbox.store,
      { from: sandbox.address, to: 'elsewhere@mail.example', headers },
      { labels, at: Date.now() - daysAgo * DAY },
    );

  const open = async (asks: WhenSendingAsks = 'newRecipients') => {
    const folder = brokerFolder();
    const policy = new MemoryPolicy(asks);
    const window = opened.add(await openWindow(folder, { policy }));
    await window.store.save(accountOf(sandbox));
    const server = opened.add(await startServer({ HEADLESS_GMAIL_BROKER: folder }));
    const send = (args: Record<string, unknown>) =>
      server.call('gmail_send_email', { subject: 'Lunch', body: 'At one?', ...args });
    return { window, policy, send };
  };

  it('is known by two messages in To, Cc or Bcc that are older than a day, and then nobody is asked', async () => {
    await sentTo({ To: 'Kim <kim@known.example>' }, 3);
    await sentTo({ Bcc: 'KIM@known.example' }, 40);
    await sentTo({ Cc: 'lee@known.example' }, 3);
    await sentTo({ To: 'lee@known.example' }, 2);
    const { window, send } = await open();
    const { isError, text } = await send({ to: 'kim@known.example', cc: 'lee@known.example' });
    assert.equal(isError, false, text);
    assert.deepEqual(window.questions, []);
  });

  const strangers: Record<string, () => Promise<unknown>> = {
    'one message': () => sentTo({ To: 'pat@one.example' }, 3),
    'two of today': async () => [
      await sentTo({ To: 'pat@one.example' }, 0.5),
      await sentTo({ To: 'pat@one.example' }, 0.9),
    ],
    'two received ones': async () => [
      await sentTo({ To: 'pat@one.example' }, 3, ['INBOX']),
      await sentTo({ To: 'pat@one.example' }, 4, ['INBOX']),
    ],
    'two to addresses that hold this one': async () => [
      await sentTo({ To: '"pat@one.example" <pat@one.example.evil.example>' }, 3),
      await sentTo({ To: 'more.pat@one.example' }, 4),
      await sentTo({ To: 'pat+news@one.example' }, 4),
    ],
    'two that name it in the text alone': async () => [
      await sentTo({ Subject: 'pat@one.example' }, 3),
      await sentTo({ 'Reply-To': 'pat@one.example' }, 4),
    ],
  };
  for (const [what, prepare] of Object.entries(strangers)) {
    it(`is not known by ${what}`, async () => {
      await prepare();
      const { window, send } = await open();
      assert.equal((await send({ to: 'pat@one.example' })).isError, true);
      assert.deepEqual(
        window.questions[0]?.to.map(({ isKnown }) => isKnown),
        [false],
      );
      for (const { id, raw } of sandbox.store.messages()) if (String(raw).includes('pat@one')) sandbox.store.remove(id);
    });
  }

  it('is not known by what was sent through the extension', async () => {
    const [first, second] = [await sentTo({ To: 'noa@two.example' }, 3), await sentTo({ To: 'noa@two.example' }, 4)];
    const { window, policy, send } = await open();
    await policy.remember('', first.id);
    await send({ to: 'noa@two.example' });
    assert.equal(window.questions[0]?.to[0]?.isKnown, false);
    await sentTo({ To: 'noa@two.example' }, 5);
    assert.equal((await send({ to: 'noa@two.example' })).isError, false, second.id);
  });

  it('is asked about in a few requests, and only where that decides', async () => {
    const addresses = Array.from({ length: 20 }, (_, index) => `a${index}@many.example`).join(', ');
    await sentTo({ To: addresses }, 3);
    await sentTo({ To: addresses }, 4);
    const asked = async (asks: WhenSendingAsks, more: object = {}) => {
      const { window, send } = await open(asks);
      const requests = await requestsDuring(sandbox, () => send({ to: addresses, ...more }));
      const known = window.questions[0]?.to.map(({ isKnown }) => isKnown);
      return { requests, known: known && [...new Set(known)] };
    };
    const always = await asked('always', { bcc: 'new@many.example' });
    assert.deepEqual(always.known, [undefined]);
    const sometimes = await asked('newRecipients', { bcc: 'new@many.example' });
    assert.deepEqual(sometimes.known, [true]);
    assert.equal(sometimes.requests, always.requests + 2, 'one for the lists, one for the headers');
    const coded = await asked('newRecipients', { body: 'Your one-time code is 482913.' });
    assert.deepEqual(coded.known, [undefined], 'a code is asked about in any case');
  });
});
