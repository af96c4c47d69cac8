import { type Audience, type Entries, SIGN_IN } from './words.ts';

const SAVE_FOLDER_OF_OWNER = 'Ask the owner of the server to allow an existing folder for attachments.';

/** What is wrong with a call, and with what it would save. */
export const CALL_PROBLEMS = {
  argument_invalid: (f: { argument: string; expected: string; got: string }) => ({
    what: `The argument ${f.argument} is not usable.`,
    why: `Expected: ${f.expected}. Got: ${f.got}.`,
    next: `Call the tool again with ${f.argument} corrected.`,
  }),
  argument_missing: (f: { argument: string; expected: string }) => ({
    what: `The argument ${f.argument} is missing or blank.`,
    why: `Expected: ${f.expected}.`,
    next: `Call the tool again with ${f.argument}.`,
  }),
  argument_unknown: (f: { argument: string; known: string }) => ({
    what: `There is no argument ${f.argument}.`,
    why: `This tool takes ${f.known}.`,
    next: 'Call the tool again without it.',
  }),
  cursor_wrong: (f: { reason: string }) => ({
    what: 'The cursor is not usable here.',
    why: `A cursor goes on with the very list that it came with, but ${f.reason}.`,
    next: 'Call the tool again without a cursor to begin anew, or with the last one, whole, and the same arguments.',
  }),
  query_unbalanced: (f: { reason: string }) => ({
    what: 'The search is not usable as it is written.',
    why: `In it ${f.reason}.`,
    next: 'Close every quotation mark and bracket, then search again.',
  }),
  hidden_query_wrong: (f: { reason: string }, where: Audience) => ({
    what: 'The search that says which mail stays hidden cannot be understood, so no mail is shown.',
    why: `In the setting ${f.reason}.`,
    next: `${where === 'person' ? 'Correct' : 'Ask the user to correct'} the setting; a search such as label:private works.`,
  }),
  hidden_label_unknown: (f: { label: string }, where: Audience) => ({
    what: 'Mail with a certain label shall stay hidden, but this mailbox has no such label, so no mail is shown.',
    why: `The setting names the label ${f.label}; it may be misspelt, or was renamed or deleted.`,
    next: `${where === 'person' ? 'Correct' : 'Ask the user to correct'} the setting, or to create the label in Gmail.`,
  }),
  credentials_missing: (f: { names: string }, where: Audience) => ({
    what: 'There are no complete Google credentials to work with.',
    why: `Missing or blank: ${f.names}.`,
    next: {
      arguments: 'Pass them as arguments of the call.',
      environment: `Set ${f.names} in the server's environment, then restart the server.`,
      editor: SIGN_IN.editor,
      person: SIGN_IN.person,
    }[where],
  }),
  credential_malformed: (f: { name: string }) => ({
    what: `${f.name} is not usable.`,
    why: 'It has a blank, a line break or another character inside that no credential of Google has.',
    next: 'Copy it again, whole and on one line, and call the tool again.',
  }),

  part_unknown: (f: { part: string; message: string; known: string }) => ({
    what: `The message ${f.message} has no file with the part ${f.part}.`,
    why: `Its files have these parts: ${f.known}.`,
    next: 'Use one of these, as gmail_read_email lists them.',
  }),
  save_folder_wide: (f: { folder: string }, where: Audience) => ({
    what: 'No file can be saved or attached.',
    why: `${f.folder} is a home folder, a folder around one, or a root: it holds everything, so that it counts for none.`,
    next: {
      arguments: SAVE_FOLDER_OF_OWNER,
      environment:
        'Let the server’s owner name a folder for attachments alone in GMAIL_SAVE_DIR and restart the server.',
      editor: 'Ask the user to run the command "Gmail: Choose Folder for Attachments…" in VS Code.',
      person: 'Run "Gmail: Choose Folder for Attachments…" and choose a folder for attachments alone.',
    }[where],
  }),
  save_folder_missing: (f: { folder: string }, where: Audience) => ({
    what: 'No file can be saved or attached.',
    why: `${f.folder} is no folder, or not an absolute path to one.`,
    next: {
      arguments: SAVE_FOLDER_OF_OWNER,
      environment: 'Let the server’s owner name an existing folder in GMAIL_SAVE_DIR and restart the server.',
      editor: 'Ask the user to run the command "Gmail: Choose Folder for Attachments…" in VS Code.',
      person: 'Run "Gmail: Choose Folder for Attachments…" and choose a folder that exists.',
    }[where],
  }),
  save_folder_changed: (f: { folder: string }, where: Audience) => ({
    what: 'The file was not saved.',
    why: `Another folder than the one that was chosen lies at ${f.folder}, or a link to one; nothing was left in either.`,
    next: {
      arguments: 'Ask the owner of the server to look at the folder, and to allow it anew if it is the right one.',
      environment: 'Let the server’s owner look at the folder of GMAIL_SAVE_DIR and restart the server.',
      editor:
        'Ask the user to look at the folder, and to run the command "Gmail: Choose Folder for Attachments…" in VS Code ' +
        'if it is the right one.',
      person: 'Look at the folder, and run "Gmail: Choose Folder for Attachments…" if it is the right one.',
    }[where],
  }),
  save_failed: (f: { reason: string }) => ({
    what: 'The file was not saved.',
    why: `Writing it failed (${f.reason}); nothing was left behind.`,
    next: 'Check that there is room and that the folder can be written to, then try again.',
  }),
  save_folder_unset: (_: object, where: Audience) => ({
    what: 'Nothing was saved.',
    why: 'No folder for attachments has been chosen.',
    next: {
      arguments: SAVE_FOLDER_OF_OWNER,
      environment: 'Let the server’s owner name a folder in GMAIL_SAVE_DIR and restart the server.',
      editor: 'Ask the user to run the command "Gmail: Choose Folder for Attachments…" in VS Code.',
      person: 'Run "Gmail: Choose Folder for Attachments…".',
    }[where],
  }),

  activity_unwritable: (f: { reason: string }, where: Audience) => ({
    what: 'The record of what agents do cannot be written, and without it agents get nothing.',
    why: `Writing to the extension’s own folder failed (${f.reason}).`,
    next:
      where === 'person'
        ? 'Make room on the disk, or make that folder yours again; to go without the record, switch headlessGmail.recordActivity off.'
        : 'Ask the user to make room on the disk, then call the tool again.',
  }),
  activity_unnoted: (f: { why: string; said?: string }) =>
    f.said === undefined
      ? {
          what: 'The result is withheld, because the call could not be noted in the record of activity.',
          why: f.why,
          next: 'Nothing was changed; tell the user, and call the tool again once that is mended.',
        }
      : {
          what: f.said,
          why: `That stays true, but it could not be noted in the record of activity. ${f.why}`,
          next: 'Tell the user all of this; do not simply call the tool again.',
        },

  cancelled: () => ({
    what: 'The call was cancelled.',
    why: 'The client withdrew it.',
    next: 'Call the tool again if it is still wanted.',
  }),
  internal: (f: { reason: string }) => ({
    what: 'Something went wrong inside Headless Mail.',
    why: f.reason,
    next: 'Try again; if it stays, report it with the steps that lead to it.',
  }),
} as const satisfies Entries;
