import assert from 'node:assert/strict';
import { once } from 'node:events';
import { request } from 'node:http';
import { it } from 'node:test';
import { startSandbox } from '../../../../src/sandbox/start.ts';

const timers = () => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;

it('an answer that a fault holds back ends with the sandbox, and keeps no process from its end', async () => {
  const sandbox = await startSandbox();
  sandbox.faults.add({ match: /POST \/token/, delayMs: 60_000 });
  const before = timers();
  const call = request(`${sandbox.origin}/token`, { method: 'POST', agent: false });
  const cut = once(call, 'response').catch(() => 'cut');
  call.end();
  while (timers() === before) await new Promise(setImmediate);
  await sandbox.close();
  assert.equal(await cut, 'cut');
  assert.equal(timers(), before);
});

it('a request that takes longer holds no other back, and a batch takes longer once, not with each of its calls', async () => {
  const sandbox = await startSandbox();
  const before = timers();
  const boundary = 'part';
  const calls = ['a', 'b', 'c'].map(
    (id) => `--${boundary}\r\nContent-Type: application/http\r\n\r\nGET /gmail/v1/users/me/messages/${id}\r\n\r\n`,
  );
  const headers = { 'content-type': `multipart/mixed; boundary=${boundary}` };
  sandbox.faults.latencyMs = 60_000;
  const slow = request(`${sandbox.origin}/batch/gmail/v1`, { method: 'POST', headers, agent: false });
  const cut = once(slow, 'response').catch(() => 'cut');
  slow.end(`${calls.join('')}--${boundary}--`);
  while (timers() === before) await new Promise(setImmediate);
  assert.equal(timers(), before + 1);
  assert.equal(sandbox.calls.length, 0);
  sandbox.faults.latencyMs = 0;
  assert.equal((await fetch(`${sandbox.origin}/nothing`)).status, 404);
  await sandbox.close();
  assert.equal(await cut, 'cut');
});
