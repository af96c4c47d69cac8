import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { build } from 'esbuild';
import {
  assertNamed,
  filesToJoin,
  reached,
  SERVER_ENTRIES,
  withoutIdleImports,
  writtenFiles,
} from './.esbuild/files.mjs';
import { isReplaced, LIGHTER } from './.esbuild/lighter.mjs';
import { makeLists } from './src/server/offer/make-lists.ts';

const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'));

/** What require() loads: an import() becomes one as well. */
const COMMON_JS = { format: 'cjs', supported: { 'dynamic-import': false } };

const DIST = new URL('dist/', import.meta.url);

/** What is started or loaded by its name; all that they share stands once, in files beside them. */
const ENTRIES = {
  extension: 'src/extension.ts',
  'server-process': 'src/server/process.ts',
  'server-thread': 'src/server/thread.ts',
  sandbox: 'src/sandbox/start.ts',
};

/**
 * The first files of the server and of its thread share nothing and load the others by themselves: so they can say what
 * is missing, a file beside them or a newer Node.js, and load with what was compiled before.
 */
const FIRST = { server: 'src/server/main.ts', 'server-reading': 'src/server/reading.ts' };

/** @type {Pick<import('esbuild').BuildOptions, 'platform' | 'target' | 'minify' | 'legalComments' | 'logLevel'>} */
const common = {
  platform: 'node',
  // The server tells an older Node.js what it needs, so that much must run there.
  target: 'node20',
  minify: true,
  // The licences of all that is bundled stand in one file beside the bundles.
  legalComments: 'none',
  logLevel: 'warning',
};

const define = {
  HEADLESS_GMAIL_VERSION: JSON.stringify(version),
  // In a text of its own: what is written into the code as an object is read slower.
  HEADLESS_GMAIL_LISTS: JSON.stringify(JSON.stringify(makeLists())),
  HEADLESS_GMAIL_ICON: JSON.stringify(dataUri('media/icon-48.png')),
};

const { outputFiles, metafile } = await build({
  ...common,
  entryPoints: ENTRIES,
  outdir: 'dist',
  bundle: true,
  // Only ES modules are split.
  format: 'esm',
  splitting: true,
  chunkNames: 'part-[hash]',
  external: ['vscode'],
  plugins: LIGHTER,
  write: false,
  metafile: true,
  define,
});

assertNamed(metafile);
rmSync(DIST, { recursive: true, force: true });
mkdirSync(DIST);
const texts = withoutIdleImports(outputFiles, metafile.outputs);
const files = await writtenFiles(texts, filesToJoin(metafile.outputs), { ...common, ...COMMON_JS });
const names = finalNames(metafile.outputs);
const hash = createHash('sha256');
for (const [file, code] of files) {
  const renamed = code.replaceAll(/\bpart-\w{8}\.js/g, (name) => names.get(name) ?? name);
  hash.update(renamed);
  writeFileSync(new URL(names.get(file) ?? file, DIST), renamed);
}
await build({
  ...common,
  ...COMMON_JS,
  entryPoints: FIRST,
  outdir: 'dist',
  bundle: true,
  define: {
    ...define,
    HEADLESS_GMAIL_BUILD: JSON.stringify(`${version}-${hash.digest('hex').slice(0, 16)}`),
    HEADLESS_GMAIL_FILES: JSON.stringify([...SERVER_ENTRIES, 'server-reading.js', ...names.values()]),
  },
});
writeFileSync(
  new URL('third-party-notices.txt', DIST),
  notices(Object.keys(metafile.inputs).filter((file) => !isReplaced(file))),
);

/** What the server loads is named after it: it can be taken elsewhere, and runs beside these alone. */
function finalNames(outputs) {
  const needed = new Set(SERVER_ENTRIES.flatMap((name) => [...reached(outputs, name)]));
  const parts = [...files.keys()].filter((name) => needed.has(name) && name.startsWith('part-'));
  return new Map(parts.map((name) => [name, name.replace('part-', 'server-')]));
}

/** A picture for the server's own description, which clients take from it as text. */
function dataUri(file) {
  return `data:image/png;base64,${readFileSync(new URL(file, import.meta.url)).toString('base64')}`;
}

/** The licence of every package of which a file was bundled; where several differ in their holders alone, it stands once. */
function notices(inputs) {
  const folders = inputs.map((file) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1]);
  const all = [...new Set(folders.filter(Boolean))].sort().map(noticeOf);
  return [...Map.groupBy(all, ({ words }) => words).values()]
    .map(
      (same) => `${same.map(({ title, holders }) => [title, ...holders].join('\n  ')).join('\n')}\n\n${same[0].text}\n`,
    )
    .join(`\n${'-'.repeat(80)}\n\n`);
}

/** A licence, what names its holders, and its words however they are set. */
function noticeOf(folder) {
  const lines = licenceOf(folder).split(/\r?\n/);
  const names = (line) => /^\s*(?:copyright (?:\(c\)|©|\d{4})|(?:\(c\)|©) ?\d{4})/i.test(line);
  const text = lines
    .filter((line) => !names(line))
    .join('\n')
    .trim();
  const words = text
    .replace(/^(?:\(?the )?\(?mit\)?(?: license)?\)?(?: \(mit\))?$/im, '')
    .replace(/[\s"'“”]+/g, ' ')
    .trim();
  return { title: titleOf(folder), holders: lines.filter(names).map((line) => line.trim()), text, words };
}

function titleOf(folder) {
  const { name, version, license } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'));
  return `${name} ${version} (${license})`;
}

function licenceOf(folder) {
  const files = readdirSync(folder).filter((entry) => /^(?:licen[sc]e|copying)/i.test(entry));
  // Of several to choose from it is MIT's.
  const file = files.find((entry) => /mit/i.test(entry)) ?? files[0];
  return file ? readFileSync(`${folder}/${file}`, 'utf8').trim() : 'The package carries no text of its licence.';
}
