/** One thing that a call may have done, in words for a person; `%` stands for how many. */
interface Deed {
  /** Of one, or where it is not counted. */
  one: string;
  many?: string;
  /** Whether something is other than before, so that a failure afterwards must not hide it. */
  changes?: true;
}

interface ToolDeeds {
  /** What the call was for, where it came to nothing. */
  attempt: string;
  deeds: Readonly<Record<string, Deed>>;
}

const reading = (one: string, many?: string): Deed => ({ one, ...(many === undefined ? {} : { many }) });
const changing = (one: string, many?: string): Deed => ({ ...reading(one, many), changes: true });
/** A change that is told alike for one message and for several: `Archived % emails`. */
const changingEmails = (words: string): Deed =>
  changing(words.replace('%', 'an email'), words.replace('%', '% emails'));

const KEPT = changing('Kept an email as a draft instead of sending it');

/**
 * What each tool does, in the words of the record of activity, and what is counted: emails, files, labels and the like.
 * The one table; no word of a mail gets into the record, since a report names one of these.
 */
export const DEEDS = {
  gmail_search_emails: {
    attempt: 'Search mail',
    deeds: { found: reading('Searched mail: one email', 'Searched mail: % emails') },
  },
  gmail_read_email: { attempt: 'Read email', deeds: { read: reading('Read an email', 'Read % emails') } },
  gmail_read_thread: {
    attempt: 'Read a conversation',
    deeds: { read: reading('Read a conversation: one email', 'Read a conversation: % emails') },
  },
  gmail_get_attachment: { attempt: 'Look into an attachment', deeds: { looked: reading('Looked into an attachment') } },
  gmail_save_attachment: {
    attempt: 'Save an attachment',
    deeds: { saved: changing('Saved an attachment'), savedWhole: changing('Saved a whole email as a file') },
  },
  gmail_get_changes: {
    attempt: 'Look for what is new',
    deeds: { looked: reading('Looked for what is new: one email', 'Looked for what is new: % emails') },
  },
  gmail_list_labels: { attempt: 'List the labels', deeds: { listed: reading('Listed a label', 'Listed % labels') } },
  gmail_get_recent_emails: {
    attempt: 'Read the newest emails',
    deeds: { read: reading('Read the newest email', 'Read the % newest emails') },
  },
  gmail_get_email_body_chunk: { attempt: 'Read on in an email', deeds: { read: reading('Read on in an email') } },
  gmail_send_email: { attempt: 'Send an email', deeds: { sent: changing('Sent an email'), kept: KEPT } },
  gmail_create_draft: { attempt: 'Save a draft', deeds: { saved: changing('Saved a draft'), kept: KEPT } },
  gmail_find_address: {
    attempt: 'Look up an address',
    deeds: { found: reading('Looked up an address: one found', 'Looked up an address: % found') },
  },
  gmail_modify_emails: {
    attempt: 'Organise mail',
    deeds: {
      archive: changingEmails('Archived %'),
      unarchive: changingEmails('Moved % to the inbox'),
      read: changingEmails('Marked % as read'),
      unread: changingEmails('Marked % as unread'),
      star: changingEmails('Starred %'),
      unstar: changingEmails('Unstarred %'),
      important: changingEmails('Marked % as important'),
      not_important: changingEmails('Marked % as not important'),
      spam: changingEmails('Reported % as spam'),
      not_spam: changingEmails('Took % out of spam'),
      trash: changingEmails('Moved % to the trash'),
      untrash: changingEmails('Took % out of the trash'),
      labelled: changingEmails('Changed the labels of %'),
      previewed: reading('Looked at an email before a change', 'Looked at % emails before a change'),
    },
  },
  gmail_undo: { attempt: 'Take a change back', deeds: { undone: changingEmails('Took back a change of %') } },
  gmail_manage_label: {
    attempt: 'Manage a label',
    deeds: {
      create: changing('Created a label'),
      rename: changing('Renamed a label'),
      recolour: changing('Recoloured a label'),
      hide: changing('Hid a label'),
      show: changing('Showed a hidden label'),
      delete: changing('Deleted a label'),
    },
  },
  gmail_unsubscribe: {
    attempt: 'Unsubscribe',
    deeds: {
      unsubscribed: changing('Unsubscribed from a mailing list'),
      // Where a list offers no more than that.
      sent: changing('Sent an email that unsubscribes'),
      kept: KEPT,
    },
  },
  gmail_refresh_token: {
    attempt: 'Refresh the access token',
    deeds: { refreshed: reading('Refreshed the access token') },
  },
  gmail_list_accounts: {
    attempt: 'List the accounts',
    deeds: { listed: reading('Listed one account', 'Listed % accounts') },
  },
  gmail_manage_filter: {
    attempt: 'Manage filters',
    deeds: {
      list: reading('Listed one filter', 'Listed % filters'),
      create: changing('Created a filter', 'Created % filters'),
      delete: changing('Deleted a filter'),
    },
  },
} as const satisfies Readonly<Record<string, ToolDeeds>>;

/** The tools that can be reported: every one must be. */
export type ReportedTool = keyof typeof DEEDS;

export const REPORTED_TOOLS = Object.keys(DEEDS) as [ReportedTool, ...ReportedTool[]];

/** What a call of some tool may have done. */
export type DeedName = { [T in ReportedTool]: keyof (typeof DEEDS)[T]['deeds'] }[ReportedTool];

const deedOf = (tool: ReportedTool, name: string): Deed | undefined => {
  const deeds: Readonly<Record<string, Deed>> = DEEDS[tool].deeds;
  return Object.hasOwn(deeds, name) ? deeds[name] : undefined;
};

/** Whether a call of this tool can have done that. */
export const isDeedOf = (tool: ReportedTool, name: string): boolean => deedOf(tool, name) !== undefined;

/** Whether something is other than before once that is done. */
export const isChange = (tool: ReportedTool, name: string): boolean => deedOf(tool, name)?.changes === true;

/** What was done, as a person reads it: `Read 3 emails`. Without a deed, what the call was for. */
export function wordsOf(tool: ReportedTool, name: string | undefined, count: number | undefined): string {
  const deed = name === undefined ? undefined : deedOf(tool, name);
  if (!deed) return DEEDS[tool].attempt;
  const { one, many } = deed;
  return count === undefined || count === 1 || many === undefined ? one : many.replace('%', count.toLocaleString('en'));
}
