import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { apiProblem, type Subject } from '../../../src/shared/google/api-error.ts';
import { Problem, type ProblemCode } from '../../../src/shared/problems.ts';

const SECRET = 'ya29.must-not-show';

/** An error with what gaxios puts on its own, the request with its token included. */
function answered(status: number, data: unknown): Error {
  return Object.assign(new Error(`Request failed ${SECRET}`), {
    config: { url: 'https://gmail.googleapis.com/gmail/v1/users/me/messages', headers: { authorization: SECRET } },
    response: { status, data, headers: new Headers() },
  });
}

const google = (message: string, reason: string) => ({ error: { message, errors: [{ message, reason }] } });

describe('apiProblem', () => {
  const rows: [number, unknown, ProblemCode][] = [
    [401, google('Invalid Credentials', 'authError'), 'access_token_refused'],
    [401, undefined, 'access_token_refused'],
    [404, google('Requested entity was not found.', 'notFound'), 'not_found'],
    // To an id that it could never have given Gmail answers 400.
    [400, google('Invalid id value', 'invalidArgument'), 'not_found'],
    [400, google('Invalid thread_id value', 'invalidArgument'), 'not_found'],
    [400, google('Invalid label: X', 'invalidArgument'), 'request_refused'],
    [400, google('Invalid To header', 'invalidArgument'), 'request_refused'],
    [412, google('Limit of labels', 'conditionNotMet'), 'request_refused'],
    [403, { error: { errors: [], details: [{ reason: 'ACCESS_TOKEN_SCOPE_INSUFFICIENT' }] } }, 'scope_missing'],
    [403, { error: { details: [{ reason: 'SERVICE_DISABLED' }] } }, 'api_disabled'],
    [403, '<html>Proxy</html>', 'request_refused'],
    // With gmail.metadata in the token, whatever else is in it.
    [403, google("Metadata scope does not support 'q' parameter", 'forbidden'), 'metadata_scope'],
    [403, google("Metadata scope doesn't allow format FULL", 'forbidden'), 'metadata_scope'],
    [403, google('Delegation denied for the given user.', 'forbidden'), 'request_refused'],
    [400, google('Precondition check failed.', 'failedPrecondition'), 'mailbox_missing'],
    [400, google('Mail service not enabled', 'failedPrecondition'), 'mailbox_missing'],
    [400, google('Unrecognized forwarding address', 'failedPrecondition'), 'request_refused'],
    [407, '', 'offline'],
    [413, '<html>Too large</html>', 'request_too_large'],
    [429, undefined, 'rate_limited'],
    [500, google('Backend Error', 'backendError'), 'google_failed'],
    [502, '<html>Bad gateway</html>', 'google_failed'],
  ];
  for (const [status, data, code] of rows) {
    it(`takes ${status} ${JSON.stringify(data)} for ${code}`, () => {
      assert.equal(apiProblem(answered(status, data)).code, code);
    });
  }

  it('names what was asked for where it does not exist', () => {
    const subject: Subject = { kind: 'thread', id: '18f0a' };
    const problem = apiProblem(answered(404, google('Requested entity was not found.', 'notFound')), subject);
    assert.equal(problem.explain('arguments').what, 'There is no thread with the id 18f0a.');
  });

  it('keeps what Google said, and nothing of the request', () => {
    const problem = apiProblem(answered(403, google('Domain policy has disabled it', 'domainPolicy')));
    assert.equal(problem.details, 'HTTP 403 domainPolicy Domain policy has disabled it');
    assert.ok(![problem.stack, problem.details, problem.cause].join().includes(SECRET));
  });

  it('ends its sentence with one full stop where Google’s own words end with one', () => {
    const problem = apiProblem(answered(400, google('The label is in use.', 'conditionNotMet')));
    assert.match(problem.explain('arguments').why, /The label is in use\.$/);
  });

  it('says how long to wait where Google names a time', () => {
    const until = new Date(Date.now() + 170_000).toISOString();
    const problem = apiProblem(
      answered(429, google(`User-rate limit exceeded.  Retry after ${until}`, 'rateLimitExceeded')),
    );
    assert.match(problem.explain('environment').next, /^Wait 3 minutes,/);
    assert.match(apiProblem(answered(429, undefined)).explain('environment').next, /^Wait a minute,/);
  });

  it('hands a Problem on as it is', () => {
    const problem = Problem.of('clock_wrong', { minutes: '90', direction: 'ahead' });
    assert.equal(apiProblem(problem), problem);
  });

  const thrown: [string, unknown, ProblemCode][] = [
    ['the reason of an aborted signal', AbortSignal.abort().reason, 'cancelled'],
    [
      'an abort as Node names it',
      Object.assign(new Error('x'), { name: 'AbortError', code: 'ABORT_ERR' }),
      'cancelled',
    ],
    ['an abort as gaxios names it', Object.assign(new Error('x'), { code: 'AbortError', config: {} }), 'cancelled'],
    ['a timeout', Object.assign(new Error('x'), { code: 'TimeoutError', config: {} }), 'timed_out'],
    ['an unknown host', Object.assign(new Error('x'), { code: 'ENOTFOUND' }), 'offline'],
    ['a programming error', new TypeError('x is not a function'), 'internal'],
    ['a text', 'x', 'internal'],
  ];
  for (const [name, error, code] of thrown) {
    it(`takes ${name} for ${code}`, () => assert.equal(apiProblem(error).code, code));
  }
});
