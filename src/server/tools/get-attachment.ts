import * as z from 'zod';
import { isImage, kindOf } from '../../files/attachment-kind.ts';
import { Boundary } from '../../result/boundary.ts';
import { largestFitting, RESULT_BUDGET_BYTES } from '../../result/budget.ts';
import { sizeOf } from '../../result/formats.ts';
import { notesOf, pageOf, placeOf } from '../../result/message-layout.ts';
import { clip, lengthOf } from '../../shared/code-points.ts';
import { opaqueId, partId } from '../call/fields.ts';
import { defineTool } from '../call/tool.ts';

/** A larger picture costs a model more than it shows, in bytes. */
const LARGEST_IMAGE = 1024 * 1024;
/** Of a larger file no text is read, in bytes. */
const LARGEST_TEXT = 2 * 1024 * 1024;

/** Some clients keep pictures from the model, which then makes up what it was to see. */
const FOLLOWS =
  'The picture follows. Where you see none, this client does not show you pictures: say so, and do not guess what is ' +
  'in it. gmail_save_attachment saves it for the user.';

export const getAttachment = defineTool({
  name: 'gmail_get_attachment',
  title: 'Email attachment view',
  description:
    'Shows a file attached to an email: text, CSV, JSON, HTML, calendar and mail files as text, pictures as pictures. Others ' +
    'are described; gmail_save_attachment saves them.',
  annotations: { readOnlyHint: true, openWorldHint: false },
  needs: 'access token',
  access: 'read',
  errorsAsJson: false,
  input: () =>
    z.object({
      message_id: opaqueId('Message id'),
      part_id: partId(),
      offset: z.int().min(0).default(0).describe('Where to go on in a long text (default 0)'),
    }),
  run: async ({ message_id, part_id, offset }, { mailbox, tally }) => {
    const box = await mailbox();
    const file = await box.file(message_id, part_id);
    const { name, type, size } = file;
    tally.did('looked', 1, { messageId: message_id });
    const boundary = new Boundary();
    const title = `File ${part_id} of message ${message_id}: ${sizeOf(size)}.`;
    const about = [`Name: ${clip(name, 200)}`, `Type: ${clip(type, 100)}`];
    const kind = kindOf(type, name);
    if (kind === 'other') return describe('This kind of file cannot be shown.');
    if (kind === 'image') {
      if (size > LARGEST_IMAGE) return describe('The picture is too large to show.');
      const data = await file.load();
      if (!isImage(data, type)) return describe('It is not a picture of the type that it declares.');
      return { text: `${title}\n${boundary.wrap('', about)}\n${FOLLOWS}`, images: [{ data, mimeType: type }] };
    }
    if (size > LARGEST_TEXT) return describe('The text is too large to read here.');
    const { text, ...removed } = await box.fileText(file, await file.load());
    const total = lengthOf(text);
    const render = (room: number) => {
      const page = pageOf(text, offset, room);
      return [
        title,
        boundary.wrap(page.text || '(no text)', about),
        ...(offset === 0 ? notesOf(removed) : []),
        ...placeOf(page, total),
      ].join('\n');
    };
    return render(largestFitting(RESULT_BUDGET_BYTES, render));

    function describe(reason: string): string {
      return `${title}\n${boundary.wrap('', about)}\n${reason} gmail_save_attachment saves it into the folder that the user has chosen.`;
    }
  },
});
