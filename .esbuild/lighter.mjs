/** What libraries do at their start that nothing here asks for, and what they bring along, is left out of the bundles. */

import { readFileSync } from 'node:fs';

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
    const give = (filter, classes, loader) =>
      onLoad({ filter }, ({ path: file }) => {
        const contents = readFileSync(file, 'utf8');
        return { contents: /\b(?:FormData|Headers)\b/.test(contents) ? classes + contents : contents, loader };
      });
    const packages = /[\\/]node_modules[\\/](?:gaxios|google-auth-library|googleapis-common)[\\/].*\.js$/;
    give(packages, "const { FormData, Headers } = require('node-fetch');\n", 'js');
    give(/[\\/]src[\\/]gmail[\\/]connection[\\/].*\.ts$/, "import { Headers } from 'node-fetch';\n", 'ts');
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

/**
 * libmime builds the tables of GBK, which takes 10 ms, to know the class of a decoder that streams alone need; the class
 * can be had without.
 *
 * @type {import('esbuild').Plugin}
 */
const withoutGbk = {
  name: 'without-gbk',
  setup: ({ onLoad }) => {
    onLoad({ filter: /[\\/]libmime[\\/]dist[\\/]cjs[\\/]charset\.js$/ }, ({ path: file }) => {
      const written = readFileSync(file, 'utf8');
      const contents = written.replace(
        "iconv_lite_1.default.getCodec('gbk').decoder",
        "require('iconv-lite/encodings/dbcs-codec')._dbcs.prototype.decoder",
      );
      if (contents === written)
        throw new Error('libmime has changed: see whether it still builds tables at its start.');
      return { contents };
    });
  },
};

export const LIGHTER = [withoutAjv, requestsAlone, withoutUndici, withoutGbk];
