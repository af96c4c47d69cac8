import * as z from 'zod';
import type { CallMailbox, ThreadEntry } from '../../mailbox/call-mailbox.ts';
import type { ShownMessage } from '../../mailbox/shown-message.ts';
import { Boundary } from '../../result/boundary.ts';
import { fits, largestFitting, RESULT_BUDGET_BYTES } from '../../result/budget.ts';
import { type CursorPlace, decodeCursor, encodeCursor } from '../../result/cursor.ts';
import { longDate } from '../../result/formats.ts';
import { headLines, notesOf, pageOf } from '../../result/message-layout.ts';
import { Problem, sentence } from '../../shared/problems.ts';
import { cursorField, opaqueId, unfoldField } from '../call/fields.ts';
import { defineTool } from '../call/tool.ts';

/** Messages that are fetched at once; a page rarely holds more. */
const AT_ONCE = 10;

/** A piece of a message shorter than this is left for the next page, in code points. */
const SHORTEST_PIECE = 300;

export const readThread = defineTool({
  name: 'gmail_read_thread',
  title: 'Email thread reading',
  description:
    'Reads an email conversation, oldest first: each message once, without the quotes of earlier ones. Long threads come in ' +
    'pages.',
  annotations: { readOnlyHint: true, openWorldHint: false },
  needs: 'access token',
  access: 'read',
  readsText: true,
  errorsAsJson: false,
  input: () =>
    z.object({
      thread_id: opaqueId('Id of the thread, or of a message in it'),
      cursor: cursorField(),
      unfold: unfoldField(),
    }),
  run: async ({ thread_id, cursor, unfold }, { mailbox, source, tally }) => {
    const box = await mailbox();
    const { id: threadId, name, entries } = await findThread(box, thread_id);
    const owner = { kind: 'gmail_read_thread', account: box.owner, query: `${unfold} ${threadId}` };
    const place = cursor ? decodeCursor(cursor, owner) : { offset: 0 };
    const { start, startOffset } = startOf(entries, place);
    const page = new ThreadPage(name, entries, (index, offset) =>
      encodeCursor(owner, { position: positionOf(entries[index]), offset }),
    );
    let above: string | undefined;
    for (let index = start; index < entries.length && !page.isFull; index += AT_ONCE) {
      const ids = entries.slice(index, index + AT_ONCE).map(({ id }) => id);
      const outcomes = await box.messages(ids, { fresh: false });
      for (const [position, { data, problem }] of outcomes.entries()) {
        if (page.isFull) break;
        const offset = index + position === start ? startOffset : 0;
        if (problem) page.add(index + position, sentence(problem.explain(source)), 0, []);
        else page.add(index + position, textOf(data, unfold), offset, offset === 0 ? headOf(data, above) : []);
        above = data?.subject;
      }
    }
    tally.did('read', page.count, { threadId });
    return page.render();
  },
});

/** A thread by its id or, as lists of messages give no other, by that of a message in it. Throws `not_found`. */
async function findThread(box: CallMailbox, id: string) {
  try {
    return { id, name: id, entries: await box.thread(id) };
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'not_found') throw error;
    const [message] = await box.messages([id], { fresh: false });
    const threadId = message?.data?.threadId;
    if (!threadId || threadId === id) throw error;
    return { id: threadId, name: `${threadId} (of message ${id})`, entries: await box.thread(threadId) };
  }
}

/** The time stands beside the id for the case that the message is deleted before the next page. */
const positionOf = (entry: ThreadEntry | undefined) => entry && `${entry.date} ${entry.id}`;

/** Where a page begins. */
function startOf(entries: readonly ThreadEntry[], { position, offset }: CursorPlace) {
  const [date, id] = position?.split(' ') ?? [];
  if (id === undefined) return { start: 0, startOffset: 0 };
  const start = entries.findIndex((entry) => entry.id === id);
  if (start >= 0) return { start, startOffset: offset };
  const later = entries.findIndex((entry) => entry.date >= Number(date));
  return { start: later < 0 ? entries.length : later, startOffset: 0 };
}

/** The quotes of a message stand in the ones before it. */
const textOf = ({ folded, unfolded = folded, own = folded }: ShownMessage, unfold: boolean) =>
  unfold ? unfolded : own;

/** What stands above a message's text. */
function headOf(message: ShownMessage, above: string | undefined): string[] {
  return [...headLines(message, above), ...notesOf(message).map((note) => `(${note})`)];
}

/** A page that messages are put on until it is full. */
class ThreadPage {
  isFull = false;
  readonly #name: string;
  readonly #entries: readonly ThreadEntry[];
  readonly #cursorAt: (index: number, offset: number) => string;
  readonly #boundary = new Boundary();
  #texts: string[] = [];
  #first: number | undefined;
  #next: { index: number; offset: number } = { index: 0, offset: 0 };

  constructor(name: string, entries: readonly ThreadEntry[], cursorAt: (index: number, offset: number) => string) {
    this.#name = name;
    this.#entries = entries;
    this.#cursorAt = cursorAt;
  }

  /** Puts a message on the page, whole or its beginning; what is left goes to the next page. */
  add(index: number, text: string, offset: number, head: readonly string[]): void {
    this.#first ??= index;
    const { id, date } = this.#entries[index] ?? { id: '', date: 0 };
    const title = `[${index + 1}] message ${id}, ${longDate(date)}${offset > 0 ? `, from character ${offset}` : ''}`;
    const pieceAt = (room: number) => {
      const piece = pageOf(text, offset, room);
      return { piece, block: this.#boundary.part(title, piece.text || '(no text)', head) };
    };
    const renderAt = (room: number) => {
      const { piece, block } = pieceAt(room);
      const next = piece.isLast ? { index: index + 1, offset: 0 } : { index, offset: offset + piece.length };
      return this.#renderWith([...this.#texts, block], next);
    };
    const room = largestFitting(RESULT_BUDGET_BYTES, renderAt);
    const { piece, block } = pieceAt(room);
    const isTooLittle = !piece.isLast && this.#texts.length > 0 && piece.length < SHORTEST_PIECE;
    this.#next = { index, offset };
    if (isTooLittle || (this.#texts.length > 0 && !fits(renderAt(room)))) {
      this.isFull = true;
      return;
    }
    this.#texts.push(block);
    this.#next = piece.isLast ? { index: index + 1, offset: 0 } : { index, offset: offset + piece.length };
    this.isFull = !piece.isLast;
  }

  /** How many messages are on it. */
  get count(): number {
    return this.#texts.length;
  }

  render(): string {
    if (this.#texts.length === 0) return `Thread ${this.#name}: there are no more messages.`;
    return this.#renderWith(this.#texts, this.#next);
  }

  #renderWith(texts: readonly string[], next: { index: number; offset: number }): string {
    const total = this.#entries.length;
    const first = (this.#first ?? 0) + 1;
    const last = next.offset > 0 ? next.index + 1 : next.index;
    const which = total === 1 ? '1 message' : `messages ${first} to ${last} of ${total}, oldest first`;
    const more = next.index < total ? [`More follows: cursor ${this.#cursorAt(next.index, next.offset)}`] : [];
    return [`Thread ${this.#name}: ${which}.`, this.#boundary.around(texts), ...more].join('\n');
  }
}
