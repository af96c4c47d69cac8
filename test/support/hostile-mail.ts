import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach } from 'node:test';
import { type Sandbox, startSandbox } from '../../src/sandbox/start.ts';
import { assertWithinBudget, peakMemory, startMail } from './mail.ts';
import type { ServerUnderTest, ToolAnswer } from './mcp-server.ts';

/** More than this the server's process must never take, in megabytes. */
const MOST_MEMORY = 300;

/** A mailbox for hostile mail, and the server that reads it. */
export interface HostileMailbox {
  sandbox: Sandbox;
  /** The server of the test that runs. A test may put another into its place. */
  server: ServerUnderTest;
  /** Calls a tool, whose answer may be an error, but a clear one that is within the budget. */
  call(name: string, args: Record<string, unknown>): Promise<ToolAnswer>;
}

/**
 * For one suite: each test gets a server of its own, so that what one mail costs is told apart from what others left
 * behind. After each the server must have stayed within its memory, and must have written nothing to stderr.
 */
export function hostileMailbox(): HostileMailbox {
  const mailbox = {
    call: async (name: string, args: Record<string, unknown>) => {
      const answer = await mailbox.server.call(name, args);
      const { text } = answer;
      assertWithinBudget(text);
      assert.ok(!/inside Headless Mail|Unexpected/.test(text), text);
      assert.ok(text.isWellFormed(), 'half a character');
      return answer;
    },
  } as HostileMailbox;
  before(async () => {
    mailbox.sandbox = await startSandbox();
  });
  beforeEach(async () => {
    mailbox.server = await startMail(mailbox.sandbox);
  });
  afterEach(async () => {
    const memory = peakMemory(mailbox.server) ?? 0;
    const errors = mailbox.server.stderr();
    await mailbox.server.close();
    assert.equal(errors, '');
    assert.ok(memory < MOST_MEMORY, `${memory} MB`);
  });
  after(() => mailbox.sandbox.close());
  return mailbox;
}
