import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, posix } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Who may import whom, as the design has it. */
const MAY_IMPORT = {
  editor: ['accounts', 'broker', 'oauth', 'shared', 'vscode'],
  accounts: ['oauth', 'shared'],
  oauth: ['shared'],
  broker: ['shared'],
  gmail: ['shared'],
  server: ['gmail', 'broker', 'oauth', 'shared'],
  sandbox: ['shared'],
  shared: [],
  'extension.ts': ['editor', 'accounts', 'oauth', 'broker', 'sandbox', 'shared', 'vscode'],
} as const satisfies Record<string, readonly string[]>;

type Place = keyof typeof MAY_IMPORT;
const PLACES = Object.keys(MAY_IMPORT) as Place[];
const ROOMS = PLACES.filter((place) => place !== 'extension.ts');
const isAllowed = (from: Place, to: string) => from === to || (MAY_IMPORT[from] as readonly string[]).includes(to);

interface Planted {
  /** File relative to src/. */
  file: string;
  specifier: string;
  statement: string;
  allowed: boolean;
}

/** Every import from every place, at both depths at which files lie, in each form that the language has. */
function plantAll(): Planted[] {
  const planted: Planted[] = [];
  for (const from of PLACES) {
    const files: [string, string][] =
      from === 'extension.ts'
        ? [['extension.ts', './']]
        : [
            [`${from}/planted.ts`, '../'],
            [`${from}/deep/planted.ts`, '../../'],
          ];
    for (const [file, up] of files) {
      const targets: [string, boolean][] = ROOMS.filter((to) => to !== from).flatMap((to): [string, boolean][] => [
        [`${up}${to}/planted.ts`, isAllowed(from, to)],
        [`${up}${to}/deep/planted.ts`, isAllowed(from, to)],
      ]);
      targets.push(['vscode', isAllowed(from, 'vscode')], ['./planted.ts', true], ['node:path', true]);
      targets.push([`${up}broker/broker-client.ts`, isAllowed(from, 'broker')]);
      // Of the broker the server may know the client half only.
      targets.push([`${up}broker/broker-server.ts`, isAllowed(from, 'broker') && from !== 'server']);
      for (const [specifier, allowed] of targets) {
        for (const statement of [
          `import { x } from '${specifier}';`,
          `import type { X } from '${specifier}';`,
          `import '${specifier}';`,
          `export * from '${specifier}';`,
          `await import('${specifier}');`,
        ]) {
          planted.push({ file, specifier, statement, allowed });
        }
      }
    }
  }
  return planted;
}

/** Runs the linter with the project's own rules and answers `file:line` of each import that it refuses. */
function lint(folder: string): Promise<Set<string>> {
  const biome = join(ROOT, 'node_modules/@biomejs/biome/bin/biome');
  const options = [
    '--only=style/noRestrictedImports',
    '--reporter=json',
    '--max-diagnostics=none',
    '--vcs-enabled=false',
  ];
  return new Promise((resolve, reject) => {
    // It ends with an error code where it finds something, which is the case here.
    execFile(
      process.execPath,
      [biome, 'lint', ...options, 'src'],
      { cwd: folder, maxBuffer: 64 * 1024 * 1024 },
      (error, stdout) => {
        try {
          const report = JSON.parse(stdout) as {
            diagnostics: { category: string; location: { path: string; start: { line: number } } }[];
          };
          const refused = report.diagnostics.filter(({ category }) => category === 'lint/style/noRestrictedImports');
          resolve(new Set(refused.map(({ location: { path, start } }) => `${path}:${start.line}`)));
        } catch (cause) {
          reject(new Error(`biome did not report: ${error?.message}`, { cause }));
        }
      },
    );
  });
}

describe('the linter and the table of rooms', () => {
  let folder: string;
  let refused: Set<string>;
  const files = Map.groupBy(plantAll(), ({ file }) => file);

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rooms-'));
    await cp(join(ROOT, '.biome.jsonc'), join(folder, '.biome.jsonc'));
    for (const [file, planted] of files) {
      await mkdir(dirname(join(folder, 'src', file)), { recursive: true });
      await writeFile(join(folder, 'src', file), planted.map(({ statement }) => `${statement}\n`).join(''));
    }
    refused = await lint(folder);
  });
  after(() => rm(folder, { recursive: true, force: true }));

  for (const [file, planted] of files) {
    for (const [specifier, statements] of Map.groupBy(planted, (one) => one.specifier)) {
      const allowed = statements[0]?.allowed ?? false;
      it(`${allowed ? 'let' : 'do not let'} ${file} import ${specifier}`, () => {
        for (const one of statements) {
          const line = planted.indexOf(one) + 1;
          assert.equal(refused.has(`src/${file}:${line}`), !allowed, one.statement);
        }
      });
    }
  }
});

describe('the source', () => {
  const sources = async () =>
    (await readdir(join(ROOT, 'src'), { recursive: true })).map(toPosix).filter((file) => file.endsWith('.ts'));

  it('lies in the rooms of the table, at a depth that the rules reach', async () => {
    for (const file of await sources()) {
      const [place = '', ...rest] = file.split('/');
      assert.ok(
        PLACES.some((known) => known === place),
        `${file} is in no room`,
      );
      assert.ok(rest.length <= 2, `${file} lies too deep`);
    }
  });

  // However an import is spelled, and whatever a comment tells the linter.
  it('keeps the table', async () => {
    for (const file of await sources()) {
      const place = PLACES.find((known) => file.split('/')[0] === known);
      const text = await readFile(join(ROOT, 'src', file), 'utf8');
      for (const [, specifier = ''] of text.matchAll(/\b(?:from|import)\s*\(?\s*['"](\.[^'"]*|vscode)['"]/g)) {
        const target = specifier === 'vscode' ? 'vscode' : posix.join(posix.dirname(file), specifier).split('/')[0];
        assert.ok(place && isAllowed(place, target ?? ''), `${file} imports ${specifier}`);
        if (place === 'server') assert.doesNotMatch(specifier, /broker-server/, file);
      }
    }
  });
});

const toPosix = (path: string) => path.replaceAll('\\', '/');
