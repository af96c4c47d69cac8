import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { ACCOUNTS, never, RequestDesk, TOKEN } from './request-desk.ts';
import { QUESTION } from './support.ts';

describe('a request to the window', () => {
  const desk = new RequestDesk();
  const { getToken } = desk;

  describe('is answered', () => {
    it('getToken', async () => {
      const params = { account: 'me@example.org', access: 'send' as const, refused: 'ya29.old' };
      assert.deepEqual(await getToken(params), TOKEN);
      assert.deepEqual(desk.calls, [['getToken', params]]);
    });

    it('listAccounts', async () => {
      assert.deepEqual(await desk.client.request('listAccounts', {}, never), { accounts: ACCOUNTS });
      assert.deepEqual(desk.calls, [['listAccounts', {}]]);
    });

    it('renewToken', async () => {
      const answer = await desk.client.request('renewToken', { account: 'me@example.org' }, never);
      assert.deepEqual(answer, { ...TOKEN, value: 'ya29.renewed' });
      assert.deepEqual(desk.calls, [['renewToken', { account: 'me@example.org' }]]);
    });

    it('two hundred at once, although a window takes fewer', async () => {
      desk.handlers.getToken = async () => {
        await setTimeout(5);
        return TOKEN;
      };
      const answers = await Promise.all(Array.from({ length: 200 }, () => getToken()));
      assert.ok(answers.every(({ value }) => value === TOKEN.value));
    });

    it('confirmSend, yes and no', async () => {
      assert.deepEqual(await desk.client.request('confirmSend', QUESTION, never), {
        answer: 'decline',
        account: 'me@example.org',
        isAsked: true,
      });
      assert.deepEqual(desk.calls, [['confirmSend', QUESTION]]);
      desk.handlers.confirmSend = async () => ({ answer: 'send', account: 'me@example.org', isAsked: false });
      assert.deepEqual(await desk.client.request('confirmSend', QUESTION, never), {
        answer: 'send',
        account: 'me@example.org',
        isAsked: false,
      });
    });

    it('where the message is as long as a question may be, and goes to as many as Gmail allows', async () => {
      const to = Array.from({ length: 500 }, (_, index) => {
        const address = `somebody-${index}@example.org`;
        return { shown: `Somebody with a name <${address}>`, address };
      });
      const part = { title: '', text: '漢'.repeat(400_000) };
      const long = { ...QUESTION, to, subject: 'é'.repeat(998), parts: [part, part], exact: [part, part] };
      assert.deepEqual(await desk.client.request('confirmSend', long, never), {
        answer: 'decline',
        account: 'me@example.org',
        isAsked: true,
      });
      assert.deepEqual(desk.calls, [['confirmSend', long]]);
    });

    it('each with its own answer, in whatever order the window gives them', async () => {
      const gates = new Map<string, () => void>();
      desk.handlers.getToken = ({ account = '' }) =>
        new Promise((resolve) => gates.set(account, () => resolve({ ...TOKEN, account })));
      const accounts = Array.from({ length: 20 }, (_, index) => `${index}@example.org`);
      const answers = accounts.map(async (account) => (await getToken({ account })).account);
      while (gates.size < accounts.length) await new Promise((resolve) => setImmediate(resolve));
      for (const account of accounts.toReversed()) gates.get(account)?.();
      assert.deepEqual(await Promise.all(answers), accounts);
    });

    it('over one connection, also where the first ones come at the same time', async () => {
      await Promise.all(Array.from({ length: 20 }, () => getToken()));
      await getToken();
      // The settings are handed over once a connection.
      assert.equal(desk.handedOver.length, 1);
    });
  });

  it('finds the settings handed over before its answer, once a connection', async () => {
    desk.settings = { proxy: 'http://user:password@proxy.example:3128' };
    await getToken();
    await getToken();
    assert.deepEqual(desk.handedOver, [desk.settings]);
  });

  it('works where the settings hold nothing', async () => {
    await getToken();
    assert.deepEqual(desk.handedOver, [{}]);
  });
});
