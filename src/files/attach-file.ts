import { constants, type Stats } from 'node:fs';
import { type FileHandle, lstat, open, realpath } from 'node:fs/promises';
import path from 'node:path';
import { type ChosenFolder, folderAt, isSameFolder } from '../shared/chosen-folder.ts';
import { Problem } from '../shared/problems.ts';
import { holdsPrivateKey } from './private-keys.ts';

/** A file of this computer that goes along with a message. */
export interface FileToAttach {
  /** Its place, without links on the way to it. */
  path: string;
  name: string;
  content: Buffer;
}

/**
 * Reads a file that the caller wants to attach. It must lie inside one of the folders, links resolved, and must be none
 * that people keep secrets in. What is read is the very file that was checked: it is opened without following a link,
 * and its device and inode are compared.
 *
 * @param given absolute, or relative to one of the folders
 * @param folders those that the person allows, as they were when they were chosen; another at the path of one is none
 * @param most the largest size that is read, in bytes
 * @throws Problem `attachment_outside` or `attachment_unreadable`
 */
export async function attachFile(given: string, folders: readonly ChosenFolder[], most: number): Promise<FileToAttach> {
  const refuse = (reason: string) => Problem.of('attachment_unreadable', { file: shorten(given), reason });
  const place = await placeOf(given, folders.filter(isThere));
  if (!place) {
    const named = folders.filter(isThere).map((folder) => folder.path);
    throw Problem.of('attachment_outside', { file: shorten(given), folders: named.join(', ') });
  }
  if (place.split(path.sep).some((component) => component.startsWith('.'))) {
    throw refuse('files and folders whose names begin with a dot are never attached');
  }
  const checked = await lstat(place);
  const fault = faultOf(checked, most);
  if (fault) throw refuse(fault);
  const file = await open(place, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0)).catch(
    (error: unknown) => {
      throw refuse(`it cannot be opened (${codeOf(error)})`);
    },
  );
  try {
    const opened = await file.stat();
    if (opened.dev !== checked.dev || opened.ino !== checked.ino || faultOf(opened, most)) {
      throw refuse('it was replaced by another file meanwhile');
    }
    const content = await readWhole(file, opened.size);
    if (!content) throw refuse('it changed while it was read');
    if (holdsPrivateKey(content)) throw refuse('it holds a private key');
    if ((await placeOf(given, folders.filter(isThere))) !== place) throw refuse('its folder was replaced meanwhile');
    return { path: place, name: path.basename(place), content };
  } finally {
    await file.close();
  }
}

/** Where the file lies in truth, if that is inside a folder. */
async function placeOf(given: string, folders: readonly ChosenFolder[]): Promise<string | undefined> {
  if (given.includes('\0')) return undefined;
  for (const { path: root } of folders) {
    const place = await realpath(path.resolve(root, given)).catch(() => undefined);
    if (place?.startsWith(root.endsWith(path.sep) ? root : `${root}${path.sep}`)) return place;
  }
  return undefined;
}

const isThere = (folder: ChosenFolder): boolean => isSameFolder(folder, folderAt(folder.path));

function faultOf(stat: Stats, most: number): string | undefined {
  if (stat.isDirectory()) return 'it is a folder';
  if (!stat.isFile()) return 'it is no ordinary file';
  // Another name of the file may lie outside the folders.
  if (stat.nlink > 1) return 'it has a second name elsewhere (a hard link)';
  if (stat.size > most)
    return `it is larger than the ${Math.floor(most / 1024 / 1024)} MB that there is room for in the message`;
  return stat.size === 0 ? 'it is empty' : undefined;
}

/** All of it; undefined where it has another size than it had. */
async function readWhole(file: FileHandle, size: number): Promise<Buffer | undefined> {
  const buffer = Buffer.alloc(size + 1);
  let length = 0;
  while (length < buffer.length) {
    const { bytesRead } = await file.read(buffer, length, buffer.length - length, length);
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  return length === size ? buffer.subarray(0, size) : undefined;
}

const shorten = (text: string) => (text.length > 200 ? `${text.slice(0, 200)}…` : text);
const codeOf = (error: unknown): string => String((error as NodeJS.ErrnoException).code ?? 'unknown');
