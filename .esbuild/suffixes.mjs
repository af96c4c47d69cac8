/** The public suffix list (https://publicsuffix.org/list), of which tldts keeps a trie, is read as far as it is asked. */

import { endianness } from 'node:os';
import { fileURLToPath } from 'node:url';
import { fileFilter, PACKAGES, rewritten } from './packages.mjs';

/** Of the trie's files; that with all of it has the trie inside. */
const PARTS = 'dist/es6';

/**
 * Labels are looked up by their hashes, and those of all 10,000 are made when tldts is loaded, which takes twice as long
 * as all else of it. A lookup passes a few nodes: the labels below a node are hashed when it is first passed.
 */
const HASHES = [
  [
    'for (let node = 0, offset = 0; node < numberOfNodes; node += 1) {\n',
    `const nodeOffset = new Uint32Array(numberOfNodes);
    const isHashed = new Uint8Array(numberOfNodes);
    for (let node = 0, edge = 0, offset = 0; node < numberOfNodes; node += 1) {
      nodeOffset[node] = offset;
      for (; edge < edgeStart[node + 1]; edge += 1) offset += edgeLength[edge];
    }
    function hashBelow(node) {
      let offset = nodeOffset[node];
      isHashed[node] = 1;
    `,
  ],
  [/(function findEdge\(node,[^)]*\) \{\n)/, '$1    if (isHashed[node] === 0) hashBelow(node);\n'],
];

/** Numbers of the trie, of one byte or two: where they are a list in the code, V8 keeps eight bytes of each. */
const NUMBERS = [
  [
    /new (Uint(?:8|16)Array)\(\[([\d, ]+)\]\)/g,
    (_, type, numbers) => {
      const { buffer } = new globalThis[type](numbers.split(',').map(Number));
      return `numbers(${type}, '${Buffer.from(buffer).toString('base64')}')`;
    },
  ],
];

/** Those are written by this computer, and read by one that may put the upper byte first. */
const READ = `
  import { endianness } from 'node:os';
  const numbers = (type, packed) => {
    const { buffer } = new Uint8Array(Buffer.from(packed, 'base64'));
    if (type === Uint16Array && endianness() !== '${endianness()}') Buffer.from(buffer).swap16();
    return new type(buffer);
  };
`;

/** @type {import('esbuild').Plugin} */
export const lateSuffixes = {
  name: 'late-suffixes',
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /^tldts(?:-core)?$/ }, ({ path: name }) => ({
      path: fileURLToPath(new URL(`${name}/${PARTS}/index.js`, PACKAGES)),
    }));
    onLoad({ filter: fileFilter(`tldts/${PARTS}/src/suffix-trie.js`) }, ({ path: file }) => ({
      contents: rewritten(file, HASHES),
    }));
    onLoad({ filter: fileFilter(`tldts/${PARTS}/src/data/trie.js`) }, ({ path: file }) => ({
      contents: READ + rewritten(file, NUMBERS),
    }));
  },
};
