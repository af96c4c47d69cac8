import ICAL from 'ical.js';

/** A line of a calendar: its name, its parameters and a value (RFC 5545, section 3.1). */
const CONTENT_LINE = /^[A-Za-z0-9-]+(?:;[A-Za-z0-9-]+=(?:"[^"]*"|[^";:,]*)(?:,(?:"[^"]*"|[^";:,]*))*)*:/;

/** Before the name of a property whose time cannot be read. */
export const AS_WRITTEN = 'X-AS-WRITTEN-';

/** Properties whose values are times or dates. */
const TIMES = /^(DTSTART|DTEND|DUE|RECURRENCE-ID|EXDATE|RDATE)((?:;.*?)?):(\d{4}-?\d{2}-?\d{2}.*|[^:]*)$/i;

/**
 * Parses a calendar, or several in one text. Calendars in the world break rules: lines that cannot be parsed are left
 * out, dates are read as such without `VALUE=DATE`, and times in their long form (ISO 8601) as well.
 *
 * @returns undefined where the text is no calendar
 */
export function parseCalendar(text: string): ICAL.Component[] | undefined {
  const lines = closed(unfold(text).map(repaired));
  return parse(lines.filter((line) => CONTENT_LINE.test(line))) ?? parse(lines.filter(isReadable));
}

/** The value of a property; undefined where it is absent or cannot be read. */
export function propertyValue(component: ICAL.Component, name: string): unknown {
  try {
    return component.getFirstPropertyValue(name) ?? undefined;
  } catch {
    return undefined;
  }
}

function parse(lines: readonly string[]): ICAL.Component[] | undefined {
  try {
    const parsed = ICAL.parse(lines.join('\r\n')) as unknown[];
    const roots = Array.isArray(parsed[0]) ? (parsed as unknown[][]) : [parsed];
    const calendars = roots.filter(([name]) => name === 'vcalendar');
    return calendars.length > 0 ? calendars.map((root) => new ICAL.Component(root)) : undefined;
  } catch {
    return undefined;
  }
}

/** Adds the last line where nothing but that is missing. */
function closed(lines: string[]): string[] {
  const count = (line: string) => lines.filter((each) => each.toUpperCase() === line).length;
  const isCut =
    count('BEGIN:VEVENT') !== count('END:VEVENT') || count('BEGIN:VCALENDAR') !== count('END:VCALENDAR') + 1;
  return isCut ? lines : [...lines, 'END:VCALENDAR'];
}

/** The lines of a calendar, those that were folded joined (RFC 5545, section 3.1). */
function unfold(text: string): string[] {
  return text
    .trim()
    .replace(/\r\n?/g, '\n')
    .replace(/\n[ \t]/g, '')
    .split('\n')
    .map((line) => line.trimEnd())
    .filter((line) => line !== '');
}

function isReadable(line: string): boolean {
  if (!CONTENT_LINE.test(line)) return false;
  if (/^(?:BEGIN|END):/i.test(line)) return true;
  try {
    ICAL.parse.property(line);
    return true;
  } catch {
    return false;
  }
}

/** A line with its times in the form that RFC 5545 wants (section 3.3.5). */
function repaired(line: string): string {
  const [, name, parameters = '', value = ''] = TIMES.exec(line) ?? [];
  if (!name) return line;
  const basic = value
    .replace(/(\d{4})-(\d{2})-(\d{2})/g, '$1$2$3')
    .replace(/(T\d{2}):?(\d{2})(?::?(\d{2}))?(?:\.\d+)?/g, withSeconds);
  const isDate = /^\d{8}(?:,\d{8})*$/.test(basic);
  // Outlook names zones such as `(UTC+01:00) Berlin`, which have to stand in quotes.
  const bare = parameters.replace(/;VALUE=[^;]*/i, '').replace(/=([^";]*:[^";]*)/g, '="$1"');
  if (isDate) return `${name}${bare};VALUE=DATE:${basic}`;
  if (basic.includes('/')) return line;
  const time = inUtc(basic);
  return /^\d{8}T\d{6}Z?(?:,\d{8}T\d{6}Z?)*$/.test(time) ? `${name}${bare}:${time}` : `${AS_WRITTEN}${name}:${value}`;
}

const withSeconds = (_: string, hour: string, minute: string, second = '00') => `${hour}${minute}${second}`;

/** A time with an offset, which RFC 5545 does not know, in UTC. */
function inUtc(value: string): string {
  const match = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})([+-])(\d{2}):?(\d{2})$/.exec(value);
  if (!match) return value;
  const [, year, month, day, hour, minute, second, sign, hours, minutes] = match;
  const offset = (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -60_000 : 60_000);
  const local = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second));
  return new Date(local - offset).toISOString().replace(/[-:]|\.\d+/g, '');
}
