import { LARGEST_TEXT } from '../../mail/mime/load-part.ts';
import type { OAuth2Client } from '../../shared/google/google-auth.ts';
import { DataScanner, type DataSink } from './data-scanner.ts';

type Adapter = NonNullable<Parameters<OAuth2Client['request']>[0]['adapter']>;

/** Base64 takes four characters for three bytes (RFC 4648, section 5). */
const LONGEST_VALUE = Math.ceil((LARGEST_TEXT * 4) / 3);

/** The contents of all messages of an answer together may be so many times as long. */
const ROOM_FOR_SEVERAL = 1.5;

/** No answer of Gmail is longer; a file takes 50 MB at most, in bytes. */
const LONGEST_ANSWER = 256 * 1024 * 1024;

class AnswerTooLong extends Error {
  readonly code = 'ERR_ANSWER_TOO_LONG';
}

class AnswerCut extends Error {
  readonly code = 'ERR_ANSWER_CUT';
}

/**
 * Reads an answer that may hold the texts of messages as text, and of these no more than can be used: one that is too
 * long to be read by anybody comes back as '', and so do the longest ones where all together are too much. Gmail sends
 * text with its message whatever its size, and it would stand in memory several times over.
 *
 * @param count how many messages the answer may hold
 */
export const withBoundedTexts = (count: number): Adapter =>
  adapter(() => new Sieve(LONGEST_VALUE * (count > 1 ? ROOM_FOR_SEVERAL : 1)));

/**
 * Reads the answer of attachments.get, or of messages.get with the format raw, straight into the bytes of the file.
 *
 * @param size as far as it is known, in bytes
 */
export const asBytes = (size: number): Adapter => adapter(() => new Decoder(size));

/** Reads what comes into a sink; a refusal is read as JSON. */
function adapter(sinkFor: () => DataSink & { result(): unknown }): Adapter {
  return async (options, send) => {
    const answer = await send({ ...options, responseType: 'stream' });
    const sink = answer.ok ? sinkFor() : new Sieve(0);
    await scan(answer.data as AsyncIterable<Uint8Array>, sink);
    const result = sink.result();
    // The answer is an instance of a class of its own, so it is changed and not copied.
    const changed: { data: unknown } = answer;
    changed.data = answer.ok ? result : parsed(String(result));
    return answer;
  };
}

async function scan(stream: AsyncIterable<Uint8Array>, sink: DataSink): Promise<void> {
  const scanner = new DataScanner(sink);
  const decoder = new TextDecoder();
  let length = 0;
  for await (const chunk of stream) {
    length += chunk.length;
    if (length > LONGEST_ANSWER) throw new AnswerTooLong('The answer is too long.');
    scanner.push(decoder.decode(chunk, { stream: true }));
  }
  scanner.push(decoder.decode());
  scanner.end();
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Keeps the text, and of the values those that there is room for. */
class Sieve implements DataSink {
  readonly #room: number;
  readonly #pieces: string[] = [];
  /** Where the values stand among the pieces. */
  readonly #values = new Map<number, number>();
  #total = 0;
  #value: string[] = [];
  #length = 0;

  /** @param room for all values together, in characters */
  constructor(room: number) {
    this.#room = room;
  }

  text(piece: string): void {
    this.#pieces.push(piece);
  }

  data(piece: string): void {
    this.#length += piece.length;
    if (this.#length > LONGEST_VALUE) this.#value = [];
    else this.#value.push(piece);
  }

  end(): void {
    if (this.#length <= LONGEST_VALUE) {
      this.#values.set(this.#pieces.length, this.#length);
      this.#pieces.push(this.#value.join(''));
      this.#total += this.#length;
    }
    this.#value = [];
    this.#length = 0;
    while (this.#total > this.#room) this.#dropLongest();
  }

  #dropLongest(): void {
    let [longest, most] = [-1, -1];
    for (const [index, length] of this.#values) if (length > most) [longest, most] = [index, length];
    this.#values.delete(longest);
    this.#pieces[longest] = '';
    this.#total -= most;
  }

  result(): string {
    return this.#pieces.join('');
  }
}

/** Decodes a value; the text around it tells that the answer is whole. */
class Decoder implements DataSink {
  #bytes: Buffer;
  #length = 0;
  /** Fewer than four characters, which stand for no whole bytes yet. */
  #rest = '';
  #isPadding = false;
  /** Of the text around the value. */
  #first = '';
  #last = '';

  /** @param size of the value, as far as it is known: then its bytes are never copied */
  constructor(size: number) {
    this.#bytes = Buffer.allocUnsafeSlow(size);
  }

  text(piece: string): void {
    const text = piece.trim();
    this.#first ||= text.charAt(0);
    this.#last = text.at(-1) ?? this.#last;
  }

  data(piece: string): void {
    if (this.#isPadding) return;
    // Padding may come, and Google's JSON may write it \u003d; nothing else in a value is ever escaped.
    const padding = piece.search(/[=\\]/);
    this.#isPadding = padding >= 0;
    const text = this.#rest + (this.#isPadding ? piece.slice(0, padding) : piece);
    const whole = text.length - (text.length % 4);
    this.#write(text.slice(0, whole));
    this.#rest = text.slice(whole);
  }

  end(): void {
    this.#write(this.#rest);
    this.#rest = '';
    this.#isPadding = false;
  }

  /** Throws where the answer is no object, or ends within it: a file that is cut off is none. */
  result(): Buffer {
    if (this.#first !== '{' || this.#last !== '}') throw new AnswerCut('The answer is cut off.');
    return this.#bytes.subarray(0, this.#length);
  }

  #write(text: string): void {
    const needed = this.#length + Buffer.byteLength(text, 'base64url');
    if (needed > this.#bytes.length) {
      const larger = Buffer.allocUnsafeSlow(2 * needed);
      this.#bytes.copy(larger);
      this.#bytes = larger;
    }
    this.#length += this.#bytes.write(text, this.#length, 'base64url');
  }
}
