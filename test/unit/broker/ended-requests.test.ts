import assert from 'node:assert/strict';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { describe, it } from 'node:test';
import { readAnnouncements } from '../../../src/broker/announcement.ts';
import type { BrokerToken } from '../../../src/broker/protocol.ts';
import { problemOf } from '../support.ts';
import { never, RequestDesk, TOKEN } from './request-desk.ts';
import { QUESTION } from './support.ts';

describe('a request to the window that ends before its answer', () => {
  const desk = new RequestDesk();
  const { getToken, wait } = desk;

  describe('that is cancelled', () => {
    it('rejects, aborts the handler, and leaves the connection to others', async () => {
      const { begun, aborted } = wait();
      const controller = new AbortController();
      const asked = problemOf(desk.client.request('confirmSend', QUESTION, controller.signal));
      await begun;
      controller.abort();
      assert.equal((await asked).code, 'cancelled');
      await aborted;
      assert.deepEqual(await getToken(), TOKEN);
      assert.equal(desk.handedOver.length, 1);
    });

    it('aborts no other request', async () => {
      const { begun } = wait();
      const gate = Promise.withResolvers<BrokerToken>();
      let isAborted = false;
      desk.handlers.getToken = (_, signal) => {
        signal.addEventListener('abort', () => {
          isAborted = true;
        });
        return gate.promise;
      };
      const other = getToken();
      const controller = new AbortController();
      const asked = problemOf(desk.client.request('confirmSend', QUESTION, controller.signal));
      await begun;
      controller.abort();
      await asked;
      // An answer to a later request shows that the window has read the cancellation.
      await desk.client.request('renewToken', {}, never);
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
      await desk.client.request('renewToken', {}, never);
      assert.deepEqual(desk.calls, [['renewToken', {}]]);
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
      const asked = problemOf(desk.client.request('confirmSend', QUESTION, never));
      await begun;
      await desk.broker.dispose();
      assert.equal((await asked).code, 'editor_absent');
      await aborted;
    });

    it('rejects the next one too, until a window is there again', async () => {
      await getToken();
      await desk.broker.dispose();
      assert.equal((await problemOf(getToken())).code, 'editor_absent');
      await desk.startWindow();
      assert.deepEqual(await getToken(), TOKEN);
    });

    it('finds neither announcement nor socket left', async () => {
      const [found] = await readAnnouncements(desk.folder);
      const socketFolder = path.dirname(found?.socket ?? '');
      assert.ok((await stat(socketFolder)).isDirectory());
      await desk.broker.dispose();
      assert.deepEqual(await readdir(desk.folder), []);
      await assert.rejects(stat(socketFolder), { code: 'ENOENT' });
    });
  });
});
