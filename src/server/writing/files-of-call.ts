import { extname } from 'node:path';
import { detectMimeType } from 'nodemailer/lib/mime-funcs';
import { LARGEST_MESSAGE, tooLarge } from '../../compose/compose.ts';
import type { LetterFile } from '../../compose/letter.ts';
import { attachFile } from '../../files/attach-file.ts';
import type { ChosenFolder } from '../../shared/chosen-folder.ts';
import { Problem } from '../../shared/problems.ts';
import type { CallContext } from '../call/call-context.ts';
import type { WritingDoors } from './doors.ts';
import type { FileArgument } from './letter-arguments.ts';

/** What a call attaches. */
export interface FilesOfCall {
  /** Undefined where the call says nothing of files, so that a draft keeps its own. */
  files: LetterFile[] | undefined;
  /** Where those lie that come from this computer, by their place among the files. */
  paths: ReadonlyMap<number, string>;
}

/** A message has a third more bytes than its files (RFC 2045, section 6.8). */
const LARGEST_FILE = Math.floor((LARGEST_MESSAGE * 3) / 4);

/**
 * Loads the files of a call, one after the other: of other messages, which must be visible, and of the folders that the
 * person allows.
 *
 * @throws Problem
 */
export async function filesOfCall(
  given: readonly FileArgument[] | undefined,
  { box }: WritingDoors,
  { credentials, whileWaiting }: CallContext,
): Promise<FilesOfCall> {
  if (given === undefined) return { files: undefined, paths: new Map() };
  const files: LetterFile[] = [];
  const paths = new Map<number, string>();
  const folders = given.some((file) => file.path !== undefined) ? await credentials.attachmentFolders() : [];
  let room = LARGEST_FILE;
  for (const [index, file] of given.entries()) {
    const { content, name, type, path } = await whileWaiting('Loading the files.', load(file, { box, folders, room }));
    files.push({ name, type, content });
    if (path !== undefined) paths.set(index, path);
    room -= content.length;
    if (room < 0) throw tooLarge(LARGEST_FILE - room);
  }
  return { files, paths };
}

interface Sources extends Pick<WritingDoors, 'box'> {
  folders: readonly ChosenFolder[];
  /** How many bytes there is room for. */
  room: number;
}

async function load({ message_id, part_id, path }: FileArgument, { box, folders, room }: Sources) {
  if (path !== undefined && message_id === undefined && part_id === undefined) {
    const file = await attachFile(path, folders, room);
    return { ...file, type: detectMimeType(extname(file.name).slice(1)) };
  }
  if (path !== undefined || message_id === undefined || part_id === undefined) {
    throw Problem.of('argument_invalid', {
      argument: 'attachments',
      expected: 'for each file message_id and part_id, or a path',
      got: 'an entry of another form',
    });
  }
  const found = await box.file(message_id, part_id);
  if (found.size > room) throw tooLarge(LARGEST_FILE - room + found.size);
  return { name: found.name, type: found.type, content: await found.load(), path: undefined };
}
