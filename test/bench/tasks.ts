import { cursorOf } from '../support/mail.ts';
import type { BenchMailbox } from './mailbox.ts';

type Arguments = Record<string, unknown>;

/** A call that is measured. */
export interface Task {
  name: string;
  tool: string;
  /**
   * What the call is given.
   *
   * @param turn from 0, in one server
   * @param last what the call before it answered in that server
   */
  args(mailbox: BenchMailbox, turn: number, last: string | undefined): Arguments | Promise<Arguments>;
  /** A call before each, which is not measured; so not even the first is its server's first. */
  before?: { tool: string; args(mailbox: BenchMailbox): Arguments };
  /** How long after the list of tools the first call comes, in milliseconds; at once where absent. */
  after?: number;
  /** Its requests change something, so they are not made again. */
  writes?: boolean;
}

/** A model thinks for longer before its first call, in milliseconds. */
const A_THOUGHT = 1_000;

const letter = (turn: number): Arguments => ({
  to: 'Wren <wren@mail.example>',
  subject: `Soup at seven, ${turn}`,
  body: 'Dear Wren,\n\nI come at seven, and I bring bread.\n\nRobin',
});

/** A change and, the next time, the way back: a call that changes nothing is another one. */
const starring = ({ inbox }: BenchMailbox, turn: number): Arguments => ({
  message_ids: inbox.slice(0, 1),
  action: turn % 2 === 0 ? 'star' : 'unstar',
});

/** What is asked of the server: each of its tools at least once. */
export const TASKS: readonly Task[] = [
  { name: 'search, 25 rows', tool: 'gmail_search_emails', args: () => ({ query: 'in:inbox' }) },
  {
    name: 'search, first after 1 s',
    tool: 'gmail_search_emails',
    args: () => ({ query: 'in:inbox' }),
    after: A_THOUGHT,
  },
  { name: 'search, 100 rows', tool: 'gmail_search_emails', args: () => ({ query: '', max_results: 100 }) },
  { name: 'read one message', tool: 'gmail_read_email', args: ({ inbox }) => ({ message_ids: inbox.slice(1, 2) }) },
  {
    name: 'read, first after 1 s',
    tool: 'gmail_read_email',
    args: ({ inbox }) => ({ message_ids: inbox.slice(1, 2) }),
    after: A_THOUGHT,
  },
  { name: 'read ten messages', tool: 'gmail_read_email', args: ({ inbox }) => ({ message_ids: inbox.slice(1, 11) }) },
  { name: 'newsletter of 200 KB', tool: 'gmail_read_email', args: ({ newsletter }) => ({ message_ids: [newsletter] }) },
  { name: 'longest thread', tool: 'gmail_read_thread', args: ({ thread }) => ({ thread_id: thread.id }) },
  { name: 'ten recent messages', tool: 'gmail_get_recent_emails', args: () => ({}) },
  {
    name: 'body, first chunk',
    tool: 'gmail_get_email_body_chunk',
    args: ({ newsletter }) => ({ message_id: newsletter }),
  },
  {
    name: 'changes, then none since',
    tool: 'gmail_get_changes',
    args: (_mailbox, _turn, last = '') => {
      const cursor = cursorOf(last);
      return cursor === undefined ? {} : { cursor };
    },
  },
  { name: 'address by name', tool: 'gmail_find_address', args: () => ({ name: 'Wren' }) },
  { name: 'labels', tool: 'gmail_list_labels', args: () => ({}) },
  {
    name: 'file of 1 KB',
    tool: 'gmail_get_attachment',
    args: ({ withFile }) => ({ message_id: withFile, part_id: '1' }),
  },
  {
    name: 'file of 1 KB, saved',
    tool: 'gmail_save_attachment',
    args: ({ withFile }) => ({ message_id: withFile, part_id: '1' }),
  },
  { name: 'token', tool: 'gmail_refresh_token', args: () => ({}) },
  { name: 'draft', tool: 'gmail_create_draft', args: (_mailbox, turn) => letter(turn), writes: true },
  { name: 'send', tool: 'gmail_send_email', args: (_mailbox, turn) => letter(turn), writes: true },
  { name: 'star one message', tool: 'gmail_modify_emails', args: starring, writes: true },
  {
    name: 'undo of a star',
    tool: 'gmail_undo',
    args: () => ({}),
    // Another message than is starred above, which may still be so.
    before: { tool: 'gmail_modify_emails', args: ({ inbox }) => ({ message_ids: inbox.slice(1, 2), action: 'star' }) },
    writes: true,
  },
  {
    name: 'label, created',
    tool: 'gmail_manage_label',
    args: (_mailbox, turn) => ({ operation: 'create', label: `Errands ${process.hrtime.bigint()} ${turn}` }),
    writes: true,
  },
  {
    name: 'unsubscribe by mail',
    tool: 'gmail_unsubscribe',
    args: async (mailbox) => ({ message_id: await mailbox.listMail() }),
    writes: true,
  },
];

/** What an earlier server is asked: what an agent begins with, and what takes longest. */
export const EARLIER_TASKS: readonly Task[] = [
  ...['search, 25 rows', 'search, first after 1 s', 'read one message', 'read, first after 1 s'],
  ...['newsletter of 200 KB', 'ten recent messages', 'token'],
].map((name) => {
  const task = TASKS.find((each) => each.name === name);
  if (!task) throw new Error(`There is no task ${name}.`);
  return task;
});

/** What the naive server is asked: the same as the server is by the tasks of these names. */
export const NAIVE_TASKS: readonly Task[] = [
  { name: 'search, 25 rows', tool: 'search_emails', args: () => ({ query: 'in:inbox' }) },
  { name: 'read one message', tool: 'read_email', args: ({ inbox }) => ({ messageIds: inbox.slice(1, 2) }) },
  { name: 'read ten messages', tool: 'read_email', args: ({ inbox }) => ({ messageIds: inbox.slice(1, 11) }) },
  { name: 'newsletter of 200 KB', tool: 'read_email', args: ({ newsletter }) => ({ messageIds: [newsletter] }) },
];

/** What the empty server is asked: the way of a call through the SDK, and back. */
export const EMPTY_TASKS: readonly Task[] = [{ name: 'nothing', tool: 'tool_1', args: () => ({ query: 'nothing' }) }];
