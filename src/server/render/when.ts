/** A moment as a list shows it: `20 Nov 14:03`, with the year where it is another one. */
export function shortDate(ms: number, now: number, zone?: string): string {
  const year = (time: number) => new Intl.DateTimeFormat('en-GB', { year: 'numeric', timeZone: zone }).format(time);
  const isThisYear = year(ms) === year(now);
  return new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'short',
    ...(isThisYear ? { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } : { year: 'numeric' }),
    timeZone: zone,
  })
    .format(ms)
    .replace(',', '');
}

/** A moment as a message shows it: `Fri 20 Nov 2026 14:03`, in the zone of this computer. */
export function longDate(ms: number, zone?: string): string {
  return new Intl.DateTimeFormat('en-GB', {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone: zone,
  })
    .format(ms)
    .replaceAll(',', '');
}

/** For example `12 KB`. */
export function sizeOf(bytes: number): string {
  if (bytes < 1024) return `${bytes} bytes`;
  if (bytes < 1024 * 1024) return `${Math.round(bytes / 1024)} KB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
