import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { type BatchOutcome, type BatchRequest, foundOf } from '../../../src/gmail/connection/batch.ts';
import type { TokenSource } from '../../../src/gmail/connection/bearer-client.ts';
import { GmailConnection } from '../../../src/gmail/connection/connection.ts';
import type { RetryPolicy } from '../../../src/gmail/connection/retry.ts';
import type { Fault } from '../../../src/sandbox/faults.ts';
import { apiError } from '../../../src/sandbox/google-error.ts';
import { type Sandbox, startSandbox } from '../../../src/sandbox/start.ts';
import { Problem, type ProblemCode } from '../../../src/shared/problems.ts';
import { accessTokenOf, connect, problemOf, sandboxForAll, silent } from '../support.ts';

const QUICK: RetryPolicy = { attempts: 3, firstPauseMs: 1, longestPauseMs: 50 };
const PATIENT: RetryPolicy = { attempts: 3, firstPauseMs: 60_000, longestPauseMs: 60_000 };
const refusal = (status: number, reason: string, headers: Record<string, string> = {}) => ({
  answer: { status, body: apiError(status, reason, 'Said by the test').body, headers },
});
const BATCH = 'POST /batch/gmail/v1';

describe('a batch of reads', () => {
  let sandbox: Sandbox;
  let ids: string[];
  sandboxForAll((started) => {
    sandbox = started;
    ids = sandbox.store.messages().map(({ id }) => id);
  });
  beforeEach(() => {
    sandbox.requests.length = 0;
    sandbox.calls.length = 0;
  });
  afterEach(() => sandbox.faults.clear());

  const read = (id: string): BatchRequest => ({
    path: ['messages', id],
    query: { format: 'minimal', fields: 'id' },
    subject: { kind: 'message', id },
  });
  const batch = (requests: readonly BatchRequest[], gmail = connect(sandbox, QUICK), signal?: AbortSignal) =>
    gmail.batch<{ id: string }>(requests, signal ?? new AbortController().signal);
  const first = (count: number) => ids.slice(0, count).map(read);
  const shown = (outcomes: BatchOutcome<{ id: string }>[]) =>
    outcomes.map(({ data, problem }) => data?.id ?? problem?.code);
  const only = (id: string | undefined, fault: Omit<Fault, 'match'>) =>
    sandbox.faults.add({ match: new RegExp(`/messages/${id}$`), ...fault });

  for (const [count, requests] of [
    [0, 0],
    [1, 1],
    [25, 1],
    [26, 2],
    [60, 3],
  ] as const) {
    it(`of ${count} takes ${requests} requests`, async () => {
      const wanted = Array.from({ length: count }, (_, index) => ids[index % ids.length] ?? '');
      assert.deepEqual(shown(await batch(wanted.map(read))), wanted);
      assert.deepEqual(sandbox.requests, Array(requests).fill(BATCH));
      assert.equal(sandbox.calls.length, count);
    });
  }

  it('tells each outcome by itself', async () => {
    const outcomes = await batch([read('1234567890abcdef'), ...first(1), read('not an id'), read(''), read('..')]);
    assert.deepEqual(shown(outcomes), ['not_found', ids[0], 'not_found', 'not_found', 'not_found']);
    assert.match(outcomes[0]?.problem?.explain('editor').what ?? '', /no message with the id 1234567890abcdef/);
    // An empty id would be a list, and dots another path: neither is sent.
    assert.equal(sandbox.calls.length, 3);
  });

  it('keeps what a path and a query hold in their places', async () => {
    const requests = [
      read('a?b/c\r\nX: d'),
      { path: ['messages'], query: { q: 'a&b=c d' }, subject: { kind: 'list', id: '' } },
    ];
    await batch(requests);
    assert.deepEqual(sandbox.calls, [
      'GET /gmail/v1/users/me/messages/a%3Fb%2Fc%0D%0AX%3A%20d?format=minimal&fields=id',
      'GET /gmail/v1/users/me/messages?q=a%26b%3Dc+d',
    ]);
  });

  describe('of which one call fails', () => {
    const passing: [string, Omit<Fault, 'match'>, number][] = [
      ['429 once', { ...refusal(429, 'rateLimitExceeded'), times: 1 }, 1],
      ['429 with Retry-After', { ...refusal(429, 'rateLimitExceeded', { 'retry-after': '0' }), times: 2 }, 2],
      ['403 rateLimitExceeded', { ...refusal(403, 'rateLimitExceeded'), times: 1 }, 1],
      ['403 userRateLimitExceeded', { ...refusal(403, 'userRateLimitExceeded'), times: 3 }, 3],
      ['500 twice', { ...refusal(500, 'backendError'), times: 2 }, 2],
      ['503', { ...refusal(503, 'backendError'), times: 1 }, 1],
    ];
    for (const [name, fault, repeats] of passing) {
      it(`asks it again alone after ${name}`, async () => {
        only(ids[1], fault);
        assert.deepEqual(shown(await batch(first(3))), ids.slice(0, 3));
        assert.equal(sandbox.requests.length, 1 + repeats);
        assert.equal(sandbox.calls.length, 3 + repeats);
      });
    }

    const lasting: [string, Omit<Fault, 'match'>, ProblemCode, number][] = [
      ['500', refusal(500, 'backendError'), 'google_failed', 1 + QUICK.attempts],
      ['429', refusal(429, 'rateLimitExceeded'), 'rate_limited', 1 + QUICK.attempts],
      ['429 with a long Retry-After', refusal(429, 'rateLimitExceeded', { 'retry-after': '60' }), 'rate_limited', 1],
      ['404', refusal(404, 'notFound'), 'not_found', 1],
      ['400', refusal(400, 'failedPrecondition'), 'request_refused', 1],
      ['403 insufficientPermissions', refusal(403, 'insufficientPermissions'), 'scope_missing', 1],
      ['401', refusal(401, 'authError'), 'access_token_refused', 1],
    ];
    for (const [name, fault, code, requests] of lasting) {
      it(`tells of it alone where it is ${name} for ever`, async () => {
        only(ids[1], fault);
        assert.deepEqual(shown(await batch(first(3))), [ids[0], code, ids[2]]);
        assert.equal(sandbox.requests.length, requests);
      });
    }

    it('waits as long as the most patient of them asks for', async () => {
      only(ids[0], { ...refusal(429, 'x', { 'retry-after': '7' }), times: 1 });
      only(ids[1], { ...refusal(429, 'x', { 'retry-after': '9' }), times: 1 });
      const controller = new AbortController();
      let line = '';
      const debug = (message: string) => {
        line = message;
        controller.abort();
      };
      const gmail = connect(sandbox, PATIENT, accessTokenOf(sandbox), { ...silent, debug });
      assert.equal((await problemOf(batch(first(2), gmail, controller.signal))).code, 'cancelled');
      assert.match(line, /2 calls.* 9\d{3} ms/);
      assert.equal(sandbox.requests.length, 1);
    });

    it('sends no further batch where the reason would meet that one as well', async () => {
      only(ids[1], refusal(403, 'dailyLimitExceeded'));
      const wanted = Array.from({ length: 60 }, (_, index) => ids[index % 25] ?? '');
      const outcomes = shown(await batch(wanted.map(read)));
      assert.deepEqual(outcomes.slice(0, 3), [ids[0], 'daily_limit', ids[2]]);
      assert.deepEqual(new Set(outcomes.slice(25)), new Set(['daily_limit']));
      assert.equal(sandbox.requests.length, 1);
    });
  });

  describe('that fails as a whole', () => {
    const faults: [string, Omit<Fault, 'match'>, ProblemCode, number][] = [
      ['503', refusal(503, 'backendError'), 'google_failed', 4],
      ['a cut connection', { cut: true }, 'offline', 4],
      ['400', refusal(400, 'invalidArgument'), 'request_refused', 1],
      ['404', { answer: { status: 404 } }, 'not_found', 1],
      ['an answer that is no batch', { answer: { status: 200 } }, 'answer_broken', 4],
    ];
    for (const [name, fault, code, requests] of faults) {
      it(`ends with ${code} after ${name}`, async () => {
        sandbox.faults.add({ match: /^POST \/batch/, ...fault });
        const work = batch(first(2)).then((outcomes) => {
          for (const { problem } of outcomes) if (problem) throw problem;
        });
        assert.equal((await problemOf(work)).code, code);
        assert.equal(sandbox.requests.length, requests);
      });
    }

    it('succeeds where that passes', async () => {
      sandbox.faults.add({ match: /^POST \/batch/, times: 2, ...refusal(503, 'backendError') });
      assert.deepEqual(shown(await batch(first(2))), ids.slice(0, 2));
      assert.equal(sandbox.requests.length, 3);
    });
  });

  describe('whose token is refused', () => {
    let replaced: string[];
    const renewable = (initial: string): TokenSource => {
      replaced = [];
      return {
        get: async () => ({ value: initial, apiOrigin: sandbox.origin }),
        replace: async (refused) => {
          replaced.push(refused);
          return { value: accessTokenOf(sandbox), apiOrigin: sandbox.origin };
        },
      };
    };
    const renewing = (initial = accessTokenOf(sandbox)) =>
      new GmailConnection({ tokens: renewable(initial), log: silent, retry: QUICK });

    it('for every call inside gets another one, once', async () => {
      assert.deepEqual(shown(await batch(first(3), renewing('ya29.ended'))), ids.slice(0, 3));
      assert.deepEqual(replaced, ['ya29.ended']);
      assert.equal(sandbox.requests.filter((line) => line === BATCH).length, 2);
    });

    it('for one call inside gets another one, once', async () => {
      only(ids[1], { ...refusal(401, 'authError'), times: 1 });
      assert.deepEqual(shown(await batch(first(3), renewing())), ids.slice(0, 3));
      assert.equal(replaced.length, 1);
    });

    it('as a whole gets another one, once', async () => {
      sandbox.faults.add({ match: /^POST \/batch/, times: 1, ...refusal(401, 'authError') });
      assert.deepEqual(shown(await batch(first(3), renewing())), ids.slice(0, 3));
      assert.equal(replaced.length, 1);
    });

    it('again is told of, and no further batch is sent', async () => {
      sandbox.faults.add({ match: /\/messages\//, ...refusal(401, 'authError') });
      const wanted = Array.from({ length: 30 }, (_, index) => ids[index % 25] ?? '');
      assert.deepEqual(new Set(shown(await batch(wanted.map(read), renewing()))), new Set(['access_token_refused']));
      assert.equal(replaced.length, 1);
      assert.equal(sandbox.requests.filter((line) => line === BATCH).length, 2);
    });

    it('although fresh is blamed on the clock where that is wrong', async () => {
      sandbox.faults.add({ match: /\/messages\//, ...refusal(401, 'authError') });
      const token = async () => ({ value: accessTokenOf(sandbox), apiOrigin: sandbox.origin, clockSkewMs: 3_600_000 });
      const gmail = new GmailConnection({ tokens: { get: token, replace: token }, log: silent });
      assert.equal((await problemOf(batch(first(1), gmail))).code, 'clock_wrong');
    });
  });

  it('goes to the host that its token belongs to', async () => {
    const other = await startSandbox();
    const [id = ''] = other.store.messages().map((message) => message.id);
    assert.deepEqual(shown(await batch([read(id)], connect(other))), [id]);
    assert.deepEqual([other.requests.length, sandbox.requests.length], [1, 0]);
    await other.close();
  });

  describe('that is cancelled', { timeout: 10_000 }, () => {
    it('before it is sent, is not sent', async () => {
      assert.equal((await problemOf(batch(first(1), connect(sandbox), AbortSignal.abort()))).code, 'cancelled');
      assert.equal(sandbox.requests.length, 0);
    });

    it('while Gmail has not answered yet, ends', async () => {
      sandbox.faults.add({ match: /^POST \/batch/, delayMs: 300 });
      const controller = new AbortController();
      setTimeout(() => controller.abort(), 50);
      assert.equal((await problemOf(batch(first(60), connect(sandbox, QUICK), controller.signal))).code, 'cancelled');
      assert.ok(sandbox.requests.length <= 1);
    });
  });
});

describe('foundOf', () => {
  const gone = { problem: Problem.of('not_found', { kind: 'message', id: '1' }) };
  it('leaves out what is not there', () => assert.deepEqual(foundOf([{ data: 1 }, gone, { data: 2 }]), [1, 2]));
  it('throws any other problem', async () => {
    assert.equal(
      (await problemOf(() => foundOf([gone, { problem: Problem.of('rate_limited', {}) }]))).code,
      'rate_limited',
    );
  });
});
