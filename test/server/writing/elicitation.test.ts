import assert from 'node:assert/strict';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { ElicitRequestSchema, type ElicitResult } from '@modelcontextprotocol/sdk/types.js';
import { type Sandbox, startSandbox } from '../../../src/sandbox/start.ts';
import { environmentMode, type ServerUnderTest, startServer } from '../../support/mcp-server.ts';

describe('a client that asks in a form', () => {
  let folder: string;
  let sandbox: Sandbox;
  let server: ServerUnderTest;
  let answer: () => ElicitResult;
  let form = '';
  before(async () => {
    folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'hg-form-')));
    writeFileSync(path.join(folder, 'a.txt'), 'a');
    sandbox = await startSandbox();
    const env = { ...environmentMode(sandbox), GMAIL_SAVE_DIR: folder };
    server = await startServer(env, { onQuestion: () => answer() });
    server.client.setRequestHandler(ElicitRequestSchema, ({ params }) => {
      form = JSON.stringify(params);
      return answer();
    });
  });
  after(async () => {
    await server.close();
    await sandbox.close();
    rmSync(folder, { recursive: true });
  });
  const draft = { to: 'ann@mail.example', subject: 'Files', body: 'b', attachments: [{ path: 'a.txt' }] };
  const letter = { to: 'ann@mail.example', subject: 'Words', body: 'b' };

  it('is told that a draft is saved, and not that it is sent', async () => {
    answer = () => ({ action: 'decline' });
    const { text } = await server.call('gmail_create_draft', draft);
    assert.match(form, /"title":"Save it".*nothing is sent/);
    assert.match(text, /draft was not saved.*said no/);
    answer = () => ({ action: 'accept', content: { send: true } });
    assert.equal((await server.call('gmail_create_draft', draft)).isError, false);
    assert.deepEqual(sandbox.store.messages().filter((message) => message.header('subject') === 'Files').length, 1);
  });

  it('is said to have failed where it answers with an error, and to have answered otherwise where it does', async () => {
    answer = () => {
      throw new Error('the dialog crashed');
    };
    assert.match((await server.call('gmail_send_email', letter)).text, /answered the question with an error/);
    answer = () => ({ action: 'accept', content: { send: 'yes' } });
    assert.match((await server.call('gmail_send_email', letter)).text, /neither yes nor no/);
    answer = () => ({ action: 'accept', content: {} });
    assert.match((await server.call('gmail_send_email', letter)).text, /neither yes nor no/);
  });
});
