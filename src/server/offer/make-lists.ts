/** Runs when the server is built (esbuild.mjs): writing these lists takes longer than all else of its start. */

import * as z from 'zod';
import { accountArgument, fullInput } from '../call/full-input.ts';
import type { Tool } from '../call/tool.ts';
import { OFFERED_PROMPTS } from '../prompts/index.ts';
import { TOOLS } from '../tools/index.ts';
import { DEFAULT_ACCOUNT, type ObjectSchema, type ReadyLists, type ReadyTool } from './ready-lists.ts';

/** The lists of all that the server can offer. */
export function makeLists(): ReadyLists {
  return {
    tools: {
      taking: TOOLS.map((tool) => ready(tool, fullInput(tool, 'arguments', {}))),
      plain: TOOLS.map((tool) => ready(tool, fullInput(tool, 'editor', {}), accountOf(tool))),
    },
    prompts: OFFERED_PROMPTS,
  };
}

function ready(tool: Tool, input: z.ZodObject, account?: ReadyTool['account']): ReadyTool {
  const { name, title, description, annotations, access, offered, readsText, describesArguments = true } = tool;
  return {
    ...{ name, title, description, annotations, access },
    ...(offered === undefined ? {} : { offered }),
    ...(readsText === undefined ? {} : { readsText }),
    inputSchema: toJsonSchema(input, describesArguments),
    ...(account === undefined ? {} : { account }),
  };
}

/** The argument that names an account, by itself. */
function accountOf(tool: Tool): ReadyTool['account'] {
  const input = z.object(accountArgument(tool, DEFAULT_ACCOUNT));
  return toJsonSchema(input, tool.describesArguments ?? true).properties?.account;
}

/** What a model can do nothing with: the server checks it, and says it in words. */
const LEFT_OUT = new Set(['$schema', 'additionalProperties', 'minLength', 'maxLength', 'pattern']);

/**
 * JSON Schema of a tool's arguments. Draft 7, which every client understands. An unknown argument is refused by the
 * server, with words: said in the schema, Copilot Chat would go on refusing an argument that came later, since it checks
 * arguments against the first schema that it has seen of a tool.
 */
function toJsonSchema(schema: z.ZodObject, describes: boolean): ObjectSchema {
  const json = z.toJSONSchema(schema, { target: 'draft-7', io: 'input' });
  const slim = slimmed(json, describes);
  return { ...(slim as Record<string, unknown>), type: 'object' };
}

function slimmed(value: unknown, describes: boolean): unknown {
  if (Array.isArray(value)) return value.map((each) => slimmed(each, describes));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(
    ([key, each]) =>
      !LEFT_OUT.has(key) &&
      (describes || key !== 'description' || typeof each !== 'string') &&
      // The bound of every whole number in JavaScript says nothing.
      !(key === 'maximum' && each === Number.MAX_SAFE_INTEGER),
  );
  return Object.fromEntries(entries.map(([key, each]) => [key, slimmed(each, describes)]));
}
