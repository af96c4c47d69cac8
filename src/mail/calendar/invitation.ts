import ICAL from 'ical.js';
import { cleanLine } from '../../shared/invisible.ts';
import { addMinutes, instantOf, inZone, printClock, printDate, printDay, type WallTime } from './calendar-time.ts';
import { printRecurrence } from './recurrence.ts';

/** What the METHOD of a calendar is called (RFC 5546, section 1.4). */
const KINDS: Record<string, string> = { REQUEST: 'Invitation', CANCEL: 'Cancellation', REPLY: 'Reply' };

const MOST_ATTENDEES = 30;

/** In minutes. */
const DAY = 24 * 60;

/** A moment of an event, as clocks in a zone show it. */
interface Moment {
  time: WallTime;
  /** In milliseconds since the epoch; undefined where no zone is known. */
  instant: number | undefined;
  /** What is said of the zone. */
  zone: string;
}

interface Zones {
  /** Those that the calendar brings. */
  own: readonly ICAL.Component[];
  /** The IANA zone of the reader. */
  shown: string;
}

/**
 * An invitation (RFC 5545) in lines for reading: what, when, where, who, how often.
 *
 * @param zone the IANA zone in which times are shown
 * @param needsMethod whether a calendar without METHOD is only a file
 * @returns undefined where there is no event that can be read
 */
export function readInvitation(calendar: string, zone: string, needsMethod: boolean): string[] | undefined {
  try {
    const parsed: unknown = ICAL.parse(calendar.trim());
    const root = new ICAL.Component(
      Array.isArray(parsed) && Array.isArray(parsed[0]) ? parsed[0] : (parsed as unknown[]),
    );
    const method = String(root.getFirstPropertyValue('method') ?? '').toUpperCase();
    const events = root.getAllSubcomponents('vevent');
    const event = events.find((candidate) => !candidate.hasProperty('recurrence-id')) ?? events[0];
    if (!event || (needsMethod && !method)) return undefined;
    const kind = Object.hasOwn(KINDS, method) ? KINDS[method] : 'Event';
    return linesOf(event, kind ?? 'Event', { own: root.getAllSubcomponents('vtimezone'), shown: zone });
  } catch {
    // What ical.js cannot read stays a file.
    return undefined;
  }
}

function linesOf(event: ICAL.Component, kind: string, zones: Zones): string[] {
  const text = (name: string) => cleanLine(String(event.getFirstPropertyValue(name) ?? ''));
  const rule = event.getFirstPropertyValue('rrule');
  const until = (time: ICAL.Time) => printDate(momentOf(time, time.zone?.tzid ?? '', zones).time);
  const parts: [string, string | undefined][] = [
    ['When', printWhen(event, zones)],
    ['Where', text('location')],
    ['Who', printPeople(event)],
    ['Repeats', rule instanceof ICAL.Recur ? printRecurrence(rule, until) : undefined],
  ];
  const said = parts.filter(([, value]) => value).map(([name, value]) => `${name}: ${value}`);
  return [`${kind}: ${text('summary') || '(no title)'}`, ...said];
}

function printWhen(event: ICAL.Component, zones: Zones): string | undefined {
  const start = timeOf(event, 'dtstart');
  if (!start) return undefined;
  const from = momentOf(start.time, start.zone, zones);
  const end = timeOf(event, 'dtend');
  const duration = event.getFirstPropertyValue('duration');
  const minutes = duration instanceof ICAL.Duration ? Math.round(duration.toSeconds() / 60) : 0;
  if (start.time.isDate) {
    const after = end ? momentOf(end.time, '', zones).time : addMinutes(from.time, Math.max(minutes, DAY));
    return `${printSpan(from.time, addMinutes(after, -DAY))}, all day`;
  }
  const to = end ? momentOf(end.time, end.zone, zones).time : later(from, minutes, zones);
  const isSameDay = printDate(from.time) === printDate(to);
  const isSameTime = isSameDay && printClock(from.time) === printClock(to);
  const until = isSameTime ? '' : ` to ${isSameDay ? '' : `${printDate(to)}, `}${printClock(to)}`;
  return `${printDate(from.time)}, ${printClock(from.time)}${until} (${from.zone})`;
}

/** Whole days from the first to the last, which may be the same one. */
function printSpan(first: WallTime, last: WallTime): string {
  if (printDate(first) === printDate(last)) return printDate(first);
  return `${first.year === last.year ? printDay(first) : printDate(first)} to ${printDate(last)}`;
}

function timeOf(event: ICAL.Component, name: string): { time: ICAL.Time; zone: string } | undefined {
  const property = event.getFirstProperty(name);
  const time = property?.getFirstValue();
  if (!property || !(time instanceof ICAL.Time)) return undefined;
  return { time, zone: time.zone?.tzid === 'UTC' ? 'UTC' : String(property.getParameter('tzid') ?? '') };
}

function momentOf(time: ICAL.Time, zone: string, { own, shown }: Zones): Moment {
  const { year, month, day, hour, minute, isDate } = time;
  const wall = { year, month, day, hour: isDate ? 0 : hour, minute: isDate ? 0 : minute };
  const instant = isDate ? undefined : instantOf(wall, zone, own);
  if (instant === undefined) return { time: wall, instant, zone: cleanLine(zone) || 'no time zone given' };
  return { time: inZone(instant, shown), instant, zone: shown };
}

function later({ time, instant }: Moment, minutes: number, { shown }: Zones): WallTime {
  return instant === undefined ? addMinutes(time, minutes) : inZone(instant + minutes * 60_000, shown);
}

function printPeople(event: ICAL.Component): string {
  const organiser = event.getFirstProperty('organizer');
  const attendees = event.getAllProperties('attendee');
  const named = attendees.slice(0, MOST_ATTENDEES).map(printPerson);
  if (attendees.length > MOST_ATTENDEES) named.push(`and ${attendees.length - MOST_ATTENDEES} more`);
  return [organiser ? `organiser ${printPerson(organiser)}` : '', named.join(', ')].filter(Boolean).join('; ');
}

function printPerson(person: ICAL.Property): string {
  const address = cleanLine(String(person.getFirstValue() ?? '')).replace(/^mailto:/i, '');
  const name = cleanLine(String(person.getParameter('cn') ?? ''));
  return name && name !== address ? `${name} <${address}>` : address;
}
