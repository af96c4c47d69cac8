import {
  closeSync,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { Script } from 'node:vm';
import { crc32 } from 'node:zlib';

/** What `require` gives a module, as a function of it (https://nodejs.org/api/modules.html#the-module-wrapper). */
const WRAPPER = ['(function (exports, require, module) {', '\n})'] as const;

/** By how much more must be known of a file than is kept of it, so that it is worth to be kept anew. */
const GROWN = 1.03;

/** The length of the check sum behind what is kept, in bytes. */
const SUM = 4;

/** What all but the largest of a build's files and of what is kept of them take, in bytes. */
const ROOM = 1024 * 1024;

interface Loaded {
  module: { exports: object };
  script: Script;
  /** The sum of its text, with which that of what is kept of it begins. */
  sum: number;
  /** The size of what is kept of it, in bytes; 0 where nothing is. */
  kept: number;
}

/**
 * The files of one build beside each other, loaded with what V8 has compiled of them before. Node.js has such a cache
 * (`module.enableCompileCache`), but keeps of a file what is compiled when it is loaded: all functions that are called
 * later are compiled by every process anew, which takes half of the time of a first call. So here it is kept once they
 * have been called (https://nodejs.org/api/vm.html#scriptcreatecacheddata).
 */
export class CompiledCode {
  readonly #files: string;
  readonly #folder: string | undefined;
  readonly #require: NodeJS.Require;
  readonly #loaded = new Map<string, Loaded>();
  /** What was read last: one place for all of it, since memory that is new takes longer than to read. */
  #room = Buffer.allocUnsafeSlow(ROOM);

  /**
   * @param files the folder of the build
   * @param folder where what is compiled is kept: of this build, for one kind of thread, and for its user alone, since
   * it is executed; nowhere where absent
   */
  constructor(files: string, folder: string | undefined) {
    this.#files = files;
    // Its check sum comes with Node.js 22.2.
    this.#folder = typeof crc32 === 'function' ? folder : undefined;
    this.#require = createRequire(path.join(files, 'server.js'));
  }

  /**
   * Loads a file of the build as `require` does, and what it loads.
   *
   * @param name without its folder
   */
  load<T extends object>(name: string): T {
    const loaded = this.#loaded.get(name) ?? this.#run(name);
    return (loaded?.module.exports ?? this.#require(`./${name}`)) as T;
  }

  /**
   * Keeps what is compiled by now, for the next process. Not to be called once flags of V8 are changed: what it compiles
   * then it does not take back. What cannot be kept is compiled again.
   *
   * @param which files: those of which nothing is kept, or also those of which notably more is compiled than is kept
   */
  keep(which: 'new' | 'grown'): void {
    if (this.#folder === undefined) return;
    for (const [name, loaded] of this.#loaded) {
      if (which === 'new' && loaded.kept > 0) continue;
      const data = loaded.script.createCachedData();
      if (data.length <= loaded.kept * GROWN) continue;
      try {
        mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
        writeWhole(path.join(this.#folder, name), data, loaded.sum);
        loaded.kept = data.length;
      } catch {
        // No room, or no right to write.
      }
    }
  }

  #run(name: string): Loaded | undefined {
    if (this.#folder === undefined) return undefined;
    const file = path.join(this.#files, name);
    const code = this.#read(file, WRAPPER);
    const sum = crc32(code);
    const text = code.toString();
    const cachedData = this.#readKept(path.join(this.#folder, name), sum);
    const script = new Script(text, { filename: file, ...(cachedData ? { cachedData } : {}) });
    const isTaken = cachedData !== undefined && script.cachedDataRejected === false;
    const module = { exports: {} };
    const loaded = { script, sum, kept: isTaken ? cachedData.length : 0, module };
    // Before it runs, since what it loads may load it.
    this.#loaded.set(name, loaded);
    try {
      const require = (id: string) => (id.startsWith('./') ? this.load(id.slice('./'.length)) : this.#require(id));
      script.runInThisContext()(module.exports, require, module);
      return loaded;
    } catch (error) {
      this.#loaded.delete(name);
      throw error;
    }
  }

  /**
   * What is kept of a text; undefined where there is nothing, it is not whole, over which V8 would crash, or of another
   * text: V8 itself looks at the length of that alone. It is there until something else is read.
   */
  #readKept(file: string, sum: number): Buffer | undefined {
    try {
      // To open anything else may wait without end.
      if (!lstatSync(file).isFile()) return undefined;
      const bytes = this.#read(file);
      const data = bytes.subarray(0, -SUM);
      return data.length > 0 && crc32(data, sum) === bytes.readUInt32LE(data.length) ? data : undefined;
    } catch {
      return undefined;
    }
  }

  /** A file between two texts, which are ASCII. It is there until something else is read. */
  #read(file: string, [before, behind]: readonly [string, string] = ['', '']): Buffer {
    const descriptor = openSync(file, 'r');
    try {
      const { size } = fstatSync(descriptor);
      const length = before.length + size + behind.length;
      if (length > this.#room.length) this.#room = Buffer.allocUnsafeSlow(length);
      this.#room.write(before, 'latin1');
      let end = before.length;
      for (let read = -1; read !== 0 && end < before.length + size; end += read) {
        read = readSync(descriptor, this.#room, end, before.length + size - end, null);
      }
      this.#room.write(behind, end, 'latin1');
      return this.#room.subarray(0, end + behind.length);
    } finally {
      closeSync(descriptor);
    }
  }
}

/**
 * Writes it beside the file and puts it in its place, since other processes read the same. What two spoil that write at
 * once, or a computer that loses its power, is found out by the sum; so nobody waits for the disk.
 */
function writeWhole(file: string, data: Buffer, sum: number): void {
  const end = Buffer.alloc(SUM);
  end.writeUInt32LE(crc32(data, sum));
  const beside = `${file}.new`;
  rmSync(beside, { force: true });
  try {
    writeFileSync(beside, Buffer.concat([data, end]), { flag: 'wx', mode: 0o600 });
    renameSync(beside, file);
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
}
