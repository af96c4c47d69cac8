import type * as z from 'zod';
import type { Outgoing } from '../../mail/compose/compose.ts';
import type { Access } from '../../shared/access.ts';
import type { CredentialSource } from '../../shared/problem-catalogue.ts';
import type { CallCredentials } from '../credentials/credentials.ts';
import type { CallMailbox } from '../mailbox/call-mailbox.ts';

/** Tells the client from time to time that the call lives, until the work ends. */
export type WhileWaiting = <T>(message: string, work: Promise<T>) => Promise<T>;

/** What one call of a tool works with. */
interface ToolContext {
  source: CredentialSource;
  credentials: Omit<CallCredentials, 'assertApproved'> & {
    /** Returns only where the message may go out, and the client is still there to hear of it. */
    assertApproved(message: Outgoing): Promise<void>;
  };
  /** The mailbox that the call is about, less what stays out of reach. */
  mailbox(): Promise<CallMailbox>;
  /** Tells the client that the work goes on. */
  whileWaiting: WhileWaiting;
  /** Aborts when the client cancels the call. */
  signal: AbortSignal;
}

/** A result that is more than text. */
export interface RichResult {
  text: string;
  /** Pictures, beside the text. */
  images: readonly { data: Buffer; mimeType: string }[];
}

export interface ToolAnnotations {
  /** True skips the editor's question before each call, so only tools that change nothing say so. */
  readOnlyHint: boolean;
  destructiveHint?: boolean;
  idempotentHint?: boolean;
  openWorldHint: boolean;
}

/** Which credentials a tool takes as arguments where they come from arguments. */
export type NeededCredential = 'access token' | 'refresh token';

/** One MCP tool: what the model reads of it, and what it does. */
export interface Tool {
  /** `gmail_…`, in `[a-z_]`, at most 40 characters. */
  name: string;
  title: string;
  description: string;
  annotations: ToolAnnotations;
  needs: NeededCredential;
  /** What an account must allow before the tool is offered, and before a call of it begins. */
  access: Access;
  /** Where the tool is offered only under a condition: where several accounts are signed in. */
  offered?: 'several accounts';
  input: z.ZodObject;
  /** Runs a call; the arguments have passed `input`. Answers the text for the model; errors are Problems. */
  run(args: Record<string, unknown>, context: ToolContext): Promise<string | RichResult>;
  /** The four tools of the original server answer errors as JSON. */
  errorsAsJson: boolean;
}

interface ToolSpec<Shape extends z.ZodRawShape> extends Omit<Tool, 'input' | 'run'> {
  input: z.ZodObject<Shape>;
  run(args: z.infer<z.ZodObject<Shape>>, context: ToolContext): Promise<string | RichResult>;
}

/** Keeps the types of a tool's arguments inside its own file. */
export function defineTool<Shape extends z.ZodRawShape>(spec: ToolSpec<Shape>): Tool {
  return { ...spec, run: (args, context) => spec.run(spec.input.parse(args), context) };
}
