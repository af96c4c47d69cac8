import * as z from 'zod';
import { saveFile } from '../../files/save-file.ts';
import type { CallMailbox } from '../../mailbox/call-mailbox.ts';
import { Boundary } from '../../result/boundary.ts';
import { sizeOf } from '../../result/formats.ts';
import { opaqueId, partId } from '../call/fields.ts';
import { defineTool } from '../call/tool.ts';

export const saveAttachment = defineTool({
  name: 'gmail_save_attachment',
  title: 'Email attachment download',
  description:
    'Saves a file attached to an email, or without part_id the whole email as .eml, into the folder that the user has ' +
    'chosen for that, and nowhere else. It never overwrites a file.',
  annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: false, openWorldHint: false },
  needs: 'access token',
  access: 'read',
  errorsAsJson: false,
  input: () => z.object({ message_id: opaqueId('Message id'), part_id: partId().optional() }),
  run: async ({ message_id, part_id }, { mailbox, credentials, whileWaiting, signal, tally }) => {
    const box = await mailbox();
    const { name, load, noteOf } = await (part_id === undefined
      ? wholeMessage(box, message_id)
      : fileOf(box, message_id, part_id));
    const folder = await whileWaiting('Waiting for the folder.', credentials.saveFolder());
    const bytes = await whileWaiting('Loading the file from Gmail.', load());
    const { path, size } = await whileWaiting('Saving the file.', saveFile(folder, name, bytes, { signal }));
    tally.did(part_id === undefined ? 'savedWhole' : 'saved', 1, { messageId: message_id });
    const held = await noteOf(bytes);
    const notes = held
      ? [`The file holds ${held} hidden in results; it is for the user alone, so do not read it.`]
      : [];
    return [`Saved ${sizeOf(size)}. The file:\n${new Boundary().wrap(path)}`, ...notes].join('\n');
  },
});

interface FileToSave {
  /** As strangers chose it. */
  name: string;
  load(): Promise<Buffer>;
  /** What it holds, by its bytes, that results mask; undefined where that is nothing. */
  noteOf(bytes: Buffer): Promise<string | undefined>;
}

async function fileOf(box: CallMailbox, messageId: string, partId: string): Promise<FileToSave> {
  const file = await box.file(messageId, partId);
  const noteOf = async (bytes: Buffer) =>
    (await box.masksInFile(file, bytes)) ? 'one-time codes or sign-in links that are' : undefined;
  return { name: file.name, load: file.load, noteOf };
}

/** The file is for the person, so nothing is masked in it; its name, which the model reads, holds nothing masked. */
async function wholeMessage(box: CallMailbox, messageId: string): Promise<FileToSave> {
  const { subject, masked, load } = await box.wholeMessage(messageId);
  const isMasking = !box.privacy.showsCodes && masked !== 0;
  const held = masked === undefined ? 'what would be' : `${masked} one-time codes or sign-in links that are`;
  return {
    name: `${subject.replace(/[/\\]/g, '_').trim() || 'message'}.eml`,
    load,
    noteOf: async () => (isMasking ? held : undefined),
  };
}
