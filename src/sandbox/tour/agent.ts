import process from 'node:process';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { CallToolResultSchema, ElicitRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import type { Sandbox } from '../start.ts';
import { screen } from './screen.ts';

type Arguments = Record<string, unknown>;

export interface Agent {
  /** Calls a tool, prints its name, and answers its text. Throws with the tool's own words when it failed. */
  read(name: string, args: Arguments): Promise<string>;
  /** The same for a tool that answers JSON. */
  call<T>(name: string, args: Arguments): Promise<T>;
  close(): Promise<void>;
}

/**
 * Starts the bundled server as any MCP client does, with the sandbox's account in its environment.
 *
 * @param confirm answers the server's questions in the person's place
 */
export async function startAgent(
  serverPath: string,
  sandbox: Sandbox,
  confirm: (question: string) => boolean,
): Promise<Agent> {
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [serverPath],
    env: {
      GMAIL_API_BASE_URL: sandbox.origin,
      GOOGLE_OAUTH_BASE_URL: sandbox.origin,
      GMAIL_CLIENT_ID: sandbox.client.id,
      GMAIL_CLIENT_SECRET: sandbox.client.secret,
      GMAIL_REFRESH_TOKEN: sandbox.refreshToken,
    },
  });
  const client = new Client({ name: 'tour', version: '1.0.0' }, { capabilities: { elicitation: {} } });
  client.setRequestHandler(ElicitRequestSchema, ({ params }) =>
    confirm(params.message) ? { action: 'accept', content: { send: true } } : { action: 'decline' },
  );
  await client.connect(transport);
  const read = async (name: string, args: Arguments): Promise<string> => {
    screen.tool(name, args);
    const result = CallToolResultSchema.parse(await client.callTool({ name, arguments: args }));
    const [content] = result.content;
    const text = content?.type === 'text' ? content.text : '';
    if (result.isError) throw new Error(`${name} failed: ${text}`);
    return text;
  };
  return {
    read,
    call: async <T>(name: string, args: Arguments): Promise<T> => JSON.parse(await read(name, args)),
    close: () => client.close(),
  };
}
