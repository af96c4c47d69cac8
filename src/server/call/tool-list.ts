import type { Credentials } from '../credentials/credentials.ts';
import type { OfferedTool } from '../mcp/sdk.ts';
import { TOOLS } from '../tools/index.ts';
import { accountArgument, type Offer, offeredTools } from './offered-tools.ts';
import { fullInput } from './run-call.ts';
import type { Tool } from './tool.ts';

/** The tools as the client knows them, and whether it must hear that they are others now. */
export class ToolList {
  readonly #credentials: Credentials;
  readonly #onChange: () => void;
  readonly #tools: readonly Tool[];
  /** What the client was told last; nothing before its first question. */
  #told: string | undefined;
  #listing = 0;

  /** @param onChange is called when the client would get another list than it was told */
  constructor(credentials: Credentials, onChange: () => void) {
    this.#credentials = credentials;
    this.#onChange = onChange;
    // Only the editor's accounts can be several.
    this.#tools = TOOLS.filter(({ offered }) => offered === undefined || credentials.source === 'editor');
  }

  /** A tool by its name, offered or not: a call of one that is not allowed says why. */
  find(name: string): Tool | undefined {
    return this.#tools.find((tool) => tool.name === name);
  }

  /** What the client is offered now. */
  async list(): Promise<OfferedTool[]> {
    this.#listing += 1;
    const offer = await this.#credentials.offer().finally(() => {
      this.#listing -= 1;
    });
    this.#told = this.#keyOf(offer);
    return offeredTools(this.#tools, offer).map((tool) => {
      const { name, title, description, annotations } = tool;
      const account = offer?.defaultAccount === undefined ? {} : accountArgument(tool, offer.defaultAccount);
      return { name, title, description, annotations, input: fullInput(tool, this.#credentials, account) };
    });
  }

  /** Compares an offer with what the client was told. A list that is under way tells of it by itself. */
  compare(offer: Offer): void {
    const key = this.#keyOf(offer);
    if (this.#told === undefined || this.#told === key || this.#listing > 0) return;
    this.#told = key;
    this.#onChange();
  }

  /** All that the list depends on. */
  #keyOf(offer: Offer | undefined): string {
    return JSON.stringify([offeredTools(this.#tools, offer).map(({ name }) => name), offer?.defaultAccount]);
  }
}
