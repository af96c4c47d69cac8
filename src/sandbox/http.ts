import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../shared/clock.ts';
import { type Fault, Faults } from './faults.ts';
import { apiError, GoogleError, notFound, tooLarge } from './google-error.ts';
import { LARGEST_MESSAGE } from './limits.ts';

export interface ApiRequest {
  method: string;
  pathname: string;
  /** Path parameters of the route, decoded. */
  path: Record<string, string>;
  query: URLSearchParams;
  headers: IncomingMessage['headers'];
  body: Buffer;
}

/** An answer that is not the usual one, which is JSON with the status 200. */
export class RawAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
  readonly headers: Record<string, string>;

  constructor(status: number, contentType: string, body: string, headers: Record<string, string> = {}) {
    this.status = status;
    this.contentType = contentType;
    this.body = body;
    this.headers = headers;
  }
}

/** The answer that says no more than that it was done. */
export const nothing = () => new RawAnswer(204, 'text/html', '');

/** A request before its route is known. */
export interface Call extends Pick<ApiRequest, 'method' | 'headers' | 'body'> {
  url: URL;
}

/** Makes a call within another one, as a batch does. Faults hit it like a request of its own. */
export type MakeCall = (call: Call) => Promise<RawAnswer>;

export interface Route {
  method: string;
  /** For example `/gmail/v1/users/:user/messages/:id`. */
  path: string;
  /** A plain object is answered as JSON with the status 200. */
  handle(request: ApiRequest, makeCall: MakeCall): object | Promise<object>;
}

/** A fault cuts the connection, whatever would have been answered. */
class Cut extends Error {}

/** Room for the frame around an upload of the largest message, in bytes. */
const LARGEST_UPLOAD = LARGEST_MESSAGE + 64 * 1024;

/** Elsewhere Gmail takes about 5 MiB of a message, which base64 makes a third longer. */
const LARGEST_JSON = (5 * 1024 * 1024 * 4) / 3 + 1024;

/** A loopback HTTP server that answers JSON and pages, commits faults when told to, and remembers which requests it saw. */
export class SandboxHttp {
  readonly faults = new Faults();
  /** `METHOD /path?query` of every request, in order. */
  readonly requests: string[] = [];
  /** The same of every call of the Gmail API, whether it came as a request or within a batch: what counts as quota. */
  readonly calls: string[] = [];
  readonly #routes: readonly Route[];
  readonly #clock: Clock;
  readonly #server: Server;
  readonly #closing = new AbortController();

  constructor(routes: readonly Route[], clock: Clock) {
    this.#routes = routes;
    this.#clock = clock;
    this.#server = createServer((request, response) => {
      this.#serve(request, response).catch(() => response.destroy());
    });
    // A slow test must not meet a connection that ends just as it is used again.
    this.#server.keepAliveTimeout = 60_000;
  }

  /** Listens on a free port of 127.0.0.1 and answers the origin. */
  async listen(): Promise<string> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(0, '127.0.0.1', resolve);
    });
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    // An answer that a fault holds back would keep the process from its end.
    this.#closing.abort();
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = 'GET', headers } = request;
    const url = new URL(request.url ?? '/', 'http://sandbox.invalid');
    this.requests.push(`${method} ${url.pathname}${url.search}`);
    const body = await readBody(request, url.pathname.startsWith('/upload/') ? LARGEST_UPLOAD : LARGEST_JSON);
    if (this.faults.latencyMs > 0) await this.#hold(this.faults.latencyMs);
    this.#send(response, body ? await this.#call({ method, url, headers, body }) : refusal(tooLarge()));
  }

  /** Keeps an answer back; one that is still kept when the sandbox closes is cut. */
  async #hold(milliseconds: number): Promise<void> {
    try {
      await sleep(milliseconds, undefined, { signal: this.#closing.signal });
    } catch {
      throw new Cut();
    }
  }

  async #call(call: Call): Promise<RawAnswer> {
    const name = `${call.method} ${call.url.pathname}`;
    if (/^(?:\/upload)?\/gmail\//.test(call.url.pathname)) this.calls.push(`${name}${call.url.search}`);
    const fault = this.faults.take(name);
    fault?.meanwhile?.();
    if (fault?.delayMs) await this.#hold(fault.delayMs);
    const early = fault && !fault.afterTheWork ? commit(fault) : undefined;
    if (early) return early;
    const answer = await this.#answer(call);
    return (fault && commit(fault)) ?? answer;
  }

  async #answer({ method, url, headers, body }: Call): Promise<RawAnswer> {
    try {
      for (const route of this.#routes) {
        const path = route.method === method ? matchPath(route.path, url.pathname) : undefined;
        if (!path) continue;
        const { pathname, searchParams: query } = url;
        const request = { method, pathname, path, query, headers, body };
        const answer = await route.handle(request, (call) => this.#call(call));
        return answer instanceof RawAnswer ? answer : json(200, answer);
      }
      throw notFound();
    } catch (error) {
      if (error instanceof Cut) throw error;
      return refusal(
        error instanceof GoogleError ? error : apiError(500, 'backendError', 'Internal error encountered.'),
      );
    }
  }

  #send(response: ServerResponse, { status, contentType, body, headers }: RawAnswer): void {
    response.writeHead(status, {
      'content-type': contentType,
      // Stated by the sandbox's own clock, so that a test can set it apart from the computer's.
      date: new Date(this.#clock.now()).toUTCString(),
      ...headers,
    });
    response.end(body);
  }
}

function json(status: number, body: object, headers: Record<string, string> = {}): RawAnswer {
  return new RawAnswer(status, 'application/json; charset=UTF-8', escaped(JSON.stringify(body)), headers);
}

/** Google's JSON writes these characters as escapes, so that it can stand within HTML. */
function escaped(text: string): string {
  return text.replace(/[<>&'=]/g, (character) => `\\u00${character.charCodeAt(0).toString(16)}`);
}

const refusal = ({ status, body }: GoogleError) => json(status, body);

/**
 * The answer of a fault, if it has one.
 *
 * @throws Cut where it cuts the connection
 */
function commit({ cut, answer }: Fault): RawAnswer | undefined {
  if (cut) throw new Cut();
  return answer && json(answer.status, answer.body ?? {}, answer.headers);
}

/** The body; undefined where it is larger than that many bytes. It is read to its end, so that the answer is heard. */
async function readBody(request: IncomingMessage, largest: number): Promise<Buffer | undefined> {
  let chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > largest) chunks = [];
    else chunks.push(chunk);
  }
  return size > largest ? undefined : Buffer.concat(chunks);
}

function matchPath(pattern: string, pathname: string): Record<string, string> | undefined {
  const wanted = pattern.split('/');
  const given = pathname.split('/');
  if (wanted.length !== given.length) return undefined;
  const found: Record<string, string> = {};
  for (const [index, piece] of wanted.entries()) {
    const value = given[index] ?? '';
    if (piece.startsWith(':')) found[piece.slice(1)] = decodeURIComponent(value);
    else if (piece !== value) return undefined;
  }
  return found;
}
