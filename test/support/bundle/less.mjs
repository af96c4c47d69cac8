import { readFileSync } from 'node:fs';

/**
 * What packages bring along and nothing here reaches: the file, and what stands in its place.
 *
 * @type {[RegExp, string | ((text: string) => string)][]}
 */
const UNREACHED = [
  // The SDK's checker of the forms that a person fills in at a client. The server checks the answers by itself, and
  // gives the SDK another; this one would be a third of what the server reads when it starts.
  [/[\\/]@modelcontextprotocol[\\/]sdk[\\/].*[\\/]ajv-provider\.js$/, 'export class AjvJsonSchemaValidator {}'],
  // Ways to an access token that are not OAuth's for installed apps: googleapis builds upon their class as it loads,
  // and looks at it only for a caller that brings no client of its own.
  [
    /[\\/]google-auth-library[\\/]build[\\/]src[\\/]index\.js$/,
    "Object.assign(exports, require('./auth/oauth2client'), { GoogleAuth: class {} });",
  ],
  // sanitize-html reads style attributes with it, and is told to read none (compose/html/allowed-html.ts).
  [/[\\/]postcss[\\/]lib[\\/]postcss\.js$/, ''],
  // launder reads dates with it; sanitize-html asks it about addresses alone.
  [/[\\/]dayjs[\\/]dayjs\.min\.js$/, ''],
  // libmime's table of endings by type: mailsplit looks up the other one alone, of types by ending.
  [
    /[\\/]libmime[\\/]dist[\\/]cjs[\\/]mimetypes\.js$/,
    (text) => text.replace(/^exports\.list = \{[\s\S]*?^\};/m, 'exports.list = {};'),
  ],
  // qs keeps what it has seen with side-channel, which words an error with it that qs does not provoke.
  [/[\\/]object-inspect[\\/]index\.js$/, 'module.exports = String;'],
  // nodemailer fetches with it what a letter's files merely point to; here each comes with its content, and both ways to
  // another are forbidden (compose/compose.ts).
  [/[\\/]nodemailer[\\/]dist[\\/]esm[\\/]fetch[\\/]index\.js$/, 'export default undefined;'],
  // What fetch-blob takes where Node.js has no streams of its own, as it had none before version 18.
  [/[\\/]web-streams-polyfill[\\/]/, ''],
];

/** @type {import('esbuild').Plugin} */
export const withoutUnreached = {
  name: 'without-unreached',
  setup: ({ onLoad }) => {
    for (const [filter, instead] of UNREACHED) {
      onLoad({ filter }, ({ path: file }) => ({
        contents: typeof instead === 'string' ? instead : instead(readFileSync(file, 'utf8')),
      }));
    }
  },
};

/** Packages that come as ES modules and as CommonJS and are wanted as both. Either kind of import finds this one. */
const ONE_FORM = {
  libmime: 'require-call',
  htmlparser2: 'import-statement',
  domelementtype: 'import-statement',
  domhandler: 'import-statement',
  domutils: 'import-statement',
  'dom-serializer': 'import-statement',
};

/**
 * Each package once.
 *
 * @type {import('esbuild').Plugin}
 */
export const inOneForm = {
  name: 'in-one-form',
  setup: ({ onResolve, resolve }) => {
    onResolve({ filter: new RegExp(`^(?:${Object.keys(ONE_FORM).join('|')})$`) }, ({ path: name, ...rest }) =>
      rest.pluginData === inOneForm
        ? undefined
        : resolve(name, { ...rest, kind: ONE_FORM[name], pluginData: inOneForm }),
    );
    // It needs the few lines that escape, and none of the tables of names, which the whole of the package builds.
    onResolve({ filter: /^entities$/ }, ({ importer, resolveDir }) =>
      /[\\/]dom-serializer[\\/]/.test(importer)
        ? resolve('entities/lib/escape.js', { kind: 'import-statement', importer, resolveDir })
        : undefined,
    );
  },
};
