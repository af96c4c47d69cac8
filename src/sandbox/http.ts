import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Clock, sleep } from '../shared/clock.ts';
import { type Fault, Faults } from './faults.ts';
import { apiError, GoogleError, notFound } from './google-error.ts';

export interface ApiRequest {
  method: string;
  /** Path parameters of the route, decoded. */
  path: Record<string, string>;
  query: URLSearchParams;
  headers: IncomingMessage['headers'];
  body: Buffer;
}

export interface Route {
  method: string;
  /** For example `/gmail/v1/users/:user/messages/:id`. */
  path: string;
  handle(request: ApiRequest): object | Promise<object>;
}

/** An answer that is not JSON with status 200. */
export class RawAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string | Buffer;
  readonly headers: Record<string, string>;

  constructor(status: number, contentType: string, body: string | Buffer, headers: Record<string, string> = {}) {
    this.status = status;
    this.contentType = contentType;
    this.body = body;
    this.headers = headers;
  }
}

/** Gmail's upload limit, in bytes. */
const LARGEST_BODY = 36_700_160;

/** A loopback HTTP server that answers JSON and pages, commits faults when told to, and remembers which requests it saw. */
export class SandboxHttp {
  readonly faults = new Faults();
  /** `METHOD /path?query` of every request, in order. */
  readonly requests: string[] = [];
  readonly #routes: readonly Route[];
  readonly #clock: Clock;
  readonly #server: Server;

  constructor(routes: readonly Route[], clock: Clock) {
    this.#routes = routes;
    this.#clock = clock;
    this.#server = createServer((request, response) => {
      this.#serve(request, response).catch(() => response.destroy());
    });
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
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://sandbox.invalid');
    const name = `${request.method} ${url.pathname}`;
    this.requests.push(`${name}${url.search}`);
    const body = await readBody(request);
    const fault = this.faults.take(name);
    if (fault?.delayMs) await sleep(fault.delayMs);
    if (fault && !fault.afterTheWork && this.#commit(fault, response)) return;
    const answer = await this.#answer(request, url, body);
    if (fault && this.#commit(fault, response)) return;
    this.#send(response, answer.status, answer.body, {});
  }

  #commit(fault: Fault, response: ServerResponse): boolean {
    if (fault.cut) response.destroy();
    else if (fault.answer)
      this.#send(response, fault.answer.status, fault.answer.body ?? {}, fault.answer.headers ?? {});
    return Boolean(fault.cut || fault.answer);
  }

  async #answer(request: IncomingMessage, url: URL, body: Buffer): Promise<{ status: number; body: object }> {
    try {
      const { method = 'GET', headers } = request;
      for (const route of this.#routes) {
        const path = route.method === method ? matchPath(route.path, url.pathname) : undefined;
        if (path)
          return { status: 200, body: await route.handle({ method, path, query: url.searchParams, headers, body }) };
      }
      throw notFound();
    } catch (error) {
      const shown = error instanceof GoogleError ? error : apiError(500, 'backendError', 'Internal error encountered.');
      return { status: shown.status, body: shown.body };
    }
  }

  #send(response: ServerResponse, status: number, body: object, headers: Record<string, string>): void {
    const raw =
      body instanceof RawAnswer
        ? body
        : new RawAnswer(status, 'application/json; charset=UTF-8', JSON.stringify(body), headers);
    response.writeHead(raw.status, {
      'content-type': raw.contentType,
      // Stated by the sandbox's own clock, so that a test can set it apart from the computer's.
      date: new Date(this.#clock.now()).toUTCString(),
      ...raw.headers,
    });
    response.end(raw.body);
  }
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > LARGEST_BODY) throw apiError(413, 'uploadTooLarge', 'Request Entity Too Large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
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
