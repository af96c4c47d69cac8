/** Lists that are long and seldom wanted come into the bundles compressed. */

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';
import { makeWordLists } from '../src/masking/codes/words/make-word-lists.ts';
import { fileFilter, PACKAGES } from './packages.mjs';

/** Tables that write characters as four hexadecimal digits; as themselves they are found again in the other tables. */
const HEXADECIMAL = ['encoding-japanese/src/utf8-to-jis-table.js', 'encoding-japanese/src/utf8-to-jisx0212-table.js'];

/** The libraries' tables of Chinese, Japanese and Korean charsets. */
const TABLES = [
  ...['shiftjis', 'eucjp', 'cp936', 'gbk-added', 'gb18030-ranges', 'cp949', 'cp950', 'big5-added'].map(
    (name) => `iconv-lite/encodings/tables/${name}.json`,
  ),
  ...HEXADECIMAL,
];

/** A character in those; below U+0080 it stays as it is. */
const DIGITS = /(?<=[,=])(?!00[0-7])[\da-f]{4}(?=[,+]|$)/g;

/**
 * The tables of charsets, compressed together: they are a fifth of all that is bundled, hardly any mail asks for one, and
 * a VSIX by itself, whose files are compressed one by one and by an older method, makes twice as much of them.
 *
 * @type {import('esbuild').Plugin}
 */
export const packedTables = {
  name: 'packed-tables',
  setup: ({ onLoad, onResolve }) => {
    const contents = `
      const packed = Buffer.from('${packed()}', 'base64');
      const apart = require('node:zlib').brotliDecompressSync(packed);
      const half = apart.length / 2;
      const bytes = apart.map((_, index) => apart[index % 2 ? index >> 1 : half + (index >> 1)]);
      const tables = JSON.parse(bytes.toString('utf16le'));
      const digits = (sign) => sign.charCodeAt(0).toString(16).padStart(4, '0');
      for (const file of ${JSON.stringify(HEXADECIMAL)}) tables[file] = tables[file].replace(/[^\\0-\\x7f]/g, digits);
      module.exports = tables;
    `;
    onResolve({ filter: /^packed-tables$/ }, () => ({ path: 'all', namespace: 'tables' }));
    onLoad({ filter: /./, namespace: 'tables' }, () => ({ contents }));
    for (const file of TABLES) {
      const table = `module.exports = require('packed-tables')[${JSON.stringify(file)}];`;
      onLoad({ filter: fileFilter(file) }, () => ({ contents: table, loader: 'js' }));
    }
    // The tables are filled when they are first wanted; only then is there a need for what fills them.
    onLoad({ filter: fileFilter('encoding-japanese/src/encoding-table.js') }, ({ path: file }) => {
      const written = readFileSync(file, 'utf8');
      const late = (text, name, from) =>
        text.replace(`var ${name} = require('${from}');`, '').replace(`(${name},`, `(require('${from}'),`);
      const jis = late(written, 'jisTableData', './utf8-to-jis-table');
      return { contents: late(jis, 'jisx0212TableData', './utf8-to-jisx0212-table') };
    });
  },
};

function packed() {
  const require = createRequire(import.meta.url);
  const character = (digits) => String.fromCharCode(Number.parseInt(digits, 16));
  const tables = TABLES.map((file) => {
    const table = require(fileURLToPath(new URL(file, PACKAGES)));
    return [file, HEXADECIMAL.includes(file) ? table.replace(DIGITS, character) : table];
  });
  // The upper bytes hardly change from one character to the next, so they stand apart from the lower ones.
  const bytes = Buffer.from(JSON.stringify(Object.fromEntries(tables)), 'utf16le');
  const [lower, upper] = [0, 1].map((half) => bytes.filter((_, index) => index % 2 === half));
  return compressed(Buffer.concat([upper, lower]));
}

/**
 * The words by which codes are known come sorted into the bundle, and compressed: to unpack them takes 1 ms.
 *
 * @type {import('esbuild').Plugin}
 */
export const sortedWords = {
  name: 'sorted-words',
  setup: ({ onLoad }) => {
    onLoad({ filter: /[\\/]words[\\/]make-word-lists\.ts$/ }, () => ({
      contents: `
        import { brotliDecompressSync } from 'node:zlib';
        const packed = '${compressed(JSON.stringify(makeWordLists()))}';
        export const makeWordLists = () => JSON.parse(brotliDecompressSync(Buffer.from(packed, 'base64')).toString());
      `,
      loader: 'js',
    }));
  },
};

/** A text or bytes as brotli (RFC 7932), in base64. */
function compressed(text) {
  const params = { [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS };
  return brotliCompressSync(text, { params }).toString('base64');
}
