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
