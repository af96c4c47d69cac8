import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, it } from 'node:test';
import { initialize, SERVER, startRaw } from '../../support/mcp-server.ts';

/** Writes which files the process has loaded when it writes the list of tools, which is the answer to request 4. */
const HOOK = `const write = process.stdout.write;
process.stdout.write = function (text, ...rest) {
  if (/"id":4\\b/.test(text)) {
    require('node:fs').writeFileSync(process.env.LOADED_FILES, JSON.stringify(Object.keys(require.cache)));
  }
  return write.call(this, text, ...rest);
};`;

describe('what the server loads before it has listed its tools', () => {
  it('is the protocol and the lists, and nothing that a call needs', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'hg-start-'));
    const [hook, loaded] = [path.join(folder, 'hook.cjs'), path.join(folder, 'loaded.json')];
    writeFileSync(hook, HOOK);
    const env = { LOADED_FILES: loaded, NODE_DISABLE_COMPILE_CACHE: '1' };
    const server = startRaw(env, ['--require', hook, SERVER]);
    initialize(server);
    server.send({ jsonrpc: '2.0', id: 2, method: 'prompts/list' });
    server.send({ jsonrpc: '2.0', id: 3, method: 'resources/templates/list' });
    for (const id of [2, 3]) assert.ok((await server.answer(id)).result);
    server.send({ jsonrpc: '2.0', id: 4, method: 'tools/list' });
    assert.ok((await server.answer(4)).result);
    server.child.stdin?.end();
    assert.equal(await server.exited, 0);
    const files: string[] = JSON.parse(readFileSync(loaded, 'utf8')).filter((file: string) => file !== hook);
    rmSync(folder, { recursive: true });
    const bytes = files.reduce((sum, file) => sum + statSync(file).size, 0);
    assert.ok(files.length <= 8, files.join('\n'));
    assert.ok(bytes > 100_000 && bytes <= 280_000, `${bytes} bytes`);
  });
});
