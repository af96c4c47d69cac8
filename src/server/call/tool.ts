import type * as z from 'zod';
import type { NeededCredential } from '../../credentials/credentials.ts';
import type { Access } from '../../shared/access.ts';
import type { ReportedTool } from '../../shared/activity/deeds.ts';
import type { CallContext } from './call-context.ts';

/** A result that is more than text. */
export interface RichResult {
  text: string;
  /** Pictures, beside the text. */
  images: readonly { data: Buffer; mimeType: string }[];
}

interface ToolAnnotations {
  /** True skips the editor's question before each call, so only tools that change nothing say so. */
  readOnlyHint: boolean;
  destructiveHint?: boolean;
  idempotentHint?: boolean;
  openWorldHint: boolean;
}

/** One MCP tool: what the model reads of it, and what it does. */
export interface Tool {
  /** `gmail_…`, in `[a-z_]`, at most 40 characters; one that the record of activity has words for. */
  name: ReportedTool;
  title: string;
  description: string;
  annotations: ToolAnnotations;
  needs: NeededCredential;
  /** What an account must allow before the tool is offered, and before a call of it begins. */
  access: Access;
  /** Where the tool is offered only under a condition: where several accounts are signed in. */
  offered?: 'several accounts';
  /** The arguments. Made when it is first asked for: those of all tools take longer than all else that a call loads. */
  readonly input: z.ZodObject;
  /** Whether a call usually reads the text of mail, so that the thread for it is started when the call comes. */
  readsText?: boolean;
  /** Optional arguments of which a blank one means something, and so is not taken for one that was left out. */
  keepsBlanks?: readonly string[];
  /** Whether a model is told what each argument means; it reads that elsewhere otherwise. */
  describesArguments?: boolean;
  /** Runs a call; the arguments have passed `input`. Answers the text for the model; errors are Problems. */
  run(args: Record<string, unknown>, context: CallContext): Promise<string | RichResult>;
  /**
   * Does with invented mail what a first call does, while that waits for Google.
   *
   * @param over aborts when the call has come to its end
   */
  rehearse?(over: AbortSignal): Promise<void>;
  /** The four tools of the original server answer errors as JSON. */
  errorsAsJson: boolean;
}

interface ToolSpec<Shape extends z.ZodRawShape> extends Omit<Tool, 'input' | 'run'> {
  input(): z.ZodObject<Shape>;
  run(args: z.infer<z.ZodObject<Shape>>, context: CallContext): Promise<string | RichResult>;
}

/** Keeps the types of a tool's arguments inside its own file. */
export function defineTool<Shape extends z.ZodRawShape>(spec: ToolSpec<Shape>): Tool {
  let made: z.ZodObject<Shape> | undefined;
  const input = () => {
    made ??= spec.input();
    return made;
  };
  return {
    ...spec,
    get input() {
      return input();
    },
    run: (args, context) => spec.run(input().parse(args), context),
  };
}
