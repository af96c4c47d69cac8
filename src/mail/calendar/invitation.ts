import ICAL from 'ical.js';
import { cleanLine } from '../../shared/invisible.ts';
import { printPerson } from '../text/sender-name.ts';
import { addMinutes, instantOf, inZone, printClock, printDate, printDay, type WallTime } from './calendar-time.ts';
import { AS_WRITTEN, parseCalendar, propertyValue } from './parse-calendar.ts';
import { printRecurrence } from './recurrence.ts';

/** What the METHOD of a calendar is called (RFC 5546, section 1.4). */
const KINDS: Record<string, string> = {
  REQUEST: 'Invitation',
  CANCEL: 'Cancellation',
  REPLY: 'Reply',
  COUNTER: 'Proposal of another time',
  DECLINECOUNTER: 'Refusal of a proposed time',
  ADD: 'Added to an event',
  REFRESH: 'Question for the newest version',
};

/** What an attendee answered (RFC 5545, section 3.2.12). */
const ANSWERS: Record<string, string> = {
  ACCEPTED: 'accepted',
  DECLINED: 'declined',
  TENTATIVE: 'accepted tentatively',
  DELEGATED: 'delegated this',
  'NEEDS-ACTION': 'has not answered yet',
};

/** Further events are told in a line each; more of them are counted. */
const MOST_FURTHER = 3;

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
 * An invitation (RFC 5545) in lines for reading: what, when, where, who, how often; further events in a line each.
 *
 * @param zone the IANA zone in which times are shown
 * @param needsMethod whether a calendar without METHOD is only a file
 * @returns undefined where there is no event that can be read
 */
export function readInvitation(calendar: string, zone: string, needsMethod: boolean): string[] | undefined {
  const roots = parseCalendar(calendar);
  if (!roots) return undefined;
  const events = roots.flatMap((root) => root.getAllSubcomponents('vevent'));
  const [event, ...further] = eventsOf(events);
  const method = roots.map((root) => String(propertyValue(root, 'method') ?? '').toUpperCase()).find(Boolean) ?? '';
  if (!event || (needsMethod && !method)) return undefined;
  const isCancelled = String(propertyValue(event, 'status') ?? '').toUpperCase() === 'CANCELLED';
  const kind = (Object.hasOwn(KINDS, method) ? KINDS[method] : undefined) ?? 'Event';
  const zones = { own: roots.flatMap((root) => root.getAllSubcomponents('vtimezone')), shown: zone };
  const changed = events.length - 1 - further.length;
  return [
    ...linesOf(event, isCancelled && method !== 'REPLY' ? 'Cancellation' : kind, method, zones),
    ...further
      .slice(0, MOST_FURTHER)
      .map((other) => `Also: ${[titleOf(other), printWhen(other, zones)].filter(Boolean).join(', ')}`),
    ...counted(further.length - MOST_FURTHER, 'more event'),
    ...counted(changed, 'changed date'),
  ];
}

function counted(count: number, what: string): string[] {
  return count > 0 ? [`… and ${count} ${what}${count === 1 ? '' : 's'}`] : [];
}

/** The events, each once: the series itself rather than its exceptions, which have the same UID. */
function eventsOf(components: readonly ICAL.Component[]): ICAL.Component[] {
  const events = new Map<unknown, ICAL.Component>();
  for (const component of components) {
    const isException = component.hasProperty('recurrence-id');
    const uid = propertyValue(component, 'uid') ?? (isException ? '' : component);
    const known = events.get(uid);
    if (!known || (known.hasProperty('recurrence-id') && !isException)) events.set(uid, component);
  }
  if (events.size > 1) events.delete('');
  return [...events.values()];
}

function titleOf(event: ICAL.Component): string {
  return textIn(event, 'summary') || '(no title)';
}

function textIn(event: ICAL.Component, name: string): string {
  return cleanLine(String(propertyValue(event, name) ?? ''));
}

