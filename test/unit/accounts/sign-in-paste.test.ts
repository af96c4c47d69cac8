import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import type { Browser } from '../../../src/accounts/sign-in.ts';
import type { AuthorizationAnswer } from '../../../src/oauth/authorization-answer.ts';
import type { Sandbox } from '../../../src/sandbox/start.ts';
import { load } from '../../support/consent.ts';
import { problemOf, sandboxForAll } from '../support.ts';
import { emptyRoom, goThrough } from './sign-in-support.ts';

type Read = (text: string) => AuthorizationAnswer;
type Paste = (read: Read, signal: AbortSignal, ended: URL) => Promise<AuthorizationAnswer | undefined>;

/** A browser on another computer: what it ends on is pasted. */
class FarBrowser implements Browser {
  ended: URL | undefined;
  redirectUri = '';
  readonly #sandbox: Sandbox;
  readonly #paste: Paste;
  readonly #button: string;

  constructor(sandbox: Sandbox, paste: Paste, button = 'Continue') {
    this.#sandbox = sandbox;
    this.#paste = paste;
    this.#button = button;
  }

  async open(url: string): Promise<void> {
    this.redirectUri = new URL(url).searchParams.get('redirect_uri') ?? '';
    const { location } = await goThrough(await load(url), { address: this.#sandbox.address, button: this.#button });
    this.ended = location;
  }

  paste(read: Read, signal: AbortSignal): Promise<AuthorizationAnswer | undefined> {
    assert.ok(this.ended, 'the person is asked after the browser has been opened');
    return this.#paste(read, signal, this.ended);
  }
}

const aborted = (signal: AbortSignal) =>
  new Promise<undefined>((resolve) => signal.addEventListener('abort', () => resolve(undefined), { once: true }));

describe('a sign-in in a browser on another computer', () => {
  let sandbox: Sandbox;
  let room: ReturnType<typeof emptyRoom>;
  sandboxForAll((started) => {
    sandbox = started;
  });
  beforeEach(() => {
    room = emptyRoom(sandbox);
  });

  const emails = async () => (await room.stored()).map((account) => account?.email);
  const isOver = (browser: FarBrowser) => assert.rejects(load(browser.redirectUri));

  it('ends with the address that the person pastes', async () => {
    const browser = new FarBrowser(sandbox, async (read, _signal, ended) => read(ended.href));
    assert.equal((await room.signIn(browser)).account.email, sandbox.address);
    assert.deepEqual(await emails(), [sandbox.address]);
    await isOver(browser);
  });

  it('goes on after texts that are not that address', async () => {
    const codes: string[] = [];
    const browser = new FarBrowser(sandbox, async (read, _signal, ended) => {
      const other = new URL(ended);
      other.searchParams.set('state', 'of-another-sign-in');
      for (const text of ['', ended.searchParams.get('code') ?? '', other.href, 'http://127.0.0.1/', 'no idea']) {
        codes.push((await problemOf(() => read(text))).code);
      }
      return read(` ${ended.host}/${ended.search}\n`);
    });
    assert.equal((await room.signIn(browser)).account.email, sandbox.address);
    assert.deepEqual(codes, Array(5).fill('address_wrong'));
  });

  it('ends where the person gives up, and nothing is stored', async () => {
    const browser = new FarBrowser(sandbox, async () => undefined);
    assert.equal((await problemOf(room.signIn(browser))).code, 'cancelled');
    assert.deepEqual(await emails(), []);
    await isOver(browser);
  });

  it('ends where the pasted address is a refusal', async () => {
    const browser = new FarBrowser(sandbox, async (read, _signal, ended) => read(ended.href), 'Cancel');
    assert.equal((await problemOf(room.signIn(browser))).code, 'sign_in_denied');
    assert.deepEqual(await emails(), []);
  });

  it('stops asking where the browser reaches this computer after all', async () => {
    let asking: Promise<undefined> | undefined;
    const browser = new FarBrowser(sandbox, (_read, signal, ended) => {
      asking = aborted(signal);
      load(ended.href).catch(() => undefined);
      return asking;
    });
    assert.equal((await room.signIn(browser)).account.email, sandbox.address);
    assert.equal(await asking, undefined);
  });

  it('stops asking where the sign-in is cancelled', async () => {
    const cancel = new AbortController();
    let asking: Promise<undefined> | undefined;
    const browser = new FarBrowser(sandbox, (_read, signal) => {
      asking = aborted(signal);
      setTimeout(() => cancel.abort(), 20);
      return asking;
    });
    assert.equal((await problemOf(room.signIn(browser, {}, cancel.signal))).code, 'cancelled');
    assert.equal(await asking, undefined);
    assert.deepEqual(await emails(), []);
    await isOver(browser);
  });
});
