import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { FULL_SCOPES } from '../../src/sandbox/start.ts';
import { type ServerUnderTest, startServer } from '../support/mcp-server.ts';
import { EXTENSION, type Fixture, giveClient, STEPS, startFixture } from './support/fixture.ts';
import { lastPage, press, signInTab } from './support/google.ts';

interface Row {
  name: string;
  /** Google's answer to the refresh; the connection is cut where there is none. */
  answer?: { status: number; body: object };
  /** What the person reads after the address of the mailbox. */
  person: string;
  button: string;
  /** What the model reads. */
  model: string;
}

const oauth = (status: number, error: string, description: string, more: object = {}) => ({
  status,
  body: { error, error_description: description, ...more },
});

const DEAD =
  'Google no longer accepts the refresh token. It was withdrawn: at Google, with a new password, or by a sign-out elsewhere with the same OAuth client.';
const AGAIN = 'Sign in again with "Gmail: Sign In…".';
const ASK_AGAIN = 'Ask the user to run the command "Gmail: Sign In…" in VS Code and sign in again.';
const UNKNOWN =
  'Google does not know this OAuth client. The client id is wrong, the client was deleted, or the client secret does not belong to it (invalid_client).';
const POLICY =
  'The administrator of this Google account does not allow this app. A Google Workspace policy blocks it (admin_policy_enforced). Ask the administrator to trust the OAuth client under Security > API controls.';

const FRESH =
  'Google asks for a fresh sign-in. The organisation of this account limits how long a sign-in lasts (invalid_rapt).';
const MISMATCH =
  'The refresh token belongs to another OAuth client. A refresh token works only with the client id that it was issued to (unauthorized_client).';
const REFUSED = 'Google refused to issue an access token. Its reason: invalid_request.';
const TROUBLE = 'Google failed with HTTP status 503. The fault is on Google’s side. Try again in a few minutes.';

/** The host is the sandbox's. */
const OFFLINE =
  'HOST cannot be reached. The network connection failed (ECONNRESET); the sign-in itself is untouched. Check the network connection or the proxy (HTTPS_PROXY), then try again.';

const ROWS: Row[] = [
  {
    name: 'a revoked or expired token',
    answer: oauth(400, 'invalid_grant', 'Token has been expired or revoked.'),
    person: `${DEAD} ${AGAIN}`,
    button: 'Sign In Again',
    model: `${DEAD} ${ASK_AGAIN}`,
  },
  {
    name: 'a Workspace that asks for a fresh sign-in',
    answer: oauth(400, 'invalid_grant', 'reauth related error (invalid_rapt)', { error_subtype: 'invalid_rapt' }),
    person: `${FRESH} ${AGAIN}`,
    button: 'Sign In Again',
    model: `${FRESH} ${ASK_AGAIN}`,
  },
  ...[
    oauth(401, 'invalid_client', 'The OAuth client was not found.'),
    oauth(401, 'invalid_client', 'The provided client secret is invalid.'),
    oauth(401, 'deleted_client', 'The OAuth client was deleted.'),
  ].map((answer) => ({
    name: `a client that is no good (${answer.body.error_description})`,
    answer,
    person: `${UNKNOWN} Run "Gmail: Sign In…" and import the client file again.`,
    button: 'Fix the Client',
    model: `${UNKNOWN} Ask the user to run the command "Gmail: Sign In…" in VS Code and import the client file again.`,
  })),
  {
    name: 'a token of another client',
    answer: oauth(401, 'unauthorized_client', 'Unauthorized'),
    person: `${MISMATCH} Sign in again with the right client.`,
    button: 'Fix the Client',
    model: `${MISMATCH} Ask the user to run the command "Gmail: Sign In…" in VS Code and sign in again with the client of the account.`,
  },
  ...[
    oauth(400, 'admin_policy_enforced', 'Access to your account data is restricted by policies.'),
    oauth(403, 'org_internal', 'This client is restricted to users within its organization.'),
  ].map((answer) => ({
    name: `a policy (${answer.body.error})`,
    answer,
    person: POLICY,
    button: 'Copy a Note for the Administrator',
    model: POLICY,
  })),
  {
    name: 'a request that Google does not take',
    answer: oauth(400, 'invalid_request', 'Missing required parameter: refresh_token'),
    person: `${REFUSED} ${AGAIN}`,
    button: 'Sign In Again',
    model: `${REFUSED} ${ASK_AGAIN}`,
  },
  {
    name: 'Google in trouble',
    answer: { status: 503, body: {} },
    person: TROUBLE,
    button: 'Try Again',
    model: TROUBLE,
  },
  { name: 'a connection that breaks', person: OFFLINE, button: 'Try Again', model: OFFLINE },
];

