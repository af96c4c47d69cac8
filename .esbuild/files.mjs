import path from 'node:path';
import { build, transform } from 'esbuild';

/**
 * @typedef {import('esbuild').Metafile['outputs']} Outputs
 * @typedef {{ name: string, members: string[] }} Joined a file, and the chunks that it holds beside what it is itself
 */

/** The server's own: a process, and a thread that reads mail. */
export const SERVER_ENTRIES = ['server-process.js', 'server-thread.js'];

/** What the server loads at once when it starts. */
const START = 'src/server/create-server.ts';

/** Of what it may load at once later, each process needs its own. */
const OWN_STEPS = [
  'src/credentials/from-editor.ts',
  'src/credentials/from-environment.ts',
  'src/credentials/from-arguments.ts',
  'src/mailbox/reading/reading-thread.ts',
  'src/server/thread.ts',
];

/** What all processes load at once for a call, in this order. */
const STEPS = [
  'src/shared/google/google-auth.ts',
  'src/server/work.ts',
  'src/server/call/call-context.ts',
  'src/gmail/connection/connection.ts',
  'src/gmail/connection/google-library.ts',
  'src/server/call/rehearse-search.ts',
  'src/oauth/rehearse-token.ts',
];

/**
 * What the server alone loads later than that, is smaller and needs nothing larger goes together, in bytes: alone each is
 * little more than its frame.
 */
const SMALL = 12_000;

/**
 * Chunks that are loaded together become one file: whatever loads a file looks for it, reads it and compiles it, which
 * takes longer than the few lines that most of them hold. Entries run when they are loaded, so nothing is put into
 * theirs. What the server never loads, or its reading thread, is not joined with what it does, nor what one of its steps
 * needs with what only a later one does: but of what VS Code's window loads at its start, which is little, no more is
 * told apart than the server's start.
 *
 * @param {Outputs} outputs
 * @returns {Joined[]}
 */
export function filesToJoin(outputs) {
  const names = Object.keys(outputs).map(nameOf);
  const atOnce = (source) => reached(outputs, outputOf(outputs, source), ['import-statement']);
  const of = (entry) => reached(outputs, entry);
  const [window, start] = [atOnce('src/editor/window.ts'), atOnce(START)];
  const [own, steps] = [OWN_STEPS.map(atOnce), STEPS.map(atOnce)];
  const others = names.filter((name) => !isChunk(name) && name !== 'extension.js').map(of);
  const server = SERVER_ENTRIES.map(of);
  const isEarly = (name) => [window, start, ...own, ...steps].some((files) => files.has(name));
  const late = names.filter((name) => isChunk(name) && !isEarly(name));
  const large = late.filter((name) => outputs[`dist/${name}`].bytes > SMALL);
  const needed = (name) => reached(outputs, name, ['import-statement']);
  // A file that is loaded by what it loads would be found half made.
  const behindLarge = new Set(large.flatMap((name) => [...needed(name)]));
  // What a library loads by itself may be wanted before all else.
  const isOurs = ({ entryPoint = 'src/' }) => entryPoint.startsWith('src/');
  const ofWindow = of('extension.js');
  const isLight = (name) =>
    isOurs(outputs[`dist/${name}`]) &&
    !ofWindow.has(name) &&
    !behindLarge.has(name) &&
    !large.some((other) => needed(name).has(other));
  const joined = names.filter((name) => isChunk(name) && (isEarly(name) || isLight(name))).sort();
  /** By which steps it is loaded; what is there from the start, or in the window, by none. */
  const stepOf = (name) =>
    start.has(name) || window.has(name) ? '' : [...own.map(holds(name)), steps.findIndex(holds(name))];
  const groups = Map.groupBy(joined, (name) => {
    const isOwn = !others.some((files) => files.has(name));
    return isOwn ? 'window' : [window, start, ...server].map(holds(name)).join() + stepOf(name);
  });
  return [...groups]
    .map(([, members]) => ({ name: members[0] ?? '', members }))
    .filter(({ name, members }) => !members.includes(name) || members.length > 1);
}

/**
 * @param {import('esbuild').Metafile} metafile
 * @throws Error where a file is a CommonJS module that something loads by `import()`: whoever takes one of its names from
 * there finds nothing
 */
export function assertNamed({ inputs, outputs }) {
  for (const { entryPoint = '' } of Object.values(outputs)) {
    if (inputs[entryPoint]?.format !== 'cjs') continue;
    throw new Error(`${entryPoint} is loaded by import() and has no names there: see namesOfLater in lighter.mjs.`);
  }
}

const holds = (name) => (files) => files.has(name);

