import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { CompiledCode } from '../../../../src/shared/compiled/compiled-code.ts';

interface Words {
  say(): string;
}

describe('files that are loaded with what was compiled of them', () => {
  let files: string;
  let folder: string;
  beforeEach(() => {
    files = mkdtempSync(path.join(tmpdir(), 'hg-build-'));
    folder = path.join(files, 'kept', 'process');
  });
  afterEach(() => rmSync(files, { recursive: true, force: true }));

  const write = (name: string, text: string) => writeFileSync(path.join(files, name), text);
  const say = (word: string) => `exports.say = function () { return '${word}'; };`;
  const sizeOf = (name: string) => statSync(path.join(folder, name)).size;
  /** Loads it, calls its function, and keeps what is compiled. */
  const loadAndKeep = (name: string) => {
    const code = new CompiledCode(files, folder);
    const said = code.load<Words>(name).say();
    code.keep('grown');
    return said;
  };

  it('are taken as they were kept: nothing is kept anew', () => {
    write('one.js', say('old'));
    assert.equal(loadAndKeep('one.js'), 'old');
    const { ino } = statSync(path.join(folder, 'one.js'));
    assert.equal(loadAndKeep('one.js'), 'old');
    assert.equal(statSync(path.join(folder, 'one.js')).ino, ino);
  });

  it('are compiled anew where what is kept is damaged, cut, empty, of another text or no such thing', () => {
    write('one.js', say('old'));
    loadAndKeep('one.js');
    const kept = path.join(folder, 'one.js');
    const whole = readFileSync(kept);
    const flipped = Buffer.from(whole);
    flipped.writeUInt8(flipped.readUInt8(200) ^ 1, 200);
    const zeroed = Buffer.from(whole).fill(0, whole.length / 2);
    write('one.js', say('new'));
    const others = [flipped, zeroed, whole.subarray(0, -9), Buffer.alloc(0), Buffer.alloc(4), Buffer.from('text')];
    // The length of the text is the same.
    for (const bytes of [whole, ...others]) {
      writeFileSync(kept, bytes);
      assert.equal(loadAndKeep('one.js'), 'new');
      assert.equal(readFileSync(kept).length, whole.length);
    }
    write('one.js', say('longer'));
    assert.equal(loadAndKeep('one.js'), 'longer');
  });

  it('run, and are kept again when they can, where something else is in the place of what is kept', () => {
    write('one.js', say('one'));
    write('two.js', say('two'));
    const kept = path.join(folder, 'one.js');
    const inPlace = (place: string, make: (place: string) => void) => {
      rmSync(folder, { recursive: true, force: true });
      mkdirSync(folder, { recursive: true });
      make(place);
      const code = new CompiledCode(files, folder);
      for (const word of ['one', 'two']) assert.equal(code.load<Words>(`${word}.js`).say(), word);
      code.keep('grown');
      // One that cannot be kept does not stop the others.
      assert.ok(sizeOf('two.js') > 0);
    };
    inPlace(kept, (place) => mkdirSync(path.join(place, 'within'), { recursive: true }));
    inPlace(`${kept}.new`, (place) => writeFileSync(place, 'left behind'));
    assert.deepEqual(readdirSync(folder).sort(), ['one.js', 'two.js']);
    if (process.platform === 'win32') return;
    for (const place of [kept, `${kept}.new`]) {
      inPlace(place, () => execFileSync('mkfifo', [place]));
      inPlace(place, () => symlinkSync(path.join(files, 'elsewhere'), place));
      assert.deepEqual(readdirSync(folder).sort(), ['one.js', 'two.js']);
      assert.ok(!existsSync(path.join(files, 'elsewhere')));
    }
  });

  it('are kept with the functions that were called, and anew when there are more of these', () => {
    const body = Array.from({ length: 40 }, (_, at) => `const v${at} = [${at}, 'text ${at}'];`).join('\n');
    write('one.js', `exports.say = function () { ${body} return 'more'; }; exports.other = 1;`);
    const code = new CompiledCode(files, folder);
    code.load('one.js');
    code.keep('new');
    const loaded = sizeOf('one.js');
    code.load<Words>('one.js').say();
    code.keep('new');
    assert.equal(sizeOf('one.js'), loaded);
    code.keep('grown');
    assert.ok(sizeOf('one.js') > loaded);
    const { ino } = statSync(path.join(folder, 'one.js'));
    loadAndKeep('one.js');
    assert.equal(statSync(path.join(folder, 'one.js')).ino, ino);
  });

  it('load each other and what Node.js has, each once, also in a circle', () => {
    write('a.js', `module.exports = { say: () => b.name + require('node:path').sep }; const b = require('./b.js');`);
    write(
      'b.js',
      `const a = require('./a.js'); exports.name = typeof a.say; globalThis.loads = (globalThis.loads ?? 0) + 1;`,
    );
    const code = new CompiledCode(files, folder);
    assert.equal(code.load<Words>('a.js').say(), `function${path.sep}`);
    code.load('b.js');
    assert.equal(Reflect.get(globalThis, 'loads'), 1);
    Reflect.deleteProperty(globalThis, 'loads');
  });

  it('say what is wrong with one, and are tried again', () => {
    write('one.js', `throw new Error('not yet')`);
    const code = new CompiledCode(files, folder);
    assert.throws(() => code.load('one.js'), /not yet/);
    write('one.js', 'module.exports = { say: () => "now" };');
    assert.equal(code.load<Words>('one.js').say(), 'now');
    assert.throws(() => code.load('none.js'), /none\.js/);
  });

  it('are the user’s alone where they are kept, and nothing lies beside them', () => {
    write('one.js', say('word'));
    loadAndKeep('one.js');
    assert.deepEqual(readdirSync(folder), ['one.js']);
    if (process.platform === 'win32') return;
    assert.equal(statSync(path.join(folder, 'one.js')).mode & 0o777, 0o600);
    for (const made of [folder, path.dirname(folder)]) assert.equal(statSync(made).mode & 0o777, 0o700);
  });

  it('run where nothing can be kept, and keep nothing where they shall not', () => {
    write('one.js', say('word'));
    write('file', '');
    const blocked = new CompiledCode(files, path.join(files, 'file', 'process'));
    assert.equal(blocked.load<Words>('one.js').say(), 'word');
    blocked.keep('grown');
    const none = new CompiledCode(files, undefined);
    assert.equal(none.load<Words>('one.js').say(), 'word');
    none.keep('grown');
    assert.ok(!existsSync(folder));
  });
});
