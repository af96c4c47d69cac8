import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { BrowserContext } from 'playwright-core';
import { descendants } from './processes.ts';
import { within } from './waiting.ts';
import type { Workbench } from './workbench.ts';

// Plain JavaScript of the browser, for which the tests have no types.
const { dumpStorage } = createRequire(import.meta.url)('./dump-storage.cjs') as {
  dumpStorage: () => Promise<[string, string][]>;
};

/** Large enough for everything that a run writes; Node.js cannot read more than 2 GiB at once. */
const LARGEST_FILE = 512 * 1024 * 1024;

export interface Sighting {
  /** The canary, as it was given. */
  secret: string;
  /** How it was written there: plain, utf16, base64, url, hex or json. */
  spelling: string;
  /** A file, "environment of 123 node …", "IndexedDB …" and so on. */
  place: string;
}

export interface SecretSearch {
  workbench: Workbench;
  /** The browser whose pages are asked for what their origins keep; its files are searched in any case. */
  browser?: BrowserContext;
  /** Values that are easy to tell, of 8 characters or more. */
  secrets: readonly string[];
}

interface Needle {
  secret: string;
  spelling: string;
  bytes: Buffer;
}

/**
 * Searches everything that a run leaves: the profile's files (user data, extensions, HOME, TMPDIR, the browser's own
 * profile), the storage of each open page's origin, cookies, and the environments and arguments of all processes that
 * this one has started. Encrypted or compressed copies are not found.
 */
export async function searchSecrets(search: SecretSearch): Promise<Sighting[]> {
  const { workbench, browser, secrets } = search;
  const needles = secrets.flatMap(spellings);
  const found: Sighting[] = [];
  const note = (place: string, content: Buffer) => {
    for (const { secret, spelling, bytes } of needles) {
      if (content.includes(bytes)) found.push({ secret, spelling, place });
    }
  };

  searchFolder(workbench.profile.folder, note);
  for (const { pid, command } of descendants(process.pid)) {
    const name = `${pid} ${command.slice(0, 2).join(' ').slice(0, 120)}`;
    note(`environment of ${name}`, contentOf(`/proc/${pid}/environ`));
    note(`arguments of ${name}`, contentOf(`/proc/${pid}/cmdline`));
  }
  if (browser) for (const [place, text] of await storageOf(browser)) note(place, Buffer.from(text));
  return found;
}

/** The ways in which a value may be written down. */
function spellings(secret: string): Needle[] {
  if (secret.length < 8) throw new RangeError(`"${secret}" is too short to be told from other text.`);
  const texts: [string, string][] = [
    ['plain', secret],
    ['url', encodeURIComponent(secret)],
    ['json', JSON.stringify(secret).slice(1, -1)],
    ['hex', Buffer.from(secret).toString('hex')],
    ...[0, 1, 2].flatMap((offset) => base64At(secret, offset)),
  ];
  const needles = texts.map(([spelling, text]) => ({ secret, spelling, bytes: Buffer.from(text) }));
  needles.push({ secret, spelling: 'utf16', bytes: Buffer.from(secret, 'utf16le') });
  // Most values need no escapes: then the spellings are one.
  return needles.filter((each, index) => needles.findIndex((other) => other.bytes.equals(each.bytes)) === index);
}

/** The value's characters in base64, where it stands that many bytes into the encoded text. */
function base64At(secret: string, offset: number): [string, string][] {
  const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(secret)]);
  const whole = Math.floor(bytes.length / 3) * 4;
  // The first and the last characters hold bits of the neighbours too.
  const text = bytes.toString('base64').slice(offset === 0 ? 0 : 4, whole);
  return [
    ['base64', text],
    ['base64url', text.replaceAll('+', '-').replaceAll('/', '_')],
  ];
}

function searchFolder(folder: string, note: (place: string, content: Buffer) => void): void {
  for (const entry of entriesOf(folder)) {
    const place = path.join(folder, entry.name);
    note(`name of ${place}`, Buffer.from(entry.name));
    if (entry.isDirectory()) searchFolder(place, note);
    else if (entry.isFile()) note(place, contentOf(place));
  }
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    // Taken away by its process while we look.
    return [];
  }
}

function contentOf(file: string): Buffer {
  try {
    if (lstatSync(file).size > LARGEST_FILE) throw new RangeError(`${file} is too large to search.`);
    return readFileSync(file);
  } catch (error) {
    if (error instanceof RangeError) throw error;
    // Taken away by its process while we look.
    return Buffer.alloc(0);
  }
}

/** What the browser keeps for the pages that are open, as pairs of where and what. */
export async function storageOf(browser: BrowserContext): Promise<[string, string][]> {
  const cookies = (await browser.cookies()).map(({ name, value }): [string, string] => [`cookie ${name}`, value]);
  const pages = browser.pages().filter((page) => page.url().startsWith('http'));
  const dumps = await Promise.all(
    pages.map((page) => within(`the storage of ${page.url()}`, page.evaluate(dumpStorage))),
  );
  return [...cookies, ...dumps.flat()];
}
