import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { initialize, type RawServer, SERVER, startRaw } from '../../support/mcp-server.ts';

/**
 * Writes which files the process has loaded when it writes its first answer, and the list of tools, which answers request
 * 4, when it makes its first HTTP request, and when it ends.
 */
const HOOK = `const noted = new Set();
const note = (when) => {
  if (noted.has(when)) return;
  noted.add(when);
  require('node:fs').writeFileSync(process.env.LOADED_FILES + '-' + when, JSON.stringify(Object.keys(require.cache)));
};
const write = process.stdout.write;
process.stdout.write = function (text, ...rest) {
  note('answered');
  if (/"id":4\\b/.test(text)) note('listed');
  return write.call(this, text, ...rest);
};
require('node:diagnostics_channel').subscribe('http.client.request.start', () => note('asked'));
process.on('exit', () => note('ended'));`;

describe('what the server loads', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'hg-start-'));
  const [hook, loaded] = [path.join(folder, 'hook.cjs'), path.join(folder, 'loaded')];
  // Google, which refuses every sign-in.
  const google = createServer((_request, response) => {
    response.writeHead(400, { 'content-type': 'application/json' }).end('{"error":"invalid_grant"}');
  });
  let server: RawServer;

  before(async () => {
    writeFileSync(hook, HOOK);
    await new Promise<void>((resolve) => google.listen(0, '127.0.0.1', resolve));
    const account = { GMAIL_CLIENT_ID: 'client', GMAIL_CLIENT_SECRET: 'secret', GMAIL_REFRESH_TOKEN: '1//start' };
    const origin = `http://127.0.0.1:${(google.address() as AddressInfo).port}`;
    const env = { ...account, GOOGLE_OAUTH_BASE_URL: origin, LOADED_FILES: loaded, NODE_DISABLE_COMPILE_CACHE: '1' };
    server = startRaw(env, ['--require', hook, SERVER]);
    initialize(server);
    server.send({ jsonrpc: '2.0', id: 2, method: 'prompts/list' });
    server.send({ jsonrpc: '2.0', id: 3, method: 'resources/templates/list' });
    for (const id of [2, 3]) assert.ok((await server.answer(id)).result);
    server.send({ jsonrpc: '2.0', id: 4, method: 'tools/list' });
    assert.ok((await server.answer(4)).result);
    const params = { name: 'gmail_search_emails', arguments: { query: 'soup' } };
    server.send({ jsonrpc: '2.0', id: 5, method: 'tools/call', params });
    assert.match(JSON.stringify(await server.answer(5)), /no longer accepts/);
    server.child.stdin?.end();
    assert.equal(await server.exited, 0);
  });

  after(() => {
    server.child.kill();
    google.close();
    rmSync(folder, { recursive: true });
  });

  const filesWhen = (when: string): string[] =>
    JSON.parse(readFileSync(`${loaded}-${when}`, 'utf8')).filter((file: string) => file !== hook);
  const bytesOf = (files: readonly string[]) => files.reduce((sum, file) => sum + statSync(file).size, 0);

  it('before its first answer is the protocol and the lists, and nothing that a call needs', () => {
    const files = filesWhen('answered');
    assert.ok(files.length <= 8, files.join('\n'));
    const bytes = bytesOf(files);
    assert.ok(bytes > 100_000 && bytes <= 280_000, `${bytes} bytes`);
  });

  it('while the client reads that is what a token is asked for with, and no tool', () => {
    const [answered, listed] = [bytesOf(filesWhen('answered')), bytesOf(filesWhen('listed'))];
    assert.ok(listed > answered + 20_000 && listed <= 400_000, `${listed} bytes`);
  });

  it('before a call asks for a token is nothing that knows mail, and afterwards it is', () => {
    const [asked, ended] = [bytesOf(filesWhen('asked')), bytesOf(filesWhen('ended'))];
    assert.ok(asked <= 600_000, `${asked} bytes`);
    assert.ok(ended >= 2 * asked, `${ended} bytes`);
  });

  it('is ASCII alone: with any other letter V8 keeps the whole text of a file in twice the memory', () => {
    const files = filesWhen('ended');
    assert.ok(files.length > 10, files.join('\n'));
    for (const file of files) assert.doesNotMatch(readFileSync(file, 'latin1'), /[\u0080-\u00ff]/, file);
  });
});
