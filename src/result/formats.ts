/** What a date shows, in the zone of this computer. */
type Style = Intl.DateTimeFormatOptions;

const TIME: Style = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' };
const YEAR: Style = { year: 'numeric' };
const SHORT_THIS_YEAR: Style = { day: 'numeric', month: 'short', ...TIME };
const SHORT: Style = { day: 'numeric', month: 'short', ...YEAR };
const LONG: Style = { weekday: 'short', ...SHORT, ...TIME };

/** A formatter takes some 50 KB outside the heap, where no garbage collector sees it; so each is made once. */
const formatters = new Map<Style, Intl.DateTimeFormat>();

function format(ms: number, style: Style): string {
  const formatter = formatters.get(style) ?? new Intl.DateTimeFormat('en-GB', style);
  formatters.set(style, formatter);
  return formatter.format(ms);
}

/** When the formatter of messages is made: Gmail is asked for them by then, or they are being read, in milliseconds. */
const MAKE_AFTER_MS = 10;

/**
 * Makes the formatter of messages a little later, where there is none. The first of a process loads the tables of
 * languages, which takes 10 ms, and there is something to wait for meanwhile.
 */
export function prepareDates(): void {
  if (!formatters.has(LONG)) setTimeout(format, MAKE_AFTER_MS, 0, LONG).unref();
}

/** A moment as a list shows it: `20 Nov 14:03`, with the year where it is another one. */
export function shortDate(ms: number, now: number): string {
  const isThisYear = format(ms, YEAR) === format(now, YEAR);
  return format(ms, isThisYear ? SHORT_THIS_YEAR : SHORT).replace(',', '');
}

/** A moment as a message shows it: `Fri 20 Nov 2026 14:03`. */
export function longDate(ms: number): string {
  return format(ms, LONG).replaceAll(',', '');
}

/** For example `12 KB`. */
export function sizeOf(bytes: number): string {
  if (bytes < 1024) return `${bytes} bytes`;
  if (bytes < 1024 * 1024) return `${Math.round(bytes / 1024)} KB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