/**
 * The modules without the imports by which esbuild has every entry load its own helpers, whether or not it uses them.
 *
 * @param {import('esbuild').OutputFile[]} files
 * @param {Outputs} outputs
 * @returns {Map<string, string>} the text of each, by its name
 */
export function withoutIdleImports(files, outputs) {
  const helpers = Object.keys(outputs).filter((file) => Object.keys(outputs[file].inputs).length === 0);
  const imports = helpers.map((file) => `import"./${nameOf(file)}";`);
  return new Map(
    files.map(({ path: file, text }) => [
      path.basename(file),
      imports.reduce((code, statement) => code.replace(statement, ''), text),
    ]),
  );
}

/**
 * The files as they stand in the end: CommonJS, each joined one in place of its chunks.
 *
 * @param {Map<string, string>} texts ES modules, by their names
 * @param {Joined[]} joined
 * @param {import('esbuild').BuildOptions} options
 * @returns {Promise<Map<string, string>>} the code of each, by its name
 */
export async function writtenFiles(texts, joined, options) {
  const places = new Map(joined.flatMap(({ name, members }) => members.map((member) => [member, name])));
  const written = [...texts.keys()].filter((name) => (places.get(name) ?? name) === name);
  const codes = written.map(async (name) => {
    const members = joined.find((file) => file.name === name)?.members;
    const code = members ? await bundled(name, members, texts, options) : await transformed(texts.get(name), options);
    return [
      name,
      inAscii(code.replaceAll(/\brequire\("\.\/([\w-]+\.js)"\)/g, (call, file) => placed(call, file, places))),
    ];
  });
  return new Map(await Promise.all(codes));
}

/** All that a file loads at once, or where it is asked for all that it may load, itself included. */
export function reached(outputs, name, kinds = ['import-statement', 'dynamic-import']) {
  const found = new Set();
  const follow = (file) => {
    const output = outputs[`dist/${file}`];
    if (!output || found.has(file)) return;
    found.add(file);
    for (const { path: next, kind } of output.imports) if (kinds.includes(kind)) follow(nameOf(next));
  };
  follow(name);
  return found;
}

/** The file that a source became of which the build knows that it is loaded by itself. */
function outputOf(outputs, source) {
  const [name] = Object.entries(outputs).find(([, { entryPoint }]) => entryPoint === source) ?? [];
  if (name === undefined) throw new Error(`Nothing loads ${source} by itself any more.`);
  return nameOf(name);
}

const nameOf = (file) => path.basename(file);
const isChunk = (name) => name.startsWith('part-');

/** What a chunk exports is one object of the file that it stands in: their short names are the same again and again. */
const objectOf = (chunk) => path.basename(chunk, '.js').replace('-', '_');

function placed(call, file, places) {
  const place = places.get(file);
  return place ? `require("./${place}").${objectOf(file)}` : call;
}

async function transformed(text, options) {
  const { code } = await transform(text, options);
  return code;
}

/**
 * The code without any other letter than ASCII's: with a single one V8 keeps the whole text of a file in twice the memory.
 * esbuild has escaped all but those in patterns, where an escape means the letter as well.
 */
function inAscii(code) {
  const [wrong] = /(?<!\\)(?:\\\\)*\\[\u0080-\uffff]/.exec(code) ?? [];
  if (wrong !== undefined) throw new Error(`A letter cannot be escaped behind a backslash: ${wrong}`);
  const escaped = (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return code.replaceAll(/[\u0080-\uffff]/g, escaped);
}

async function bundled(name, members, texts, options) {
  const own = members.includes(name) ? [] : [`export * from './${name}';`];
  const chunks = members.map((member) => `export * as ${objectOf(member)} from './${member}';`);
  const within = new Set([name, ...members]);
  /** @type {import('esbuild').Plugin} */
  const inMemory = {
    name: 'in-memory',
    setup: ({ onResolve, onLoad }) => {
      onResolve({ filter: /^\.\// }, ({ path: file }) =>
        within.has(nameOf(file)) ? { path: nameOf(file), namespace: 'output' } : { path: file, external: true },
      );
      onLoad({ filter: /./, namespace: 'output' }, ({ path: file }) => ({ contents: texts.get(file) }));
    },
  };
  const stdin = { contents: [...own, ...chunks].join('\n'), resolveDir: '.' };
  const bundle = { bundle: true, write: false, external: ['vscode'], plugins: [inMemory] };
  const { outputFiles } = await build({ ...options, ...bundle, stdin });
  // Whoever takes a chunk's default export must know that it is one (https://esbuild.github.io/content-types/#default-interop).
  const marks = members
    .map(objectOf)
    .map((chunk) => `Object.defineProperty(module.exports.${chunk},"__esModule",{value:!0});`);
  return [outputFiles[0]?.text ?? '', ...marks].join('');
}
