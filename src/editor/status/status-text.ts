import { describeAllowed, describeTrouble, type GmailState, type Mailbox, momentOf } from './mailboxes.ts';
import { type Remedy, troubleOf } from './trouble.ts';

/** What the status bar item shows. */
export interface StatusText {
  /** With an icon. */
  text: string;
  /** What a screen reader says. */
  spoken: string;
  /** Paragraphs of lines, as plain text. */
  hover: readonly (readonly string[])[];
  isWarning: boolean;
}

/** What stands beside the icon, by what the person has to do. */
const WORDS: Record<Remedy | 'settings', string> = {
  signIn: 'Gmail: sign in again',
  reload: 'Gmail: reload this window',
  client: 'Gmail: fix the OAuth client',
  administrator: 'Gmail: ask your administrator',
  settings: 'Gmail: check the settings',
};

/**
 * Quiet where all is well, and before anybody has signed in; otherwise what to do, in words.
 *
 * @param now milliseconds since the epoch
 */
export function statusText(state: GmailState, now: number): StatusText {
  const todo = firstTodo(state);
  const words = todo ? WORDS[todo] : 'Gmail';
  const summary = summaryOf(state);
  return {
    text: `${todo ? '$(warning)' : '$(mail)'} ${words}`,
    spoken: `${words}, ${summary}`,
    hover: [
      [`Headless Mail for Gmail: ${summary}`],
      ...state.mailboxes.map((mailbox, index) => paragraph(mailbox, index === 0 && state.mailboxes.length > 1, now)),
      ...state.unreadable.map((email) => [email, 'Sign in again: the stored sign-in cannot be read']),
      ...state.wrongSettings.map((name) => [`The setting ${name} is wrong, so the strictest holds`]),
    ],
    isWarning: todo !== undefined,
  };
}

function firstTodo({ mailboxes, unreadable, wrongSettings }: GmailState): Remedy | 'settings' | undefined {
  const remedies = mailboxes.flatMap(({ trouble }) => troubleOf(trouble)?.remedy ?? []);
  if (unreadable.length > 0) remedies.unshift('signIn');
  return remedies[0] ?? (wrongSettings.length > 0 ? 'settings' : undefined);
}

function summaryOf({ mailboxes, unreadable }: GmailState): string {
  const working = mailboxes.filter(({ trouble }) => !troubleOf(trouble)).length;
  const broken = mailboxes.length - working + unreadable.length;
  if (working + broken === 0) return 'nobody is signed in';
  const well = working > 0 ? `${counted(working)} ${working === 1 ? 'is' : 'are'} signed in` : '';
  const ill = broken > 0 ? `${counted(broken)} ${broken === 1 ? 'needs' : 'need'} you` : '';
  return [well, ill].filter(Boolean).join(', ');
}

const counted = (count: number) => `${count} account${count === 1 ? '' : 's'}`;

function paragraph(mailbox: Mailbox, isDefault: boolean, now: number): string[] {
  const { email, isSandbox, tokenEndsAt, endsAt } = mailbox;
  const trouble = describeTrouble(mailbox);
  const marks = [isSandbox ? 'sandbox, not a real mailbox' : '', isDefault ? 'default' : ''].filter(Boolean);
  return [
    `${email}${marks.length > 0 ? ` (${marks.join('; ')})` : ''}`,
    `Access: ${describeAllowed(mailbox)}`,
    trouble || tokenLine(tokenEndsAt, now),
    // One that is over has no end to come.
    ...(trouble && (endsAt === undefined || endsAt > now) ? [] : [signInLine(endsAt, now)]),
  ];
}

function signInLine(endsAt: number | undefined, now: number): string {
  if (endsAt === undefined) return 'Sign-in: Google has named no end';
  return `Sign-in: ${endsAt > now ? 'ends' : 'ended'} ${momentOf(endsAt, now)}`;
}

/** A token that has ended is no fault: the next use gets another one. */
function tokenLine(endsAt: number | undefined, now: number): string {
  if (endsAt === undefined) return 'Access token: fetched with the first use';
  return endsAt > now
    ? `Access token: until ${momentOf(endsAt, now)}, then renewed with the next use`
    : 'Access token: renewed with the next use';
}
