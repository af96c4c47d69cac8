import { Agent } from 'node:https';
import { Socket } from 'node:net';

/** A request that a rehearsal makes. */
interface RehearsedRequest {
  /** Path and query. */
  target: string;
  body: string;
}

interface RehearsedAnswer {
  /** Its media type. */
  type: string;
  body: string;
}

/** Answers a request of a rehearsal. */
export type Answering = (request: RehearsedRequest) => Promise<RehearsedAnswer>;

/**
 * Connections that end in this process. A request by them goes the whole way through the libraries and Node's own HTTP
 * client, so that the first one to Google finds all of that compiled; nothing leaves, and nothing is encrypted.
 */
export class RehearsalAgent extends Agent {
  readonly #answer: Answering;

  constructor(answer: Answering) {
    super({ keepAlive: true });
    this.#answer = answer;
  }

  /** What stands for a connection (https://nodejs.org/api/http.html#agentcreateconnectionoptions-callback). */
  override createConnection(): Socket {
    return new RehearsedConnection(this.#answer);
  }
}

/** Where requests come, one after the other, and their answers. It is never connected, but has what is asked of a socket. */
class RehearsedConnection extends Socket {
  readonly #answer: Answering;
  #received = '';

  constructor(answer: Answering) {
    super();
    this.#answer = answer;
  }

  /** Answers are pushed when they are there. */
  override _read(): void {}

  override _write(chunk: Buffer | string, _encoding: string, done: Written): void {
    this.#receive([chunk]);
    done();
  }

  override _writev(chunks: { chunk: Buffer | string }[], done: Written): void {
    this.#receive(chunks.map(({ chunk }) => chunk));
    done();
  }

  /** It keeps no process alive: a socket that is not connected would wait until it is. */
  override ref(): this {
    return this;
  }

  override unref(): this {
    return this;
  }

  #receive(chunks: (Buffer | string)[]): void {
    for (const chunk of chunks) this.#received += chunk.toString('latin1');
    const request = wholeRequest(this.#received);
    if (!request) return;
    this.#received = '';
    this.#answer(request).then(
      (answer) => this.push(responseOf(answer)),
      (error: Error) => this.destroy(error),
    );
  }
}

type Written = (error?: Error | null) => void;

/** The request that a text holds; undefined as long as there is more to come (RFC 9112, section 6). */
function wholeRequest(received: string): RehearsedRequest | undefined {
  const end = received.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const head = received.slice(0, end);
  const body = received.slice(end + '\r\n\r\n'.length);
  const length = Number(/^content-length: *(\d+)/im.exec(head)?.[1] ?? 0);
  return body.length < length ? undefined : { target: head.split(' ')[1] ?? '', body };
}

/** An answer as it comes over a connection. */
function responseOf({ type, body }: RehearsedAnswer): string {
  const head = ['HTTP/1.1 200 OK', `Date: ${new Date().toUTCString()}`, `Content-Type: ${type}`];
  return [...head, `Content-Length: ${Buffer.byteLength(body)}`, '', body].join('\r\n');
}
