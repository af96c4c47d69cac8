import type { ChangeQuestion } from '../broker/change-protocol.ts';
import type { SendQuestion } from '../broker/send-question.ts';
import { Problem } from '../shared/problems.ts';
import { strangersFirst } from '../shared/strangers-first.ts';
import { visible } from '../shared/visible.ts';
import type { Answer, AskPerson } from './ask-person.ts';
import { type Entry, lengthOf, listInShares, middleCut } from './shares.ts';

/** How long each line is at most, in code points: some clients show two lines, some scroll a long one away. */
const RECIPIENTS_LENGTH = 300;
const SUBJECT_LENGTH = 100;
const FILES_LENGTH = 180;
const TEXT_LENGTH = 300;
/** Facts of a change show whole: what a filter looks for is among them, and nothing of that may be out of sight. */
const FACTS_LENGTH = 700;

/** Each of its own, so that none pushes another out: one can hold an address that a stranger chose. */
const NOTE_LENGTH = 140;
/** Of the name of a person. */
const NAME_LENGTH = 40;

const REFUSAL = {
  decline: 'send_declined',
  cancelled: 'send_cancelled_by_client',
  unusable: 'send_answer_unusable',
  failed: 'send_question_failed',
  unanswered: 'send_unanswered',
} as const satisfies Partial<Record<Answer, string>>;

/**
 * Asks the person at the client, by MCP elicitation. Returns only where the person has agreed.
 *
 * @param always whether no setting spares the question, so that none is named where nobody can be asked
 * @throws Problem with words of its own for each way in which nobody has agreed
 */
export async function assertPersonAgrees(
  ask: AskPerson,
  question: SendQuestion,
  signal: AbortSignal,
  always = false,
): Promise<void> {
  const answer = ask ? await ask(elicitationText(question), question.kind, signal) : 'unable';
  if (answer === 'accept') return;
  if (question.kind === 'draft') throw Problem.of('draft_not_agreed', { how: answer });
  if (answer !== 'unable') throw Problem.of(REFUSAL[answer], {});
  throw always ? Problem.of('change_not_agreed', { how: answer }) : Problem.of('send_needs_approval', {});
}

/**
 * Asks the person at the client about a change of mail. Returns only where the person has agreed.
 *
 * @throws Problem `change_not_agreed`
 */
export async function assertPersonAgreesToChange(
  ask: AskPerson,
  { title, facts, examples, reason }: ChangeQuestion,
  signal: AbortSignal,
): Promise<void> {
  const lines = [
    oneLine(title, RECIPIENTS_LENGTH),
    oneLine([...facts, reason ?? ''].join(' '), FACTS_LENGTH),
    ...(examples.length > 0 ? [`Among them: ${listWithin(examples, TEXT_LENGTH)}`] : []),
  ];
  const answer = ask ? await ask(lines.join('\n'), 'change', signal) : 'unable';
  if (answer !== 'accept') throw Problem.of('change_not_agreed', { how: answer, reason });
}

/**
 * The question in at most four lines, recipients first. A line break of the message stands as ⏎, so that nothing in it
 * can begin a line and pose as the question.
 */
function elicitationText(question: SendQuestion): string {
  const { kind, from, subject, files, notes, parts, holdsCodes, to, cc, bcc } = question;
  const all = [
    ...to.map((entry) => ({ ...entry, role: '' })),
    ...cc.map((entry) => ({ ...entry, role: 'Cc ' })),
    ...bcc.map((entry) => ({ ...entry, role: 'Bcc ' })),
  ];
  const named = strangersFirst(all).map(
    ({ role, shown, address, isNew }): Entry =>
      (most) =>
        `${role}${addressFirst(shown, address, isNew === true ? ' (first time)' : '', most - role.length)}`,
  );
  const verb = kind === 'send' ? 'Send' : 'Save a draft with files of this computer';
  const text = parts.map(({ title, text: words }) => [title, words].filter(Boolean).join(' ')).join(' ⏎ ');
  const warning = holdsCodes ? '⚠ holds a one-time code or a link that signs in. ' : '';
  const remarks = notes.map((note) => `${oneLine(note, NOTE_LENGTH)} `).join('');
  const sender =
    from === undefined
      ? ''
      : ` from ${addressFirst(from, /<([^<>]*)>$/.exec(from)?.[1] ?? from, '', RECIPIENTS_LENGTH)}`;
  return [
    `${verb} to ${named.length === 0 ? 'nobody yet' : listInShares(named, RECIPIENTS_LENGTH)}${sender}?`,
    `Subject: ${oneLine(subject, SUBJECT_LENGTH) || '(none)'}`,
    ...(files.length > 0 ? [`Files: ${listInShares(files.map(fileEntry), FILES_LENGTH)}`] : []),
    `${warning}${remarks}Text: ${oneLine(text, TEXT_LENGTH)}`,
  ].join('\n');
}

/**
 * Somebody with the address first, and what tells of the name in quotes of its own: a stranger chose it, and it must
 * neither push the address out of view nor pose as another entry. Where there is too little room it is left out, and
 * then the address is cut.
 *
 * @param shown as the question has it: `Name <address>`, and its domain in ASCII where that is another
 */
function addressFirst(shown: string, address: string, mark: string, most: number): string {
  const at = shown.lastIndexOf(address);
  const name = unquoted(shown.slice(0, Math.max(at, 0)).replace(/\s*<$/, ''));
  const domain = / \[domain [^\]]*\]$/.exec(shown)?.[0] ?? '';
  const short = `${visible(address)}${domain}${mark}`;
  const whole = `${short}${name && ` “${oneLine(name, NAME_LENGTH)}”`}`;
  if (lengthOf(whole) <= most) return whole;
  // Of two forms of one domain the ASCII one tells more.
  return `${middleCut(`${visible(address)}${domain}`, most - mark.length)}${mark}`;
}

/** In quotes, so that a name with a comma reads as one file, and with its size. */
const fileEntry =
  ({ name, size }: SendQuestion['files'][number]): Entry =>
  (most) => {
    const kilobytes = ` (${Math.max(1, Math.round(size / 1024))} KB)`;
    return `“${middleCut(oneLine(unquoted(name), name.length), most - kilobytes.length - 2)}”${kilobytes}`;
  };

const unquoted = (name: string): string => name.replace(/["\u201c-\u201f\u201e\\]/g, '');

/** As many entries as fit, and the first in any case; the others are counted. */
function listWithin(entries: readonly string[], most: number): string {
  let count = 0;
  let length = 0;
  for (const entry of entries) {
    length += [...entry].length + 2;
    if (count > 0 && length > most) break;
    count += 1;
  }
  const rest = entries.length - count;
  return `${entries.slice(0, count).join(', ')}${rest > 0 ? ` and ${rest} more (${entries.length} in all)` : ''}`;
}

function oneLine(text: string, most: number): string {
  // Line by line: a pattern with blanks on both sides of a break is quadratic in a run of blanks.
  const lines = text.split('\n').map((each) => each.trim());
  const line = lines.filter((each) => each !== '').join(' ⏎ ');
  const characters = [...line];
  const shown = visible(characters.slice(0, most).join(''));
  return characters.length <= most ? shown : `${shown}… (${characters.length - most} more characters)`;
}