function linesOf(event: ICAL.Component, kind: string, method: string, zones: Zones): string[] {
  const rule = propertyValue(event, 'rrule');
  const until = (time: ICAL.Time) => printDate(momentOf(time, time.zone?.tzid ?? '', zones).time);
  const isReply = method === 'REPLY';
  const parts: [string, string | undefined][] = [
    ['Answer', isReply ? printAnswer(event) : undefined],
    ['Comment', isReply || method.endsWith('COUNTER') ? textIn(event, 'comment') : undefined],
    ['When', printWhen(event, zones)],
    ['Where', textIn(event, 'location')],
    ['Who', printPeople(event)],
    ['Repeats', rule instanceof ICAL.Recur ? printRecurrence(rule, until) : undefined],
  ];
  const said = parts.filter(([, value]) => value).map(([name, value]) => `${name}: ${value}`);
  return [`${kind}: ${titleOf(event)}`, ...said];
}

/** What those who are asked have answered: `Ann Berg declined`. */
function printAnswer(event: ICAL.Component): string {
  const answers = event
    .getAllProperties('attendee')
    .slice(0, MOST_ATTENDEES)
    .map((person) => {
      const given = cleanLine(String(person.getParameter('partstat') ?? 'NEEDS-ACTION')).toUpperCase();
      const name = /[<>,;"@]/.test(nameOf(person)) ? personOf(person) : nameOf(person) || addressOf(person);
      return `${name} ${(Object.hasOwn(ANSWERS, given) ? ANSWERS[given] : undefined) ?? `answered ${given}`}`;
    });
  return answers.join(', ') || 'not given';
}

function printWhen(event: ICAL.Component, zones: Zones): string | undefined {
  const start = timeOf(event, 'dtstart');
  if (!start) {
    const written = textIn(event, `${AS_WRITTEN}dtstart`.toLowerCase());
    return written && `${written} (as written: it is no date)`;
  }
  const from = momentOf(start.time, start.zone, zones);
  const end = timeOf(event, 'dtend');
  const duration = propertyValue(event, 'duration');
  const minutes = duration instanceof ICAL.Duration ? Math.round(duration.toSeconds() / 60) : 0;
  if (start.time.isDate) {
    const after = end ? momentOf(end.time, '', zones).time : addMinutes(from.time, Math.max(minutes, DAY));
    const last = addMinutes(after, end && !end.time.isDate ? 0 : -DAY);
    return `${printSpan(from.time, isBefore(last, from.time) ? from.time : last)}, all day`;
  }
  const to = end ? momentOf(end.time, end.zone, zones).time : later(from, minutes, zones);
  const isSameDay = printDate(from.time) === printDate(to);
  const isSameTime = isSameDay && printClock(from.time) === printClock(to);
  const until = isSameTime ? '' : ` to ${isSameDay ? '' : `${printDate(to)}, `}${printClock(to)}`;
  return `${printDate(from.time)}, ${printClock(from.time)}${until} (${from.zone})`;
}

function isBefore(a: WallTime, b: WallTime): boolean {
  return a.year !== b.year ? a.year < b.year : a.month !== b.month ? a.month < b.month : a.day < b.day;
}

/** Whole days from the first to the last, which may be the same one. */
function printSpan(first: WallTime, last: WallTime): string {
  if (printDate(first) === printDate(last)) return printDate(first);
  return `${first.year === last.year ? printDay(first) : printDate(first)} to ${printDate(last)}`;
}

function timeOf(event: ICAL.Component, name: string): { time: ICAL.Time; zone: string } | undefined {
  const property = event.getFirstProperty(name);
  const time = propertyValue(event, name);
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
  const named = attendees.slice(0, MOST_ATTENDEES).map(personOf);
  if (attendees.length > MOST_ATTENDEES) named.push(`and ${attendees.length - MOST_ATTENDEES} more`);
  return [organiser ? `organiser ${personOf(organiser)}` : '', named.join(', ')].filter(Boolean).join('; ');
}

function personOf(person: ICAL.Property): string {
  return printPerson(nameOf(person), addressOf(person));
}

function nameOf(person: ICAL.Property): string {
  return cleanLine(String(person.getParameter('cn') ?? ''));
}

function addressOf(person: ICAL.Property): string {
  return cleanLine(String(person.getFirstValue() ?? '')).replace(/^mailto:/i, '');
}
