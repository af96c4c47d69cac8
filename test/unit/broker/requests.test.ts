import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { readAnnouncements } from '../../../src/broker/announcement.ts';
import type { Handlers } from '../../../src/broker/answer.ts';
import { BrokerClient } from '../../../src/broker/broker-client.ts';
import { BrokerServer } from '../../../src/broker/broker-server.ts';
import type { BrokerAccount, BrokerSettings, BrokerToken, Params } from '../../../src/broker/protocol.ts';
import { questionOf } from '../../support/question.ts';
import { problemOf, silent } from '../support.ts';
import { handlersOf } from './support.ts';

const TOKEN: BrokerToken = {
  account: 'me@example.org',
  value: 'ya29.token',
  expiresAt: 1_900_000_000_000,
  lifetime: 3599,
  clockSkewMs: -7,
  privacy: { hiddenQuery: 'label:private', showsCodes: false },
  apiOrigin: 'http://127.0.0.1:8080',
  notesSearches: true,
};
const ACCOUNTS: BrokerAccount[] = [
  { email: 'me@example.org', isDefault: true, level: 'organise', scopes: ['https://mail.google.com/'] },
  { email: 'sandbox@example.org', isDefault: false, level: 'read', isSandbox: true },
];
const QUESTION = questionOf();

