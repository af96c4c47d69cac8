import { hideKnown } from '../../masking/known.ts';
import type { OriginalMessage } from '../original-message.ts';
import type { ShownMessage } from '../shown-message.ts';
import type { ShownRow } from '../shown-row.ts';

type Known = ReadonlySet<string>;

/** A message without what is known to be masked in its thread. */
export function messageWithout(message: ShownMessage, known: Known): ShownMessage {
  if (known.size === 0) return message;
  const hide = new Hiding(known);
  const { folded, unfolded, own } = message;
  const shown = {
    ...message,
    ...{ from: hide.in(message.from), to: hide.in(message.to), cc: hide.in(message.cc) },
    sender: { ...message.sender, address: hide.again(message.sender.address) },
    subject: hide.in(message.subject),
    folded: hide.in(folded),
    attachments: message.attachments.map((file) => ({ ...file, name: hide.in(file.name) })),
    summary: message.summary.map((line) => hide.in(line)),
    ...(unfolded === undefined ? {} : { unfolded: hide.again(unfolded) }),
    ...(own === undefined ? {} : { own: hide.again(own) }),
  };
  const hidesLetters = message.hidesLetters || hide.values.some((value) => /\p{L}/u.test(value));
  return { ...shown, masked: message.masked + hide.values.length, hidesLetters };
}

/** The same of a row. */
export function rowWithout(row: ShownRow, known: Known): ShownRow {
  if (known.size === 0) return row;
  const hide = new Hiding(known);
  const [sender, from] = [hide.in(row.sender), hide.in(row.from)];
  const [subject, snippet] = [hide.in(row.subject), hide.in(row.snippet)];
  return { ...row, sender, from, subject, snippet, holdsMasked: true };
}

/** The same of a message of the original contract. Where its text goes on is told by its length before this. */
export function originalWithout(message: OriginalMessage, known: Known): OriginalMessage {
  if (known.size === 0) return message;
  const hide = new Hiding(known);
  const { snippet, from, to, subject, body } = message;
  return {
    ...message,
    ...{ snippet: hide.in(snippet), from: hide.in(from), to: hide.in(to), subject: hide.in(subject) },
    body: { ...body, text: hide.in(body.text) },
  };
}

class Hiding {
  /** What was hidden. */
  readonly values: string[] = [];
  readonly #known: Known;

  constructor(known: Known) {
    this.#known = known;
  }

  in(text: string): string {
    const hidden = hideKnown(text, this.#known);
    this.values.push(...hidden.values);
    return hidden.text;
  }

  /** Another view of a text that was counted. */
  again(text: string): string {
    return hideKnown(text, this.#known).text;
  }
}
