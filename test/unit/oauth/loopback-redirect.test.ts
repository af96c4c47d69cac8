import assert from 'node:assert/strict';
import { once } from 'node:events';
import { request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { LoopbackRedirect } from '../../../src/oauth/loopback-redirect.ts';
import type { RedirectPage } from '../../../src/oauth/redirect-page.ts';
import { headingOf, load, type Page } from '../../support/consent.ts';

const STATE = 'canary-state-of-this-sign-in';
const RIGHT = `?state=${STATE}&code=4/0canary-code`;
const HEADINGS: Record<RedirectPage, string> = {
  'signed in': 'You are signed in',
  denied: 'You did not give the permission',
  failed: 'The sign-in did not work',
  elsewhere: 'This is not the sign-in that VS Code waits for',
  over: 'This sign-in is over',
};

describe('the redirect to this computer', () => {
  let redirect: LoopbackRedirect;
  beforeEach(async () => {
    redirect = await LoopbackRedirect.listen(STATE);
  });
  afterEach(() => redirect.close('over'));

  const open = (path: string) => load(`${redirect.redirectUri}/${path}`);
  const isAnswered = () => Promise.race([redirect.answer.then(() => true), pause(30, false)]);
  /** A request as fetch would not send it. Answers the status and the body. */
  const raw = (options: { method?: string; path?: string; host?: string }): Promise<[number | undefined, string]> => {
    const { hostname, port, host: own } = new URL(redirect.redirectUri);
    const { method = 'GET', path = `/${RIGHT}`, host = own } = options;
    return new Promise((resolve, reject) => {
      const sent = request({ hostname, port, method, path, headers: { host } }, (response) => {
        let body = '';
        response.setEncoding('utf8').on('data', (chunk: string) => {
          body += chunk;
        });
        response.on('end', () => resolve([response.statusCode, body]));
      });
      sent.on('error', reject).end();
    });
  };

  it('is on 127.0.0.1, at a port of its own', async () => {
    assert.match(redirect.redirectUri, /^http:\/\/127\.0\.0\.1:\d+$/);
    const other = await LoopbackRedirect.listen('another state');
    assert.notEqual(other.redirectUri, redirect.redirectUri);
    await other.close('over');
  });

  it('hands the code on at once, and keeps the browser waiting until the sign-in has ended', async () => {
    const page = open(RIGHT);
    assert.deepEqual(await redirect.answer, { code: '4/0canary-code' });
    assert.equal(await Promise.race([page, pause(50, 'waiting')]), 'waiting');
    await redirect.close('signed in');
    assert.deepEqual([(await page).status, headingOf(await page)], [200, 'You are signed in']);
  });

  for (const [end, heading] of Object.entries(HEADINGS) as [RedirectPage, string][]) {
    it(`shows the end “${end}”, and repeats nothing of the request`, async () => {
      const page = end === 'elsewhere' ? open(RIGHT.replace(STATE, 'canary-forged')) : open(RIGHT);
      if (end !== 'elsewhere') await redirect.answer;
      else await page;
      await redirect.close(end);
      const { html, headers, status } = await page;
      assert.equal(headingOf(await page), heading);
      assert.equal(status, end === 'signed in' ? 200 : 400);
      assert.doesNotMatch(html, /canary|<script|\bon\w+=|https?:|src=|href=/i);
      assert.equal(headers.get('content-type'), 'text/html; charset=utf-8');
      const policy = headers.get('content-security-policy') ?? '';
      assert.match(policy, /default-src 'none'/);
      assert.match(policy, /frame-ancestors 'none'/);
      assert.doesNotMatch(policy, /script-src/);
      assert.equal(headers.get('cache-control'), 'no-store');
      assert.equal(headers.get('referrer-policy'), 'no-referrer');
      assert.equal(headers.get('x-content-type-options'), 'nosniff');
      assert.equal(headers.get('access-control-allow-origin'), null);
    });
  }

  it('tells a denial, in the words of Google, to the sign-in', async () => {
    const page = open(`?state=${STATE}&error=access_denied`);
    const answer = await redirect.answer;
    assert.ok('refusal' in answer);
    assert.equal(answer.refusal.code, 'sign_in_denied');
    await redirect.close('denied');
    assert.equal(headingOf(await page), HEADINGS.denied);
  });

  const strangers: [string, string][] = [
    ['another state', `?state=${'x'.repeat(STATE.length)}&code=4/0canary-code`],
    ['no state', '?code=4/0canary-code'],
    ['a forged denial', '?error=access_denied'],
    ['nothing', ''],
  ];
  for (const [kind, query] of strangers) {
    it(`sends a stranger with ${kind} away, and the sign-in goes on`, async () => {
      const { status, html } = await open(query);
      assert.equal(status, 400);
      assert.match(html, /not the sign-in that VS Code waits for/);
      assert.equal(await isAnswered(), false);
      const page = open(RIGHT);
      assert.deepEqual(await redirect.answer, { code: '4/0canary-code' });
      await redirect.close('signed in');
      assert.equal((await page).status, 200);
    });
  }

  it('gives a page that is loaded again the same end, and takes the first answer only', async () => {
    const pages: Promise<Page>[] = [open(RIGHT)];
    await redirect.answer;
    pages.push(open(RIGHT), open(`?state=${STATE}&code=4/0another`), open(`?state=${STATE}&error=access_denied`));
    // Let them arrive before the port closes.
    await pause(50);
    await redirect.close('signed in');
    assert.deepEqual(await redirect.answer, { code: '4/0canary-code' });
    for (const page of await Promise.all(pages)) assert.equal(headingOf(page), HEADINGS['signed in']);
  });

  const nothings: [string, { method?: string; path?: string; host?: string }][] = [
    ['another host', { host: 'attacker.example' }],
    ['localhost, which it does not name', { host: 'localhost' }],
    ['its address without the port', { host: '127.0.0.1' }],
    ['a POST', { method: 'POST' }],
    ['a HEAD', { method: 'HEAD' }],
    ['an OPTIONS', { method: 'OPTIONS' }],
    ['the icon', { path: '/favicon.ico' }],
    ['another path', { path: `/callback${RIGHT}` }],
  ];
  for (const [kind, options] of nothings) {
    it(`answers nothing to ${kind}, even with the right state`, async () => {
      assert.deepEqual(await raw(options), [404, '']);
      assert.equal(await isAnswered(), false);
    });
  }

  describe('closes', () => {
    const dial = async (): Promise<Socket> => {
      const socket = connect(Number(new URL(redirect.redirectUri).port), '127.0.0.1');
      await once(socket, 'connect');
      return socket.on('error', () => undefined);
    };

    it('its port', async () => {
      await redirect.close('over');
      await assert.rejects(dial(), { code: 'ECONNREFUSED' });
    });

    it('twice without harm', async () => {
      await redirect.close('over');
      await redirect.close('signed in');
    });

    for (const [kind, text] of [
      ['has said nothing', ''],
      ['is in the middle of its request', 'GET / HTTP/1.1\r\nHost: 127'],
    ] as const) {
      it(`although a browser holds a connection on which it ${kind}`, { timeout: 10_000 }, async () => {
        const socket = await dial();
        socket.write(text);
        await pause(50);
        const since = Date.now();
        await redirect.close('over');
        assert.ok(Date.now() - since < 3000, 'it waited too long');
        socket.destroy();
      });
    }

    it('although a browser does not read its page', { timeout: 10_000 }, async () => {
      const socket = await dial();
      socket.pause().write(`GET /${RIGHT} HTTP/1.1\r\nHost: ${new URL(redirect.redirectUri).host}\r\n\r\n`);
      await redirect.answer;
      const since = Date.now();
      await redirect.close('signed in');
      assert.ok(Date.now() - since < 3000, 'it waited too long');
      socket.destroy();
    });
  });
});
