import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, afterEach, before } from 'node:test';
import { type Sandbox, startSandbox } from '../../../src/sandbox/start.ts';
import type { Privacy } from '../../../src/shared/privacy.ts';
import { startMail } from '../../support/mail.ts';
import { type ServerUnderTest, startServer } from '../../support/mcp-server.ts';
import { accountOf, brokerFolder, Opened, openWindow } from '../../support/window.ts';

/** One sandbox for all tests of a suite, and the servers of a test. */
export class PrivacyDesk {
  sandbox!: Sandbox;
  /** The id of the label `private`. */
  label!: string;
  readonly #opened = new Opened();
  readonly #saving = mkdtempSync(path.join(tmpdir(), 'hg-private-'));

  constructor() {
    before(async () => {
      this.sandbox = await startSandbox();
      this.label = this.sandbox.store.labelId('private');
    });
    afterEach(() => this.#opened.close());
    after(async () => {
      await this.sandbox.close();
      rmSync(this.#saving, { recursive: true });
    });
  }

  /** Starts a server whose owner hides mail by a search or shows codes; both ways to say so. */
  readonly ways = {
    environment: (privacy: Privacy) => this.#withEnvironment(privacy),
    editor: (privacy: Privacy) => this.#withEditor(privacy),
  };

  async #withEnvironment({ hiddenQuery, showsCodes }: Privacy): Promise<ServerUnderTest> {
    const env = { GMAIL_HIDDEN_QUERY: hiddenQuery, GMAIL_SAVE_DIR: this.#saving };
    const codes = showsCodes ? { GMAIL_SHOW_CODES: 'always' } : {};
    return this.#opened.add(await startMail(this.sandbox, { ...env, ...codes }));
  }

  async #withEditor(privacy: Privacy): Promise<ServerUnderTest> {
    const folder = brokerFolder();
    const window = this.#opened.add(await openWindow(folder, { privacy: () => privacy, saveFolder: this.#saving }));
    await window.store.save(accountOf(this.sandbox));
    return this.#opened.add(await startServer({ HEADLESS_GMAIL_BROKER: folder }));
  }
}
