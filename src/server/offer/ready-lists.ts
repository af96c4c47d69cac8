import type { Tool } from '../call/tool.ts';
import type { OfferedPrompt } from '../prompts/index.ts';

/** JSON Schema of one argument. */
interface Property {
  description?: string;
  [key: string]: unknown;
}

/** JSON Schema of an object, as MCP wants it of a tool's arguments. */
export interface ObjectSchema {
  type: 'object';
  properties?: Record<string, Property>;
  required?: string[];
  [key: string]: unknown;
}

/** A tool as a client lists it. */
export interface OfferedTool extends Pick<Tool, 'name' | 'title' | 'description' | 'annotations'> {
  inputSchema: ObjectSchema;
}

/** A tool as it is offered, and what the server must know of it before the tool itself is loaded. */
export interface ReadyTool extends OfferedTool, Pick<Tool, 'access' | 'offered' | 'readsText'> {
  /** JSON Schema of the argument that names an account, where there is a choice; absent of a tool that is about all. */
  account?: Property;
}

/** What a client lists before its first call. */
export interface ReadyLists {
  /** Every tool, in the order in which a model reads them: with credentials among its arguments, and without. */
  tools: { taking: readonly ReadyTool[]; plain: readonly ReadyTool[] };
  prompts: readonly OfferedPrompt[];
}

/** Stands for the address of the default account until that is known. */
export const DEFAULT_ACCOUNT = '{default account}';

/** Put in by esbuild.mjs, as JSON, which is read faster than JavaScript. */
declare const HEADLESS_GMAIL_LISTS: string;

/** The lists as they were written when the server was built: what they are made of loads with the first call. */
export function readyLists(): ReadyLists {
  return JSON.parse(HEADLESS_GMAIL_LISTS);
}
