import { randomBytes } from 'node:crypto';
import { constants, copyFile, link, open, rm } from 'node:fs/promises';
import path from 'node:path';
import type { ChosenFolder } from '../shared/chosen-folder.ts';
import { Problem } from '../shared/problems.ts';
import { safeFileName } from './file-name.ts';
import { openPlace, type SavePlace } from './save-place.ts';

export interface SavedFile {
  path: string;
  /** Bytes. */
  size: number;
}

/** How many names are tried where files of that name are there already. */
const MOST_NAMES = 1000;

/**
 * Saves a file directly inside a folder, under a name that is new there. The bytes are written under a passing name
 * first, so that a failure leaves nothing behind, and the final name is given in one step that overwrites nothing and
 * follows no link. Where the folder is another one by then, the file is removed again.
 *
 * @param folder as it was when it was chosen
 * @param name as a stranger chose it
 * @throws Problem `save_folder_missing`, `save_folder_changed`, `save_failed` or `cancelled`; then nothing was saved
 */
export async function saveFile(
  folder: ChosenFolder,
  name: string,
  bytes: Uint8Array,
  { signal }: { signal: AbortSignal },
): Promise<SavedFile> {
  const place = await openPlace(folder);
  const draft = place.at(`.${randomBytes(8).toString('hex')}.part`);
  try {
    await writeDraft(draft, bytes, signal);
    const given = await giveName(draft, place, safeFileName(name));
    return { path: path.join(folder.path, given), size: bytes.length };
  } catch (error) {
    if (signal.aborted) throw Problem.of('cancelled', {});
    throw error instanceof Problem ? error : Problem.of('save_failed', { reason: codeOf(error) });
  } finally {
    await rm(draft, { force: true });
    await place.close();
  }
}

async function writeDraft(draft: string, bytes: Uint8Array, signal: AbortSignal): Promise<void> {
  const file = await open(draft, 'wx', 0o600);
  try {
    await file.writeFile(bytes, { signal });
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Answers the name under which the file is in the folder that was chosen. */
async function giveName(draft: string, place: SavePlace, name: string): Promise<string> {
  const [, stem = name, endings = ''] = /^(.+?)((?:\.tar)?\.[^. ]+|)$/s.exec(name) ?? [];
  for (let count = 1; count <= MOST_NAMES; count += 1) {
    const given = count === 1 ? name : `${stem} (${count})${endings}`;
    try {
      await giveThisName(draft, place.at(given));
      await keepOnlyWhereChosen(place, given);
      return given;
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error;
    }
  }
  throw Problem.of('save_failed', { reason: 'there are too many files of that name' });
}

async function keepOnlyWhereChosen(place: SavePlace, given: string): Promise<void> {
  try {
    place.assertUnchanged();
  } catch (error) {
    await rm(place.at(given), { force: true });
    throw error;
  }
}

/** A hard link is made in one step and never in place of another file; some file systems have none. */
async function giveThisName(draft: string, target: string): Promise<void> {
  try {
    await link(draft, target);
  } catch (error) {
    if (!/^(?:EPERM|ENOTSUP|EOPNOTSUPP|ENOSYS|EXDEV|EISDIR)$/.test(codeOf(error))) throw error;
    await copyFile(draft, target, constants.COPYFILE_EXCL);
  }
}

const codeOf = (error: unknown): string => String((error as NodeJS.ErrnoException).code ?? 'unknown');
