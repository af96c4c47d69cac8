import * as z from 'zod';
import type { ToolTally } from '../../broker/activity/tally.ts';
import type { MessageOutcome } from '../../mailbox/call-mailbox.ts';
import type { ShownMessage } from '../../mailbox/shown-message.ts';
import { Boundary } from '../../result/boundary.ts';
import { largestFitting, mostFitting, RESULT_BUDGET_BYTES } from '../../result/budget.ts';
import { headLines, notesOf, pageOf, placeOf, titleOf } from '../../result/message-layout.ts';
import { lengthOf } from '../../shared/code-points.ts';
import { type Problem, sentence } from '../../shared/problems.ts';
import { opaqueId, unfoldField } from '../call/fields.ts';
import { defineTool } from '../call/tool.ts';

export const readEmail = defineTool({
  name: 'gmail_read_email',
  title: 'Email reading',
  description:
    'Reads email as a person would: headers, files, and the text with quoted mail and signatures folded. Of a long ' +
    'text a page comes, with the offset to go on.',
  annotations: { readOnlyHint: true, openWorldHint: false },
  needs: 'access token',
  access: 'read',
  readsText: true,
  errorsAsJson: false,
  input: () =>
    z.object({
      message_ids: z.array(opaqueId('Message id')).min(1).max(10).describe('1 to 10 message ids'),
      offset: z.int().min(0).default(0).describe('Where to go on, of a single message (default 0)'),
      unfold: unfoldField(),
    }),
  run: async ({ message_ids, offset, unfold }, { mailbox, source, tally }) => {
    const box = await mailbox();
    const outcomes = await box.messages(message_ids, { fresh: offset === 0 });
    const [only] = outcomes;
    if (outcomes.length === 1 && only?.problem) throw only.problem;
    const begin = outcomes.length === 1 ? offset : 0;
    const around = {
      begin,
      unfold,
      boundary: new Boundary(),
      explain: (problem: Problem) => sentence(problem.explain(source)),
    };
    const all = outcomes.map(
      (outcome, index): Asked => ({
        outcome,
        id: message_ids[index] ?? '',
        length: outcome.data ? lengthOf(textOf(outcome.data, unfold)) : 0,
      }),
    );
    const whole = wholeOnes(all, around);
    if (whole.size > 0) {
      noteRead(whole, all, tally);
      return renderAll(all, whole, { ...around, room: Number.POSITIVE_INFINITY });
    }
    // None is short enough to come whole, so each comes with its beginning.
    const render = (count: number, room: number) => renderAll(all, new Set(all.slice(0, count)), { ...around, room });
    const count = mostFitting(all.length, (amount) => render(amount, 0));
    noteRead(new Set(all.slice(0, count)), all, tally);
    return render(
      count,
      largestFitting(RESULT_BUDGET_BYTES, (length) => render(count, length)),
    );
  },
});

/** A message that was asked for. */
interface Asked {
  id: string;
  outcome: MessageOutcome;
  /** Of its text, in code points: counted once, since a text may have 2 MB. */
  length: number;
}

/** Notes the messages whose text shows, whole or in part. */
function noteRead(shown: ReadonlySet<Asked>, all: readonly Asked[], tally: ToolTally): void {
  const read = [...shown].flatMap(({ outcome }) => outcome.data ?? []);
  const [only] = read;
  tally.did('read', read.length, {
    ...(read.length === 1 ? { messageId: only?.id } : {}),
    isPartial: all.some(({ outcome }) => outcome.problem !== undefined),
  });
}

/** As many messages as fit whole into one result, the shortest first. */
function wholeOnes(all: readonly Asked[], around: Omit<Around, 'room'>): ReadonlySet<Asked> {
  const endless = { ...around, room: Number.POSITIVE_INFINITY };
  // A text that cannot fit is not looked at.
  const isShort = ({ outcome: { data } }: Asked) => !data || textOf(data, around.unfold).length <= RESULT_BUDGET_BYTES;
  const sized = all.filter(isShort).map((asked) => ({ asked, size: Buffer.byteLength(renderOne(asked, endless)) }));
  const byLength = sized.sort((a, b) => a.size - b.size).map(({ asked }) => asked);
  const count = largestFitting(byLength.length, (amount) =>
    renderAll(all, new Set(byLength.slice(0, amount)), endless),
  );
  return new Set(byLength.slice(0, count));
}

/** Messages in the order that they were asked for, then what is left out of them. */
function renderAll(all: readonly Asked[], shown: ReadonlySet<Asked>, around: Around): string {
  const left = all
    .filter((asked) => !shown.has(asked))
    .map(({ id, outcome, length }) => `${id}${outcome.data ? ` (${length} characters)` : ''}`);
  return [
    ...all.filter((asked) => shown.has(asked)).map((asked) => renderOne(asked, around)),
    ...(left.length > 0 ? [`Left out for lack of room: ${left.join(', ')}`] : []),
  ].join('\n\n');
}

const textOf = ({ folded, unfolded }: ShownMessage, unfold: boolean): string => (unfold && unfolded) || folded;

interface Around {
  begin: number;
  /** How much of each text shows, in code points. */
  room: number;
  unfold: boolean;
  boundary: Boundary;
  explain(problem: Problem): string;
}

function renderOne({ id, outcome, length }: Asked, { begin, room, unfold, boundary, explain }: Around): string {
  const { data, problem } = outcome;
  if (problem) return `Message ${id}: ${explain(problem)}`;
  const text = textOf(data, unfold);
  const page = pageOf(text, begin, room);
  const head = begin === 0 ? headLines(data) : [];
  const notes = [
    ...(begin === 0 ? notesOf(data) : []),
    ...placeOf(page, length),
    ...(!unfold && data.unfolded !== undefined ? ['unfold: true shows folded text and whole links.'] : []),
  ];
  return [titleOf(data), boundary.wrap(page.text || '(no text)', head), ...notes].join('\n');
}