describe('a request to the window', () => {
  let folder: string;
  let broker: BrokerServer;
  let client: BrokerClient;
  let handlers: Handlers;
  let settings: BrokerSettings;
  let handedOver: BrokerSettings[];
  /** Method and parameters of every request that reached a handler. */
  let calls: [string, object][];

  beforeEach(async () => {
    folder = path.join(await mkdtemp(path.join(tmpdir(), 'requests-')), 'brokers');
    [calls, handedOver, settings] = [[], [], {}];
    handlers = handlersOf(
      {
        listAccounts: { accounts: ACCOUNTS },
        getToken: TOKEN,
        renewToken: { ...TOKEN, value: 'ya29.renewed' },
        confirmSend: { answer: 'decline', account: 'me@example.org', isAsked: true },
      },
      (method, params) => calls.push([method, params]),
    );
    broker = await BrokerServer.start({
      folder,
      handlers: async () => handlers,
      settings: () => settings,
      log: silent,
    });
    client = new BrokerClient(folder, { onSettings: (given) => handedOver.push(given), onChange: () => undefined });
  });
  afterEach(async () => {
    await broker.dispose();
    await rm(path.dirname(folder), { recursive: true, force: true });
  });

  const never = new AbortController().signal;
  const getToken = (params: Partial<Params<'getToken'>> = {}, signal = never) =>
    client.request('getToken', { access: 'read', ...params }, signal);
  /** A handler that waits until it is aborted, and what tells when it has begun and ended. */
  const wait = () => {
    const begun = Promise.withResolvers<void>();
    const aborted = Promise.withResolvers<void>();
    handlers.confirmSend = (_, signal) => {
      begun.resolve();
      return new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => {
          aborted.resolve();
          reject(signal.reason);
        });
      });
    };
    return { begun: begun.promise, aborted: aborted.promise };
  };

  describe('is answered', () => {
    it('getToken', async () => {
      const params = { account: 'me@example.org', access: 'send' as const, refused: 'ya29.old' };
      assert.deepEqual(await getToken(params), TOKEN);
      assert.deepEqual(calls, [['getToken', params]]);
    });

    it('listAccounts', async () => {
      assert.deepEqual(await client.request('listAccounts', {}, never), { accounts: ACCOUNTS });
      assert.deepEqual(calls, [['listAccounts', {}]]);
    });

    it('renewToken', async () => {
      const answer = await client.request('renewToken', { account: 'me@example.org' }, never);
      assert.deepEqual(answer, { ...TOKEN, value: 'ya29.renewed' });
      assert.deepEqual(calls, [['renewToken', { account: 'me@example.org' }]]);
    });

    it('two hundred at once, although a window takes fewer', async () => {
      handlers.getToken = async () => {
        await setTimeout(5);
        return TOKEN;
      };
      const answers = await Promise.all(Array.from({ length: 200 }, () => getToken()));
      assert.ok(answers.every(({ value }) => value === TOKEN.value));
    });

    it('confirmSend, yes and no', async () => {
      assert.deepEqual(await client.request('confirmSend', QUESTION, never), {
        answer: 'decline',
        account: 'me@example.org',
        isAsked: true,
      });
      assert.deepEqual(calls, [['confirmSend', QUESTION]]);
      handlers.confirmSend = async () => ({ answer: 'send', account: 'me@example.org', isAsked: false });
      assert.deepEqual(await client.request('confirmSend', QUESTION, never), {
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
      assert.deepEqual(await client.request('confirmSend', long, never), {
        answer: 'decline',
        account: 'me@example.org',
        isAsked: true,
      });
      assert.deepEqual(calls, [['confirmSend', long]]);
    });

    it('each with its own answer, in whatever order the window gives them', async () => {
      const gates = new Map<string, () => void>();
      handlers.getToken = ({ account = '' }) =>
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
      assert.equal(handedOver.length, 1);
    });
  });

  it('finds the settings handed over before its answer, once a connection', async () => {
    settings = { proxy: 'http://user:password@proxy.example:3128' };
    await getToken();
    await getToken();
    assert.deepEqual(handedOver, [settings]);
  });

  it('works where the settings hold nothing', async () => {
    await getToken();
    assert.deepEqual(handedOver, [{}]);
  });

  describe('that is cancelled', () => {
    it('rejects, aborts the handler, and leaves the connection to others', async () => {
      const { begun, aborted } = wait();
      const controller = new AbortController();
      const asked = problemOf(client.request('confirmSend', QUESTION, controller.signal));
      await begun;
      controller.abort();
      assert.equal((await asked).code, 'cancelled');
      await aborted;
      assert.deepEqual(await getToken(), TOKEN);
      assert.equal(handedOver.length, 1);
    });

    it('aborts no other request', async () => {
      const { begun } = wait();
      const gate = Promise.withResolvers<BrokerToken>();
      let isAborted = false;
      handlers.getToken = (_, signal) => {
        signal.addEventListener('abort', () => {
          isAborted = true;
        });
        return gate.promise;
      };
      const other = getToken();
      const controller = new AbortController();
      const asked = problemOf(client.request('confirmSend', QUESTION, controller.signal));
      await begun;
      controller.abort();
      await asked;
      // An answer to a later request shows that the window has read the cancellation.
      await client.request('renewToken', {}, never);
      gate.resolve(TOKEN);
      assert.deepEqual(await other, TOKEN);
      assert.equal(isAborted, false);
    });

    it('before it is sent never reaches the window', async () => {
      assert.equal((await problemOf(getToken({}, AbortSignal.abort()))).code, 'cancelled');
      const controller = new AbortController();
      const asked = problemOf(getToken({}, controller.signal));
      // The connection is not made yet.
      controller.abort();
      assert.equal((await asked).code, 'cancelled');
      await client.request('renewToken', {}, never);
      assert.deepEqual(calls, [['renewToken', {}]]);
    });

    it('after its answer changes nothing', async () => {
      const controller = new AbortController();
      await getToken({}, controller.signal);
      controller.abort();
      assert.deepEqual(await getToken(), TOKEN);
    });
  });

  describe('when the window goes away', () => {
    it('rejects, and its handler is aborted', async () => {
      const { begun, aborted } = wait();
      const asked = problemOf(client.request('confirmSend', QUESTION, never));
      await begun;
      await broker.dispose();
      assert.equal((await asked).code, 'editor_absent');
      await aborted;
    });

    it('rejects the next one too, until a window is there again', async () => {
      await getToken();
      await broker.dispose();
      assert.equal((await problemOf(getToken())).code, 'editor_absent');
      broker = await BrokerServer.start({
        folder,
        handlers: async () => handlers,
        settings: () => settings,
        log: silent,
      });
      assert.deepEqual(await getToken(), TOKEN);
    });

    it('finds neither announcement nor socket left', async () => {
      const [found] = await readAnnouncements(folder);
      const socketFolder = path.dirname(found?.socket ?? '');
      assert.ok((await stat(socketFolder)).isDirectory());
      await broker.dispose();
      assert.deepEqual(await readdir(folder), []);
      await assert.rejects(stat(socketFolder), { code: 'ENOENT' });
    });
  });
});
