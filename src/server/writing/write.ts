import { assertShowable } from '../../compose/approval.ts';
import { unclearHeader } from '../../compose/clear-headers.ts';
import { composeMime } from '../../compose/compose.ts';
import { assertAddressed, type Letter } from '../../compose/letter.ts';
import { assertRecipients } from '../../compose/recipients.ts';
import { newSubjectLine } from '../../compose/reply.ts';
import type { StoredDraft } from '../../gmail/drafts.ts';
import type { SentMessage } from '../../gmail/send.ts';
import type { SendAs } from '../../gmail/send-as.ts';
import type { Outbox } from '../../mailbox/outbox.ts';
import { Problem } from '../../shared/problems.ts';
import type { CallContext } from '../call/call-context.ts';
import type { WritingDoors } from './doors.ts';
import { filesOfCall } from './files-of-call.ts';
import type { LetterArguments } from './letter-arguments.ts';
import { letterOf, threadIdOf } from './letter-of-call.ts';
import { type Origin, originOf } from './origin.ts';
import { questionOf } from './question.ts';
import { UnclearSends } from './unclear-sends.ts';

/** A message that is ready to go, with what was decided on the way. */
interface Prepared {
  origin: Origin;
  letter: Letter;
  mime: Buffer;
  doors: WritingDoors;
  paths: ReadonlyMap<number, string>;
  sendAs: readonly SendAs[];
}

/** Whether the call names anything beside the draft, so that the draft is changed by it. */
const changesDraft = (args: LetterArguments): boolean =>
  Object.entries(args).some(([name, value]) => name !== 'draft_id' && value !== undefined);

const draftOf = (origin: Origin): StoredDraft | undefined => (origin.kind === 'draft' ? origin.draft : undefined);

async function prepare(args: LetterArguments, context: CallContext, kind: 'send' | 'draft'): Promise<Prepared> {
  const isDraft = kind === 'draft' || (args.draft_id !== undefined && changesDraft(args));
  const doors: WritingDoors = { box: await context.mailbox(), outbox: context.outbox() };
  const origin = await originOf(args, doors);
  if (origin.kind === 'draft' && isDraft) {
    const { draft, content } = origin;
    if (content.fixed) throw Problem.of('draft_fixed', { id: draft.id, part: content.fixed });
  }
  if (origin.kind === 'draft' && !isDraft) {
    const header = unclearHeader(origin.draft.raw);
    if (header) throw Problem.of('draft_header_unclear', { id: origin.draft.id, header });
    const { unshown: part, fixed } = origin.content;
    if (part) throw Problem.of('draft_part_unshown', { id: origin.draft.id, part, isFixed: fixed !== undefined });
  }
  // From before anybody is asked, so that nothing else comes in the place of what was agreed to.
  if (origin.kind === 'draft') await context.credentials.sending.drafts.hold(origin.draft.id);
  const isOriginal = context.source === 'arguments';
  const needsSendAs = !isOriginal || origin.kind !== 'new' || args.from !== undefined || args.signature === true;
  const sendAs = needsSendAs ? await doors.outbox.sendAs() : [];
  const { files, paths } = await filesOfCall(args.attachments, doors, context);
  const letter = await letterOf(args, doors, {
    ...{ origin, sendAs, files, signsByDefault: !isOriginal, isDraft, mayBeEmpty: kind === 'draft' },
    isAsked: context.credentials.sending.asksPerson,
  });
  assertShowable(letter);
  const answers = origin.kind === 'reply';
  if (isDraft) assertRecipients(letter);
  else assertAddressed(letter, { answers });
  return { origin, letter, mime: await composeMime(letter), doors, paths, sendAs };
}

/** Messages of which nobody knows whether they were sent, while this process lives. */
const unclear = new UnclearSends();

/** A message that no call of a model has written, so that a person sees it whatever else goes without a question. */
export interface SendOptions {
  /** What the person reads first, in our own words. */
  notes: readonly string[];
}

/** What the caller should know of it beside its ids. */
function remarkOn({ origin, letter }: Prepared): { note?: string } {
  if (letter.codeInSubject === 'masked') return { note: MASKED_SUBJECT };
  const note = origin.kind === 'reply' ? newSubjectLine(letter.subject, origin.message.subject) : undefined;
  return note === undefined ? {} : { note };
}

