/** An MCP server for Gmail as one writes it first: the whole of googleapis, and a request for each message. */
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { type gmail_v1, google } from 'googleapis';
import * as z from 'zod';

const { GMAIL_API_BASE_URL: rootUrl = '', GOOGLE_OAUTH_BASE_URL: oauth = '' } = process.env;
const auth = new google.auth.OAuth2({
  clientId: process.env.GMAIL_CLIENT_ID ?? '',
  clientSecret: process.env.GMAIL_CLIENT_SECRET ?? '',
  endpoints: { oauth2TokenUrl: `${oauth}/token` },
});
auth.setCredentials({ refresh_token: process.env.GMAIL_REFRESH_TOKEN ?? '' });
const gmail = google.gmail({ version: 'v1', auth, rootUrl: `${rootUrl}/` });

const json = (value: object) => ({ content: [{ type: 'text' as const, text: JSON.stringify(value, undefined, 2) }] });

function header(message: gmail_v1.Schema$Message, name: string): string {
  const found = message.payload?.headers?.find((each) => each.name?.toLowerCase() === name);
  return found?.value ?? '';
}

/** The first text of a kind in the tree of parts. */
function textOf(part: gmail_v1.Schema$MessagePart | undefined, type: string): string {
  if (part?.mimeType === type && part.body?.data) return Buffer.from(part.body.data, 'base64url').toString();
  for (const inner of part?.parts ?? []) {
    const text = textOf(inner, type);
    if (text) return text;
  }
  return '';
}

const server = new McpServer({ name: 'naive', version: '1.0.0' });

server.registerTool(
  'search_emails',
  {
    description: 'Searches for emails using Gmail search syntax',
    inputSchema: { query: z.string().describe('Gmail search query'), maxResults: z.number().optional() },
  },
  async ({ query, maxResults = 25 }) => {
    const { data } = await gmail.users.messages.list({ userId: 'me', q: query, maxResults });
    const metadataHeaders = ['Subject', 'From', 'Date'];
    const messages = await Promise.all(
      (data.messages ?? []).map(async ({ id }) => {
        const answer = await gmail.users.messages.get({
          userId: 'me',
          id: id ?? '',
          format: 'metadata',
          metadataHeaders,
        });
        const [subject, from, date] = ['subject', 'from', 'date'].map((name) => header(answer.data, name));
        return { id, subject, from, date };
      }),
    );
    return json(messages);
  },
);

server.registerTool(
  'read_email',
  {
    description: 'Retrieves the content of specific emails',
    inputSchema: { messageIds: z.array(z.string()).describe('IDs of the email messages') },
  },
  async ({ messageIds }) => {
    const messages = await Promise.all(
      messageIds.map(async (id) => {
        const { data } = await gmail.users.messages.get({ userId: 'me', id, format: 'full' });
        const body = textOf(data.payload, 'text/plain') || textOf(data.payload, 'text/html');
        const [subject, from, to, date] = ['subject', 'from', 'to', 'date'].map((name) => header(data, name));
        return { id, threadId: data.threadId, subject, from, to, date, body };
      }),
    );
    return json(messages);
  },
);

await server.connect(new StdioServerTransport());
