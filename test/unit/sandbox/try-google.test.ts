import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { afterEach, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Sandbox } from '../../../src/sandbox/start.ts';
import { load, press } from '../../support/consent.ts';
import { accessTokenOf, sandboxForAll } from '../support.ts';

const SCRIPT = fileURLToPath(new URL('../../google/try.ts', import.meta.url));

describe('npm run try:google, against the sandbox', () => {
  let sandbox: Sandbox;
  let token: string;
  sandboxForAll((started) => {
    sandbox = started;
    token = accessTokenOf(sandbox);
  });
  afterEach(() => sandbox.faults.clear());

  /** @param onText gets what has been printed so far */
  async function run(
    env: Record<string, string>,
    args: string[] = [],
    onText: (text: string) => void = () => undefined,
  ) {
    const child = spawn(process.execPath, [SCRIPT, ...args], { env: { GMAIL_API_BASE_URL: sandbox.origin, ...env } });
    let text = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        text += String(chunk);
        onText(text);
      });
    }
    const code = await new Promise((resolve) => child.once('close', resolve));
    return { code, text };
  }
  const lines = (text: string, mark: string) => text.split('\n').filter((line) => line.startsWith(`${mark} `));

  it('finds nothing that differs, and leaves no draft behind', async () => {
    const drafts = () => sandbox.store.messages().filter(({ labelIds }) => labelIds.has('DRAFT')).length;
    const before = drafts();
    const { code, text } = await run({ GMAIL_ACCESS_TOKEN: token }, ['--write']);
    assert.equal(code, 0, text);
    assert.deepEqual(lines(text, '!'), []);
    assert.ok(lines(text, '=').length >= 30, text);
    assert.equal(drafts(), before);
    assert.ok(!text.includes(token));
  });

  it('reads only where nothing else was asked for, and shows what differs', async () => {
    const body = { error: { code: 404, message: 'Not at home', errors: [] } };
    sandbox.faults.add({ match: /no-such-id$/, answer: { status: 404, body } });
    sandbox.requests.length = 0;
    const { text } = await run({ GMAIL_ACCESS_TOKEN: token });
    assert.deepEqual(lines(text, '!'), [
      '! an id that can be none: 404 Not at home. The sandbox: 400 Invalid id value',
    ]);
    assert.ok(sandbox.requests.every((request) => request.startsWith('GET ')));
    for (const { header } of sandbox.store.messages()) {
      const subject = header('subject');
      assert.ok(subject.length < 12 || !text.includes(subject), subject);
    }
  });

  it('signs in by a page in the browser', async () => {
    let isOpen = false;
    const env = { GMAIL_CLIENT_ID: sandbox.client.id, GMAIL_CLIENT_SECRET: sandbox.client.secret };
    const { code, text } = await run(env, [], (printed) => {
      const address = /^http:\S+\/o\/oauth2\S+$/m.exec(printed)?.[0];
      if (!address || isOpen) return;
      isOpen = true;
      signIn(address).catch((error: unknown) => assert.fail(String(error)));
    });
    assert.equal(code, 0, text);
    assert.doesNotMatch(text, /ya29\.|GOCSPX/);
    assert.ok(lines(text, '=').length >= 20, text);
  });

  async function signIn(address: string): Promise<void> {
    let page = await press(await load(address), sandbox.address);
    if (!page.location) page = await press(page, 'Continue');
    assert.ok(page.location);
    await fetch(page.location);
  }

  it('says how to sign in where nobody has', async () => {
    const { code, text } = await run({});
    assert.equal(code, 2);
    assert.match(text, /GMAIL_ACCESS_TOKEN/);
    const elsewhere = await run({ GMAIL_ACCESS_TOKEN: token, GMAIL_API_BASE_URL: 'http://example.com' });
    assert.match(elsewhere.text, /names a host other than 127\.0\.0\.1/);
    assert.ok(!elsewhere.text.includes(token));
  });
});
