import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it, mock } from 'node:test';
import { toldWait } from '../../../src/credentials/quota/told-wait.ts';

describe('a wait for quota', () => {
  let told: string[];
  const whileWaiting = async <T>(message: string, work: Promise<T>): Promise<T> => {
    told.push(message);
    return work;
  };
  beforeEach(() => {
    told = [];
    mock.timers.enable({ apis: ['setTimeout'] });
  });
  afterEach(() => mock.timers.reset());

  it('that nobody notices goes without a word', async () => {
    assert.equal(await toldWait(whileWaiting, Promise.resolve('token')), 'token');
    mock.timers.tick(1_000);
    assert.deepEqual(told, []);
  });

  it('that is longer is told to the client', async () => {
    const { promise, resolve } = Promise.withResolvers<string>();
    const waiting = toldWait(whileWaiting, promise);
    mock.timers.tick(1_000);
    await new Promise(setImmediate);
    assert.equal(told.length, 1);
    resolve('token');
    assert.equal(await waiting, 'token');
  });

  it('that fails fails the same way', async () => {
    const refused = new Error('refused');
    await assert.rejects(toldWait(whileWaiting, Promise.reject(refused)), refused);
  });
});
