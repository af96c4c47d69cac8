import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import type { Handlers } from '../../../src/broker/answer.ts';
import { BrokerClient } from '../../../src/broker/broker-client.ts';
import { BrokerServer } from '../../../src/broker/broker-server.ts';
import type { Method, Params, Result } from '../../../src/broker/protocol.ts';
import { problemOf, silent } from '../support.ts';
import { handlersOf, QUESTION } from './support.ts';

const never = new AbortController().signal;
const CHANGE = { client: 'c', what: 'Archived', add: [], remove: ['INBOX'], own: [], from: '1' };

/** What only one window may be asked for. */
const ONCE = {
  confirmSend: QUESTION,
  confirmChange: { title: 'Archive 60 messages?', verb: 'Archive', facts: [], examples: [] },
  takeAllowance: { kind: 'labels', count: 1 },
  giveBackAllowance: { ticket: 't1', count: 1 },
  beginChange: { ids: ['a'], change: CHANGE },
  endChange: { id: 'c1', to: '2', changed: 1 },
  claimUndo: { id: 'c1' },
  releaseUndo: { id: 'c1' },
  noteUndone: { id: 'c1', window: { from: '1' } },
  changedIds: { id: 'c1' },
} as const satisfies { [M in Method]?: object };

describe('a request whose window goes away', () => {
  let folder: string;
  let windows: BrokerServer[];
  beforeEach(async () => {
    folder = path.join(await mkdtemp(path.join(tmpdir(), 'repeating-')), 'brokers');
    windows = [];
  });
  afterEach(async () => {
    await Promise.all(windows.map((window) => window.dispose()));
    await rm(path.dirname(folder), { recursive: true, force: true });
  });

  /** Opens two windows, of which the one that is asked first is closed over it. Answers how often any was asked. */
  const open = async <M extends Method>(method: M) => {
    const asked = { times: 0 };
    const usual = handlersOf();
    for (let at = 0; at < 2; at += 1) {
      const handler = async (params: Params<M>, signal: AbortSignal): Promise<Result<M>> => {
        asked.times += 1;
        if (asked.times > 1) return (usual[method] as (...all: unknown[]) => Promise<Result<M>>)(params, signal);
        void windows[at]?.dispose();
        return new Promise(() => undefined);
      };
      const handlers = { ...usual, [method]: handler } as Handlers;
      windows.push(
        await BrokerServer.start({ folder, handlers: async () => handlers, settings: () => ({}), log: silent }),
      );
    }
    return asked;
  };
  const newClient = () => new BrokerClient(folder, { onSettings: () => undefined, onChange: () => undefined }, 1);

  for (const [method, params] of Object.entries(ONCE) as [keyof typeof ONCE, Params<keyof typeof ONCE>][]) {
    it(`is not made of another one: ${method}`, async () => {
      const asked = await open(method);
      const problem = await problemOf(newClient().request(method, params, never));
      assert.deepEqual([problem.code, asked.times], ['editor_absent', 1]);
    });
  }

  it('is made of another one where that asks nobody and counts nothing', async () => {
    const asked = await open('changesMade');
    assert.deepEqual(await newClient().request('changesMade', {}, never), { changes: [] });
    assert.equal(asked.times, 2);
  });
});
