import * as z from 'zod';
import type { MessageOutcome } from '../../mailbox/call-mailbox.ts';
import { lengthOf } from '../../shared/code-points.ts';
import { sentence } from '../../shared/problems.ts';
import { opaqueId, unfoldField } from '../call/fields.ts';
import { defineTool } from '../call/tool.ts';
import { Boundary } from '../result/boundary.ts';
import { largestFitting, mostFitting, RESULT_BUDGET_BYTES } from '../result/budget.ts';
import { headLines, notesOf, pageOf, placeOf, titleOf } from '../result/message-layout.ts';

export const readEmail = defineTool({
  name: 'gmail_read_email',
  title: 'Read Gmail messages',
  description:
    'Reads messages as a person would: headers, files, and the text with quoted mail and signatures folded. Of a long ' +
    'text a page comes, with the offset to go on.',
  annotations: { readOnlyHint: true, openWorldHint: false },
  needs: 'access token',
  access: 'read',
  errorsAsJson: false,
  input: z.object({
    message_ids: z.array(opaqueId('Message id')).min(1).max(10).describe('1 to 10 message ids'),
    offset: z.int().min(0).default(0).describe('Where to go on, of a single message (default 0)'),
    unfold: unfoldField(),
  }),
  run: async ({ message_ids, offset, unfold }, { mailbox, source }) => {
    const box = await mailbox();
    const outcomes = await box.messages(message_ids, { fresh: offset === 0 });
    const [only] = outcomes;
    if (outcomes.length === 1 && only?.problem) throw only.problem;
    const begin = outcomes.length === 1 ? offset : 0;
    const boundary = new Boundary();
    const render = (count: number, room: number) => {
      const shown = outcomes.slice(0, count).map((outcome, index) =>
        renderOne(outcome, message_ids[index] ?? '', {
          begin,
          room,
          unfold,
          boundary,
          explain: (problem) => sentence(problem.explain(source)),
        }),
      );
      const left = message_ids.slice(count);
      return [...shown, ...(left.length > 0 ? [`Left out for lack of room: ${left.join(', ')}`] : [])].join('\n\n');
    };
    const count = mostFitting(outcomes.length, (amount) => render(amount, 0));
    const room = largestFitting(RESULT_BUDGET_BYTES, (length) => render(count, length));
    return render(count, room);
  },
});

interface Around {
  begin: number;
  room: number;
  unfold: boolean;
  boundary: Boundary;
  explain(problem: NonNullable<MessageOutcome['problem']>): string;
}

function renderOne(
  { data, problem }: MessageOutcome,
  id: string,
  { begin, room, unfold, boundary, explain }: Around,
): string {
  if (problem) return `Message ${id}: ${explain(problem)}`;
  const { folded, unfolded } = data;
  const text = (unfold && unfolded) || folded;
  const page = pageOf(text, begin, room);
  const head = begin === 0 ? [...headLines(data), ''] : [];
  const notes = [
    ...(begin === 0 ? notesOf(data) : []),
    ...placeOf(page, lengthOf(text)),
    ...(!unfold && unfolded !== undefined ? ['unfold: true shows folded text and whole links.'] : []),
  ];
  return [titleOf(data), boundary.wrap([...head, page.text || '(no text)'].join('\n')), ...notes].join('\n');
}
