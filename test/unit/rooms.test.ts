import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import {
  DEEPEST,
  depthsOf,
  isAllowed,
  KEPT_FROM_SERVER,
  KEPT_PACKAGES,
  linterRules,
  MAY_IMPORT,
  PLACES,
  type Place,
  pathUp,
  ROOMS,
} from '../support/rooms.ts';
import { ROOT, sourceFiles } from '../support/source-files.ts';

/** Lines of a room, the sandbox aside, and files of a folder, those aside that hold one thing a file. */
const LARGEST_ROOM = 4500;
const FULLEST_FOLDER = 12;
const ONE_THING_A_FILE = ['server/tools', 'sandbox/seed'];

interface Planted {
  statement: string;
  isAllowed: boolean;
}

/** A file of each place at each depth, with imports of everything that there is. */
function plantAll(): Map<string, Planted[]> {
  const files = PLACES.flatMap((place) =>
    depthsOf(place).map((depth): [string, Planted[]] => {
      const path = place === 'extension.ts' ? place : `${place}/${'deep/'.repeat(depth)}planted.ts`;
      return [path, plant(place, depth)];
    }),
  );
  return new Map(files);
}

function plant(place: Place, depth: number): Planted[] {
  const up = pathUp(place, depth);
  const others = ROOMS.filter((room) => room !== place);
  const paths: [string, boolean][] = [
    ...others.flatMap((room): [string, boolean][] => [
      [`${up}${room}/planted.ts`, isAllowed(place, room)],
      [`${up}${room}/deep/planted.ts`, isAllowed(place, room)],
    ]),
    ...(place === 'server' ? [[`${up}${KEPT_FROM_SERVER}`, false] satisfies [string, boolean]] : []),
    // An inner room may have the name of a room.
    ...(depth > 0 ? others.map((room): [string, boolean] => [`../${room}/planted.ts`, true]) : []),
    ...Object.entries(KEPT_PACKAGES).flatMap(([name, places]): [string, boolean][] => [
      [name, places.includes(place)],
      [`${name}/deep/index.js`, places.includes(place)],
    ]),
    ['./planted.ts', place !== 'extension.ts'],
    ['node:path', true],
  ];
  const refused = paths.find(([, allowed]) => !allowed)?.[0] ?? '';
  return [
    ...paths.map(([path, allowed]) => ({ statement: `import type { X } from '${path}';`, isAllowed: allowed })),
    // In each form that the language has.
    ...[
      `import { x } from '${refused}';`,
      `import '${refused}';`,
      `export * from '${refused}';`,
      `await import('${refused}');`,
    ].map((statement) => ({ statement, isAllowed: false })),
  ];
}

/** Two files each that import one another in one form of the language. */
const CIRCLES = {
  value: (other: string) => `import { x } from './${other}.ts';\nexport const y = x;\n`,
  type: (other: string) => `import type { X } from './${other}.ts';\nexport type Y = X;\n`,
  dynamic: (other: string) => `export const x = () => import('./${other}.ts');\n`,
  again: (other: string) => `export * from './${other}.ts';\n`,
};

interface Report {
  diagnostics: { category: string; location: { path: string; start: { line: number } } }[];
}

/** Runs the linter with the project's own rules. Answers `rule file:line` of each line that it refuses. */
async function lint(folder: string): Promise<Set<string>> {
  const biome = join(ROOT, 'node_modules/@biomejs/biome/bin/biome');
  const rules = ['style/noRestrictedImports', 'suspicious/noImportCycles'].map((rule) => `--only=${rule}`);
  const options = [...rules, '--reporter=json', '--max-diagnostics=none', '--vcs-enabled=false'];
  const { promise, resolve } = Promise.withResolvers<string>();
  // It ends with an error code where it finds something, which is the case here.
  execFile(
    process.execPath,
    [biome, 'lint', ...options, 'src'],
    { cwd: folder, maxBuffer: 64 * 1024 * 1024 },
    (_error, stdout) => resolve(stdout),
  );
  const { diagnostics } = JSON.parse(await promise) as Report;
  return new Set(
    diagnostics.map(({ category, location: { path, start } }) => `${category.split('/').at(-1)} ${path}:${start.line}`),
  );
}

