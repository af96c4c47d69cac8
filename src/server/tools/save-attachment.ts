import * as z from 'zod';
import { opaqueId, partId } from '../call/fields.ts';
import { defineTool } from '../call/tool.ts';
import { saveFile } from '../files/save-file.ts';
import { Boundary } from '../result/boundary.ts';
import { sizeOf } from '../result/formats.ts';

export const saveAttachment = defineTool({
  name: 'gmail_save_attachment',
  title: 'Save a Gmail attachment',
  description:
    'Saves a file of a message into the folder that the user has chosen for that, and nowhere else. It never ' +
    'overwrites a file.',
  annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: false, openWorldHint: false },
  needs: 'access token',
  access: 'read',
  errorsAsJson: false,
  input: z.object({ message_id: opaqueId('Message id'), part_id: partId() }),
  run: async ({ message_id, part_id }, { mailbox, credentials, whileWaiting, signal }) => {
    const box = await mailbox();
    const file = await box.file(message_id, part_id);
    const folder = await whileWaiting('Waiting for the folder.', credentials.saveFolder());
    const bytes = await whileWaiting('Loading the file from Gmail.', file.load());
    const { path, size } = await whileWaiting('Saving the file.', saveFile(folder, file.name, bytes, { signal }));
    return `Saved ${sizeOf(size)}. The file:\n${new Boundary().wrap(path)}`;
  },
});
