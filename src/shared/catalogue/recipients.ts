import { type Entries, NOTHING_SENT } from './words.ts';

/** What is wrong with those whom a message shall go to. */
export const RECIPIENT_PROBLEMS = {
  recipient_invalid: (f: { argument: string; got: string }) => ({
    what: `${f.got} in ${f.argument} is not an e-mail address.`,
    why: 'Addresses look like name@example.com or Name <name@example.com>, with commas between them.',
    next: `Correct ${f.argument} and call the tool again; ${NOTHING_SENT}.`,
  }),
  recipient_unreadable: (f: { argument: string }) => ({
    what: `The addresses in ${f.argument} were not read.`,
    why: 'An entry is longer than 1,000 characters, or there are more comments, quotes or brackets in one another than addresses need.',
    next: `Write each as name@example.com or Name <name@example.com>, with commas between them, and call the tool again; ${NOTHING_SENT}.`,
  }),
  recipient_group: (f: { argument: string; group: string }) => ({
    what: `${f.group} in ${f.argument} is a group.`,
    why: 'A group hides who is written to, so addresses are named one by one.',
    next: `Write the addresses of its members into ${f.argument} and call the tool again; ${NOTHING_SENT}.`,
  }),
  recipient_twice: (f: { argument: string; address: string }) => ({
    what: `${f.address} in ${f.argument} stands among the recipients a second time, or in a second form.`,
    why: 'One mailbox in two places or two spellings looks like two people to whoever confirms the message.',
    next: `Name it once and call the tool again; ${NOTHING_SENT}.`,
  }),
  recipient_poses: (f: { argument: string; name: string; address: string }) => ({
    what: `A recipient in ${f.argument} has the name ${f.name}, which is another address than ${f.address}.`,
    why: 'A name that is an address makes people believe that the mail goes there.',
    next: `Leave the name out, or correct it, and call the tool again; ${NOTHING_SENT}.`,
  }),
  recipient_name_long: (f: { argument: string; address: string; limit: string }) => ({
    what: `The name of ${f.address} in ${f.argument} is too long.`,
    why: `At most ${f.limit} characters are taken, so that a person can see whom the message goes to.`,
    next: `Shorten the name or leave it out, and call the tool again; ${NOTHING_SENT}.`,
  }),
  recipient_invisible: (f: { argument: string; character: string }) => ({
    what: `${f.argument} contains a character that nobody can see (${f.character}).`,
    why: 'It makes another address of one that looks familiar.',
    next: `Write ${f.argument} without it and call the tool again; ${NOTHING_SENT}.`,
  }),
  recipient_not_allowed: (f: { address: string }) => ({
    what: `Mail to ${f.address} is not allowed.`,
    why: 'The setting headlessGmail.allowedRecipients of this computer names who may be written to.',
    next: `Tell the user; whoever looks after this computer can add the address. Nothing was sent.`,
  }),
  recipients_missing: (f: { answers: boolean }) => ({
    what: 'The message has no recipient.',
    why: f.answers
      ? 'to, cc and bcc are empty, and the answered message names no address that could be answered.'
      : 'to, cc and bcc are empty, and no message is answered from which one would follow.',
    next: `Name a recipient in to and call the tool again; ${NOTHING_SENT}.`,
  }),
  too_many_recipients: (f: { argument: string; got: string; limit: string }) => ({
    what: `There are too many recipients in ${f.argument}: ${f.got}.`,
    why: `Gmail takes at most ${f.limit} in one message.`,
    next: `Send to fewer, or to a mailing list, and call the tool again; ${NOTHING_SENT}.`,
  }),
} as const satisfies Entries;
