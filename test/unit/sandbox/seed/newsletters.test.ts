import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Sandbox } from '../../../../src/sandbox/start.ts';
import type { StoredMessage } from '../../../../src/sandbox/store/mail-store.ts';
import { sandboxForAll } from '../../support.ts';

describe('the newsletters of the seeded mailbox', () => {
  let sandbox: Sandbox;
  sandboxForAll((started) => {
    sandbox = started;
  });

  const of = (sender: string): StoredMessage =>
    sandbox.store.messages().find((message) => message.header('from').includes(sender)) ??
    assert.fail(`nothing of ${sender}`);
  const addressesOf = (message: StoredMessage) => message.header('list-unsubscribe').match(/(?<=<)[^>]+/g) ?? [];
  /** The headers that the signature covers, where Gmail's first word is that it is good. */
  const covered = (message: StoredMessage): string[] => {
    const [, h = ''] = /; h=([^;]+)/.exec(message.header('dkim-signature')) ?? [];
    const [, b = '-'] = /; b=(\S{8})/.exec(message.header('dkim-signature')) ?? [];
    const [, d = '-'] = /; d=([^;]+)/.exec(message.header('dkim-signature')) ?? [];
    const [first] = message.tree.headers;
    assert.equal(first?.name, 'Authentication-Results');
    const verdict = new RegExp(
      `^mx\\.google\\.com;\\s+dkim=pass header\\.(?:d=|i=@)${d} header\\.s=letters1 header\\.b="?${b}`,
    );
    assert.match(first?.value ?? '', verdict);
    return h.split(':');
  };
  const WAY_OUT = ['List-Unsubscribe', 'List-Unsubscribe-Post'];
  const leave = (url = '') =>
    fetch(url, { method: 'POST', body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }) });

  for (const [sender, list, token] of [
    ['Slow Kettle', 'slow-kettle', 'rv88-5f1c'],
    ['Gridlines', 'gridlines', 'g311-77ab'],
  ] as const) {
    it(`${sender} is left by one click, which its signature covers`, async () => {
      const message = of(sender);
      assert.equal(message.header('list-unsubscribe-post'), 'List-Unsubscribe=One-Click');
      for (const name of WAY_OUT) assert.ok(covered(message).includes(name), name);
      const [url, mailto] = addressesOf(message);
      assert.match(mailto ?? '', /^mailto:leave@/);
      assert.equal((await leave(url)).status, 200);
      assert.deepEqual(sandbox.store.unsubscribed.at(-1), { list, token });
    });
  }

  it('Tern & Tide offers one click, which its signature does not cover', () => {
    const message = of('Tern & Tide');
    assert.equal(message.header('list-unsubscribe-post'), 'List-Unsubscribe=One-Click');
    assert.ok(addressesOf(message)[0]?.startsWith(`${sandbox.origin}/unsubscribe/`));
    for (const name of WAY_OUT) assert.ok(!covered(message).includes(name), name);
  });

  it('Hollow Lane is left by mail alone', () => {
    const message = of('Hollow Lane');
    assert.deepEqual(addressesOf(message), ['mailto:notices-leave@hollow-lane.example?subject=unsubscribe']);
    assert.equal(message.header('list-unsubscribe-post'), '');
    assert.ok(covered(message).includes('List-Unsubscribe'));
  });

  it('Brine & Barley says nothing of leaving in its headers', () => {
    const message = of('Brine & Barley');
    assert.deepEqual([message.header('list-unsubscribe'), message.header('list-unsubscribe-post')], ['', '']);
    assert.ok(covered(message).includes('From'));
  });
});
