import { Agent } from 'node:https';
import { Socket } from 'node:net';

/** What answers each request of a rehearsal. */
interface RehearsedAnswer {
  /** Its media type. */
  type: string;
  body: string;
}

/**
 * Connections that end in this process. A request by them goes the whole way through the libraries and Node's own HTTP
 * client, so that the first one to Google finds all of that compiled; nothing leaves, and nothing is encrypted.
 */
export class RehearsalAgent extends Agent {
  readonly #answer: RehearsedAnswer;

  constructor(answer: RehearsedAnswer) {
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
  readonly #answer: RehearsedAnswer;
  #received = '';

  constructor(answer: RehearsedAnswer) {
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
    if (!isWhole(this.#received)) return;
    this.#received = '';
    this.push(responseOf(this.#answer));
  }
}

type Written = (error?: Error | null) => void;

/** Whether a text holds a request and all of its body (RFC 9112, section 6). */
function isWhole(received: string): boolean {
  const end = received.indexOf('\r\n\r\n');
  if (end < 0) return false;
  const length = Number(/^content-length: *(\d+)/im.exec(received.slice(0, end))?.[1] ?? 0);
  return received.length >= end + '\r\n\r\n'.length + length;
}

/** An answer as it comes over a connection. */
function responseOf({ type, body }: RehearsedAnswer): string {
  const head = ['HTTP/1.1 200 OK', `Date: ${new Date().toUTCString()}`, `Content-Type: ${type}`];
  return [...head, `Content-Length: ${Buffer.byteLength(body)}`, '', body].join('\r\n');
}
