/**
 * Google's library and what is built upon it, to be loaded together by one `import()`: it costs more than the rest of
 * the server's start. The library is CommonJS, of which a bundle that is split gives an `import()` no names.
 */
export { gmail } from 'googleapis/build/src/apis/gmail/index.js';
export { BearerClient } from './bearer-client.ts';
