import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { it } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { LoopbackRedirect } from '../../../src/oauth/loopback-redirect.ts';

// Both end in an uncaught TypeError of the request listener (which would hit the extension host).
it('answers nothing to a path that is no address: GET //', async () => {
  const redirect = await LoopbackRedirect.listen('s');
  const { port, host } = new URL(redirect.redirectUri);
  const socket = connect(Number(port), '127.0.0.1');
  await once(socket, 'connect');
  let got = '';
  socket.on('data', (c) => {
    got += c;
  });
  socket.write(`GET // HTTP/1.1\r\nHost: ${host}\r\n\r\n`);
  await pause(200);
  socket.destroy();
  await redirect.close('over');
  assert.match(got, /^HTTP\/1\.1 404/);
});

it('answers nothing to a request on a spare connection after close (a browser asking for its icon)', async () => {
  const redirect = await LoopbackRedirect.listen('s');
  const { port, host } = new URL(redirect.redirectUri);
  const socket = connect(Number(port), '127.0.0.1').on('error', () => undefined);
  await once(socket, 'connect');
  const closing = redirect.close('signed in');
  socket.write(`GET /favicon.ico HTTP/1.1\r\nHost: ${host}\r\n\r\n`);
  await closing;
  socket.destroy();
});
