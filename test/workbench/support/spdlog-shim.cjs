// Stands in for @vscode/spdlog, whose native part would need a compiler. The VS Code server writes its logs and the
// text of output channels through it. Every message is appended at once, so a log can be read as soon as it is written.
const fs = require('node:fs');
const path = require('node:path');

const LEVELS = ['trace', 'debug', 'info', 'warning', 'error', 'critical', 'off'];
const INFO = 2;

const two = (number) => String(number).padStart(2, '0');

function stamp(now) {
  const day = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  const time = `${two(now.getHours())}:${two(now.getMinutes())}:${two(now.getSeconds())}`;
  return `${day} ${time}.${String(now.getMilliseconds()).padStart(3, '0')}`;
}

class Logger {
  #file;
  #maxBytes;
  #maxFiles;
  #bytes = 0;
  #level = INFO;
  #formatted = true;
  #dropped = false;

  constructor(file, maxBytes, maxFiles) {
    this.#file = file;
    this.#maxBytes = maxBytes;
    this.#maxFiles = maxFiles;
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.appendFileSync(file, '');
    this.#bytes = fs.statSync(file).size;
  }

  /** Moves log.txt to log.1.txt and so on, as the native logger does. */
  #rotate() {
    const { dir, name, ext } = path.parse(this.#file);
    const numbered = (n) => (n === 0 ? this.#file : path.join(dir, `${name}.${n}${ext}`));
    for (let n = this.#maxFiles - 1; n > 0; n--) {
      if (fs.existsSync(numbered(n - 1))) fs.renameSync(numbered(n - 1), numbered(n));
    }
    fs.writeFileSync(this.#file, '');
    this.#bytes = 0;
  }

  #write(level, message) {
    if (this.#dropped || level < this.#level) return;
    const text = this.#formatted ? `${stamp(new Date())} [${LEVELS[level]}] ${message}\n` : String(message);
    const bytes = Buffer.byteLength(text);
    try {
      if (this.#maxBytes && this.#bytes > 0 && this.#bytes + bytes > this.#maxBytes) this.#rotate();
      fs.appendFileSync(this.#file, text);
      this.#bytes += bytes;
    } catch {
      // The profile may be gone already; a log must never break the program.
    }
  }

  trace(message) {
    this.#write(0, message);
  }
  debug(message) {
    this.#write(1, message);
  }
  info(message) {
    this.#write(2, message);
  }
  warn(message) {
    this.#write(3, message);
  }
  error(message) {
    this.#write(4, message);
  }
  critical(message) {
    this.#write(5, message);
  }
  getLevel() {
    return this.#level;
  }
  setLevel(level) {
    this.#level = level;
  }
  // The server only ever sets the pattern that #write uses.
  setPattern() {
    this.#formatted = true;
  }
  clearFormatters() {
    this.#formatted = false;
  }
  flush() {}
  drop() {
    this.#dropped = true;
  }
}

exports.version = 0;
exports.setLevel = () => {};
exports.setFlushOn = () => {};
exports.createRotatingLogger = async (_name, file, maxBytes, maxFiles) => new Logger(file, maxBytes, maxFiles);
exports.createAsyncRotatingLogger = exports.createRotatingLogger;
