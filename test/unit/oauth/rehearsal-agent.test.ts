import assert from 'node:assert/strict';
import { once } from 'node:events';
import https from 'node:https';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { RehearsalAgent } from '../../../src/oauth/rehearsal-agent.ts';
import { rehearseToken } from '../../../src/oauth/rehearse-token.ts';

/** No such host is ever found (RFC 6761, section 6.4), so what answers is in this process. */
const NOWHERE = 'https://nowhere.invalid';

async function post(agent: RehearsalAgent, path: string, body: string) {
  const request = https.request(NOWHERE + path, { agent, method: 'POST' });
  request.end(body);
  const [answer] = await once(request, 'response');
  return { status: answer.statusCode, type: answer.headers['content-type'], body: await text(answer) };
}

describe('the connections of a rehearsal', () => {
  const warnings: Error[] = [];
  const heed = (warning: Error) => warnings.push(warning);
  beforeEach(() => process.on('warning', heed));
  afterEach(() => process.off('warning', heed));

  it('answer each request when it is whole, one after the other', async () => {
    const agent = new RehearsalAgent({ type: 'text/plain', body: 'À midi' });
    for (let count = 0; count < 15; count += 1) {
      const answer = await post(agent, `/at?n=${count}`, 'x'.repeat(count * 50_000));
      assert.deepEqual(answer, { status: 200, type: 'text/plain', body: 'À midi' });
    }
    await new Promise(setImmediate);
    assert.deepEqual(warnings, []);
  });

  it('get an invented token, however Google is reached', async () => {
    const [proxy, before] = ['http://127.0.0.1:9', process.env.HTTPS_PROXY];
    process.env.HTTPS_PROXY = proxy;
    try {
      await assert.doesNotReject(rehearseToken());
    } finally {
      if (before === undefined) delete process.env.HTTPS_PROXY;
      else process.env.HTTPS_PROXY = before;
    }
  });
});
