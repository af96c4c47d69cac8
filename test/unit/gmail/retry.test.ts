import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, it } from 'node:test';
import { GmailConnection } from '../../../src/gmail/connection/connection.ts';
import type { RetryPolicy } from '../../../src/gmail/connection/retry.ts';
import { sendWithoutDraft } from '../../../src/gmail/send.ts';
import { apiError } from '../../../src/sandbox/google-error.ts';
import type { Sandbox } from '../../../src/sandbox/start.ts';
import type { Logger } from '../../../src/shared/log.ts';
import type { ProblemCode } from '../../../src/shared/problems.ts';
import { accessTokenOf, connect, problemOf, sandboxForAll, silent } from '../support.ts';

const QUICK: RetryPolicy = { attempts: 3, firstPauseMs: 1, longestPauseMs: 50 };
const PATIENT: RetryPolicy = { attempts: 3, firstPauseMs: 60_000, longestPauseMs: 60_000 };

/** Google's answer with that reason, as a fault. */
const refusal = (status: number, reason: string, headers: Record<string, string> = {}) => ({
  answer: { status, body: apiError(status, reason, 'Said by the test').body, headers },
});

describe('requests to Gmail', () => {
  let sandbox: Sandbox;
  sandboxForAll((started) => {
    sandbox = started;
  });
  afterEach(() => sandbox.faults.clear());

  /** Runs the work and counts the requests that reached Gmail. */
  async function counted<T>(work: () => Promise<T>): Promise<{ result: T; requests: number }> {
    const earlier = sandbox.requests.length;
    const result = await work();
    return { result, requests: sandbox.requests.slice(earlier).filter((line) => line.includes('/gmail/')).length };
  }

  const profile = (gmail: GmailConnection, signal = new AbortController().signal) =>
    gmail.run(signal, (api, options) => api.users.getProfile({ userId: 'me' }, options));

  const logged = (log: Partial<Logger>, retry: RetryPolicy) =>
    connect(sandbox, retry, accessTokenOf(sandbox), { ...silent, ...log });

  describe('that read and meet a passing fault', () => {
    const faults: [string, object][] = [
      ['429 with Retry-After: 0', refusal(429, 'rateLimitExceeded', { 'retry-after': '0' })],
      ['429 with a Retry-After in the past', refusal(429, 'x', { 'retry-after': 'Sun, 06 Nov 1994 08:49:37 GMT' })],
      ['429 without Retry-After', refusal(429, 'rateLimitExceeded')],
      ['403 rateLimitExceeded', refusal(403, 'rateLimitExceeded')],
      ['403 userRateLimitExceeded', refusal(403, 'userRateLimitExceeded')],
      ['500', refusal(500, 'backendError')],
      ['503', refusal(503, 'backendError')],
      ['a cut connection', { cut: true }],
    ];
    for (const [name, fault] of faults) {
      it(`are repeated after ${name} and succeed`, async () => {
        sandbox.faults.add({ match: /profile/, times: 2, ...fault });
        const { result, requests } = await counted(() => profile(connect(sandbox, QUICK)));
        assert.equal(result.emailAddress, sandbox.address);
        assert.equal(requests, 3);
      });
    }

    for (const [name, fault, code] of [
      ['429', refusal(429, 'rateLimitExceeded', { 'retry-after': '0' }), 'rate_limited'],
      ['403 rateLimitExceeded', refusal(403, 'rateLimitExceeded'), 'rate_limited'],
      ['503', refusal(503, 'backendError'), 'google_failed'],
      ['a cut connection', { cut: true }, 'offline'],
    ] as const) {
      it(`are not repeated for ever after ${name}`, async () => {
        sandbox.faults.add({ match: /profile/, ...fault });
        const { result, requests } = await counted(() => problemOf(profile(connect(sandbox, QUICK))));
        assert.equal(result.code, code);
        assert.equal(requests, 1 + QUICK.attempts);
      });
    }

    it('wait longer each time, up to the longest pause', async () => {
      const lines: string[] = [];
      sandbox.faults.add({ match: /profile/, ...refusal(503, 'backendError') });
      const policy = { attempts: 4, firstPauseMs: 8, longestPauseMs: 20 };
      await problemOf(profile(logged({ debug: (line) => void lines.push(line) }, policy)));
      const pauses = lines.map((line) => Number(/in (\d+) ms/.exec(line)?.[1]));
      assert.equal(pauses.length, 4);
      for (const [index, most] of [8, 16, 20, 20].entries()) {
        const pause = pauses[index] ?? Number.NaN;
        assert.ok(pause >= most / 2 && pause <= most, `pause ${index}: ${pause} ms`);
      }
    });
  });

  describe('that meet a lasting refusal', () => {
    const refusals: [number, string, ProblemCode][] = [
      [403, 'dailyLimitExceeded', 'daily_limit'],
      [403, 'quotaExceeded', 'daily_limit'],
      [403, 'domainPolicy', 'domain_policy'],
      [403, 'insufficientPermissions', 'scope_missing'],
      [403, 'accessNotConfigured', 'api_disabled'],
      [403, 'forbidden', 'request_refused'],
      [401, 'authError', 'access_token_refused'],
      [400, 'failedPrecondition', 'request_refused'],
      [404, 'notFound', 'not_found'],
    ];
    for (const [status, reason, code] of refusals) {
      it(`end at once with ${code} after ${status} ${reason}`, async () => {
        sandbox.faults.add({ match: /profile/, ...refusal(status, reason) });
        const { result, requests } = await counted(() => problemOf(profile(connect(sandbox, QUICK))));
        assert.equal(result.code, code);
        assert.equal(requests, 1);
      });
    }

    it('end at once where Gmail names a time that is far off, and say how long that is', async () => {
      const until = new Date(Date.now() + 600_000).toISOString();
      const { body } = apiError(429, 'rateLimitExceeded', `User-rate limit exceeded.  Retry after ${until}`);
      sandbox.faults.add({ match: /profile/, answer: { status: 429, body } });
      const { result, requests } = await counted(() => problemOf(profile(connect(sandbox, QUICK))));
      assert.equal(result.code, 'rate_limited');
      assert.match(result.explain('environment').next, /^Wait 10 minutes/);
      assert.equal(requests, 1);
    });

    for (const retryAfter of ['120', 'Wed, 21 Oct 2099 07:28:00 GMT']) {
      it(`end at once where Gmail asks for a wait longer than the longest pause (${retryAfter})`, async () => {
        sandbox.faults.add({ match: /profile/, ...refusal(429, 'rateLimitExceeded', { 'retry-after': retryAfter }) });
        const { result, requests } = await counted(() => problemOf(profile(connect(sandbox, QUICK))));
        assert.equal(result.code, 'rate_limited');
        assert.equal(requests, 1);
      });
    }
  });

  describe('that wait', { timeout: 10_000 }, () => {
    it('end when the call is cancelled, without another request', async () => {
      sandbox.faults.add({ match: /profile/, ...refusal(503, 'backendError') });
      const controller = new AbortController();
      // The line is written as the pause begins.
      const gmail = logged({ debug: () => void setTimeout(() => controller.abort(), 1) }, PATIENT);
      const { result, requests } = await counted(() => problemOf(profile(gmail, controller.signal)));
      assert.equal(result.code, 'cancelled');
      assert.equal(requests, 1);
    });

    it('wait as long as Gmail asks for, or a little longer', async () => {
      sandbox.faults.add({ match: /profile/, ...refusal(429, 'rateLimitExceeded', { 'retry-after': '7' }) });
      const controller = new AbortController();
      let line = '';
      const debug = (message: string) => {
        line = message;
        controller.abort();
      };
      await problemOf(profile(logged({ debug }, PATIENT), controller.signal));
      assert.match(line, /429.*\b7[0-7]\d\d ms/);
    });

    it('wait until the time that Gmail names in its words', async () => {
      const until = new Date(Date.now() + 9_000).toISOString();
      const { body } = apiError(429, 'rateLimitExceeded', `User-rate limit exceeded.  Retry after ${until}`);
      sandbox.faults.add({ match: /profile/, answer: { status: 429, body } });
      const controller = new AbortController();
      let line = '';
      const debug = (message: string) => {
        line = message;
        controller.abort();
      };
      await problemOf(profile(logged({ debug }, PATIENT), controller.signal));
      const pause = Number(/in (\d+) ms/.exec(line)?.[1]);
      assert.ok(pause > PATIENT.longestPauseMs / 60 && pause <= 9_900, line);
    });

    it('end when the call is cancelled while Gmail has not answered yet', async () => {
      sandbox.faults.add({ match: /profile/, delayMs: 300 });
      const controller = new AbortController();
      const { result, requests } = await counted(() => {
        setTimeout(() => controller.abort(), 100);
        return problemOf(profile(connect(sandbox, QUICK), controller.signal));
      });
      assert.equal(result.code, 'cancelled');
      assert.ok(requests <= 1);
    });

    it('end before the first request where the call was cancelled already', async () => {
      const { result, requests } = await counted(() =>
        problemOf(profile(connect(sandbox, QUICK), AbortSignal.abort())),
      );
      assert.equal(result.code, 'cancelled');
      assert.equal(requests, 0);
    });
  });

  describe('that send', () => {
    const mime = Buffer.from('To: someone@example.org\r\nSubject: Once\r\n\r\nHello\r\n');
    const faults: [string, object, ProblemCode][] = [
      ['429', refusal(429, 'rateLimitExceeded', { 'retry-after': '0' }), 'rate_limited'],
      ['403 rateLimitExceeded', refusal(403, 'rateLimitExceeded'), 'rate_limited'],
      ['503', refusal(503, 'backendError'), 'send_unclear'],
      ['503 after the work', { ...refusal(503, 'backendError'), afterTheWork: true }, 'send_unclear'],
      ['a cut connection', { cut: true }, 'send_unclear'],
      ['a cut connection after the work', { cut: true, afterTheWork: true }, 'send_unclear'],
      ['400', refusal(400, 'invalidArgument'), 'request_refused'],
      ['401', refusal(401, 'authError'), 'access_token_refused'],
    ];
    for (const [name, fault, code] of faults) {
      it(`are never repeated: ${name} is ${code}`, async () => {
        sandbox.faults.add({ match: /messages\/send/, times: 1, ...fault });
        const { result, requests } = await counted(() =>
          problemOf(sendWithoutDraft(connect(sandbox, QUICK), { mime }, 'Once', new AbortController().signal)),
        );
        assert.equal(result.code, code);
        assert.equal(requests, 1);
      });
    }

    it('say that nothing was sent where no connection came about', async () => {
      const server = createServer();
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const { port } = server.address() as AddressInfo;
      await new Promise((resolve) => server.close(resolve));
      const apiOrigin = `http://127.0.0.1:${port}`;
      const gmail = new GmailConnection({ tokens: { get: async () => ({ value: 'x', apiOrigin }) }, log: silent });
      assert.equal(
        (await problemOf(sendWithoutDraft(gmail, { mime }, 'Once', new AbortController().signal))).code,
        'offline',
      );
    });

    it('name the subject to look for where it is unclear', async () => {
      sandbox.faults.add({ match: /messages\/send/, cut: true });
      const problem = await problemOf(
        sendWithoutDraft(connect(sandbox, QUICK), { mime }, 'Tea at four', new AbortController().signal),
      );
      assert.match(problem.explain('environment').next, /Sent.*"Tea at four"/);
    });
  });
});
