import type { SeedMessage } from './types.ts';
import { OWNER } from './types.ts';

/** The owner as a mailbox, for From and To. */
export const ROBIN = `${OWNER.name} <${OWNER.address}>`;

const HOUR = 60;
export const DAY = 24 * HOUR;

/** Bodies name dates ("until Thursday"), so they are told from the moment the seed is loaded. */
const loadedAt = Date.now();

function format(minutesAgo: number, options: Intl.DateTimeFormatOptions): string {
  const date = new Date(loadedAt - minutesAgo * 60_000);
  return new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', ...options }).format(date);
}

/** `Thursday`; a negative number lies in the future. */
export function weekday(minutesAgo: number): string {
  return format(minutesAgo, { weekday: 'long' });
}

/** `4 March`. */
export function dayMonth(minutesAgo: number): string {
  return format(minutesAgo, { day: 'numeric', month: 'long' });
}

/** `Thu, 04 Mar 2027 at 09:12`, as mail programs date what they quote. */
function stamp(minutesAgo: number): string {
  const day = format(minutesAgo, { weekday: 'short' });
  const date = [
    format(minutesAgo, { day: '2-digit' }),
    format(minutesAgo, { month: 'short' }).slice(0, 3),
    format(minutesAgo, { year: 'numeric' }),
  ].join(' ');
  const time = format(minutesAgo, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  return `${day}, ${date} at ${time}`;
}

/** `On …, X wrote:`. */
export function attribution(minutesAgo: number, from: string): string {
  return `On ${stamp(minutesAgo)}, ${from} wrote:`;
}

/** The text with one more level of `>`. */
function quote(text: string): string {
  return text
    .split('\n')
    .map((line) => (line === '' ? '>' : line.startsWith('>') ? `>${line}` : `> ${line}`))
    .join('\n');
}

type Turn = Omit<SeedMessage, 'thread' | 'subject' | 'text'> & { text: string; quotesByHand?: boolean };

/** A thread in which every answer carries the history below it, unless the writer quoted by hand. */
export function conversation(thread: string, subject: string, turns: readonly Turn[]): SeedMessage[] {
  const messages: SeedMessage[] = [];
  let history = '';
  for (const { quotesByHand, text, ...turn } of turns) {
    const full = history === '' || quotesByHand ? text : `${text}\n\n${history}`;
    messages.push({ thread, subject: messages.length === 0 ? subject : `Re: ${subject}`, ...turn, text: full });
    history = `${attribution(turn.minutesAgo, turn.from)}\n${quote(full)}`;
  }
  return messages;
}
