import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Fault } from '../../../src/sandbox/faults.ts';
import { type Sandbox, startSandbox } from '../../../src/sandbox/start.ts';
import { startMail } from '../../support/mail.ts';
import type { ServerUnderTest } from '../../support/mcp-server.ts';

const SEND = /^POST .*\/drafts\/send$/;

interface Case {
  what: string;
  fault: Omit<Fault, 'match'>;
  /** What is said; a message that is found in Sent is said to be sent. */
  says: RegExp;
  /** What lies in the mailbox then. */
  left: string[];
}

const CASES: readonly Case[] = [
  {
    what: 'an answer without an id, where nothing was sent',
    fault: { answer: { status: 200, body: {} } },
    says: /not sent.*still among the drafts, as r/,
    left: ['DRAFT'],
  },
  {
    what: 'an answer without an id, where it was sent',
    fault: { answer: { status: 200, body: {} }, afterTheWork: true, times: 1 },
    says: /"messageId":"[0-9a-f]+"/,
    left: ['SENT'],
  },
  {
    what: 'a refused token after it was sent',
    fault: { answer: { status: 401 }, afterTheWork: true, times: 1 },
    says: /"messageId":"[0-9a-f]+"/,
    left: ['SENT'],
  },
  {
    what: 'an unknown draft that is there',
    fault: { answer: { status: 404 } },
    says: /not sent.*still among the drafts, as r/,
    left: ['DRAFT'],
  },
  ...[400, 401, 403, 429].map((status) => ({
    what: `status ${status}`,
    fault: { answer: { status } },
    says: /The message was not sent, and no draft of it is left/,
    left: [],
  })),
];

describe('a send that Gmail answers with', () => {
  let sandbox: Sandbox;
  let server: ServerUnderTest;
  before(async () => {
    sandbox = await startSandbox();
    server = await startMail(sandbox, { GMAIL_CONFIRM_SEND: 'never' });
  });
  afterEach(() => sandbox.faults.clear());
  after(async () => {
    await server.close();
    await sandbox.close();
  });

  const labelsOf = (subject: string) =>
    sandbox.store
      .messages()
      .filter((message) => message.header('subject') === subject)
      .map(({ labelIds }) => [...labelIds].join());

  for (const { what, fault, says, left } of CASES) {
    it(`${what} says what became of it`, async () => {
      sandbox.faults.add({ match: SEND, ...fault });
      const { text } = await server.call('gmail_send_email', { to: 'ann@mail.example', subject: what, body: 'b' });
      assert.match(text, says);
      assert.deepEqual(labelsOf(what), left);
    });
  }

  it('a pause for sending lets drafts be saved', async () => {
    const message = `User-rate limit exceeded (Mail sending). Retry after ${new Date(Date.now() + 3_600_000).toISOString()}`;
    const body = { error: { code: 429, message, errors: [{ reason: 'rateLimitExceeded' }] } };
    sandbox.faults.add({ match: SEND, answer: { status: 429, body } });
    const letter = { to: 'ann@mail.example', subject: 'paused', body: 'b' };
    assert.match((await server.call('gmail_send_email', letter)).text, /was not sent/);
    sandbox.faults.clear();
    assert.match((await server.call('gmail_send_email', letter)).text, /was not sent.*Wait/);
    assert.equal((await server.call('gmail_create_draft', letter)).isError, false);
    assert.deepEqual(labelsOf('paused'), ['DRAFT']);
  });
});
