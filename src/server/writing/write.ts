import { composeMime } from '../../mail/compose/compose.ts';
import { assertAddressed, type Letter } from '../../mail/compose/letter.ts';
import { assertRecipients } from '../../mail/compose/recipients.ts';
import { Problem } from '../../shared/problems.ts';
import type { CallContext } from '../call/call-context.ts';
import type { WritingDoors } from './doors.ts';
import { filesOfCall } from './files-of-call.ts';
import type { LetterArguments } from './letter-arguments.ts';
import { letterOf, threadIdOf } from './letter-of-call.ts';
import { type Origin, originOf } from './origin.ts';
import { questionOf } from './question.ts';
import type { UnclearSends } from './unclear-sends.ts';

/** A message that is ready to go, with what was decided on the way. */
interface Prepared {
  origin: Origin;
  letter: Letter;
  mime: Buffer;
  doors: WritingDoors;
  paths: ReadonlyMap<number, string>;
}

/** Whether the call names anything beside the draft, so that the draft is changed by it. */
const changesDraft = (args: LetterArguments): boolean =>
  Object.entries(args).some(([name, value]) => name !== 'draft_id' && value !== undefined);

async function prepare(args: LetterArguments, context: CallContext, isDraft: boolean): Promise<Prepared> {
  const doors: WritingDoors = { box: await context.mailbox(), outbox: await context.outbox() };
  const origin = await originOf(args, doors);
  const isOriginal = context.source === 'arguments';
  const needsSendAs = !isOriginal || origin.kind !== 'new' || args.from !== undefined || args.signature === true;
  const sendAs = needsSendAs ? await doors.outbox.sendAs() : [];
  const { files, paths } = await filesOfCall(args.attachments, doors, context);
  const letter = await letterOf(args, doors, { origin, sendAs, files, signsByDefault: !isOriginal, isDraft });
  if (isDraft) assertRecipients(letter);
  else assertAddressed(letter);
  return { origin, letter, mime: await composeMime(letter), doors, paths };
}

/**
 * Sends a message: checks all of it, asks the person, and sends once. What the person chooses to keep becomes a draft.
 *
 * @returns Gmail's ids, as the original contract has them
 */
export async function sendLetter(args: LetterArguments, context: CallContext, unclear: UnclearSends) {
  const prepared = await prepare(args, context, args.draft_id !== undefined);
  const { origin, letter, mime, doors } = prepared;
  assertAddressed(letter);
  const answer = await ask('send', prepared, context, unclear);
  const mail = { mime, threadId: threadIdOf(origin) };
  const keepsDraft = origin.kind === 'draft' && !changesDraft(args);
  if (answer === 'draft') {
    const draft = keepsDraft ? origin.draft : await doors.outbox.save(mail, args.draft_id);
    throw Problem.of('send_saved_as_draft', { draft: draft.id });
  }
  const traits = { subject: letter.subject, recipients: [...letter.to, ...letter.cc].map(({ address }) => address) };
  const work = keepsDraft
    ? doors.outbox.sendAsAgreed(origin.draft, traits)
    : doors.outbox.send(mail, traits, args.draft_id);
  return context.whileWaiting('Sending the message.', unclear.watch(letter, work));
}

/** Saves a draft, or changes one. With files from this computer the person is asked first. */
export async function saveLetter(args: LetterArguments, context: CallContext, unclear: UnclearSends) {
  const prepared = await prepare(args, context, true);
  const { origin, mime, doors, paths } = prepared;
  if (paths.size > 0) await ask('draft', prepared, context, unclear);
  const saving = doors.outbox.save({ mime, threadId: threadIdOf(origin) }, args.draft_id);
  return context.whileWaiting('Saving the draft.', saving);
}

async function ask(
  kind: 'send' | 'draft',
  { letter, origin, doors, paths }: Prepared,
  { askToSend, accountOf, source }: CallContext,
  unclear: UnclearSends,
): Promise<'send' | 'draft'> {
  // The caller handed over the token for this very call, so the call is the approval.
  if (source === 'arguments') return 'send';
  const account = accountOf();
  const mayBeRepeat = kind === 'send' && unclear.has(letter);
  const { outbox } = doors;
  return askToSend(await questionOf(letter, { kind, origin, outbox, paths, account, mayBeRepeat }));
}
