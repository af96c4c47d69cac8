import { type NotAgreed, WHY_NOT_AGREED } from './organising.ts';
import { type Audience, type Entries, type Explanation, NOTHING_SENT } from './words.ts';

/** What is wrong with a message that shall be written, sent or kept as a draft. */
export const WRITING_PROBLEMS = {
  header_line_break: (f: { argument: string }) => ({
    what: `${f.argument} contains a line break or another control character.`,
    why: 'A header is one line; a break in it could smuggle in further headers.',
    next: `Write ${f.argument} on one line and call the tool again; ${NOTHING_SENT}.`,
  }),
  subject_too_long: (f: { length: string; limit: string }) => ({
    what: `The subject is too long: ${f.length} characters.`,
    why: `At most ${f.limit} are taken, so that a person can read all of it before the message goes out.`,
    next: `Shorten the subject and call the tool again; ${NOTHING_SENT}.`,
  }),
  message_empty: () => ({
    what: 'The message has no text.',
    why: 'Both body and html_body are blank.',
    next: `Write the text into body and call the tool again; ${NOTHING_SENT}.`,
  }),
  body_too_large: (f: { size: string; limit: string }) => ({
    what: `The text is too long: body and html_body have ${f.size} together.`,
    why: `At most ${f.limit} are taken, so that a person can be shown all of it.`,
    next: `Shorten it, or attach the long part as a file, and call the tool again; ${NOTHING_SENT}.`,
  }),
  html_unbearable: (f: { of: string; found: string; limit: string }) => ({
    what: `The HTML of ${f.of} was not read: it has ${f.found} elements.`,
    why: `At most ${f.limit} are taken; more would hold up everything else, and no mail needs them.`,
    next:
      f.of === 'html_body'
        ? `Write it with fewer elements, or as plain text into body, and call the tool again; ${NOTHING_SENT}.`
        : `Ask the user to send or change it in Gmail; ${NOTHING_SENT}.`,
  }),
  message_too_long: (f: { size: string; limit: string }) => ({
    what: `The message is too long to be shown to anybody: ${f.size} of text, with the formatted form and what stands below it.`,
    why: `At most ${f.limit} are shown; HTML, above all lists within lists, can become much longer as text than it is itself.`,
    next: `Shorten it, write plain text alone, or leave the quote out, and call the tool again; ${NOTHING_SENT}.`,
  }),
  message_too_large: (f: { size: string; limit: string }) => ({
    what: `The message is too large to send: ${f.size}.`,
    why: `Gmail accepts at most ${f.limit} in one message, its files included.`,
    next: `Leave a file out, or share it by a link, and call the tool again; ${NOTHING_SENT}.`,
  }),
  one_origin_only: (f: { given: string }) => ({
    what: `${f.given} cannot be used together.`,
    why: 'A message is an answer, a forwarded message or a draft, and only one of them.',
    next: `Keep the one that is meant and call the tool again; ${NOTHING_SENT}.`,
  }),
  origin_needed: (f: { argument: string; needed?: string }) => ({
    what: `${f.argument} means nothing here.`,
    why: f.needed
      ? `It needs ${f.needed}.`
      : 'The draft answers no message that can be seen, or its recipients stand in it.',
    next: `Leave ${f.argument} out${f.needed ? `, or add ${f.needed},` : ''} and call the tool again; ${NOTHING_SENT}.`,
  }),
  draft_fixed: (f: { id: string; part: string }) => ({
    what: `The draft ${f.id} was not changed.`,
    why: `It holds a part that a change would break (${f.part}).`,
    next: `Ask the user to change or send it in Gmail; ${NOTHING_SENT}.`,
  }),
  answer_unthreaded: (f: { id: string }) => ({
    what: `The message ${f.id} cannot be answered in its thread.`,
    why: 'It has no Message-ID that an answer could name.',
    next: `Write to its sender with to and subject instead; ${NOTHING_SENT}.`,
  }),
  original_unreadable: (f: { id: string; reason: string }) => ({
    what: `The message ${f.id} can be neither quoted nor forwarded here.`,
    why: f.reason,
    next: `Answer it without quote, or let the user forward it in Gmail; ${NOTHING_SENT}.`,
  }),
  draft_not_answerable: (f: { id: string }) => ({
    what: `The message ${f.id} is a draft.`,
    why: 'Only a message that was sent or received can be answered or forwarded.',
    next: `Use the id of such a message, or draft_id to change the draft; ${NOTHING_SENT}.`,
  }),
  alias_unknown: (f: { address: string; known: string }) => ({
    what: `The account cannot send from ${f.address}.`,
    why: f.known ? `Its addresses are ${f.known}.` : 'Which addresses it has cannot be looked up with this sign-in.',
    next: `${f.known ? 'Use one of these in from, or leave' : 'Leave'} from out, and call the tool again; ${NOTHING_SENT}.`,
  }),
  alias_pending: (f: { address: string }) => ({
    what: `The account cannot send from ${f.address} yet.`,
    why: 'Its owner has not confirmed that address to Gmail.',
    next: `Ask the user to confirm it in Gmail’s settings, or leave from out; ${NOTHING_SENT}.`,
  }),
  draft_gone: (f: { id: string }) => ({
    what: `There is no draft ${f.id} any more.`,
    why: 'It was sent or deleted meanwhile, or changed, which gives its message another id.',
    next: `Create a new draft, or ask the user; ${NOTHING_SENT}.`,
  }),
  draft_header_unclear: (f: { id: string; header: string }) => ({
    what: `The draft ${f.id} was not sent.`,
    why: `Its header ${f.header} stands there more than once, in a form that cannot be read whole, or names somebody whom no question shows.`,
    next: 'Name the recipients anew with gmail_create_draft (draft_id; to, cc and bcc), which leaves such headers out, or ask the user to change that header in Gmail.',
  }),
  draft_part_unshown: (f: { id: string; part: string; isFixed?: boolean }) => ({
    what: `The draft ${f.id} was not sent.`,
    why: `Beside its text and its HTML it holds a part that recipients may read and nobody would be shown (${f.part}).`,
    next: f.isFixed
      ? `Ask the user to send it from Gmail; ${NOTHING_SENT}.`
      : `Ask the user to send it from Gmail, or change the draft (gmail_create_draft with draft_id), which makes a file of that part; ${NOTHING_SENT}.`,
  }),
  draft_changed: (f: { id: string }) => ({
    what: `The draft ${f.id} was changed while its sending was confirmed.`,
    why: 'What would go out now is not what was agreed to.',
    next: `Call the tool again, so that the present text is confirmed; ${NOTHING_SENT}.`,
  }),
  sent_otherwise: (f: { id: string }) => ({
    what: `A message was sent, but it is not what was agreed to: ${f.id}.`,
    why: 'Something else than this call changed the draft in the moment in which it was sent.',
    next: 'Tell the user at once, so that they look at that message in Sent; do not send it again.',
  }),
  draft_in_question: (f: { id: string }) => ({
    what: `The draft ${f.id} was not changed, nor sent by this call.`,
    why: 'Another call is changing or sending it, or a person is being asked right now whether it shall be sent.',
    next: 'Wait until that has ended, then call the tool again.',
  }),
  draft_unclear: (f: { reason: string }) => ({
    what: 'The message was not sent, and a draft of it may be left.',
    why: `Gmail did not say that it saved the draft (${f.reason}).`,
    next: 'Look in Drafts before it is written again.',
  }),
  send_failed_draft_kept: (f: { draft: string }) => ({
    what: 'The message was not sent.',
    why: `Gmail has not sent it; it is still among the drafts, as ${f.draft}.`,
    next: `Call gmail_send_email with draft_id ${f.draft} if it is still wanted.`,
  }),
  send_refused: (f: { said: Record<Audience, Explanation>; draft?: string }, where: Audience) => {
    const { what, why, next } = f.said[where];
    const left = f.draft ? `; it is still among the drafts, as ${f.draft}` : ', and no draft of it is left';
    return { what: `The message was not sent${left}.`, why: `${what} ${why}`, next };
  },
  send_saved_as_draft: (f: { draft: string }) => ({
    what: 'The message was not sent: the person who was asked chose to keep it as a draft.',
    why: `It is saved as the draft ${f.draft}.`,
    next: 'Tell the user that it waits in Drafts; do not send it unasked.',
  }),
  send_needs_approval: (f: { draft?: boolean }, where: Audience) => ({
    what: 'The message was not sent.',
    why: 'A person must confirm each send, and this client cannot ask one (it has no elicitation).',
    next:
      where === 'environment'
        ? 'Save it with gmail_create_draft for the user to send, use a client with elicitation, or let the server’s owner set GMAIL_CONFIRM_SEND=never.'
        : f.draft
          ? 'Save it with gmail_create_draft for the user to send.'
          : 'Ask the user to confirm in VS Code.',
  }),
  send_declined: () => ({
    what: 'The message was not sent.',
    why: 'The person who was asked did not confirm it.',
    next: 'Ask the user what to change; do not send it again unasked.',
  }),
  send_cancelled_by_client: () => ({
    what: 'The message was not sent.',
    why: 'The client closed the question without an answer; whether a person saw it is unknown.',
    next: 'Ask the user whether it shall be sent, or save it with gmail_create_draft.',
  }),
  send_question_failed: () => ({
    what: 'The message was not sent.',
    why: WHY_NOT_AGREED.failed,
    next: 'Ask the user whether it shall be sent, or save it with gmail_create_draft.',
  }),
  draft_not_agreed: (f: { how: NotAgreed }) => ({
    what: 'The draft was not saved, and its files of this computer were not uploaded.',
    why: WHY_NOT_AGREED[f.how],
    next:
      f.how === 'decline'
        ? 'Ask the user what to change; do not save it again unasked.'
        : 'Leave the files out, which needs no question, or ask the user to attach them in Gmail.',
  }),
  send_answer_unusable: () => ({
    what: 'The message was not sent.',
    why: 'The client answered the question in a form that says neither yes nor no; only send: true sends.',
    next: 'Save it with gmail_create_draft for the user to send.',
  }),
  send_unanswered: () => ({
    what: 'The message was not sent.',
    why: 'Nobody answered the question whether to send it.',
    next: 'Ask the user whether it is still wanted, then call the tool again.',
  }),
  send_unclear: (f: { subject: string; reason: string }) => ({
    what: 'It is unknown whether the message was sent.',
    why: `The connection to Gmail failed after the message had left (${f.reason}). It is never sent a second time.`,
    next: `Look in the Sent folder for the subject ${f.subject} before anything is sent again.`,
  }),
  questions_open: (f: { limit: string }) => ({
    what: 'The message was not sent, and nobody was asked.',
    why: `${f.limit} questions wait for the person already.`,
    next: 'Wait until they are answered; do not call the tool again before.',
  }),

  attachment_unreadable: (f: { file: string; reason: string }) => ({
    what: `The file ${f.file} was not attached.`,
    why: `${f.reason[0]?.toUpperCase() ?? ''}${f.reason.slice(1)}.`,
    next: `Name another file, or leave it out, and call the tool again; ${NOTHING_SENT}.`,
  }),
  attachment_outside: (f: { file: string; folders: string }, where: Audience) => ({
    what: `The file ${f.file} was not attached.`,
    why: `There is no such file in the folders that files can be attached from: ${f.folders || 'none'}. A home folder, a folder around one and a root count for none.`,
    next:
      f.folders || where !== 'environment'
        ? `Ask the user to put the file there, or leave it out; ${NOTHING_SENT}.`
        : `Let the server’s owner name a folder in GMAIL_SAVE_DIR and restart the server, or leave it out; ${NOTHING_SENT}.`,
  }),
} as const satisfies Entries;
