/** What libraries do at their start that nothing here asks for, and what they bring along, is left out of the bundles. */

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';
import { makeWordLists } from '../src/masking/codes/words/make-word-lists.ts';

const PACKAGES = new URL('../node_modules/', import.meta.url);

/**
 * The SDK's checker of the forms that a person fills in at a client. The server checks the answers by itself, and gives
 * the SDK another; this one would be a third of what the server reads when it starts.
 *
 * @type {import('esbuild').Plugin}
 */
const withoutAjv = {
  name: 'without-ajv',
  setup: ({ onLoad }) => {
    const contents = 'export class AjvJsonSchemaValidator {}';
    onLoad({ filter: /[\\/]@modelcontextprotocol[\\/]sdk[\\/].*[\\/]ajv-provider\.js$/ }, () => ({ contents }));
  },
};

/**
 * Google's libraries send by node-fetch, and of Node.js they take two classes, the first use of which loads all of its
 * own `fetch` (undici). That takes longer than loading these libraries, so they get node-fetch's classes instead, and so
 * does what calls them.
 *
 * @type {import('esbuild').Plugin}
 */
const withoutUndici = {
  name: 'without-undici',
  setup: ({ onLoad }) => {
    const give = (filter, classes, loader) => {
      const used = new RegExp(`\\b(?:${classes.join('|')})\\b`);
      const names = `{ ${classes.join(', ')} }`;
      const taken = loader === 'js' ? `const ${names} = require('node-fetch');` : `import ${names} from 'node-fetch';`;
      onLoad({ filter }, ({ path: file }) => {
        const contents = readFileSync(file, 'utf8');
        return { contents: used.test(contents) ? `${taken}\n${contents}` : contents, loader };
      });
    };
    const packages = /[\\/]node_modules[\\/](?:gaxios|google-auth-library|googleapis-common)[\\/].*\.js$/;
    give(packages, ['FormData', 'Headers'], 'js');
    give(/[\\/]src[\\/]gmail[\\/]connection[\\/].*\.ts$/, ['Headers'], 'ts');
    give(/[\\/]src[\\/](?:mailbox[\\/]rehearsal[\\/].*|oauth[\\/]rehearse-token)\.ts$/, ['Response'], 'ts');
  },
};

/**
 * What Google's Gmail library needs of what its libraries share: requests, and not the ways in which servers sign in
 * without a person, nor HTTP/2, which nobody switches on.
 *
 * @type {import('esbuild').Plugin}
 */
const requestsAlone = {
  name: 'requests-alone',
  setup: ({ onLoad }) => {
    const index = "Object.assign(exports, require('./apirequest'), require('./apiIndex'), { AuthPlus: class {} });";
    onLoad({ filter: /[\\/]googleapis-common[\\/]build[\\/]src[\\/]index\.js$/ }, () => ({ contents: index }));
    onLoad({ filter: /[\\/]googleapis-common[\\/]build[\\/]src[\\/]http2\.js$/ }, () => ({ contents: '' }));
  },
};

/** What libmime does when it is loaded, and what stands in its place: what most mail never asks for. */
const LIBMIME = [
  // The tables of GBK, which take 10 ms to build, to know the class of a decoder that streams alone need.
  ["iconv.getCodec('gbk').decoder", 'dbcs._dbcs.prototype.decoder'],
  // All codecs, to know four of them that are refused.
  [
    /const UNSUPPORTED_CODECS = (new Set\(.*\));/,
    'let refused; const UNSUPPORTED_CODECS = { has: (codec) => (refused ??= $1).has(codec) };',
  ],
  // And two more, by which streams know how many bytes to wait for.
  [
    /const BYTE_ORDER_GUESSING = (new Map\(\[[\s\S]*?\]\));/,
    'let guessing; const BYTE_ORDER_GUESSING = { get: (codec) => (guessing ??= $1).get(codec) };',
  ],
];

/** @type {import('esbuild').Plugin} */
const withoutCodecs = {
  name: 'without-codecs',
  setup: ({ onLoad }) => {
    onLoad({ filter: /[\\/]libmime[\\/]dist[\\/]esm[\\/]charset\.js$/ }, ({ path: file }) => {
      const contents = LIBMIME.reduce(
        (text, [written, instead]) => {
          const changed = text.replace(written, instead);
          if (changed === text)
            throw new Error(`libmime has changed: see what it does at its start instead of ${written}`);
          return changed;
        },
        readFileSync(file, 'utf8'),
      );
      return { contents: `import dbcs from 'iconv-lite/encodings/dbcs-codec';\n${contents}` };
    });
  },
};

