import { Transform, type TransformCallback } from 'node:stream';

/** The longest request that is read, in bytes: a message of Gmail's 25 MB as base64, and some room. */
export const LONGEST_LINE = 48 * 1024 * 1024;

/** How much of each end of a too long line is searched for the request's id, in bytes. */
const KEPT_END = 1024;

export type RequestId = string | number;

/**
 * Passes newline-delimited JSON on, whole lines only, and drops lines over the limit: without it one huge request
 * would end the connection (the SDK closes when its buffer overflows).
 */
export class LineGuard extends Transform {
  readonly #longest: number;
  readonly #onTooLong: (id: RequestId | undefined) => void;
  #pieces: Buffer[] = [];
  #size = 0;

  /** @param onTooLong is told the id of a dropped request, where it could be made out */
  constructor(onTooLong: (id: RequestId | undefined) => void, longest = LONGEST_LINE) {
    super();
    this.#onTooLong = onTooLong;
    this.#longest = longest;
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    let start = 0;
    for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, start)) {
      this.#add(chunk.subarray(start, end + 1));
      this.#finishLine();
      start = end + 1;
    }
    this.#add(chunk.subarray(start));
    done();
  }

  #add(piece: Buffer): void {
    if (piece.length === 0) return;
    this.#size += piece.length;
    this.#pieces.push(piece);
    if (this.#size > this.#longest) {
      const kept = Buffer.concat(this.#pieces);
      this.#pieces = [Buffer.from(kept.subarray(0, KEPT_END)), Buffer.from(kept.subarray(-KEPT_END))];
    }
  }

  #finishLine(): void {
    if (this.#size > this.#longest) this.#onTooLong(findId(this.#pieces));
    else this.push(Buffer.concat(this.#pieces));
    this.#pieces = [];
    this.#size = 0;
  }
}

/** Clients write the id first or last in a request, so its two ends are enough to find it. */
function findId([head, ...rest]: readonly Buffer[]): RequestId | undefined {
  for (const end of [head, rest.at(-1)]) {
    const match = /"id"\s*:\s*(?:(\d+)|"([^"\\]{1,200})")/.exec(end?.toString('utf8') ?? '');
    if (match) return match[1] === undefined ? match[2] : Number(match[1]);
  }
  return undefined;
}
