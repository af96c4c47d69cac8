import { randomBytes } from 'node:crypto';
import { constants, copyFile, link, lstat, open, realpath, rm } from 'node:fs/promises';
import path from 'node:path';
import { Problem } from '../../shared/problems.ts';
import { safeFileName } from './file-name.ts';

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
 * follows no link.
 *
 * @param folder absolute path of a folder that exists
 * @param name as a stranger chose it
 * @throws Problem `save_folder_missing`, `save_failed` or `cancelled`; then nothing was saved
 */
export async function saveFile(
  folder: string,
  name: string,
  bytes: Uint8Array,
  { signal }: { signal: AbortSignal },
): Promise<SavedFile> {
  const place = await placeOf(folder);
  const draft = path.join(place, `.${randomBytes(8).toString('hex')}.part`);
  try {
    await writeDraft(draft, bytes, signal);
    return { path: await giveName(draft, place, safeFileName(name)), size: bytes.length };
  } catch (error) {
    if (signal.aborted) throw Problem.of('cancelled', {});
    throw error instanceof Problem ? error : Problem.of('save_failed', { reason: codeOf(error) });
  } finally {
    await rm(draft, { force: true });
  }
}

/** The folder itself, without links on the way to it. */
async function placeOf(folder: string): Promise<string> {
  const place = path.isAbsolute(folder) ? await realpath(folder).catch(() => undefined) : undefined;
  const stat = place === undefined ? undefined : await lstat(place).catch(() => undefined);
  if (place === undefined || !stat?.isDirectory()) throw Problem.of('save_folder_missing', { folder });
  return place;
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

async function giveName(draft: string, place: string, name: string): Promise<string> {
  const { name: stem, ext } = path.parse(name);
  for (let count = 1; count <= MOST_NAMES; count += 1) {
    const target = path.join(place, count === 1 ? name : `${stem} (${count})${ext}`);
    try {
      await giveThisName(draft, target);
      return target;
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error;
    }
  }
  throw Problem.of('save_failed', { reason: 'there are too many files of that name' });
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
