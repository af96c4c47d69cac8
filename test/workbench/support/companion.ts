import { createHash } from 'node:crypto';
import { cpSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { once, run } from '../../support/cache.ts';
import { isGone } from './processes.ts';
import { MOMENT, START, until } from './waiting.ts';
import type { Workbench } from './workbench.ts';

/** The extensions beside this folder, which are installed with the one under test and never shipped. */
export type CompanionName = 'driver' | 'model' | 'sandbox';

const COMPANIONS = fileURLToPath(new URL('../companion/', import.meta.url));
const VSCE = fileURLToPath(import.meta.resolve('@vscode/vsce/vsce'));

/** The VSIX file of a companion extension, packaged when its files have changed. */
export async function packageCompanion(name: CompanionName): Promise<string> {
  const source = path.join(COMPANIONS, name);
  const hash = createHash('sha256');
  for (const file of readdirSync(source).sort()) hash.update(file).update(readFileSync(path.join(source, file)));
  const vsix = `${name}.vsix`;
  const folder = await once(`companion-${name}-${hash.digest('hex').slice(0, 12)}`, async (part) => {
    // Packaged from a copy outside the checkout, whose .gitignore and package.json the packager would heed.
    const copy = path.join(part, 'source');
    cpSync(source, copy, { recursive: true });
    const args = ['package', '--no-dependencies', '--skip-license', '--allow-missing-repository'];
    await run(process.execPath, [VSCE, ...args, '--out', path.join(part, vsix)], copy);
  });
  return path.join(folder, vsix);
}

/**
 * What the driver evaluates in the extension host. It is sent as source text, so it can use nothing from around it:
 * all it needs comes as `arg`, and goes and comes as JSON.
 */
export type Look<A, T> = (vscode: typeof import('vscode'), arg: A, require: NodeJS.Require) => T | PromiseLike<T>;

interface Announcement {
  pid: number;
  port: number;
  folder?: string;
  at: number;
}

export interface DriverOptions {
  /** The folder that the wanted window has opened; the profile's workspace by default. */
  folder?: string;
  /** The extension host to leave behind, after a reload or its end. */
  not?: Driver;
}

/** Reads state in one window's extension host. */
export class Driver {
  /** The extension host's process id. */
  readonly pid: number;
  readonly #url: string;
  readonly #token: string;

  constructor(announcement: Announcement, token: string) {
    this.pid = announcement.pid;
    this.#url = `http://127.0.0.1:${announcement.port}/`;
    this.#token = token;
  }

  /** Evaluates the function in the extension host. Undefined comes back as undefined. */
  async read<T>(look: Look<undefined, T>, arg?: undefined, timeout?: number): Promise<T>;
  async read<A, T>(look: Look<A, T>, arg: A, timeout?: number): Promise<T>;
  async read<A, T>(look: Look<A, T>, arg?: A, timeout = MOMENT): Promise<T> {
    const response = await fetch(this.#url, {
      method: 'POST',
      headers: { authorization: `Bearer ${this.#token}` },
      body: JSON.stringify({ source: String(look), arg }),
      signal: AbortSignal.timeout(timeout),
    }).catch((error: unknown) => {
      throw new Error(`The extension host ${this.pid} gave no answer within ${timeout} ms.`, { cause: error });
    });
    const { value, error } = (await response.json()) as { value: T; error?: string };
    if (error !== undefined) throw new Error(`In the extension host: ${error}`);
    return value;
  }

  /** Waits until the function answers something true-like in the extension host. */
  async until<A, T>(what: string, look: Look<A, T>, arg: A, timeout = MOMENT): ReturnType<typeof until<T>> {
    return until(what, () => this.read(look, arg), { timeout, every: 200 });
  }

  /** Runs a command without waiting for its end, as a keybinding does: the palette lists what can do something now. */
  async start(command: string): Promise<void> {
    const run: Look<string, void> = (vscode, id) => void vscode.commands.executeCommand(id);
    await this.read(run, command);
  }

  /** Waits until an extension is active. */
  async active(extensionId: string, timeout = START): Promise<void> {
    const look: Look<string, boolean> = (vscode, id) => vscode.extensions.getExtension(id)?.isActive === true;
    await this.until(`${extensionId} to be active`, look, extensionId, timeout);
  }
}

/** Waits for the driver in the extension host of a window, of the newest one if there are several. */
export async function connectDriver(workbench: Workbench, options: DriverOptions = {}): Promise<Driver> {
  const { profile, companionToken } = workbench;
  const { folder = profile.workspace, not } = options;
  const found = await until(
    `an extension host with the driver, for ${folder}${not ? `, other than ${not.pid}` : ''}`,
    () =>
      announcements(profile.companion)
        .filter((each) => each.folder === folder && each.pid !== not?.pid && !isGone(each.pid))
        .sort((one, other) => other.at - one.at)[0],
    { timeout: START },
  );
  return new Driver(found, companionToken);
}

function announcements(folder: string): Announcement[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => /^driver-\d+\.json$/.test(file))
    .flatMap((file) => {
      try {
        return [JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as Announcement];
      } catch {
        // Its window has just been closed.
        return [];
      }
    });
}
