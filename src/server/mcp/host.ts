import type { ClientCall } from '../call/call-context.ts';
import type { OfferedTool } from '../offer/ready-lists.ts';
import type { OfferedPrompt } from '../prompts/index.ts';
import type { Typed } from './completion.ts';
import type { ResourceTemplate } from './resource-templates.ts';
import type { ListedResource, ResourceContent } from './resources.ts';

/** What a call yields. */
interface Outcome {
  text: string;
  images?: readonly { data: Buffer; mimeType: string }[];
  isError: boolean;
}

/** What the server says of itself (`Implementation` in MCP's schema). */
export interface ServerInfo {
  /** For programs. */
  name: string;
  /** For people. */
  title: string;
  version: string;
  description: string;
  websiteUrl: string;
  icons: { src: string; mimeType: string; sizes: string[] }[];
}

/** What the server offers to a client, whatever the SDK that carries it. */
export interface McpHost {
  info: ServerInfo;
  instructions: string;
  tools(): Promise<OfferedTool[]>;
  /** Undefined where there is no such tool. */
  call(name: string, args: Record<string, unknown>, call: ClientCall): Promise<Outcome | undefined>;
  resourceTemplates: readonly ResourceTemplate[];
  /** The resources that are worth a list; none where nothing can be asked. */
  resources(signal: AbortSignal): Promise<ListedResource[]>;
  /** Throws a Refusal where it cannot be read. */
  readResource(uri: string, call: ClientCall): Promise<ResourceContent>;
  prompts: readonly OfferedPrompt[];
  /** What the person asks by a prompt. Throws a Refusal where there is no such prompt or an argument is wrong. */
  writePrompt(name: string, args: Readonly<Record<string, string>>): Promise<string>;
  /** Values for an argument of a prompt or a resource. */
  complete(typed: Typed, signal: AbortSignal): Promise<string[]>;
  onProtocolError(error: Error): void;
}
