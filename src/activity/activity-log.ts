import { open, readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { prepareFolder } from '../broker/announcement.ts';
import { Problem } from '../shared/problems.ts';
import type { Entry } from './entries.ts';

/** A full file is followed by another. A line takes about 250 bytes, and a few thousand at the most. */
const FULL_BYTES = 160 * 1024;
/** Of the full ones two are kept beside the one that is written to: some thousand lines of usual length. */
const KEPT_FILES = 3;
/** As many lines are read back, the newest. */
const MOST_READ = 1_000;

/** A number beyond these is none that this record ever reaches, so that a file of it is none of its own. */
const FILE = /^activity-(\d{6,9})\.jsonl$/;
const LAST_NUMBER = 999_999_999;

/** What is in the record. */
export interface Recorded {
  /** The newest first. */
  entries: Entry[];
  /** Lines that cannot be read: cut off, or of another version of the extension. */
  unreadable: number;
}

/**
 * The record of activity: lines of JSON in files that are numbered. Several windows write at once: each line goes to the
 * end of its file by one write, and no file is ever renamed or written anew, so that none takes lines of another along.
 */
export class ActivityLog {
  readonly #folder: string;
  readonly #onChange: () => void;

  /**
   * @param folder its own, outside every workspace
   * @param onChange is told when there may be a record where there was none, or none any more
   */
  constructor(folder: string, onChange: () => void = () => undefined) {
    this.#folder = folder;
    this.#onChange = onChange;
  }

  /** Adds a line. Throws `activity_unwritable`. */
  async append(entry: Entry): Promise<void> {
    try {
      await prepareFolder(this.#folder);
      await this.#write(`\n${JSON.stringify(entry)}\n`);
    } catch (error) {
      throw Problem.of('activity_unwritable', { reason: reasonOf(error) });
    }
  }

  /** The newest lines. There are none where there is no folder. */
  async read(): Promise<Recorded> {
    // Lines are read by a person's command alone, and written without what describes them.
    const { parseEntry } = await import('./entries.ts');
    const entries: Entry[] = [];
    let unreadable = 0;
    for (const number of await this.#numbers()) {
      // Another window may have removed it meanwhile.
      const text = await readFile(this.#file(number), 'utf8').catch(() => '');
      for (const line of text.split('\n').filter(Boolean)) {
        const entry = parseEntry(line);
        if (entry) entries.push(entry);
        else unreadable += 1;
      }
    }
    // Two windows may take a moment to write what they have noted.
    const newest = entries.reverse().sort((a, b) => b.at - a.at);
    return { entries: newest.slice(0, MOST_READ), unreadable };
  }

  /** Whether anything is recorded. */
  async hasLines(): Promise<boolean> {
    return (await this.#numbers()).length > 0;
  }

  /** Deletes all of it. */
  async clear(): Promise<void> {
    for (const number of await this.#numbers()) await rm(this.#file(number), { force: true, recursive: true });
    this.#onChange();
  }

  /** One write to the end of the last file. The line break before it ends a line that was cut off by a crash. */
  async #write(line: string): Promise<void> {
    const numbers = await this.#numbers();
    let last = numbers.at(-1) ?? 1;
    // Other windows may fill the next one meanwhile, too.
    while (!(await this.#appended(last, line))) {
      if (last >= LAST_NUMBER) throw new Error('There is no number for another file.');
      last += 1;
    }
    for (const number of numbers) {
      if (number <= last - KEPT_FILES) await rm(this.#file(number), { force: true });
    }
  }

  /** Answers false where the file is full: nothing was written then. */
  async #appended(number: number, line: string): Promise<boolean> {
    const file = await open(this.#file(number), 'a', 0o600);
    try {
      const { size } = await file.stat();
      if (size >= FULL_BYTES) return false;
      const bytes = Buffer.from(line);
      const { bytesWritten } = await file.write(bytes);
      if (bytesWritten < bytes.length) throw new Error('The line was cut off.');
      if (size === 0) this.#onChange();
      return true;
    } finally {
      await file.close();
    }
  }

  /** The numbers of the files, in order. */
  async #numbers(): Promise<number[]> {
    const names = await readdir(this.#folder).catch(() => []);
    return names
      .flatMap((name) => FILE.exec(name)?.[1] ?? [])
      .map(Number)
      .sort((a, b) => a - b);
  }

  #file(number: number): string {
    return path.join(this.#folder, `activity-${String(number).padStart(6, '0')}.jsonl`);
  }
}

/** In a word: the system's own, or why the folder is not to be trusted. */
function reasonOf(error: unknown): string {
  if (error instanceof Problem) return error.code.replaceAll('_', ' ');
  return (error as NodeJS.ErrnoException).code ?? 'the line was cut off';
}
