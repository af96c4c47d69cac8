import type * as z from 'zod';
import type { KnownAccess } from '../../credentials/account-access.ts';
import type { Credentials } from '../../credentials/credentials.ts';
import { fullInput } from './check-arguments.ts';
import { accountArgument, offeredTools } from './offered-tools.ts';
import type { Tool } from './tool.ts';

/** A tool as a client lists it. */
export interface OfferedTool
  extends Pick<Tool, 'name' | 'title' | 'description' | 'annotations' | 'describesArguments'> {
  /** All arguments that the client may give. */
  input: z.ZodObject;
}

/** The tools as the client knows them, and whether it must hear that they are others now. */
export class ToolList {
  readonly #credentials: Credentials;
  readonly #onChange: () => void;
  readonly #tools: readonly Tool[];
  /** What the client was told last; nothing before its first question. */
  #told: string | undefined;
  #listing = 0;

  /**
   * @param tools every tool, in the order in which a model reads them
   * @param onChange is called when the client would get another list than it was told
   */
  constructor(tools: readonly Tool[], credentials: Credentials, onChange: () => void) {
    this.#credentials = credentials;
    this.#onChange = onChange;
    // Only the editor's accounts can be several, and of tokens that come as arguments nobody knows whether they allow
    // filters.
    this.#tools = tools.filter(({ offered, access }) =>
      offered !== undefined
        ? credentials.source === 'editor'
        : access !== 'filters' || credentials.source !== 'arguments',
    );
  }

  /** A tool by its name, offered or not: a call of one that is not allowed says why. */
  find(name: string): Tool | undefined {
    return this.#tools.find((tool) => tool.name === name);
  }

  /** What the client is offered now. */
  async list(): Promise<OfferedTool[]> {
    this.#listing += 1;
    const known = await this.#credentials.knownAccess().finally(() => {
      this.#listing -= 1;
    });
    this.#told = this.#keyOf(known);
    return offeredTools(this.#tools, known).map((tool) => {
      const { name, title, description, annotations, describesArguments = true } = tool;
      const account = known?.defaultAccount === undefined ? {} : accountArgument(tool, known.defaultAccount);
      const input = fullInput(tool, this.#credentials, account);
      return { name, title, description, annotations, describesArguments, input };
    });
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
