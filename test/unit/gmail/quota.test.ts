import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { GmailConnection } from '../../../src/gmail/connection/connection.ts';
import { sendWithoutDraft } from '../../../src/gmail/send.ts';
import { apiError } from '../../../src/sandbox/google-error.ts';
import type { Sandbox } from '../../../src/sandbox/start.ts';
import { Problem } from '../../../src/shared/problems.ts';
import { accessTokenOf, problemOf, sandboxForEach, silent } from '../support.ts';

const never = new AbortController().signal;
const QUICK = { attempts: 2, firstPauseMs: 1, longestPauseMs: 5 };

describe('the quota of a mailbox', () => {
  let sandbox: Sandbox;
  sandboxForEach((started) => {
    sandbox = started;
  });
  let taken: number[];
  let rests: number[];
  let refuses: boolean;
  let gmail: GmailConnection;
  beforeEach(() => {
    [taken, rests, refuses] = [[], [], false];
    const quota = {
      take: async (units: number) => {
        if (refuses) throw Problem.of('rate_limited', { wait: '31 seconds' });
        taken.push(units);
      },
      rest: (milliseconds: number) => void rests.push(milliseconds),
    };
    const get = async () => ({ value: accessTokenOf(sandbox), apiOrigin: sandbox.origin });
    gmail = new GmailConnection({ tokens: { get, quota }, log: silent, retry: QUICK });
  });
  const profile = () => gmail.run(never, (api, options) => api.users.getProfile({ userId: 'me' }, options));
  const send = () => {
    const mime = Buffer.from('To: someone@example.org\r\nSubject: Quota\r\n\r\nHello\r\n');
    return sendWithoutDraft(gmail, { mime }, 'Quota', never);
  };

  it('is taken for each request before it leaves, for a batch what its calls cost together', async () => {
    await profile();
    const [first, second] = sandbox.store.messages();
    const subject = { kind: 'message', id: 'x' } as const;
    const paths = [['messages', first?.id ?? ''], ['messages', second?.id ?? ''], ['labels']];
    await gmail.batch(
      paths.map((path) => ({ path, subject, query: { fields: 'id' } })),
      never,
    );
    assert.deepEqual(taken, [1, 20 + 20 + 1]);
  });

  it('keeps a request here where the wait would be too long, also one that sends', async () => {
    refuses = true;
    const before = sandbox.requests.length;
    const problem = await problemOf(profile());
    assert.match(problem.explain('editor').next, /31 seconds/);
    assert.equal((await problemOf(send())).code, 'rate_limited');
    assert.equal(sandbox.requests.length, before);
  });

  for (const [status, reason] of [
    [429, 'rateLimitExceeded'],
    [403, 'userRateLimitExceeded'],
  ] as const) {
    it(`rests as long as Gmail asks with ${status} ${reason}`, async () => {
      const answer = { status, body: apiError(status, reason, 'Too fast.').body, headers: { 'retry-after': '9' } };
      sandbox.faults.add({ match: /profile/, answer });
      await problemOf(profile());
      assert.deepEqual(rests, [9_000]);
    });
  }

  for (const [status, reason, message] of [
    [403, 'insufficientPermissions', 'Insufficient Permission'],
    [429, 'rateLimitExceeded', 'Too many concurrent requests for user'],
    [500, 'backendError', 'Backend Error'],
  ] as const) {
    it(`does not rest for ${status} ${message}`, async () => {
      sandbox.faults.add({ match: /profile/, answer: { status, body: apiError(status, reason, message).body } });
      await profile().catch(() => undefined);
      assert.deepEqual(rests, []);
    });
  }

  it('does not rest where sending alone is limited, and nothing is sent again', async () => {
    const { body } = apiError(429, 'rateLimitExceeded', 'User-rate limit exceeded (Mail sending)');
    sandbox.faults.add({ match: /send/, answer: { status: 429, body } });
    await send().catch(() => undefined);
    assert.deepEqual(rests, []);
    assert.equal(sandbox.requests.filter((line) => /POST .*\/messages\/send/.test(line)).length, 1);
  });
});
