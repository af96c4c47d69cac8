import type { Audience, Entries, Explanation } from './words.ts';

const NOTHING_CHANGED = 'nothing was changed';

const INSTEAD =
  'Archive it and its like with gmail_modify_emails, or ask the user to have Gmail filter them; nothing was sent.';

/** @param count in digits */
const changed = (count: string) => (count === '1' ? '1 message was changed' : `${count} messages were changed`);

/** In which ways nobody has agreed to a change. */
export type NotAgreed = 'decline' | 'cancelled' | 'unusable' | 'failed' | 'unanswered' | 'unable';

export const WHY_NOT_AGREED: Readonly<Record<NotAgreed, string>> = {
  decline: 'The person who was asked said no.',
  cancelled: 'The client closed the question without an answer; perhaps nobody has seen it.',
  unusable: 'The client answered the question in another form than it was asked for.',
  failed: 'The client answered the question with an error; perhaps nobody has seen it.',
  unanswered: 'Nobody answered the question in time.',
  unable: 'It takes a person’s yes, and this client has no way to ask one (MCP elicitation).',
};

/** What is wrong with a change of mail, labels or filters. */
export const ORGANISING_PROBLEMS = {
  /** @param f.reason why a person was asked, where that is not plain */
  change_not_agreed: (f: { how: NotAgreed; reason?: string | undefined }) => ({
    what: 'Nothing was changed.',
    why: f.reason ? `${WHY_NOT_AGREED[f.how]} ${f.reason}` : WHY_NOT_AGREED[f.how],
    next:
      f.how === 'unable'
        ? 'Ask the user to do it in Gmail, or to use a client that can ask.'
        : 'Ask the user what to do instead; do not simply try again.',
  }),
  messages_unnamed: (f: { given: string }) => ({
    what: `It is not clear which messages are meant: ${f.given}.`,
    why: 'Exactly one of message_ids, query and selection names them.',
    next: `Call the tool again with one of them; ${NOTHING_CHANGED}.`,
  }),
  change_unnamed: () => ({
    what: 'It is not said what to do with the messages.',
    why: 'None of action, add_labels and remove_labels is given, and preview is not true.',
    next: `Name one of them and call the tool again; ${NOTHING_CHANGED}.`,
  }),
  labels_conflict: (f: { label: string }) => ({
    what: `The label ${f.label} would be put on and taken off at once.`,
    why: 'It stands among what to add and among what to remove, by its name or its id.',
    next: `Decide which and call the tool again; ${NOTHING_CHANGED}.`,
  }),
  selection_gone: (f: { selection: string }) => ({
    what: `There is no selection ${f.selection}.`,
    why: 'Selections are kept for half an hour, for the account and the server that made them.',
    next: `Call the tool again with the query and preview: true; ${NOTHING_CHANGED}.`,
  }),
  selection_too_wide: (f: { limit: string; of: string }) => ({
    what: `Too many ${f.of} are meant.`,
    why: `At most ${f.limit} can be looked at in one call.`,
    next: `Name fewer, for example by a narrower query or by one for each word, and call the tool again; ${NOTHING_CHANGED}.`,
  }),
  /** @param f.isUnknown whether Gmail may have changed those that are left all the same */
  changed_partly: (f: {
    done: string;
    left: string;
    ids: string;
    isUnknown: boolean;
    reason: string;
    next: string;
  }) => ({
    what: f.isUnknown
      ? `${changed(f.done)}, and of ${f.left} it is unknown whether they were: ${f.ids}.`
      : `${changed(f.done)}, and ${f.left} ${f.left === '1' ? 'was' : 'were'} not: ${f.ids}.`,
    why: f.reason,
    next: f.next,
  }),
  label_unknown: (f: { label: string; known: string }) => ({
    what: `There is no label ${f.label}.`,
    why: `The labels are ${f.known}.`,
    next: `Use one of these, or create it (create_labels of gmail_modify_emails, create of gmail_manage_label); ${NOTHING_CHANGED}.`,
  }),
  label_fixed: (f: { label: string }) => ({
    what: `The label ${f.label} is Gmail’s own.`,
    why: 'Gmail’s own labels are not put on, taken off, created, renamed or deleted by name.',
    next:
      'Use what stands for it (an action of gmail_modify_emails; archive, mark_read or star of gmail_manage_filter), or ' +
      `another label; ${NOTHING_CHANGED}.`,
  }),
  label_name_wrong: (f: { label: string; reason: string }) => ({
    what: `${f.label} is no usable name of a label.`,
    why: f.reason,
    next: `Choose another name and call the tool again; ${NOTHING_CHANGED}.`,
  }),
  /** @param f.left what was created by the call that failed, and is still there */
  created_partly: (f: { left: string; said: Record<Audience, Explanation> }, where: Audience) => ({
    what: `The call failed and was taken back but for this, which it has created and could not delete again: ${f.left}.`,
    why: `${f.said[where].what} ${f.said[where].why}`,
    next: 'Tell the user, and delete it (delete of gmail_manage_label, of gmail_manage_filter) before another try.',
  }),
  label_hides_mail: (f: { label: string }) => ({
    what: `The label ${f.label} stays as it is.`,
    why: 'The search that keeps mail from the agent goes by this name, so that a change could bring such mail into view, or take mail out of it.',
    next: `Ask the user to do it in Gmail, and to adapt that search; ${NOTHING_CHANGED}.`,
  }),
  label_changed: (f: { label: string; how: string }) => ({
    what: `The label ${f.label} was not deleted.`,
    why: `It changed while the person was asked: ${f.how}.`,
    next: `Call the tool again, so that the person is asked anew; ${NOTHING_CHANGED}.`,
  }),
  labels_renamed_partly: (f: { label: string; to: string; done: string; left: string; reason: string }) => ({
    what: `The label ${f.label} is called ${f.to} now, and so are ${f.done} of the labels below it, but not these: ${f.left}.`,
    why: f.reason,
    next: 'Rename each of those by itself, by a call with operation rename.',
  }),
  operation_unclear: (f: { operation: string; reason: string }) => ({
    what: `It is not clear what ${f.operation} shall do.`,
    why: f.reason,
    next: `Correct the arguments and call the tool again; ${NOTHING_CHANGED}.`,
  }),
  filter_criteria_wrong: (f: { reason: string }) => ({
    what: 'No filter was created.',
    why: `A filter acts by itself on all mail to come, and ${f.reason}.`,
    next: 'Name a sender (from), a list or a subject, as in a Gmail search, and call the tool again.',
  }),
  filter_unknown: (f: { id: string }) => ({
    what: `There is no filter ${f.id}.`,
    why: 'It was deleted, or the id is another one’s.',
    next: `Take the id from the operation list and call the tool again; ${NOTHING_CHANGED}.`,
  }),
  filter_refused: (f: { reason: string }) => ({
    what: 'Gmail does not take this filter.',
    why: `The reason: ${f.reason}.`,
    next: `Look at the filters that there are (operation list), then create another one, or delete one first; ${NOTHING_CHANGED}.`,
  }),
  history_gone: () => ({
    what: 'The change cannot be taken back any more.',
    why: 'Gmail no longer tells what was changed then: it forgets after about a week, or too much has happened since.',
    next: 'Look for the messages with gmail_search_emails, and change them with gmail_modify_emails. Nothing was changed.',
  }),
  mailbox_unknown: () => ({
    what: 'Nothing was changed.',
    why: 'Gmail does not say whose mailbox the access token opens, and changes are counted and remembered for each mailbox.',
    next: 'Call the tool with an access token of the scope gmail.modify.',
  }),
  undo_claimed: (f: { change: string; state: 'under way' | 'taken back' }, where: Audience) => ({
    what: `This call has not taken back the change “${f.change}”.`,
    why:
      f.state === 'taken back'
        ? 'Another call has just taken it back.'
        : 'Another call is making it or taking it back; one that has ended without a word holds it for five minutes at most.',
    next:
      where === 'person'
        ? 'Look at the mail before you take back the change before it.'
        : 'Call gmail_undo again only where the change before it shall be taken back too.',
  }),
  /** @param f what was taken back, in whole sentences, and what was not, which says so */
  undone_partly: (f: { done: string; left: string; said: Record<Audience, Explanation> }, where: Audience) => ({
    what: `${f.done}${f.left}.`,
    why: `${f.said[where].what} ${f.said[where].why} What is left can still be taken back.`,
    next: f.said[where].next,
  }),
  unsubscribe_not_offered: () => ({
    what: 'The message offers no way to unsubscribe.',
    why: 'It has no List-Unsubscribe header that says how, and links in a text are not followed.',
    next: INSTEAD,
  }),
  unsubscribe_not_trusted: (f: { reason: string }) => ({
    what: 'Nobody was asked to unsubscribe.',
    why: `The way that the message offers cannot be trusted: ${f.reason}.`,
    next: INSTEAD,
  }),
  unsubscribe_unusable: (f: { reason: string }) => ({
    what: 'Nobody was asked to unsubscribe.',
    why: `The message offers to unsubscribe by mail, but ${f.reason}.`,
    next: INSTEAD,
  }),
  unsubscribe_behind_proxy: (f: { host: string }) => ({
    what: `${f.host} was not asked to unsubscribe.`,
    why: 'This computer reaches the web by a proxy, so that where the request would end cannot be checked.',
    next: `Ask the user to unsubscribe in Gmail, beside the sender’s name; ${NOTHING_CHANGED}.`,
  }),
  unsubscribe_address_refused: (f: { host: string }) => ({
    what: `Nothing was sent to ${f.host}.`,
    why: 'It is, or may be, an address within this computer or a private network, where nobody unsubscribes.',
    next: 'Tell the user that the message leads there; archive it and its like with gmail_modify_emails.',
  }),
  unsubscribe_unreachable: (f: { host: string; reason: string }) => ({
    what: `${f.host} could not be reached, and nothing was sent.`,
    why: `The connection failed before the request left (${f.reason}).`,
    next: 'Call the tool again later, or ask the user to unsubscribe in Gmail, beside the sender’s name.',
  }),
  unsubscribe_redirected: (f: { host: string; status: string }) => ({
    what: `${f.host} has not confirmed that it unsubscribed the user.`,
    why: `It answered with a redirect (HTTP status ${f.status}), which counts as a failure and is not followed.`,
    next: 'Ask the user to unsubscribe in Gmail, beside the sender’s name; do not call the tool again for it.',
  }),
  unsubscribe_refused: (f: { host: string; status: string }) => ({
    what: `${f.host} did not unsubscribe the user.`,
    why: `It answered the request with HTTP status ${f.status}.`,
    next: 'Call the tool again later, or archive such mail with gmail_modify_emails.',
  }),
  unsubscribe_unclear: (f: { host: string; reason: string }) => ({
    what: `It is unknown whether ${f.host} unsubscribed the user.`,
    why: `The connection failed after the request had left (${f.reason}). It is not repeated.`,
    next: 'Tell the user, and look in some days whether such mail still comes; do not simply try again.',
  }),
  nothing_to_undo: (f: { others: string }, where: Audience) => ({
    what: 'There is no change to take back.',
    why:
      f.others === ''
        ? 'No change of this account is remembered that was not taken back already.'
        : `The last changes were made by another client (${f.others}), and a client takes back its own alone.`,
    next:
      f.others === '' || where === 'person'
        ? 'Nothing needs to be done.'
        : 'Tell the user, who can take them back with the command "Gmail: Undo the Agent’s Last Change" in VS Code.',
  }),
} as const satisfies Entries;
