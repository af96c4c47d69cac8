import type { Approval, CallReport, Outcome } from '../broker/activity/protocol.ts';
import { DEEDS, wordsOf } from '../shared/activity/deeds.ts';
import type { AskedAbout, Entry, PersonAnswer } from './entries.ts';

/** A line of the record as the list shows it. */
export interface EntryWords {
  /** What was done. */
  label: string;
  /** Whose mail it was, and when. */
  description: string;
  /** By whom, by which tool, how it ended, and on whose approval. */
  detail: string;
}

const APPROVED: Readonly<Record<Approval, string>> = {
  person: 'after your yes',
  rule: 'without a question, by your choice of when sending asks',
  none: 'needs no question',
};

const ENDED: Readonly<Record<Outcome, string>> = {
  done: 'done',
  partly: 'done in part',
  failed: 'failed',
  unclear: 'nobody knows whether it was done',
  declined: 'you said no',
  refused: 'not allowed',
};

const ANSWERED: Readonly<Record<AskedAbout, Record<PersonAnswer, string>>> = {
  send: {
    yes: 'You agreed to send an email',
    no: 'You did not agree to send an email',
    draft: 'You chose to keep an email as a draft',
    withdrawn: 'The question whether to send an email was withdrawn',
  },
  draft: {
    yes: 'You agreed to save a draft with files',
    no: 'You did not agree to save a draft with files',
    draft: 'You agreed to save a draft with files',
    withdrawn: 'The question whether to save a draft with files was withdrawn',
  },
  change: {
    yes: 'You agreed to a change of mail',
    no: 'You did not agree to a change of mail',
    draft: 'You did not agree to a change of mail',
    withdrawn: 'The question about a change of mail was withdrawn',
  },
};

/** The words for a line. The day stands in them as well, since it is searched for like everything else. */
export function entryWords(entry: Entry): EntryWords {
  const { at, account, isSandbox } = entry;
  const whose = account === undefined ? 'no account' : `${account}${isSandbox ? ' (sandbox)' : ''}`;
  return {
    label: labelOf(entry),
    // The time first: beside the heading of a day there may be no room for all of it.
    description: `${new Date(at).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' })} · ${whose}`,
    detail: [...detailsOf(entry), dayOf(at)].join(' · '),
  };
}

/** In lists the editor takes `$(name)` for an icon; these are words of others. */
const withoutIcons = (words: string): string => words.replaceAll('$(', '$ (');

/** A client names itself: in quotes, and without the sign between our own words, so that it says nothing for us. */
const clientWords = (name: string): string =>
  name.trim() === '' ? 'a program without a name' : `“${withoutIcons(name.replaceAll(/[·“”]/g, ' '))}”`;

const DAY = { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' } as const;

/** The day as a heading: `Fri, 27 Nov 2026`. It is short, because the heading takes its room from the line under it. */
export const dayOf = (at: number): string => new Date(at).toLocaleDateString([], DAY);

function labelOf(entry: Entry): string {
  if (entry.kind === 'token') return 'Handed out an access token';
  return entry.kind === 'answer' ? ANSWERED[entry.question][entry.answer] : callLabel(entry.call);
}

function callLabel({ tool, deed, count, outcome }: CallReport): string {
  const words = wordsOf(tool, deed, count);
  if (outcome === 'done') return words;
  // What was done before the rest failed is what counts.
  return outcome === 'partly' && deed ? `${words}, and not all of it` : `${DEEDS[tool].attempt}: ${ENDED[outcome]}`;
}

function detailsOf(entry: Entry): string[] {
  if (entry.kind === 'token') return [clientWords(entry.client), 'good for up to an hour'];
  if (entry.kind === 'answer') return ['answered in this editor'];
  const { client, tool, outcome, reason, approval, query } = entry.call;
  const why = reason === undefined || outcome === 'done' ? '' : ` (${reason.replaceAll('_', ' ')})`;
  return [
    tool,
    `${ENDED[outcome]}${why}`,
    // Nothing was approved where nothing came of it.
    ...(outcome === 'declined' || outcome === 'refused' ? [] : [APPROVED[approval]]),
    clientWords(client),
    ...(query === undefined ? [] : [`searched for “${withoutIcons(query)}”`]),
  ];
}

/** Gmail's page of the message or thread that a line is about; undefined where it is about none. */
export function pageOf(entry: Entry): string | undefined {
  if (entry.kind !== 'call' || entry.account === undefined) return undefined;
  const id = entry.call.messageId ?? entry.call.threadId;
  return id === undefined ? undefined : gmailPage(entry.account, `all/${id}`);
}

/**
 * A page of Gmail in the account's own mailbox. Google documents no such address; mail clients have used this form for
 * years (the id of the API after `#all/`).
 */
export const gmailPage = (account: string, place: string): string =>
  `https://mail.google.com/mail/u/?authuser=${encodeURIComponent(account)}#${place}`;

/** A line of the record for the log: the same words, without the search, since logs are handed on for help. */
export function logLine(entry: Entry): string {
  const { account = 'no account' } = entry;
  return [labelOf(entry), account, ...detailsOf(withoutQuery(entry))].join(' · ');
}

function withoutQuery(entry: Entry): Entry {
  if (entry.kind !== 'call') return entry;
  const { query: _, ...call } = entry.call;
  return { ...entry, call };
}