/**
 * Sends a message: checks all of it, asks the person, and sends once. What the person chooses to keep becomes a draft.
 *
 * @returns Gmail's ids, as the original contract has them, and what else there is to know
 */
export async function sendLetter(
  args: LetterArguments,
  context: CallContext,
  always?: SendOptions,
): Promise<SentMessage & { note?: string }> {
  const { drafts } = context.credentials.sending;
  return sendOnce(args, context, always).finally(() => drafts.release());
}

async function sendOnce(args: LetterArguments, context: CallContext, always: SendOptions | undefined) {
  const prepared = await prepare(args, context, 'send');
  const { origin, letter, mime, doors } = prepared;
  assertAddressed(letter, { answers: origin.kind === 'reply' });
  const mail = { mime, threadId: threadIdOf(origin) };
  const isUnchanged = origin.kind === 'draft' && !changesDraft(args);
  const keep = async (outbox: Outbox): Promise<StoredDraft> =>
    isUnchanged ? origin.draft : outbox.save(mail, draftOf(origin));
  const { drafts } = context.credentials.sending;
  const saveLate = async () => {
    await keep(context.outbox(new AbortController().signal)).finally(() => drafts.release());
  };
  const answer = await ask('send', prepared, context, saveLate, always);
  if (answer === 'draft') {
    const kept = await keep(doors.outbox);
    context.tally.did('kept', 1, { messageId: kept.messageId, threadId: kept.threadId });
    throw Problem.of('send_saved_as_draft', { draft: kept.id });
  }
  const traits = { subject: letter.subject, recipients: [...letter.to, ...letter.cc].map(({ address }) => address) };
  const sending = isUnchanged
    ? doors.outbox.sendAsAgreed(origin.draft, traits)
    : doors.outbox.send(mail, traits, draftOf(origin));
  const sent = await context.whileWaiting('Sending the message.', unclear.watch(letter, sending));
  context.tally.did('sent', 1, { messageId: sent.messageId, threadId: sent.threadId });
  await context.credentials.sending.report(sent.messageId);
  return { ...sent, ...remarkOn(prepared) };
}

const MASKED_SUBJECT =
  'A one-time code in the subject was masked, so that recipients may see a thread of its own; in this mailbox it is in its thread.';

/** Saves a draft, or changes one. With files from this computer the person is asked first. */
export async function saveLetter(args: LetterArguments, context: CallContext): Promise<StoredDraft> {
  const { drafts } = context.credentials.sending;
  return saveOnce(args, context).finally(() => drafts.release());
}

async function saveOnce(args: LetterArguments, context: CallContext): Promise<StoredDraft> {
  const prepared = await prepare(args, context, 'draft');
  const { origin, mime, doors, paths } = prepared;
  if (paths.size > 0) await ask('draft', prepared, context, async () => undefined);
  const saving = doors.outbox.save({ mime, threadId: threadIdOf(origin) }, draftOf(origin));
  const saved = await context.whileWaiting('Saving the draft.', saving);
  context.tally.did('saved', 1, { messageId: saved.messageId, threadId: saved.threadId });
  return saved;
}

async function ask(
  kind: 'send' | 'draft',
  { letter, origin, doors, paths, sendAs }: Prepared,
  { credentials, source, whileWaiting }: CallContext,
  saveLate: () => Promise<void>,
  always?: SendOptions,
): Promise<'send' | 'draft'> {
  // The caller handed over the token for this very call, so the call is the approval.
  if (source === 'arguments' && !always) return kind;
  const mayBeRepeat = kind === 'send' && unclear.has(letter);
  const facts = { ...doors, kind, origin, paths, sendAs, sending: credentials.sending, mayBeRepeat, always };
  const question = await whileWaiting('Looking at what would go out.', questionOf(letter, facts));
  // Nobody waits any more to hear what became of a draft that is saved late.
  const onLate = () => void saveLate().catch(() => undefined);
  return credentials.askToSend(question, onLate, always !== undefined);
}
