import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { oneClickAddress } from '../../../../src/sandbox/arrival/one-click.ts';
import type { Sandbox } from '../../../../src/sandbox/start.ts';
import { sandboxForAll } from '../../support.ts';

describe('leaving a list of the sandbox by one click', () => {
  let sandbox: Sandbox;
  sandboxForAll((started) => {
    sandbox = started;
  });
  afterEach(() => {
    sandbox.store.unsubscribed.length = 0;
    sandbox.faults.clear();
  });

  const address = () => oneClickAddress(sandbox.origin, 'kettle', 'rv-1');
  const FORM = 'List-Unsubscribe=One-Click';
  const click = async (body: string | FormData, headers: Record<string, string> = {}, method = 'POST') => {
    const form = typeof body === 'string' ? { 'content-type': 'application/x-www-form-urlencoded' } : {};
    const init = method === 'GET' ? {} : { body };
    return (await fetch(address(), { method, headers: { ...form, ...headers }, redirect: 'manual', ...init })).status;
  };

  it('is noted with the list and the token, and asks for no sign-in', async () => {
    assert.equal(await click(FORM), 200);
    assert.deepEqual(sandbox.store.unsubscribed, [{ list: 'kettle', token: 'rv-1' }]);
    assert.ok(sandbox.requests.includes('POST /unsubscribe/kettle/rv-1'));
  });

  it('may be asked for as form data', async () => {
    const data = new FormData();
    data.set('List-Unsubscribe', 'One-Click');
    assert.equal(await click(data), 200);
    assert.equal(sandbox.store.unsubscribed.length, 1);
  });

  for (const [what, body, headers, method] of [
    ['another field', 'list-unsubscribe=one-click', {}],
    ['a further field', `${FORM}&mail=robin`, {}],
    ['no field', '', {}],
    ['JSON', FORM, { 'content-type': 'application/json' }],
    ['a token of the account', FORM, { authorization: 'Bearer x' }],
    ['a cookie', FORM, { cookie: 'a=b' }],
    ['a referer', FORM, { referer: 'https://mail.example/' }],
    ['GET', '', {}, 'GET'],
  ] as const) {
    it(`is not asked for with ${what}`, async () => {
      assert.notEqual(await click(body, headers, method), 200);
      assert.deepEqual(sandbox.store.unsubscribed, []);
    });
  }

  it('can fail, or lead elsewhere', async () => {
    sandbox.faults.add({
      match: /\/unsubscribe\//,
      times: 1,
      answer: { status: 302, headers: { location: '/elsewhere' } },
    });
    sandbox.faults.add({ match: /\/unsubscribe\//, times: 1, answer: { status: 503 } });
    assert.deepEqual([await click(FORM), await click(FORM), await click(FORM)], [302, 503, 200]);
    assert.equal(sandbox.store.unsubscribed.length, 1);
  });
});
