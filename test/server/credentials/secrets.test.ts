import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Sandbox, startSandbox } from '../../../src/sandbox/start.ts';
import { argumentMode, environmentMode, initialize, type RawServer, startRaw } from '../../support/mcp-server.ts';

/** Everything that would print a request of Google's libraries, at its loudest. */
const LOUD = { GOOGLE_SDK_NODE_LOGGING: '*', DEBUG: '*', NODE_DEBUG: 'net,http,https,tls', GAXIOS_DEBUG: '1' };

const call = (id: number, name: string, args: object = {}) => ({
  jsonrpc: '2.0',
  id,
  method: 'tools/call',
  params: { name, arguments: args },
});

/** Every way for the sandbox to fail while a secret is under way. */
async function provoke(sandbox: Sandbox, server: RawServer, args: (tool: string) => object): Promise<void> {
  const tools = ['gmail_refresh_token', 'gmail_get_recent_emails', 'gmail_get_email_body_chunk', 'gmail_send_email'];
  const own: Record<string, object> = {
    gmail_get_email_body_chunk: { message_id: '1234abcd' },
    gmail_send_email: { to: 'a@example.com', subject: 'x', body: 'x' },
  };
  const faults = [
    undefined,
    {
      match: /./,
      answer: { status: 400, body: { error: 'invalid_grant', error_description: `echo ${sandbox.refreshToken}` } },
    },
    { match: /./, answer: { status: 403, body: { error: { code: 403, message: `echo ${sandbox.client.secret}` } } } },
    { match: /./, answer: { status: 401 } },
    { match: /./, cut: true, times: 4 },
  ];
  let id = 100;
  for (const fault of faults) {
    sandbox.faults.clear();
    if (fault) sandbox.faults.add(fault);
    for (const tool of tools) {
      id += 1;
      server.send(call(id, tool, { ...own[tool], ...args(tool) }));
      await server.answer(id);
    }
  }
}

function assertAbsent(output: string, secrets: readonly string[]): void {
  for (const secret of secrets) {
    for (const spelling of [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64')]) {
      assert.ok(!output.includes(spelling), `found ${spelling.slice(0, 8)}… in ${output.length} characters of output`);
    }
  }
}

const accessTokensIn = (text: string) => [...text.matchAll(/ya29\.[\w-]+/g)].map(([token]) => token);

describe('secrets', () => {
  // Each level writes what the quieter ones write, so the loudest stands for all; the other is the default.
  for (const level of ['debug', 'warn']) {
    it(`of the environment appear nowhere at log level ${level}`, async () => {
      const sandbox = await startSandbox();
      const server = startRaw({ ...LOUD, ...environmentMode(sandbox), HEADLESS_GMAIL_LOG_LEVEL: level });
      initialize(server);
      await provoke(sandbox, server, () => ({}));
      server.child.stdin?.end();
      assert.equal(await server.exited, 0);
      await sandbox.close();
      const output = server.stdout() + server.stderr();
      assertAbsent(output, [sandbox.refreshToken, sandbox.client.secret]);
      assert.deepEqual(accessTokensIn(output), []);
    });

    it(`of arguments appear nowhere but in the refresh answer at log level ${level}`, async () => {
      const sandbox = await startSandbox();
      const { grants, client } = sandbox;
      const access = grants.refresh(grants.authenticate(client.id, client.secret), sandbox.refreshToken).value;
      const server = startRaw({ ...LOUD, ...argumentMode(sandbox), HEADLESS_GMAIL_LOG_LEVEL: level });
      initialize(server);
      await provoke(sandbox, server, (tool) =>
        tool === 'gmail_refresh_token'
          ? {
              google_refresh_token: sandbox.refreshToken,
              google_client_id: client.id,
              google_client_secret: client.secret,
            }
          : { google_access_token: access },
      );
      server.child.stdin?.end();
      assert.equal(await server.exited, 0);
      await sandbox.close();
      assertAbsent(server.stdout() + server.stderr(), [sandbox.refreshToken, client.secret, access]);
      // The one access token stands in the one successful refresh answer, and in no log.
      assert.equal(new Set(accessTokensIn(server.stdout())).size, 1);
      assert.deepEqual(accessTokensIn(server.stderr()), []);
    });
  }
});
