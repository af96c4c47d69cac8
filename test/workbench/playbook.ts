/** What the scripted model of `npm run workbench` does at a person's words: enough to see reading, sending and undo. */
import type { Step } from './support/scripted-model.ts';

/** An id of a message, as the last line of a row of a list has it. */
const LAST_ID = '{{/\\| ([0-9a-f]+)(?:\\n|$)/}}';

const HELP = `I am a script and no language model. These words I know:

- **new**: I look what is new in the mailbox.
- **answer**: I find Wren’s message, read it and answer it. You are asked before anything is sent.
- **tidy**: I archive the advertisements of the inbox. *Gmail: Undo the Agent’s Last Change* takes it back, and so does:
- **undo**
`;

interface Play {
  match: string;
  steps: Step[];
}

/** The first whose word a prompt holds is played. */
export const PLAYBOOK: readonly Play[] = [
  {
    match: 'new',
    steps: [
      {
        say: 'I look for what is new.',
        calls: [{ tool: 'gmail_search_emails', input: { query: 'in:inbox', max_results: 5 } }],
      },
      { text: '\n\n```text\n{{results}}\n```\n' },
    ],
  },
  {
    match: 'answer',
    steps: [
      {
        say: 'I look for it.',
        calls: [{ tool: 'gmail_search_emails', input: { query: 'from:wren has:attachment', max_results: 1 } }],
      },
      { calls: [{ tool: 'gmail_read_email', input: { message_ids: [LAST_ID] } }] },
      {
        say: 'I answer it.',
        calls: [
          {
            tool: 'gmail_send_email',
            input: { reply_to_message_id: LAST_ID, body: 'Thank you, I will have a look at it tonight.' },
          },
        ],
      },
      { text: '\n\nThe tool said:\n\n```text\n{{results}}\n```\n' },
    ],
  },
  {
    match: 'tidy',
    steps: [
      {
        say: 'I archive the advertisements.',
        calls: [{ tool: 'gmail_modify_emails', input: { query: 'category:promotions in:inbox', action: 'archive' } }],
      },
      { text: '\n\n```text\n{{results}}\n```\n' },
    ],
  },
  {
    match: 'undo',
    steps: [{ calls: [{ tool: 'gmail_undo', input: {} }] }, { text: '```text\n{{results}}\n```\n' }],
  },
  { match: '', steps: [{ text: HELP }] },
];
