import type ICAL from 'ical.js';

const UNITS: Record<string, [string, string]> = {
  SECONDLY: ['every second', 'seconds'],
  MINUTELY: ['every minute', 'minutes'],
  HOURLY: ['hourly', 'hours'],
  DAILY: ['daily', 'days'],
  WEEKLY: ['weekly', 'weeks'],
  MONTHLY: ['monthly', 'months'],
  YEARLY: ['yearly', 'years'],
};

const DAYS: Record<string, string> = {
  MO: 'Monday',
  TU: 'Tuesday',
  WE: 'Wednesday',
  TH: 'Thursday',
  FR: 'Friday',
  SA: 'Saturday',
  SU: 'Sunday',
};

const MONTHS = 'January February March April May June July August September October November December'.split(' ');

const ORDINALS: Record<string, string> = {
  '1': 'first',
  '2': 'second',
  '3': 'third',
  '4': 'fourth',
  '5': 'fifth',
  '-1': 'last',
};

/** No rule that a person set names more days or months. */
const MOST_NAMES = 31;

/**
 * A recurrence rule (RFC 5545, section 3.3.10) in words: `every 2 weeks on Monday, Wednesday, 10 times`.
 *
 * @param printUntil the day on which it ends
 */
export function printRecurrence(rule: ICAL.Recur, printUntil: (until: ICAL.Time) => string): string | undefined {
  const unit = UNITS[rule.freq];
  if (!unit) return undefined;
  const every = rule.interval > 1 ? `every ${rule.interval} ${unit[1]}` : unit[0];
  const position = ORDINALS[String(rule.parts.BYSETPOS?.[0] ?? '')];
  const days = namesOf(rule.parts.BYDAY, (day) => printWeekday(String(day)));
  const dates = namesOf(rule.parts.BYMONTHDAY, (day) => (Number(day) === -1 ? 'the last day' : `day ${day}`));
  const months = namesOf(rule.parts.BYMONTH, (month) => MONTHS[Number(month) - 1]);
  return [
    every,
    days && ` on ${position ? `the ${position} of ` : ''}${days}`,
    dates && ` on ${dates}`,
    months && ` in ${months}`,
    rule.until && `, until ${printUntil(rule.until)}`,
    rule.count && `, ${rule.count} ${rule.count === 1 ? 'time' : 'times'}`,
  ]
    .filter(Boolean)
    .join('');
}

function namesOf(
  values: readonly (string | number)[] | undefined,
  print: (value: string | number) => string | undefined,
): string {
  return (values ?? [])
    .slice(0, MOST_NAMES)
    .map(print)
    .filter((name) => name !== undefined)
    .join(', ');
}

/** `MO`, or the n-th of a month: `1MO`, `-1FR`. */
function printWeekday(day: string): string | undefined {
  const match = /^([+-]?\d+)?([A-Z]{2})$/.exec(day);
  const name = DAYS[match?.[2] ?? ''];
  if (!name || !match?.[1]) return name;
  return `the ${ORDINALS[String(Number(match[1]))] ?? `${Number(match[1])}.`} ${name}`;
}
