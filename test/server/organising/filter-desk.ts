import assert from 'node:assert/strict';
import { after, before, beforeEach } from 'node:test';
import { FULL_SCOPES, type Sandbox } from '../../../src/sandbox/start.ts';
import { file, type Mail, refuse, succeed } from '../../support/mail.ts';
import type { ServerUnderTest } from '../../support/mcp-server.ts';
import { accessTokenOf } from '../../unit/support.ts';
import { type Desk, openDesk } from './support.ts';

export const TOOL = 'gmail_manage_filter';
export const SETTINGS = 'https://www.googleapis.com/auth/gmail.settings.basic';
export const NEWS = 'Boat News <news@boats.example>';
export const CREATE = { operation: 'create', from: 'news@boats.example', archive: true };

/** A sign-in that may manage filters. */
export const granted = ({ grants, client }: Sandbox) => grants.grant(client.id, [...FULL_SCOPES, SETTINGS]);

export interface Filter {
  id: string;
  criteria: Record<string, unknown>;
  action: { addLabelIds?: string[]; removeLabelIds?: string[]; forward?: string };
}

/** The filters of the sandbox, as another client of Gmail sees and makes them. */
function otherClient(sandbox: Sandbox) {
  const url = `${sandbox.origin}/gmail/v1/users/me/settings/filters`;
  const headers = { authorization: `Bearer ${accessTokenOf(sandbox, [...FULL_SCOPES, SETTINGS])}` };
  const all = async () => ((await (await fetch(url, { headers })).json()) as { filter?: Filter[] }).filter ?? [];
  const make = async (criteria: object, action: object) => {
    const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ criteria, action }) });
    assert.equal(answer.status, 200);
    return ((await answer.json()) as Filter).id;
  };
  return { all, make };
}

/** One sandbox and one server for all tests of a suite, each of which begins without filters and mail of another. */
export class FilterDesk {
  desk!: Desk;
  server!: ServerUnderTest;
  other!: ReturnType<typeof otherClient>;
  readonly #filed: string[] = [];

  constructor() {
    before(async () => {
      this.desk = await openDesk(granted);
      this.other = otherClient(this.desk.sandbox);
      this.server = await this.desk.start();
    });
    beforeEach(() => {
      const { sandbox, questions } = this.desk;
      sandbox.faults.clear();
      sandbox.store.filters.clear();
      for (const id of this.#filed.splice(0)) sandbox.store.remove(id);
      questions.length = 0;
      Object.assign(this.desk, { answers: true, meanwhile: () => undefined });
    });
    after(() => this.desk.close());
  }

  get labels(): string {
    return JSON.stringify(this.desk.sandbox.store.labels());
  }

  run(args: object, on = this.server): Promise<string> {
    return succeed(on, TOOL, { ...args });
  }

  /** A call that fails so, and changes neither filters nor labels. */
  async refused(args: object, expected: RegExp, on = this.server): Promise<void> {
    const before = [this.labels, await this.other.all()];
    await refuse(on, TOOL, { ...args }, expected);
    assert.deepEqual([this.labels, await this.other.all()], before);
  }

  /** Files a message of the newsletter's sender, by default a letter. */
  async mail(mail: Mail, labels = ['INBOX'], at = Date.now()): Promise<void> {
    this.#filed.push((await file(this.desk.sandbox.store, { from: NEWS, ...mail }, { labels, at })).id);
  }

  /** Files an edition, a little later each time. */
  async newsletter(subject: string): Promise<void> {
    const at = Date.now() - 60_000 + this.#filed.length;
    const isList = this.#filed.length % 2 === 0;
    const headers = isList ? { 'List-Id': '<news.boats.example>' } : { 'List-Unsubscribe': '<https://x.example>' };
    await this.mail({ subject, headers }, ['INBOX'], at);
  }
}
