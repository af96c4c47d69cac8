import type { Socket } from 'node:net';

/** No frame of a proven peer is longer, in bytes: a question before a send holds the whole message as text. */
export const LONGEST_FRAME = 8 * 1024 * 1024;

/** How much may wait for a peer that does not read, in bytes, before it is cut off: answers are short. */
const USUAL_BACKLOG = 1024 * 1024;

/**
 * JSON messages over a socket, one a line, with bounds in both directions. A peer that breaks a bound, or that sends
 * what is no JSON object, is cut off at once.
 */
export class FrameChannel {
  readonly #socket: Socket;
  readonly #onFrame: (frame: Record<string, unknown>) => void;
  readonly #backlog: number;
  #longest: number;
  #received = '';

  /**
   * @param longest the longest frame that is read, in bytes; small until the peer has proven itself
   * @param backlog how much may wait for the peer, in bytes
   */
  constructor(
    socket: Socket,
    longest: number,
    onFrame: (frame: Record<string, unknown>) => void,
    backlog = USUAL_BACKLOG,
  ) {
    this.#backlog = backlog;
    this.#socket = socket;
    this.#longest = longest;
    this.#onFrame = onFrame;
    socket.setEncoding('utf8');
    socket.on('data', (text) => this.#receive(String(text)));
    // 'close' follows and is what the owner listens to.
    socket.on('error', () => socket.destroy());
  }

  /** Allows frames up to this size from now on, in bytes. */
  widen(longest: number): void {
    this.#longest = longest;
  }

  send(frame: object): void {
    if (this.#socket.destroyed) return;
    this.#socket.write(`${JSON.stringify(frame)}\n`);
    if (this.#socket.writableLength > this.#backlog) this.#socket.destroy();
  }

  close(): void {
    this.#socket.destroy();
  }

  #receive(text: string): void {
    this.#received += text;
    for (let end = this.#received.indexOf('\n'); end !== -1; end = this.#received.indexOf('\n')) {
      const line = this.#received.slice(0, end);
      this.#received = this.#received.slice(end + 1);
      const frame = Buffer.byteLength(line) <= this.#longest ? parseFrame(line) : undefined;
      if (!frame) {
        this.close();
        return;
      }
      this.#onFrame(frame);
      if (this.#socket.destroyed) return;
    }
    if (Buffer.byteLength(this.#received) > this.#longest) this.close();
  }
}

function parseFrame(line: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
