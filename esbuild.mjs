import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build, transform } from 'esbuild';
import { inOneForm, withoutUnreached } from './test/support/bundle/less.mjs';
import { withPackedCharsets, withPackedLists } from './test/support/bundle/packed.mjs';

const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'));

/** What require() loads: an import() becomes one as well. */
const COMMON_JS = { format: 'cjs', supported: { 'dynamic-import': false } };

/** A line of a licence that says whose it is. */
const HOLDER = /^[ \t]*(?:Portions )?Copyright (?:\(c\)|©|\d).*$\n?/gim;

const DIST = new URL('dist/', import.meta.url);

/** What is started or loaded by its name; all that they share stands once, in files beside them. */
const ENTRIES = {
  extension: 'src/extension.ts',
  'server-process': 'src/server/process.ts',
  'server-reading': 'src/server/reading.ts',
  sandbox: 'src/sandbox/start.ts',
};

/** Those of them that the server needs. */
const SERVER_ENTRIES = ['server-process.js', 'server-reading.js'];

/**
 * The server's first file shares nothing, so that it can say what is missing: a file beside it, or a newer Node.js.
 *
 * @type {import('esbuild').Plugin}
 */
const processApart = {
  name: 'process-apart',
  setup: ({ onResolve }) => {
    onResolve({ filter: /^\.\/process\.ts$/ }, () => ({ path: './server-process.js', external: true }));
  },
};

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
  // As CommonJS it is one file, of which no part can be packed.
  alias: { tldts: 'tldts/dist/es6/index.js' },
  plugins: [withoutUnreached, inOneForm, withPackedLists, withPackedCharsets],
  write: false,
  metafile: true,
  define,
});

rmSync(DIST, { recursive: true, force: true });
mkdirSync(DIST);
const names = finalNames(metafile.outputs);
for (const { path: file, text } of outputFiles) {
  const renamed = text.replaceAll(/part-\w{8}\.js/g, (name) => names.get(name) ?? name);
  // VS Code loads an extension with require(), and the server's files are no ES modules without a package.json.
  const { code } = await transform(renamed, { ...common, ...COMMON_JS });
  const name = path.basename(file);
  writeFileSync(new URL(names.get(name) ?? name, DIST), code);
}
await build({
  ...common,
  ...COMMON_JS,
  entryPoints: ['src/server/main.ts'],
  outfile: 'dist/server.js',
  bundle: true,
  plugins: [processApart],
  define: {
    ...define,
    HEADLESS_GMAIL_FILES: JSON.stringify([
      ...SERVER_ENTRIES,
      ...[...names.values()].filter((name) => name.startsWith('server-')),
    ]),
  },
});
writeFileSync(new URL('third-party-notices.txt', DIST), notices(Object.keys(metafile.inputs)));

/** What the server loads is named after it: it can be taken elsewhere, and runs beside these alone. */
function finalNames(outputs) {
  const needed = new Set();
  const follow = (output) => {
    if (needed.has(output) || !outputs[output]) return;
    needed.add(output);
    for (const { path: next } of outputs[output].imports) follow(next);
  };
  for (const name of SERVER_ENTRIES) follow(`dist/${name}`);
  const parts = Object.keys(outputs).filter((output) => path.basename(output).startsWith('part-'));
  const hashOf = (output) => path.basename(output, '.js').replace('part-', '');
  // Each name stands in many files, so it is as short as tells them apart.
  const length = [4, 5, 6, 7].find(
    (each) => new Set(parts.map((part) => hashOf(part).slice(0, each))).size === parts.length,
  );
  const nameOf = (part) => `${needed.has(part) ? 'server' : 'part'}-${hashOf(part).slice(0, length)}.js`;
  return new Map(parts.map((part) => [path.basename(part), nameOf(part)]));
}

/** A picture for the server's own description, which clients take from it as text. */
function dataUri(file) {
  return `data:image/png;base64,${readFileSync(new URL(file, import.meta.url)).toString('base64')}`;
}

/** The licence of every package of which a file was bundled. What several have in common stands once, under them all. */
function notices(inputs) {
  const folders = inputs.map((file) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1]);
  const packages = [...new Set(folders.filter(Boolean))].sort().map((folder) => ({ folder, ...licenceOf(folder) }));
  const alike = Map.groupBy(packages, ({ words }) => words.replace(/\s+/g, ' '));
  return [...alike.values()]
    .map((of) => `${of.map(titleOf).join('\n\n')}\n\n${of[0].words}\n`)
    .join(`\n${'-'.repeat(80)}\n\n`);
}

function titleOf({ folder, holders }) {
  const { name, version, license } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'));
  return [`${name} ${version} (${license})`, ...holders].join('\n');
}

/** The lines that name who holds the rights, and the words beside them. Of two licences the MIT one is taken. */
function licenceOf(folder) {
  const files = readdirSync(folder).filter((entry) => /^(licen[sc]e|copying)/i.test(entry));
  const file = files.find((entry) => /mit$/i.test(entry)) ?? files[0];
  const text = file ? readFileSync(`${folder}/${file}`, 'utf8').trim() : 'The package carries no text of its licence.';
  const holders = text.match(HOLDER) ?? [];
  return { holders: holders.map((line) => line.trim()), words: text.replace(HOLDER, '').trim() };
}
