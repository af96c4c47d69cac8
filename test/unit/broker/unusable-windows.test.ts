import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { lstat, mkdir, readdir } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { describe, it } from 'node:test';
import { announce, readAnnouncements } from '../../../src/broker/announcement.ts';
import { proofOf, randomToken } from '../../../src/broker/proof.ts';
import { problemOf } from '../support.ts';
import { ChoiceDesk, isGone, OTHER, PARENT } from './choice-desk.ts';

const deadPid = spawnSync(process.execPath, ['-e', '']).pid;

describe('the window that a server asks, where others are gone or false', () => {
  const desk = new ChoiceDesk();
  const { answering, falseWindow, newClient, open, windowOf } = desk;

  it('is none where nothing is announced', async () => {
    assert.equal((await problemOf(answering())).code, 'editor_absent');
    const nowhere = newClient([], path.join(desk.root, 'gone'));
    assert.equal((await problemOf(answering(nowhere))).code, 'editor_absent');
  });

  it('is not one of a dead process, whose files are removed', async () => {
    const socketFolder = path.join(desk.root, 'headless-gmail-abcdef');
    await mkdir(socketFolder);
    const socket = path.join(socketFolder, 's');
    const nonce = randomToken();
    const file = await announce(desk.shared, { version: 1, pid: deadPid, socket, nonce, focusedAt: 9000 });
    await windowOf('living', OTHER, 1000);
    assert.equal(await answering(), 'living');
    for (const gone of [file, socketFolder]) await assert.rejects(lstat(gone), { code: 'ENOENT' });
  });

  it('is not one whose socket is gone, and that announcement is withdrawn', async () => {
    const socket = path.join(desk.root, 'nobody');
    const nonce = randomToken();
    const file = await announce(desk.shared, { version: 1, pid: PARENT, socket, nonce, focusedAt: 9000 });
    assert.equal((await problemOf(answering())).code, 'editor_absent');
    await isGone(file);
    await windowOf('living', OTHER, 1000);
    assert.equal(await answering(), 'living');
  });

  it('is not one that hangs up, which keeps its announcement', async () => {
    await falseWindow((peer) => peer.destroy());
    await windowOf('living', OTHER, 1000);
    assert.equal(await answering(), 'living');
    assert.equal((await readdir(desk.shared)).length, 2);
  });

  it('is looked for once by requests at the same time, also where none is found', async () => {
    let dialled = 0;
    await falseWindow((peer) => {
      dialled += 1;
      peer.destroy();
    });
    const client = newClient();
    const codes = await Promise.all(Array.from({ length: 5 }, async () => (await problemOf(answering(client))).code));
    assert.deepEqual(new Set(codes), new Set(['editor_absent']));
    // One search after the other would add up their time-outs where a window says nothing.
    assert.equal(dialled, 1);
    assert.equal((await problemOf(answering(client))).code, 'editor_absent');
    assert.equal(dialled, 2, 'a later request looks again');
  });

  it('is not one that says nothing for three seconds', async (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] });
    const connected = Promise.withResolvers<void>();
    await falseWindow((peer) => peer.once('data', () => connected.resolve()));
    await windowOf('living', OTHER, 1000);
    const answer = answering();
    await connected.promise;
    t.mock.timers.tick(3000);
    assert.equal(await answer, 'living');
  });

  it('is not one that proves itself and is never ready', async (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] });
    const proven = Promise.withResolvers<void>();
    await falseWindow((peer, nonce) => {
      createInterface({ input: peer }).on('line', (line) => {
        const { challenge, proof } = JSON.parse(line);
        if (proof) proven.resolve();
        else peer.write(`${JSON.stringify({ challenge: 'x', proof: proofOf(nonce, 'broker', challenge, 'x') })}\n`);
      });
    });
    await windowOf('living', OTHER, 1000);
    const settings: unknown[] = [];
    const answer = answering(newClient(settings));
    await proven.promise;
    t.mock.timers.tick(3000);
    assert.equal(await answer, 'living');
    assert.deepEqual(settings, [{ proxy: 'living' }]);
  });

  it('takes the place of one that died without a word, and removes what that one left', async () => {
    const socketFolder = path.join(desk.root, 'headless-gmail-abcdef');
    await mkdir(socketFolder);
    const socket = path.join(socketFolder, 's');
    await announce(desk.shared, { version: 1, pid: deadPid, socket, nonce: randomToken(), focusedAt: 1 });
    await open('real', desk.shared);
    // Before anybody looks for announcements, which would remove it as well.
    await assert.rejects(lstat(socketFolder), { code: 'ENOENT' });
    assert.deepEqual(
      (await readAnnouncements(desk.shared)).map(({ pid }) => pid),
      [process.pid],
    );
  });
});
