/** What libraries do at their start that nothing here asks for, and what they bring along, is left out of the bundles. */

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { fileFilter, PACKAGES, rewritten } from './packages.mjs';
import { packedTables, sortedWords } from './packed.mjs';
import { lateSuffixes } from './suffixes.mjs';

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
 * Google's libraries send by node-fetch, and of Node.js they take classes, the first use of which loads all of its own
 * `fetch` (undici), or its web streams. That takes longer than loading these libraries, so they get node-fetch's classes
 * instead, and so does what calls them. What is sent here is no web stream: to ask whether it is takes 2 ms.
 *
 * @type {import('esbuild').Plugin}
 */
const withoutUndici = {
  name: 'without-undici',
  setup: ({ onLoad }) => {
    const give = (filter, classes, loader) => {
      const used = new RegExp(`\\b(?:${classes.join('|')})\\b`);
      const names = `{ ${classes.join(', ')} }`;
      const library = `const ${names} = require('node-fetch'); class ReadableStream {}`;
      const taken = loader === 'js' ? library : `import ${names} from 'node-fetch';`;
      onLoad({ filter }, ({ path: file }) => {
        const contents = readFileSync(file, 'utf8').replaceAll('globalThis.File', 'File');
        return { contents: used.test(contents) ? `${taken}\n${contents}` : contents, loader };
      });
    };
    const packages = /[\\/]node_modules[\\/](?:gaxios|google-auth-library|googleapis-common)[\\/].*\.js$/;
    give(packages, ['File', 'FormData', 'Headers'], 'js');
    give(/[\\/]src[\\/]gmail[\\/]connection[\\/].*\.ts$/, ['Headers'], 'ts');
    give(/[\\/]src[\\/]mailbox[\\/]rehearsal[\\/].*\.ts$/, ['Response'], 'ts');
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
    onLoad({ filter: fileFilter('libmime/dist/esm/charset.js') }, ({ path: file }) => ({
      contents: `import dbcs from 'iconv-lite/encodings/dbcs-codec';\n${rewritten(file, LIBMIME)}`,
    }));
  },
};

/**
 * What is sent is whole, and goes into its request at once: node-fetch makes a stream of it, which takes a first request
 * 2 ms. The stream ends unread, since node-fetch destroys it with an error that nobody would hear where a request is
 * withdrawn.
 */
const WHOLE_BODY = [
  [
    'async (dest, {body}) => {\n',
    `async (dest, request) => {
      const { body: whole, stream: body } = request[INTERNALS];
      if (Buffer.isBuffer(whole)) {
        body.destroy();
        dest.end(whole);
        return;
      }
    `,
  ],
];

/** @type {import('esbuild').Plugin} */
const wholeBodies = {
  name: 'whole-bodies',
  setup: ({ onLoad }) => {
    onLoad({ filter: fileFilter('node-fetch/src/body.js') }, ({ path: file }) => ({
      contents: rewritten(file, WHOLE_BODY),
    }));
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

/**
 * What a library loads later by `import()` stands in a file of its own, and of a CommonJS package that file has a default
 * export alone: gaxios would find no agent for a proxy in it.
 *
 * @type {import('esbuild').Plugin}
 */
const namesOfLater = {
  name: 'names-of-later',
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /^https-proxy-agent$/ }, ({ path: name, kind }) =>
      kind === 'dynamic-import' ? { path: name, namespace: 'later' } : undefined,
    );
    onLoad({ filter: /./, namespace: 'later' }, () => ({
      contents: "export { HttpsProxyAgent } from 'https-proxy-agent';",
      resolveDir: fileURLToPath(PACKAGES),
    }));
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
  // How HTML's entities are unpacked where there is no Buffer: it takes 4 ms, and this none.
  'entities/dist/esm/internal/decode-shared.js': `
    import { endianness } from 'node:os';
    export const decodeBase64 = (text) => {
      const bytes = Uint8Array.from(Buffer.from(text, 'base64'));
      if (endianness() === 'BE') Buffer.from(bytes.buffer).swap16();
      return new Uint16Array(bytes.buffer);
    };`,
  // Files of this computer as what is sent: here each comes with its content.
  'fetch-blob/from.js': `
    export { default as Blob } from './index.js';
    export { default as File } from './file.js';
    export const [blobFrom, blobFromSync, fileFrom, fileFromSync] = [];`,
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

/** Whether nothing of a file is left in the bundles. */
export const isReplaced = (file) =>
  Object.entries(UNUSED).some(([name, instead]) => typeof instead === 'string' && fileFilter(name).test(`/${file}`));

export const LIGHTER = [
  withoutAjv,
  requestsAlone,
  withoutUndici,
  withoutCodecs,
  wholeBodies,
  oneForm,
  namesOfLater,
  withoutUnused,
  packedTables,
  sortedWords,
  lateSuffixes,
];
