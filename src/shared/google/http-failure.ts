import { Problem } from '../problems.ts';

/** What is worth knowing of a failed HTTP request. The error object itself is never kept: its config holds secrets. */
export interface HttpFailure {
  /** HTTP status, or undefined when there was no answer. */
  status: number | undefined;
  /** The parsed body of the answer. */
  body: unknown;
  headers: Pick<Headers, 'get'> | undefined;
  /** Node's or the HTTP library's code of a failed connection, such as ENOTFOUND. */
  code: string | undefined;
  host: string;
}

interface RequestErrorShape {
  code?: unknown;
  cause?: unknown;
  response?: { status?: unknown; data?: unknown; headers?: unknown };
  config?: { url?: unknown };
}

/** Reads an error of gaxios (https://github.com/googleapis/google-cloud-node-core, gaxios). */
export function readHttpFailure(error: unknown): HttpFailure | undefined {
  // An abort carries a code too, but it is no failure of the network.
  if (!(error instanceof Error) || error.name === 'AbortError') return undefined;
  const { response, config, code, cause } = error as RequestErrorShape;
  if (response === undefined && config === undefined && code === undefined) return undefined;
  const causeCode = cause instanceof Error ? (cause as RequestErrorShape).code : undefined;
  return {
    status: typeof response?.status === 'number' ? response.status : undefined,
    body: response?.data,
    headers: isHeaders(response?.headers) ? response.headers : undefined,
    code: [code, causeCode].find((value) => typeof value === 'string'),
    host: hostOf(config?.url),
  };
}

/** TLS verification errors of Node (https://nodejs.org/api/tls.html#x509-certificate-error-codes). */
const CERTIFICATE_ERROR = /CERT|ISSUER|SELF_SIGNED|LEAF_SIGNATURE/;
/** What came cannot be unpacked (https://nodejs.org/api/zlib.html), or is no answer of Google's. */
const BROKEN_ANSWER = /^(?:Z_\w+|ERR_ANSWER_\w+)$/;
const TIMEOUT_ERROR = /^(TimeoutError|ETIMEDOUT|ESOCKETTIMEDOUT|UND_ERR_\w*TIMEOUT)$/;

/** The problem of a request that got no answer, or none that can be read. */
export function connectionProblem(failure: HttpFailure, timeoutMs: number): Problem {
  const { host } = failure;
  const code = failure.code ?? 'no answer';
  if (TIMEOUT_ERROR.test(code)) return Problem.of('timed_out', { host, seconds: String(timeoutMs / 1000) }, code);
  if (CERTIFICATE_ERROR.test(code)) return Problem.of('certificate_refused', { host, code });
  if (BROKEN_ANSWER.test(code)) return Problem.of('answer_broken', { host }, code);
  return Problem.of('offline', { host, code }, code);
}

/** The problem of a request that Google has not seen: it was to go elsewhere, which it never does, or a proxy kept it. */
export function detourProblem({ status = 0, host }: HttpFailure): Problem | undefined {
  // Proxies alone say so (RFC 9110, section 15.5.8).
  if (status === 407)
    return Problem.of('offline', { host, code: 'HTTP 407, the proxy asks for a name and a password' });
  if (status < 300 || status > 399) return undefined;
  return Problem.of('redirected', { host, status: String(status) });
}

interface Answer {
  data: unknown;
  config: { url?: unknown };
}

/**
 * Passes an answer on that is no page, which the HTTP library would hand on as text: none of those is Google's.
 *
 * @throws Problem `not_google`
 */
export function assertNoPage<A extends Answer>(answer: A): A {
  const { data, config } = answer;
  if (typeof data !== 'string' || !/^\s*</.test(data)) return answer;
  throw Problem.of('not_google', { host: hostOf(config.url) });
}

/**
 * Passes an answer on that is an object of JSON. What was cut off or changed on its way the HTTP library hands on as text
 * as well, and a list would be taken for an empty one.
 *
 * @throws Problem `not_google` for a page, `answer_broken` for anything else
 */
export function assertObject<A extends Answer>(answer: A): A {
  const { data, config } = assertNoPage(answer);
  if (isPlainObject(data)) return answer;
  throw Problem.of('answer_broken', { host: hostOf(config.url) });
}

/** A type of content that it does not know the HTTP library hands on as a Blob. */
function isPlainObject(data: unknown): boolean {
  return typeof data === 'object' && data !== null && Object.getPrototypeOf(data) === Object.prototype;
}

/** By shape: the HTTP library brings a Headers class of its own. */
function isHeaders(value: unknown): value is Pick<Headers, 'get'> {
  return typeof (value as Headers | undefined)?.get === 'function';
}

function hostOf(url: unknown): string {
  try {
    return new URL(String(url)).host;
  } catch {
    return 'Google';
  }
}
