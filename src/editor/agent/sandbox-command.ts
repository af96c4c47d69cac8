import { commands, window } from 'vscode';
import type { AccountStore } from '../../accounts/account-store.ts';
import { verifyAccount } from '../../accounts/add-account.ts';
import type { Redactor } from '../../shared/redact.ts';

/** What the editor needs of a local Google. */
export interface LocalGoogle {
  origin: string;
  address: string;
  client: { id: string; secret: string };
  refreshToken: string;
  close(): Promise<void>;
}

/** The sandbox mailbox of this window: started on demand, ended when its account is removed or the window closes. */
export class SandboxCommand {
  readonly #start: () => Promise<LocalGoogle>;
  readonly #store: AccountStore;
  readonly #redactor: Redactor;
  #starting: Promise<LocalGoogle> | undefined;
  /** Set once its account has been added; only then can the removal of that account end it. */
  #inUse: LocalGoogle | undefined;

  constructor(start: () => Promise<LocalGoogle>, store: AccountStore, redactor: Redactor) {
    this.#start = start;
    this.#store = store;
    this.#redactor = redactor;
    store.onDidChange(() => {
      this.#endIfUnused().catch(() => undefined);
    });
  }

  /** `Gmail: Try the Sandbox Mailbox`. */
  async run(): Promise<void> {
    const local = await this.#running();
    const { origin, address, client, refreshToken } = local;
    const ownClient = { clientId: client.id, clientSecret: client.secret, sandboxOrigin: origin };
    const signIn = { client: ownClient, refreshToken, level: 'full' } as const;
    const account = await verifyAccount(this.#redactor, signIn).catch(async (error: unknown) => {
      if (!this.#inUse) await this.dispose();
      throw error;
    });
    await this.#store.saveTemporarily(account);
    this.#inUse = local;
    const open = 'Ask the Agent';
    const text = `The sandbox mailbox ${address} is ready. It is no real mailbox, lives on this computer and ends with this window.`;
    window.showInformationMessage(text, open).then(
      (pressed) => pressed === open && commands.executeCommand('workbench.action.chat.open', questionFor(address)),
      () => undefined,
    );
  }

  /** Ends the local Google, if it runs. */
  async dispose(): Promise<void> {
    const starting = this.#starting;
    this.#starting = undefined;
    this.#inUse = undefined;
    await (await starting?.catch(() => undefined))?.close();
  }

  /** The local Google that runs already, or a new one. After a failed start the next one begins anew. */
  #running(): Promise<LocalGoogle> {
    if (this.#starting !== undefined) return this.#starting;
    const starting = this.#start();
    starting.catch(() => {
      this.#starting = undefined;
    });
    this.#starting = starting;
    return starting;
  }

  async #endIfUnused(): Promise<void> {
    const local = this.#inUse;
    if (!local) return;
    const account = await this.#store.find(local.address);
    if (account?.sandboxOrigin !== local.origin && this.#inUse === local) await this.dispose();
  }
}

/** It names the mailbox, because another account may be the default one. */
const questionFor = (address: string) => ({ query: `What is new in the mail of ${address}?`, mode: 'agent' });
