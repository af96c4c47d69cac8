import { env, QuickPickItemKind, Uri, window } from 'vscode';
import type { ActivityLog } from '../activity/activity-log.ts';
import type { Entry } from '../activity/entries.ts';
import { dayOf, type EntryWords, entryWords, pageOf } from '../activity/entry-words.ts';
import { tell } from './tell.ts';

interface ActivityItem extends Partial<EntryWords> {
  label: string;
  kind?: QuickPickItemKind;
  entry?: Entry;
}

const KEEP = 'Keep It';
const CLEAR = 'Clear Activity';

/**
 * The commands about the record of activity. It is a pick, since that is searched by typing, read by screen readers and
 * themed by the editor, and is nothing that an agent gets as context.
 */
export class ActivityCommands {
  readonly #log: Pick<ActivityLog, 'read' | 'clear'>;
  readonly #isOn: () => boolean;

  /** @param isOn whether activity is recorded */
  constructor(log: Pick<ActivityLog, 'read' | 'clear'>, isOn: () => boolean) {
    this.#log = log;
    this.#isOn = isOn;
  }

  /** `Gmail: Show Activity`. */
  async show(): Promise<void> {
    const { entries, unreadable } = await this.#log.read();
    const off = this.#isOn() ? '' : ' Recording is switched off (setting headlessGmail.recordActivity).';
    if (entries.length === 0) {
      tell(`No activity is recorded yet.${off}`);
      return;
    }
    const lost = unreadable > 0 ? ` ${unreadable} more cannot be read.` : '';
    const picked = await window.showQuickPick(itemsOf(entries), {
      title: 'Gmail activity, newest first',
      placeHolder: `Type to find what was done, when, by whom; Enter opens a message in Gmail, or shows a line whole.${lost}${off}`,
      matchOnDescription: true,
      matchOnDetail: true,
    });
    if (picked?.entry) await openPage(picked.entry);
  }

  /** `Gmail: Clear Activity`. The button that has the focus clears nothing. */
  async clear(): Promise<void> {
    const detail =
      'What agents read, sent and changed is then no longer listed, for any account or window. Your mail is not touched.';
    const question = 'Clear the record of what agents did?';
    if ((await window.showWarningMessage(question, { modal: true, detail }, KEEP, CLEAR)) !== CLEAR) return;
    await this.#log.clear();
    tell('The record of activity is empty.');
  }
}

/** The lines under the day that they are of. */
function itemsOf(entries: readonly Entry[]): ActivityItem[] {
  const days = Map.groupBy(entries, ({ at }) => dayOf(at));
  return [...days].flatMap(([day, ofDay]) => [
    { label: day, kind: QuickPickItemKind.Separator },
    ...ofDay.map((entry) => ({ ...entryWords(entry), entry })),
  ]);
}

/** Opens what a line is about. Where there is no page of it, the whole line is shown: the list cuts what is long. */
async function openPage(entry: Entry): Promise<void> {
  const page = pageOf(entry);
  if (page !== undefined && !entry.isSandbox) {
    await env.openExternal(Uri.parse(page));
    return;
  }
  const why = page === undefined ? 'no single message' : 'a message in the sandbox mailbox, which has no pages to open';
  const { label, description, detail } = entryWords(entry);
  tell(`${label}: ${description} · ${detail}. This line is about ${why}.`);
}
