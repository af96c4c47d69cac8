import { commands, window } from 'vscode';
import type { AccountStore } from '../accounts/account-store.ts';
import { verifyAccount } from '../accounts/add-account.ts';
import type { Redactor } from '../shared/redact.ts';

/** What the editor needs of a local Google. */
export interface LocalGoogle {
  origin: string;
  address: string;
  client: { id: string; secret: string };
  refreshToken: string;
  close(): Promise<void>;
}

/** The sandbox mailbox of this window: started on demand, ended when its account is removed or the window closes. */
export class SandboxMailbox {
  readonly #start: () => Promise<LocalGoogle>;
  readonly #store: AccountStore;
  readonly #redactor: Redactor;
  #running: Promise<LocalGoogle> | undefined;

  constructor(start: () => Promise<LocalGoogle>, store: AccountStore, redactor: Redactor) {
    this.#start = start;
    this.#store = store;
    this.#redactor = redactor;
    store.onDidChange(() => void this.#endIfUnused());
  }

  /** `Gmail: Try the Sandbox Mailbox`. */
  async run(): Promise<void> {
    this.#running ??= this.#start();
    const { origin, address, client, refreshToken } = await this.#running;
    const credentials = { clientId: client.id, clientSecret: client.secret, sandboxOrigin: origin };
    this.#store.saveTemporarily(await verifyAccount(this.#redactor, credentials, refreshToken));
    const open = 'Ask the Agent';
    const text = `The sandbox mailbox ${address} is ready. It is no real mailbox, lives on this computer and ends with this window.`;
    window.showInformationMessage(text, open).then(
      (pressed) => pressed === open && commands.executeCommand('workbench.action.chat.open', QUESTION),
      () => undefined,
    );
  }

  async dispose(): Promise<void> {
    const running = this.#running;
    this.#running = undefined;
    await (await running)?.close();
  }

  async #endIfUnused(): Promise<void> {
    const running = await this.#running;
    if (running && !(await this.#store.find(running.address))) await this.dispose();
  }
}

const QUESTION = { query: 'What is new in my mail?', mode: 'agent' };
