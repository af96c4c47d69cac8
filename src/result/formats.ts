import { datePartsOf } from '../shared/time/date-parts.ts';

/** A moment as a list shows it: `20 Nov 14:03`, with the year where it is another one. */
export function shortDate(ms: number, now: number): string {
  const { day, year, time } = datePartsOf(ms);
  return `${day} ${year === datePartsOf(now).year ? time : year}`;
}

/** A moment as a message shows it: `Fri 20 Nov 2026 14:03`. */
export function longDate(ms: number): string {
  const { weekday, day, year, time } = datePartsOf(ms);
  return `${weekday} ${day} ${year} ${time}`;
}

/** For example `12 KB`. */
export function sizeOf(bytes: number): string {
  if (bytes < 1024) return `${bytes} bytes`;
  if (bytes < 1024 * 1024) return `${Math.round(bytes / 1024)} KB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
