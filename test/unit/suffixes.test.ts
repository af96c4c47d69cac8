import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import path from 'node:path';
import { describe, it } from 'node:test';
import { runInThisContext } from 'node:vm';
import { build, type Plugin } from 'esbuild';
import { parse } from 'tldts';
import { ROOT } from '../support/source-files.ts';

/** tldts as the bundles have it, with the trie of its rules. */
interface Bundled {
  parse: typeof parse;
  /** All labels, one after the other. */
  labelText: string;
  /** How long each is. */
  edgeLength: Uint8Array;
  /** The first label below each node. */
  edgeStart: Uint16Array;
  /** The node below each label. */
  edgeChild: Uint16Array;
  rulesRoot: number;
  exceptionsRoot: number;
}

async function bundle(): Promise<Bundled> {
  const { lateSuffixes } = (await import(path.join(ROOT, '.esbuild/suffixes.mjs'))) as { lateSuffixes: Plugin };
  const contents = "export { parse } from 'tldts'; export * from 'tldts/dist/es6/src/data/trie.js';";
  const { outputFiles } = await build({
    ...{ stdin: { contents, resolveDir: ROOT }, plugins: [lateSuffixes] },
    ...{ bundle: true, write: false, platform: 'node', format: 'cjs' },
  });
  const bundled = { exports: {} as Bundled };
  runInThisContext(`(function (module, require) {${outputFiles[0]?.text}})`)(bundled, createRequire(import.meta.url));
  return bundled.exports;
}

/** Every rule of the public suffix list. */
function rulesOf({ labelText, edgeLength, edgeStart, edgeChild, rulesRoot, exceptionsRoot }: Bundled): string[] {
  let end = 0;
  const labels = Array.from(edgeLength, (length) => {
    end += length;
    return labelText.slice(end - length, end);
  });
  const below = (node: number, suffix: string): string[] =>
    labels.slice(edgeStart[node], edgeStart[node + 1]).flatMap((label, at) => {
      const rule = label + suffix;
      return [rule, ...below(edgeChild[(edgeStart[node] ?? 0) + at] ?? 0, `.${rule}`)];
    });
  return [...below(rulesRoot, ''), ...below(exceptionsRoot, '')];
}

describe('the public suffix list in the bundles', () => {
  it('tells the domain of every host as the library does by itself, whichever is asked for first', async () => {
    const bundled = await bundle();
    const rules = rulesOf(bundled).map((rule) => rule.replace('*', 'any'));
    assert.ok(rules.length > 10_000, `${rules.length} rules`);
    const hosts = rules.flatMap((rule) => [rule, `mail.acme.${rule}`, `${rule}.nowhere`]);
    // A prime, so that each comes once, far from those that are listed beside it.
    const mixed = hosts.map((_, at) => hosts[(at * 7_919) % hosts.length] ?? '');
    for (const host of mixed) {
      for (const allowPrivateDomains of [true, false]) {
        assert.deepEqual(bundled.parse(host, { allowPrivateDomains }), parse(host, { allowPrivateDomains }));
      }
    }
  });
});
