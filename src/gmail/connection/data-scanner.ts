/** Where the pieces of a JSON text go. */
export interface DataSink {
  /** JSON outside the values, their quotes included. */
  text(piece: string): void;
  /** A piece of a value; base64url, so that nothing in it is escaped. */
  data(piece: string): void;
  /** The value is whole. */
  end(): void;
}

/** The beginning of a value; a quote that is escaped stands within another string, where no name begins. */
const BEGIN = /(?<!\\)"(?:data|raw)"\s{0,8}:\s{0,8}"/g;

/** The longest beginning, with the character before it. */
const LONGEST_BEGIN = 32;

/**
 * Parts the values of the members named `data` and `raw`, in which Gmail hands over contents and whole messages
 * (https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.messages), from the JSON around them while
 * it arrives, so that no more of them need be held than somebody wants.
 */
export class DataScanner {
  readonly #sink: DataSink;
  #rest = '';
  #isInside = false;

  constructor(sink: DataSink) {
    this.#sink = sink;
  }

  push(chunk: string): void {
    const text = this.#rest + chunk;
    this.#rest = '';
    let at = 0;
    while (at < text.length) {
      const next = this.#isInside ? this.#readValue(text, at) : this.#readText(text, at);
      if (next === undefined) return;
      at = next;
    }
  }

  /** The text has ended; a value that has not is left unfinished. */
  end(): void {
    this.#sink.text(this.#rest);
    this.#rest = '';
  }

  /** Where the text goes on behind a value; undefined where the value does not end yet. */
  #readValue(text: string, at: number): number | undefined {
    const end = text.indexOf('"', at);
    this.#sink.data(end < 0 ? text.slice(at) : text.slice(at, end));
    if (end < 0) return undefined;
    this.#sink.end();
    this.#isInside = false;
    return end;
  }

  /** Where the next value begins; undefined where none does yet. */
  #readText(text: string, at: number): number | undefined {
    BEGIN.lastIndex = at;
    const found = BEGIN.exec(text);
    if (!found) {
      const kept = Math.max(at, text.length - LONGEST_BEGIN);
      this.#sink.text(text.slice(at, kept));
      this.#rest = text.slice(kept);
      return undefined;
    }
    const begin = found.index + found[0].length;
    this.#sink.text(text.slice(at, begin));
    this.#isInside = true;
    return begin;
  }
}
