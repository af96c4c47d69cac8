import assert from 'node:assert/strict';
import { afterEach, beforeEach } from 'node:test';
import { refuse, succeed } from '../../support/mail.ts';
import type { ServerUnderTest } from '../../support/mcp-server.ts';
import { type Desk, openDesk } from './support.ts';

export const TOOL = 'gmail_manage_label';

/** A sandbox and a server for each test of a suite, and its labels. */
export class LabelDesk {
  desk!: Desk;
  server!: ServerUnderTest;

  constructor() {
    beforeEach(async () => {
      this.desk = await openDesk();
      this.server = await this.desk.start();
    });
    afterEach(() => this.desk.close());
  }

  label(name: string) {
    return this.desk.sandbox.store.labels().find((each) => each.name === name);
  }

  add(...names: string[]): void {
    for (const name of names) this.desk.sandbox.store.labelId(name);
  }

  get all(): string {
    return JSON.stringify(this.desk.sandbox.store.labels());
  }

  run(args: object, on = this.server): Promise<string> {
    return succeed(on, TOOL, { ...args });
  }

  /** A call that fails so, and leaves every label as it was. */
  async refused(args: object, expected: RegExp, on = this.server): Promise<void> {
    const before = this.all;
    await refuse(on, TOOL, { ...args }, expected);
    assert.equal(this.all, before);
  }

  /** Requests fail after the first so many. */
  failAfter(times: number, match: RegExp): void {
    this.desk.sandbox.faults.add({ match, times });
    this.desk.sandbox.faults.add({ match, answer: { status: 400 } });
  }
}
