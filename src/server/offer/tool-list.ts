import type { KnownAccess } from '../../credentials/account-access.ts';
import type { CredentialSource } from '../../shared/problem-catalogue.ts';
import { isThere, offeredTools } from './offered-tools.ts';
import { DEFAULT_ACCOUNT, type OfferedTool, type ReadyLists, type ReadyTool } from './ready-lists.ts';

/** Where the list learns what the accounts allow. */
export interface ListedCredentials {
  source: CredentialSource;
  /** What is known of the accounts, within seconds and without Google; undefined while nothing is. */
  knownAccess(): Promise<KnownAccess | undefined>;
}

/** The tools as the client knows them, and whether it must hear that they are others now. */
export class ToolList {
  readonly #credentials: ListedCredentials;
  readonly #onChange: () => void;
  readonly #tools: readonly ReadyTool[];
  /** What the client was told last; nothing before its first question. */
  #told: string | undefined;
  #listing = 0;

  /** @param onChange is called when the client would get another list than it was told */
  constructor({ taking, plain }: ReadyLists['tools'], credentials: ListedCredentials, onChange: () => void) {
    this.#credentials = credentials;
    this.#onChange = onChange;
    const { source } = credentials;
    this.#tools = (source === 'arguments' ? taking : plain).filter((tool) => isThere(tool, source));
  }

  /** What the client is offered now. */
  async list(): Promise<OfferedTool[]> {
    this.#listing += 1;
    const known = await this.#credentials.knownAccess().finally(() => {
      this.#listing -= 1;
    });
    this.#told = this.#keyOf(known);
    return offeredTools(this.#tools, known).map((tool) => asOffered(tool, known?.defaultAccount));
  }

  /** What is known of a tool before it is loaded, offered or not. */
  find(name: string): ReadyTool | undefined {
    return this.#tools.find((tool) => tool.name === name);
  }

  /** Compares what is known of the accounts with what the client was told. A list that is under way tells of it by itself. */
  compare(known: KnownAccess): void {
    const key = this.#keyOf(known);
    if (this.#told === undefined || this.#told === key || this.#listing > 0) return;
    this.#told = key;
    this.#onChange();
  }

  /** All that the list depends on. */
  #keyOf(known: KnownAccess | undefined): string {
    return JSON.stringify([offeredTools(this.#tools, known).map(({ name }) => name), known?.defaultAccount]);
  }
}

/** @param defaultAccount the account of calls that name none, where there is a choice */
function asOffered(
  { name, title, description, annotations, inputSchema, account }: ReadyTool,
  defaultAccount: string | undefined,
): OfferedTool {
  const offered = { name, title, description, annotations };
  if (defaultAccount === undefined || account === undefined) return { ...offered, inputSchema };
  const told = account.description?.replace(DEFAULT_ACCOUNT, () => defaultAccount);
  const property = told === undefined ? account : { ...account, description: told };
  return {
    ...offered,
    inputSchema: { ...inputSchema, properties: { ...inputSchema.properties, account: property } },
  };
}
