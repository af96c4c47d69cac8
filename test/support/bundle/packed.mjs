import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { brotliCompressSync } from 'node:zlib';

const require = createRequire(import.meta.url);

/** An expression whose value is a buffer of these bytes. */
const inflated = (bytes) =>
  `require('node:zlib').brotliDecompressSync(Buffer.from('${brotliCompressSync(bytes).toString('base64')}', 'base64'))`;

/** An expression whose value is what JSON can say of this one. */
const packed = (value) => `JSON.parse(${inflated(JSON.stringify(value))}.toString())`;

/**
 * Lists that compress far better apart from the code. To be unpacked takes them less than a millisecond more than
 * to be parsed.
 *
 * @type {import('esbuild').Plugin}
 */
export const withPackedLists = {
  name: 'with-packed-lists',
  setup: ({ onLoad }) => {
    onLoad({ filter: /[\\/]masking[\\/]codes[\\/]words\.json$/ }, ({ path: file }) => ({
      contents: `module.exports = ${packed(JSON.parse(readFileSync(file, 'utf8')))};`,
      loader: 'js',
    }));
    // Public suffixes: a text, numbers, and arrays of whole numbers that are typed.
    onLoad({ filter: /[\\/]tldts[\\/]dist[\\/]es6[\\/]src[\\/]data[\\/]trie\.js$/ }, async ({ path: file }) => {
      const lists = Object.entries(await import(pathToFileURL(file).href));
      const plain = lists.map(([name, list]) => [name, ArrayBuffer.isView(list) ? [...list] : list]);
      const exported = lists.map(([name, list]) =>
        ArrayBuffer.isView(list)
          ? `export const ${name} = ${list.constructor.name}.from(lists.${name});`
          : `export const ${name} = lists.${name};`,
      );
      return { contents: [`const lists = ${packed(Object.fromEntries(plain))};`, ...exported].join('\n') };
    });
  },
};

/**
 * The tables of the charsets of East Asia are half of all that reads mail, and few mails want one. They stand in one
 * compressed text, which shortens what they have in common, and are unpacked when the first header wants one.
 *
 * @type {import('esbuild').Plugin}
 */
export const withPackedCharsets = {
  name: 'with-packed-charsets',
  setup: ({ onResolve, onLoad }) => {
    const filter = /[\\/]iconv-lite[\\/]encodings[\\/]tables[\\/].*\.json$|[\\/]utf8-to-jis(?:x0212)?-table\.js$/;
    onLoad({ filter }, ({ path: file }) => ({
      contents: `module.exports = require('packed-charsets').${tableName(file)};`,
      loader: 'js',
    }));
    onResolve({ filter: /^packed-charsets$/ }, ({ path: name }) => ({ path: name, namespace: 'packed' }));
    onLoad({ filter: /^packed-charsets$/, namespace: 'packed' }, () => ({ contents: packedCharsets() }));
    // libmime loads it at once and calls it by this name alone.
    onLoad({ filter: /[\\/]encoding-japanese[\\/]src[\\/]index\.js$/ }, ({ suffix }) =>
      suffix ? undefined : { contents: "exports.convert = (...args) => require('./index.js?whole').convert(...args);" },
    );
  },
};

const tableName = (file) => path.parse(file).name.replaceAll('-', '_');

/** Two tables write a character as four hexadecimal digits; written as themselves they pack like the others. */
const HEXADECIMAL = /(?<=[,=])(?!00[0-7])[\da-f]{4}(?=[,+]|$)/g;

/** A module of all the tables, by name. */
function packedCharsets() {
  const folder = path.join(path.dirname(require.resolve('iconv-lite/package.json')), 'encodings', 'tables');
  const tables = readdirSync(folder).map((file) => [tableName(file), require(path.join(folder, file))]);
  const japanese = ['utf8-to-jis-table', 'utf8-to-jisx0212-table'].map((file) => [
    tableName(file),
    require(`encoding-japanese/src/${file}`).replace(HEXADECIMAL, (digits) =>
      String.fromCharCode(parseInt(digits, 16)),
    ),
  ]);
  // The upper bytes of such texts hardly change, so they stand apart from the lower ones.
  const bytes = Buffer.from(JSON.stringify(Object.fromEntries([...tables, ...japanese])), 'utf16le');
  const apart = Buffer.concat([
    bytes.filter((_, index) => index % 2 === 1),
    bytes.filter((_, index) => index % 2 === 0),
  ]);
  return `
    const apart = ${inflated(apart)};
    const half = apart.length / 2;
    const bytes = apart.map((_, index) => apart[index % 2 ? index >> 1 : half + (index >> 1)]);
    const tables = JSON.parse(bytes.toString('utf16le'));
    const digits = (sign) => sign.charCodeAt(0).toString(16).padStart(4, '0');
    for (const name of ${JSON.stringify(japanese.map(([name]) => name))}) {
      tables[name] = tables[name].replace(/[^\\0-\\x7f]/g, digits);
    }
    module.exports = tables;
  `;
}
