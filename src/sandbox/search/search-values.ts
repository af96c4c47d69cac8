/** In milliseconds. */
const DAY = 86_400_000;

/**
 * When a date of a search begins, in milliseconds since the epoch. The Gmail API reads dates as midnight of Pacific
 * Standard Time (https://developers.google.com/workspace/gmail/api/guides/filtering), and long numbers as seconds since the epoch.
 */
export function parseDate(value: string): number | undefined {
  if (/^\d{9,11}$/.test(value)) return Number(value) * 1000;
  const yearFirst = /^(\d{4})([/-])(\d{1,2})\2(\d{1,2})$/.exec(value);
  const yearLast = /^(\d{1,2})([/-])(\d{1,2})\2(\d{4})$/.exec(value);
  const [year, month, day] = yearFirst
    ? [yearFirst[1], yearFirst[3], yearFirst[4]]
    : [yearLast?.[4], yearLast?.[1], yearLast?.[3]];
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day), 8));
  // 31 February is no date.
  return date.getUTCDate() === Number(day) && date.getUTCMonth() === Number(month) - 1 ? date.getTime() : undefined;
}

/**
 * The moment that lies a time such as `2d`, `3m` or `1y` before now, in milliseconds since the epoch; months and years
 * follow the calendar. Gmail knows nothing shorter than a day.
 */
export function parseAge(value: string, now: number): number | undefined {
  const [, digits, unit] = /^(\d{1,5})([dmy])$/.exec(value) ?? [];
  if (digits === undefined) return undefined;
  if (unit === 'd') return now - Number(digits) * DAY;
  const date = new Date(now);
  if (unit === 'm') date.setUTCMonth(date.getUTCMonth() - Number(digits));
  else date.setUTCFullYear(date.getUTCFullYear() - Number(digits));
  return date.getTime();
}

/** A size such as `10M`, `5K` or `1000` in bytes. Gmail counts a million bytes as 1M. */
export function parseSize(value: string): number | undefined {
  const [, digits, unit] = /^(\d+)([kmg]?)b?$/.exec(value) ?? [];
  if (digits === undefined) return undefined;
  return Number(digits) * 1000 ** ['', 'k', 'm', 'g'].indexOf(unit ?? '');
}