/**
 * Packages that come as ES modules and as CommonJS: whoever asks for them, and however, gets the one form.
 *
 * @type {import('esbuild').Plugin}
 */
const oneForm = {
  name: 'one-form',
  setup: ({ onResolve, resolve }) => {
    const filter = /^(?:entities|htmlparser2|domelementtype|domhandler|domutils|dom-serializer|libmime)(?:\/|$)/;
    onResolve({ filter }, ({ path: name, kind, importer, resolveDir, pluginData }) =>
      kind === 'require-call' && pluginData !== oneForm
        ? resolve(name, { kind: 'import-statement', importer, resolveDir, pluginData: oneForm })
        : undefined,
    );
    // It takes three functions of all: the others would bring both lists of entities.
    onResolve({ filter: /^entities$/ }, ({ importer }) =>
      /[\\/]dom-serializer[\\/]/.test(importer)
        ? { path: fileURLToPath(new URL('entities/lib/esm/escape.js', PACKAGES)) }
        : undefined,
    );
  },
};

/** What a library asks for and nothing here reaches, and what stands in its place. */
const UNUSED = {
  // libmime's endings by type: mailsplit looks for types by ending alone.
  'libmime/dist/esm/mimetypes.js': (text) =>
    text.replace(/^export const list = \{[\s\S]*?^\};/m, 'export const list = {};'),
  // nodemailer's endings by type: every file that a letter here takes along has a name. Its types by ending are wanted,
  // for a file of this computer.
  'nodemailer/dist/esm/mime-funcs/mime-types.js': (text) =>
    text.replace(/^const mimeTypes = new Map\(\[[\s\S]*?^\]\);/m, 'const mimeTypes = new Map();'),
  // What nodemailer fetches a file by that a letter merely points to: here each comes with its content.
  'nodemailer/dist/esm/fetch/index.js': 'export default undefined;',
  // sanitize-html looks into no style here (`parseStyleAttributes`).
  'postcss/lib/postcss.js': "exports.parse = () => { throw new Error('Styles are not parsed.'); };",
  // How a key looks that is missing in a list of keys, where the parameters of a request are a circle.
  'object-inspect/index.js': 'module.exports = String;',
  // The dates in forms, for a function of the package beside the one that sanitize-html takes.
  'dayjs/dayjs.min.js': 'module.exports = undefined;',
  // Signatures of tokens of other kinds than are asked for here, and what browsers have for signing.
  'ecdsa-sig-formatter/src/ecdsa-sig-formatter.js': 'module.exports = undefined;',
  'google-auth-library/build/src/crypto/browser/crypto.js': 'exports.BrowserCrypto = undefined;',
  // The log of Google's libraries, which stays off (`shared/google/google-auth.ts`); it takes 2 ms to load.
  'google-logging-utils/build/src/index.js':
    'exports.log = () => ({ debug: () => {} }); exports.setBackend = () => {};',
  // Streams for a Node.js that has none. To see whether it has loads them, which takes 4 ms.
  'fetch-blob/streams.cjs': '',
};

/** @type {import('esbuild').Plugin} */
const withoutUnused = {
  name: 'without-unused',
  setup: ({ onLoad }) => {
    for (const [file, contents] of Object.entries(UNUSED)) {
      onLoad({ filter: fileFilter(file) }, ({ path: found }) => ({
        contents: typeof contents === 'string' ? contents : contents(readFileSync(found, 'utf8')),
      }));
    }
  },
};

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
const packedTables = {
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
const sortedWords = {
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

/** Whether nothing of a file is left in the bundles. */
export const isReplaced = (file) =>
  Object.entries(UNUSED).some(([name, instead]) => typeof instead === 'string' && fileFilter(name).test(`/${file}`));

/** Matches the path of a file of a package, on every system. */
function fileFilter(file) {
  return new RegExp(`[\\\\/]node_modules[\\\\/]${file.replaceAll('.', '\\.').replaceAll('/', '[\\\\/]')}$`);
}

export const LIGHTER = [
  withoutAjv,
  requestsAlone,
  withoutUndici,
  withoutCodecs,
  oneForm,
  withoutUnused,
  packedTables,
  sortedWords,
];