describe('the linter', () => {
  let folder: string;
  let refused: Set<string>;
  const files = plantAll();

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rooms-'));
    for (const file of ['.biome.jsonc', '.biome.rooms.json']) await cp(join(ROOT, file), join(folder, file));
    const put = async (path: string, text: string) => {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    };
    for (const [file, planted] of files) {
      await put(`src/${file}`, planted.map(({ statement }) => `${statement}\n`).join(''));
    }
    for (const [form, write] of Object.entries(CIRCLES)) {
      await put(`src/shared/${form}-a.ts`, write(`${form}-b`));
      await put(`src/shared/${form}-b.ts`, write(`${form}-a`));
    }
    refused = await lint(folder);
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it('has the rules that the list asks for (npm run rooms)', () => {
    assert.deepEqual(JSON.parse(readFileSync(`${ROOT}.biome.rooms.json`, 'utf8')), linterRules());
  });

  for (const [file, planted] of files) {
    it(`lets ${file} import what the list allows, and nothing else`, () => {
      const isRefused = (_: Planted, index: number) => refused.has(`noRestrictedImports src/${file}:${index + 1}`);
      assert.deepEqual(
        planted.filter(isRefused),
        planted.filter((one) => !one.isAllowed),
      );
    });
  }

  for (const form of Object.keys(CIRCLES)) {
    it(`refuses a circle of two files (${form})`, () => {
      for (const half of ['a', 'b']) assert.ok(refused.has(`noImportCycles src/shared/${form}-${half}.ts:1`), half);
    });
  }
});

describe('the source', () => {
  const files = sourceFiles();
  const placeOf = (path: string) => PLACES.find((place) => path.split('/')[0] === place);

  it('lies in the rooms of the list, at a depth that the rules reach', () => {
    const astray = files.filter(({ path }) => !placeOf(path) || path.split('/').length > DEEPEST + 2);
    assert.deepEqual(
      astray.map(({ path }) => path),
      [],
    );
  });

  // However an import is spelled, and whatever a comment tells the linter.
  it('keeps the list', () => {
    for (const { path, imports } of files) {
      const place = placeOf(path);
      assert.ok(place);
      for (const target of imports) {
        const [first = ''] = target.split('/');
        const kept = KEPT_PACKAGES[first];
        const isWithinSrc = target.endsWith('.ts');
        assert.ok(!isWithinSrc || isAllowed(place, first), `${path} imports ${target}`);
        assert.ok(!kept || kept.includes(place), `${path} imports ${target}`);
        assert.ok(place !== 'server' || target !== KEPT_FROM_SERVER, `${path} imports ${target}`);
      }
    }
  });

  it('hides no circle in a type that is imported where it is used, which the linter does not follow', () => {
    const hiding = files.filter(({ text }) => /\btypeof import\(|\bimport\('[^'\n]*'\)\.[A-Z]/.test(text));
    assert.deepEqual(
      hiding.map(({ path }) => path),
      [],
    );
  });

  it(`has no folder with more than ${FULLEST_FOLDER} files of its own`, () => {
    const folders = [...Map.groupBy(files, ({ path }) => dirname(path))];
    const full = folders.filter(
      ([folder, { length }]) => length > FULLEST_FOLDER && !ONE_THING_A_FILE.includes(folder),
    );
    assert.deepEqual(
      full.map(([folder, { length }]) => `${folder}: ${length} files`),
      [],
    );
  });

  it(`has no room of more than ${LARGEST_ROOM} lines but the sandbox`, () => {
    const rooms = Map.groupBy(files, ({ path }) => placeOf(path));
    const large = ROOMS.filter((room) => room !== 'sandbox').flatMap((room) => {
      const lines = (rooms.get(room) ?? []).reduce((sum, { text }) => sum + text.split('\n').length - 1, 0);
      return lines > LARGEST_ROOM ? [`${room}: ${lines} lines`] : [];
    });
    assert.deepEqual(large, []);
  });
});

describe('docs/architecture.md', () => {
  const lines = readFileSync(`${ROOT}docs/architecture.md`, 'utf8').split('\n');

  it('says of each room what it may import', () => {
    for (const place of PLACES) {
      const name = place === 'extension.ts' ? place : `${place}/`;
      const row = lines.find((line) => line.startsWith(`| \`${name}\` `));
      assert.equal(row?.split('|').at(-2)?.trim(), MAY_IMPORT[place].join(', ') || 'nothing', place);
    }
  });

  it('has a line for each inner room', () => {
    const folders = new Set(sourceFiles().map(({ path }) => dirname(path)));
    const isTold = (folder: string) => lines.some((line) => line.startsWith(`- \`${folder}/\`: `));
    assert.deepEqual(
      [...folders].filter((folder) => folder.includes('/') && !isTold(folder)),
      [],
    );
  });

  it('names files and folders that there are', () => {
    const names = lines.join('\n').matchAll(/`((?!dist\/|test\/unit\/<)[a-z-]+\/(?:[^`\s]*(?:\/|\.\w+))?)`/g);
    const named = new Set(Array.from(names, ([, name = '']) => name));
    const isThere = (name: string) => existsSync(`${ROOT}src/${name}`) || existsSync(ROOT + name);
    assert.ok(named.size > PLACES.length);
    assert.deepEqual(
      [...named].filter((name) => !isThere(name)),
      [],
    );
  });
});
