import assert from 'node:assert/strict';
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { describe, it } from 'node:test';
import { announce, readAnnouncements } from '../../../src/broker/announcement.ts';
import { BrokerClient } from '../../../src/broker/broker-client.ts';
import { questionOf } from '../../support/question.ts';
import { problemOf } from '../support.ts';
import { ChoiceDesk, isGone, never, OTHER, PARENT } from './choice-desk.ts';

describe('the window that a server asks', () => {
  const desk = new ChoiceDesk();
  const { answering, newClient, open, windowOf } = desk;

  it('is the parent’s, although another was focused later', async () => {
    await windowOf('other', OTHER, 3000);
    await windowOf('parent', PARENT, 1000);
    await windowOf('another', OTHER, 2000);
    assert.equal(await answering(), 'parent');
  });

  it('is the one focused last where none is the parent’s', async () => {
    for (const focusedAt of [2000, 3000, 1000]) await windowOf(`at ${focusedAt}`, OTHER, focusedAt);
    assert.equal(await answering(), 'at 3000');
  });

  it('is the one of two of the parent’s that was focused last', async () => {
    for (const focusedAt of [1000, 2000]) await windowOf(`at ${focusedAt}`, PARENT, focusedAt);
    assert.equal(await answering(), 'at 2000');
  });

  it('stays the same while it lives, whichever is focused', async () => {
    await windowOf('first', OTHER, 1000);
    const client = newClient();
    assert.equal(await answering(client), 'first');
    await windowOf('second', OTHER, 2000);
    assert.equal(await answering(client), 'first');
    assert.equal(await answering(newClient()), 'second');
  });

  it('is the parent’s as soon as that is there, although another was found before', async () => {
    const { window } = await windowOf('first', OTHER, 2000);
    const client = newClient();
    assert.equal(await answering(client), 'first');
    await windowOf('parent', PARENT, 1000);
    assert.equal(await answering(client), 'parent');
    await window.dispose();
    assert.equal(await answering(client), 'parent');
  });

  it('follows the focus', async () => {
    const file = async () => {
      const [name = ''] = await readdir(desk.shared);
      return JSON.parse(await readFile(path.join(desk.shared, name), 'utf8'));
    };
    const window = await open('real', desk.shared);
    const before = await file();
    // The clock may not have moved on since the start, so the start is put into the past.
    const [own] = await readAnnouncements(desk.shared);
    assert.ok(own);
    await announce(desk.shared, { ...before, focusedAt: 0 }, own.file);
    const start = Date.now();
    await window.focused();
    const { focusedAt, ...rest } = await file();
    assert.ok(focusedAt >= start && focusedAt <= Date.now());
    assert.deepEqual(rest, { version: 1, pid: process.pid, socket: before.socket, nonce: before.nonce });
    assert.equal((await stat(own.file)).mode & 0o777, 0o600);
    assert.equal(await answering(), 'real');
    await window.dispose();
    assert.deepEqual(await readdir(desk.shared), []);
  });

  it('is left for the one that was focused since, as soon as it has answered what it was asked', async () => {
    const first = await windowOf('first', OTHER, 1000);
    let news = 0;
    const onChange = () => {
      news += 1;
    };
    // No window is the parent of this client.
    const client = new BrokerClient(desk.shared, { onSettings: () => undefined, onChange }, 1);
    const question = questionOf();
    const until = async (count: number) => {
      while (news < count) await new Promise((resolve) => setImmediate(resolve));
    };
    assert.equal(await answering(client), 'first');
    const withdrawn = new AbortController();
    const asked = problemOf(client.request('confirmSend', question, withdrawn.signal));
    const second = await windowOf('second', PARENT, 2000);
    client.request('confirmSend', question, never).catch(() => undefined);
    await until(2);
    first.window.changed();
    await until(3);
    withdrawn.abort();
    assert.equal((await asked).code, 'cancelled');
    first.window.changed();
    second.window.changed();
    await until(4);
    assert.equal(await answering(client), 'second');
    assert.equal(news, 4, 'the first window is no longer heard');
  });

  it('is another one once it is gone, also where a question was waiting', async () => {
    const { window, file } = await windowOf('parent', PARENT, 1000);
    await windowOf('other', OTHER, 2000);
    const settings: unknown[] = [];
    const client = newClient(settings);
    assert.equal(await answering(client), 'parent');
    const question = questionOf();
    const waiting = problemOf(client.request('confirmSend', question, never));
    await desk.asked.promise;
    await window.dispose();
    assert.equal((await waiting).code, 'editor_absent');
    assert.equal(await answering(client), 'other');
    assert.deepEqual(settings, [{ proxy: 'parent' }, { proxy: 'other' }]);
    await isGone(file);
  });
});
