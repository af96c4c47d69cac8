import { type Sandbox, startSandbox } from '../../src/sandbox/start.ts';
import { listMail } from '../support/list-mail.ts';
import { file } from '../support/mail.ts';
import { addNewsletter } from '../support/newsletter.ts';

/** The size of the HTML of the large newsletter, in bytes. */
const LARGE = 200 * 1024;

/** The sandbox's mailbox with what the tasks of the bench are about. */
export interface BenchMailbox {
  sandbox: Sandbox;
  /** Messages of the inbox, by id, the newest first. */
  inbox: readonly string[];
  /** The message with a lot of HTML. */
  newsletter: string;
  /** The message with a file as its part 1. */
  withFile: string;
  thread: { id: string; length: number };
  /** Another message each time, in no list, of a mailing list that unsubscribes by mail. */
  listMail(): Promise<string>;
}

/** @param latency milliseconds that each HTTP request takes longer */
export async function openMailbox(latency: number): Promise<BenchMailbox> {
  const sandbox = await startSandbox();
  const { store } = sandbox;
  const inbox = store
    .messages()
    .filter(({ labelIds }) => labelIds.has('INBOX'))
    .toSorted((a, b) => b.internalDate - a.internalDate)
    .map(({ id }) => id);
  const threads = Map.groupBy(store.messages(), ({ threadId }) => threadId);
  const [[id = '', messages = []] = []] = [...threads].toSorted(([, a], [, b]) => b.length - a.length);
  const newsletter = await addNewsletter(store, LARGE);
  const csv = { type: 'text/csv', name: 'sales.csv', content: 'place,seats\nbalcony,48\n'.repeat(50) };
  const withFile = (await file(store, { subject: 'Sales', files: [csv] }, { labels: [] })).id;
  sandbox.faults.latencyMs = latency;
  return {
    sandbox,
    inbox,
    newsletter,
    withFile,
    thread: { id, length: messages.length },
    listMail: async () => {
      const mail = listMail({ addresses: ['mailto:stop@list.example?subject=Stop'], post: null });
      return (await file(store, mail, { labels: [] })).id;
    },
  };
}
