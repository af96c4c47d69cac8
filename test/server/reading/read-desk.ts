import { readFileSync } from 'node:fs';
import { after, before } from 'node:test';
import { type Sandbox, startSandbox } from '../../../src/sandbox/start.ts';
import { file, type Mail, startMail, succeed } from '../../support/mail.ts';
import type { ServerUnderTest } from '../../support/mcp-server.ts';

export const READ = 'gmail_read_email';

/** A mail of the corpus. */
export const corpus = (name: string) => readFileSync(new URL(`../../corpus/${name}.eml`, import.meta.url));

/** One sandbox and one server, which shows codes, for all tests of a suite. */
export class ReadDesk {
  sandbox!: Sandbox;
  server!: ServerUnderTest;

  constructor() {
    before(async () => {
      this.sandbox = await startSandbox();
      this.server = await startMail(this.sandbox, { GMAIL_SHOW_CODES: 'always' });
    });
    after(async () => {
      await this.server.close();
      await this.sandbox.close();
    });
  }

  /** Files a message, whose id it gives. */
  put = async (mail: Mail | Buffer) => (await file(this.sandbox.store, mail)).id;

  read = (id: string, more: Record<string, unknown> = {}) => succeed(this.server, READ, { message_ids: [id], ...more });
}