describe('every way in which Google ends a token', () => {
  let fixture: Fixture;
  let server: ServerUnderTest;

  before(async () => {
    fixture = await startFixture();
    const { ui, sandbox, browser, workbench } = fixture;
    const own = sandbox.grants.refresh(sandbox.client, sandbox.refreshToken);
    // A sign-in of a project in Testing, of which little is left.
    const left = { refresh_token: sandbox.refreshToken, refresh_token_expires_in: 7200 };
    const tokens = { access_token: own.value, expires_in: 3599, scope: FULL_SCOPES.join(' '), token_type: 'Bearer' };
    sandbox.faults.add({ match: /POST \/token/, times: 1, answer: { status: 200, body: { ...tokens, ...left } } });
    await ui.runCommand('Gmail: Sign In…');
    await giveClient(ui, sandbox);
    await ui.input.pick(STEPS.level, 'Full');
    const page = await signInTab(browser, sandbox);
    await press(page, sandbox.address);
    await press(page, 'Continue');
    assert.equal(await lastPage(page), 'You are signed in');
    await ui.notifications.wait(`${sandbox.address} is signed in.`);
    const folder = path.join(workbench.profile.data, 'User', 'globalStorage', EXTENSION, 'brokers');
    server = await startServer({ HEADLESS_GMAIL_BROKER: folder });
  });
  after(async () => {
    await server.close();
    await fixture.close();
  });

  it('is announced a day ahead where it is known, with how to end that for good', async () => {
    const { ui, sandbox } = fixture;
    const told = await ui.notifications.wait(`The sign-in of ${sandbox.address} ends on`);
    assert.match(
      told.message,
      /in Testing, where sign-ins last seven days\. Publish the app and sign in again, and that ends for good\.$/,
    );
    assert.deepEqual([told.severity, told.buttons], ['warning', ['Publish the App', 'Sign In Again']]);
    await ui.notifications.clear();
  });

  for (const { name, answer, person, button, model } of ROWS) {
    it(`${name}: one sentence, one button, and the same for the model`, async () => {
      const { ui, sandbox } = fixture;
      const headers = { 'retry-after': '0' };
      const withoutHost = (text: unknown) => String(text).replace(new URL(sandbox.origin).host, 'HOST');
      sandbox.faults.add({
        match: /POST \/token/,
        ...(answer ? { answer: { ...answer, headers } } : { cut: true }),
      });
      const { isError, json } = await server.call('gmail_refresh_token');
      await ui.notifications.clear();
      await ui.runCommand('Gmail: Refresh Access Token');
      const told = await ui.notifications.wait(`${sandbox.address}: `);
      sandbox.faults.clear();
      await ui.notifications.clear();
      assert.deepEqual(
        {
          isError,
          model: withoutHost(json.error),
          person: withoutHost(told.message),
          buttons: told.buttons,
          severity: told.severity,
        },
        { isError: true, model, person: `${sandbox.address}: ${person}`, buttons: [button], severity: 'error' },
      );
    });
  }

  it('is over as soon as Google takes the token again', async () => {
    const { ui, sandbox } = fixture;
    assert.equal((await server.call('gmail_refresh_token')).isError, false);
    sandbox.faults.add({ match: /POST \/token/, cut: true });
    await ui.runCommand('Gmail: Refresh Access Token');
    await ui.notifications.wait(/cannot be reached/);
    sandbox.faults.clear();
    await ui.notifications.press(/cannot be reached/, 'Try Again');
    await ui.notifications.wait(/^Access token refreshed/);
  });
});
