import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Driver } from './companion.ts';
import { shown } from './screen.ts';
import type { Ui } from './ui.ts';
import { START } from './waiting.ts';
import type { Workbench } from './workbench.ts';

const VENDOR = 'headless-gmail-tests';
const NAME = 'Scripted One';

/** What the model does in one request of the agent's loop; companion/model/README.md tells the rest. */
export interface Step {
  /** Said before the calls. */
  say?: string;
  /** Tools by the end of their names; with `each`, once for everything that the expression finds in the results. */
  calls?: { tool: string; each?: string; input?: Record<string, unknown> }[];
  /** The answer; `{{results}}` is what the calls answered. */
  text?: string;
}

export interface TraceEntry {
  at: number;
  prompt: string;
  /** How many steps of the script came before in this turn. */
  step: number;
  /** What the turn's calls answered so far, as the model sees it. */
  results: string[];
  /** The names of all tools that were offered. */
  tools: string[];
  /** The offered tools of MCP servers, whole. */
  mcp: { name: string; description: string; inputSchema?: unknown }[];
  /** All the text that the model was sent, with the editor's own instructions. */
  received: string;
  reply: { text: string; calls: { name: string; input: Record<string, unknown> }[] };
}

/** The script and the trace of the language model that the companion extension registers. */
export class ScriptedModel {
  readonly #script: string;
  readonly #trace: string;
  readonly #rules = new Map<string, Step[]>();

  constructor(workbench: Workbench) {
    this.#script = path.join(workbench.profile.companion, 'model-script.json');
    this.#trace = path.join(workbench.profile.companion, 'model-trace.jsonl');
  }

  /** Says what to do when a prompt holds the text; the newest fitting script is followed. */
  script(steps: Step[], match = ''): void {
    this.#rules.delete(match);
    this.#rules.set(match, steps);
    const rules = [...this.#rules].map(([text, each]) => ({ match: text, steps: each })).reverse();
    writeFileSync(`${this.#script}.part`, JSON.stringify(rules));
    renameSync(`${this.#script}.part`, this.#script);
  }

  /** Every request so far, those of background tasks (titles of chats) left out; with a text, those of such prompts. */
  trace(prompt = ''): TraceEntry[] {
    if (!existsSync(this.#trace)) return [];
    return readFileSync(this.#trace, 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as TraceEntry)
      .filter((entry) => entry.prompt !== '' && entry.prompt.includes(prompt));
  }
}

/**
 * Makes the chat usable without any account, with the scripted model chosen. Once in each profile's life is enough,
 * but the waits are needed in each window.
 */
export async function enableChat(ui: Ui, driver: Driver): Promise<void> {
  await driver.active(`${VENDOR}.model`);
  // The bundled chat extension is idle until somebody looks at the models; without it prompts hang.
  await ui.runCommand('Chat: Manage Language Models');
  await driver.active('GitHub.copilot-chat');
  await driver.until(
    'the scripted model',
    async (vscode, vendor) => (await vscode.lm.selectChatModels({ vendor })).length > 0,
    VENDOR,
    START,
  );
  // It opens over the window and keeps the palette's key to itself.
  const overlay = ui.page.locator('.monaco-modal-editor-block');
  await ui.screen.visible('the list of models', overlay, START);
  await ui.screen.until('the list of models to close', async () => {
    await ui.screen.press('Escape');
    return !(await overlay.isVisible());
  });
  await ui.screen.until(
    'the scripted model in the chat',
    async () => (await shown(ui.page.locator('.interactive-input-part'))).includes(NAME),
    { timeout: START },
  );
}
