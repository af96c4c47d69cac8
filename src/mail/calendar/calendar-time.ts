import type ICAL from 'ical.js';

/** A date and a time of day as a clock on the wall shows them; months from 1. */
export interface WallTime {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
}

const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const asUtc = ({ year, month, day, hour, minute }: WallTime) => Date.UTC(year, month - 1, day, hour, minute);

/** `Wed 4 Mar`, for a date without its year. */
export function printDay(time: WallTime): string {
  const weekday = WEEKDAYS[new Date(asUtc(time)).getUTCDay()];
  return `${weekday} ${time.day} ${MONTHS[time.month - 1]}`;
}

export function printDate(time: WallTime): string {
  return `${printDay(time)} ${time.year}`;
}

export function printClock({ hour, minute }: WallTime): string {
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}

export function addMinutes(time: WallTime, minutes: number): WallTime {
  return wallTime(asUtc(time) + minutes * 60_000);
}

function wallTime(utc: number): WallTime {
  const date = new Date(utc);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
  };
}

/** What clocks show in an IANA zone at an instant, in milliseconds since the epoch. */
export function inZone(instant: number, zone: string): WallTime {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    calendar: 'gregory',
    numberingSystem: 'latn',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  });
  const parts = new Map(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
  const part = (name: Intl.DateTimeFormatPartTypes) => parts.get(name) ?? 0;
  return { year: part('year'), month: part('month'), day: part('day'), hour: part('hour'), minute: part('minute') };
}

function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: zone });
    return zone !== '';
  } catch {
    return false;
  }
}

/** The instant at which clocks in an IANA zone show a time. */
function instantInZone(time: WallTime, zone: string): number {
  const wanted = asUtc(time);
  let instant = wanted;
  // The second step sets right what a change of the offset nearby made wrong.
  for (let step = 0; step < 2; step++) instant += wanted - asUtc(inZone(instant, zone));
  return instant;
}

/**
 * The instant of a time in an invitation, in milliseconds since the epoch.
 *
 * @param zones the VTIMEZONE components of the same calendar
 * @returns undefined where the time has no zone that can be known
 */
export function instantOf(time: WallTime, zone: string, zones: readonly ICAL.Component[]): number | undefined {
  if (zone === 'UTC' || zone === 'Z') return asUtc(time);
  const component = zones.find((candidate) => candidate.getFirstPropertyValue('tzid') === zone);
  const location = String(component?.getFirstPropertyValue('x-lic-location') ?? '');
  const name = [zone, location].find(isZone);
  if (name) return instantInZone(time, name);
  const offset = component && offsetAt(time, component);
  return offset === undefined ? undefined : asUtc(time) - offset * 1000;
}

interface Change {
  /** When it comes, as clocks showed before it and read as UTC. */
  at: number;
  /** In seconds east of Greenwich. */
  offset: number;
}

/**
 * The offset that a VTIMEZONE (RFC 5545, section 3.6.5) has at a time, in seconds. Read here and not by ical.js, which
 * walks through every change since the zone began, so that a hostile rule keeps it busy for ever.
 */
function offsetAt(time: WallTime, zone: ICAL.Component): number | undefined {
  const changes: Change[] = [];
  for (const name of ['standard', 'daylight']) {
    for (const part of zone.getAllSubcomponents(name).slice(0, 100)) {
      for (const year of [time.year - 1, time.year]) {
        const change = changeIn(year, part);
        if (change) changes.push(change);
      }
    }
  }
  const now = asUtc(time);
  const past = changes.filter(({ at }) => at <= now).sort((a, b) => b.at - a.at);
  return (past[0] ?? changes[0])?.offset;
}

/** The last change of a part of a zone that comes up to the end of a year. */
function changeIn(year: number, part: ICAL.Component): Change | undefined {
  const start = part.getFirstPropertyValue('dtstart') as ICAL.Time | null;
  const to = part.getFirstPropertyValue('tzoffsetto') as ICAL.UtcOffset | null;
  if (!start || !to || start.year > year) return undefined;
  const offset = to.toSeconds();
  const rule = part.getFirstPropertyValue('rrule') as ICAL.Recur | null;
  const first = { year: start.year, month: start.month, day: start.day, hour: start.hour, minute: start.minute };
  if (!rule) return { at: asUtc(first), offset };
  const month = Number(rule.parts.BYMONTH?.[0] ?? start.month);
  const day = /^([+-]?\d)?(SU|MO|TU|WE|TH|FR|SA)$/.exec(String(rule.parts.BYDAY?.[0] ?? ''));
  const lastYear = rule.until ? Math.min(year, rule.until.year) : year;
  const at = { ...first, year: lastYear, month };
  if (day) at.day = dayOf(lastYear, month, Number(day[1] ?? 1), day[2] ?? 'SU');
  return { at: asUtc(at), offset };
}

/** The day of the month of its n-th weekday; counted from its end where n is negative. */
function dayOf(year: number, month: number, n: number, weekday: string): number {
  const wanted = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'].indexOf(weekday);
  if (n > 0) {
    const first = new Date(Date.UTC(year, month - 1, 1)).getUTCDay();
    return 1 + ((wanted - first + 7) % 7) + (n - 1) * 7;
  }
  const end = new Date(Date.UTC(year, month, 0));
  return end.getUTCDate() - ((end.getUTCDay() - wanted + 7) % 7) + (n + 1) * 7;
}
