/** An MCP server that does nothing: what the SDK and 15 tools with zod schemas cost by themselves. */
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import * as z from 'zod';

const TOOLS = 15;

const server = new McpServer({ name: 'empty', version: '1.0.0' });
for (let tool = 1; tool <= TOOLS; tool += 1) {
  server.registerTool(
    `tool_${tool}`,
    {
      title: `Tool ${tool}`,
      description: 'Finds what is asked for, and answers one line for each that was found, the newest first.',
      inputSchema: {
        query: z.string().max(2000).describe('What to look for'),
        limit: z.int().min(1).max(100).default(25).describe('1 to 100 (default 25)'),
        cursor: z.string().optional().describe('From an earlier result, to go on behind it'),
      },
      annotations: { readOnlyHint: true },
    },
    ({ query }) => ({ content: [{ type: 'text', text: query }] }),
  );
}
void server.connect(new StdioServerTransport());
