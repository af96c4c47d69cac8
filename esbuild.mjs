import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { build } from 'esbuild';

const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'));

rmSync(new URL('dist', import.meta.url), { recursive: true, force: true });

/** @type {import('esbuild').BuildOptions} */
const common = {
  bundle: true,
  platform: 'node',
  format: 'cjs',
  // The server tells an older Node.js what it needs, so that much must run there.
  target: 'node20',
  minify: true,
  // The licences of all that is bundled stand in one file beside the bundles.
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
  define: {
    HEADLESS_GMAIL_VERSION: JSON.stringify(version),
    HEADLESS_GMAIL_ICON: JSON.stringify(dataUri('media/icon-48.png')),
  },
};

/**
 * Google's library in a file of its own, which the extension loads for a request to Google alone: in its bundle it would
 * be a third of what each start of a window reads.
 *
 * @type {import('esbuild').Plugin}
 */
const googleApart = {
  name: 'google-apart',
  setup: ({ onResolve }) => {
    onResolve({ filter: /\/google\/google-auth\.ts$/ }, () => ({ path: './google.js', external: true }));
  },
};

const bundles = await Promise.all([
  build({
    ...common,
    entryPoints: ['src/extension.ts'],
    outfile: 'dist/extension.js',
    external: ['vscode', './sandbox.js'],
    plugins: [googleApart],
    // The extension host knows a require() of an extension, as it always has.
    supported: { 'dynamic-import': false },
  }),
  build({ ...common, entryPoints: ['src/shared/google/google-auth.ts'], outfile: 'dist/google.js' }),
  build({ ...common, entryPoints: ['src/server/main.ts'], outfile: 'dist/server.js' }),
  build({ ...common, entryPoints: ['src/server/reading.ts'], outfile: 'dist/server-reading.js' }),
  build({ ...common, entryPoints: ['src/sandbox/start.ts'], outfile: 'dist/sandbox.js' }),
]);

writeFileSync('dist/third-party-notices.txt', notices(bundles.flatMap(({ metafile }) => Object.keys(metafile.inputs))));

/** A picture for the server's own description, which clients take from it as text. */
function dataUri(file) {
  return `data:image/png;base64,${readFileSync(new URL(file, import.meta.url)).toString('base64')}`;
}

/** The licence of every package of which a file was bundled. */
function notices(inputs) {
  const folders = inputs.map((file) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1]);
  return [...new Set(folders.filter(Boolean))]
    .sort()
    .map(notice)
    .join(`\n${'-'.repeat(80)}\n\n`);
}

function notice(folder) {
  const { name, version, license } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'));
  const file = readdirSync(folder).find((entry) => /^(licen[sc]e|copying)/i.test(entry));
  const text = file ? readFileSync(`${folder}/${file}`, 'utf8').trim() : 'The package carries no text of its licence.';
  return `${name} ${version} (${license})\n\n${text}\n`;
}
