import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { Sandbox } from '../../src/sandbox/start.ts';
import { environmentMode, SERVER } from '../support/mcp-server.ts';
import { ROOT } from '../support/source-files.ts';

/** A server that is measured. */
export interface Contender {
  name: string;
  /** What Node.js runs. */
  file: string;
  /** Beside the credentials. */
  env: Record<string, string>;
}

export interface Contenders {
  server: Contender;
  /** The same without what was compiled before. */
  uncached: Contender;
  empty: Contender;
  naive: Contender;
  /** The server of an earlier version, where one is given. */
  earlier?: Contender;
  /** Of everything that the contenders write; gone after `close`. */
  folder: string;
  close(): Promise<void>;
}

/** What the server is called in every table, and that of an earlier version. */
export const NOW = 'server';
export const EARLIER = 'earlier server';

/** Where attachments are saved, within the folder of the contenders. */
const SAVED = 'saved';

/**
 * The bundled server, and what it is compared with, made ready: the empty server is one minified file, as the server is;
 * the naive one loads its packages one by one, as what `npx` starts does. Homes and caches are in a folder of their own.
 *
 * @param earlierServer the bundled server of an earlier version
 */
export async function makeContenders(earlierServer?: string): Promise<Contenders> {
  const folder = await mkdtemp(path.join(tmpdir(), 'bench-'));
  const at = (name: string) => path.join(folder, name);
  await mkdir(at(SAVED));
  await symlink(path.join(ROOT, 'node_modules'), at('node_modules'));
  const control = (name: string) => fileURLToPath(new URL(`controls/${name}.ts`, import.meta.url));
  const common = { bundle: true, platform: 'node', target: 'node20', logLevel: 'warning' } as const;
  await build({
    ...common,
    ...{ format: 'cjs', minify: true },
    ...{ entryPoints: [control('empty-server')], outfile: at('empty.cjs') },
  });
  await build({
    ...common,
    ...{ format: 'esm', packages: 'external' },
    ...{ entryPoints: [control('naive-server')], outfile: at('naive.mjs') },
  });
  const homeOf = (home: string) => ({
    ...{ HOME: at(home), XDG_CACHE_HOME: at(`${home}/cache`) },
    ...{ GMAIL_SAVE_DIR: at(SAVED), TZ: 'Etc/UTC' },
  });
  const env = homeOf('home');
  return {
    server: { name: NOW, file: SERVER, env },
    uncached: { name: 'server, no compile cache', file: SERVER, env: { ...env, NODE_DISABLE_COMPILE_CACHE: '1' } },
    empty: {
      name: 'empty SDK server, compile cache',
      file: at('empty.cjs'),
      env: { ...env, NODE_COMPILE_CACHE: at('compiled') },
    },
    naive: { name: 'naive server', file: at('naive.mjs'), env },
    // Versions that shared a cache would each delete what the other has compiled.
    ...(earlierServer ? { earlier: { name: EARLIER, file: earlierServer, env: homeOf('earlier') } } : {}),
    folder,
    close: () => rm(folder, { recursive: true, force: true }),
  };
}

/** The whole environment of a contender that knows the sandbox's account. */
export const environmentOf = ({ env }: Contender, sandbox: Sandbox): Record<string, string> => ({
  ...environmentMode(sandbox),
  ...env,
});
