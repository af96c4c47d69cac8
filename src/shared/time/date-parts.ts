const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sept', 'Oct', 'Nov', 'Dec'];

/** The parts of a moment as results show them, in the zone of this computer. */
export interface DateParts {
  /** For example `Fri`. */
  weekday: string;
  /** For example `20 Nov`. */
  day: string;
  year: string;
  /** For example `14:03`. */
  time: string;
}

/**
 * What `Intl.DateTimeFormat` makes of a moment for `en-GB`, the first of which takes a process 10 ms: it loads the tables
 * of all languages.
 *
 * @param ms milliseconds since the epoch; what is no moment counts as its beginning, as a missing date does
 */
export function datePartsOf(ms: number): DateParts {
  const date = new Date(ms);
  if (Number.isNaN(date.getTime())) return datePartsOf(0);
  const [hour, minute] = [date.getHours(), date.getMinutes()].map((part) => `${part}`.padStart(2, '0'));
  return {
    weekday: WEEKDAYS[date.getDay()] ?? '',
    day: `${date.getDate()} ${MONTHS[date.getMonth()] ?? ''}`,
    year: `${date.getFullYear()}`,
    time: `${hour}:${minute}`,
  };
}
