import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readInvitation } from '../../../../src/mail/calendar/invitation.ts';

const calendar = (event: string, method = 'METHOD:REQUEST\r\n', more = '') =>
  `BEGIN:VCALENDAR\r\nVERSION:2.0\r\n${method}${more}BEGIN:VEVENT\r\nSUMMARY:x\r\n${event.replace(/\n/g, '\r\n')}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n`;

const read = (event: string, zone = 'Europe/Berlin', more = '') =>
  readInvitation(calendar(event, undefined, more), zone, false);

describe('When an event is', () => {
  // The expected times were worked out by hand from the offsets of the zones on those days.
  const rows: [string, string, string, string?][] = [
    ['UTC', 'DTSTART:20260304T100000Z\nDTEND:20260304T110000Z', 'Wed 4 Mar 2026, 11:00 to 12:00 (Europe/Berlin)'],
    [
      'UTC in summer',
      'DTSTART:20260704T100000Z\nDTEND:20260704T110000Z',
      'Sat 4 Jul 2026, 12:00 to 13:00 (Europe/Berlin)',
    ],
    [
      'a zone of IANA',
      'DTSTART;TZID=Asia/Tokyo:20260304T060000\nDURATION:PT30M',
      'Tue 3 Mar 2026, 22:00 to 22:30 (Europe/Berlin)',
    ],
    ['another reader’s zone', 'DTSTART:20260304T100000Z', 'Wed 4 Mar 2026, 15:45 (Asia/Kathmandu)', 'Asia/Kathmandu'],
    [
      'no zone',
      'DTSTART:20260304T100000\nDTEND:20260304T110000',
      'Wed 4 Mar 2026, 10:00 to 11:00 (no time zone given)',
    ],
    ['an unknown zone', 'DTSTART;TZID=Castle Time:20260304T100000', 'Wed 4 Mar 2026, 10:00 (Castle Time)'],
    ['no end', 'DTSTART:20260304T100000Z', 'Wed 4 Mar 2026, 11:00 (Europe/Berlin)'],
    [
      'the night of the change',
      'DTSTART:20260329T003000Z\nDURATION:PT2H',
      'Sun 29 Mar 2026, 01:30 to 04:30 (Europe/Berlin)',
    ],
    ['a whole day', 'DTSTART;VALUE=DATE:20260304', 'Wed 4 Mar 2026, all day'],
    [
      'a whole day with an equal end',
      'DTSTART;VALUE=DATE:20260304\nDTEND;VALUE=DATE:20260305',
      'Wed 4 Mar 2026, all day',
    ],
    [
      'days over the new year',
      'DTSTART;VALUE=DATE:20261231\nDURATION:P3D',
      'Thu 31 Dec 2026 to Sat 2 Jan 2027, all day',
    ],
  ];
  for (const [name, event, expected, zone] of rows) {
    it(`with ${name}`, () => assert.equal(read(event, zone)?.[1], `When: ${expected}`));
  }

  const zone = (rules: [string, string]) =>
    `BEGIN:VTIMEZONE\r\nTZID:Eastern\r\nBEGIN:STANDARD\r\nDTSTART:16010101T020000\r\n${rules[0]}TZOFFSETFROM:-0400\r\nTZOFFSETTO:-0500\r\nEND:STANDARD\r\nBEGIN:DAYLIGHT\r\nDTSTART:16010101T020000\r\n${rules[1]}TZOFFSETFROM:-0500\r\nTZOFFSETTO:-0400\r\nEND:DAYLIGHT\r\nEND:VTIMEZONE\r\n`;
  const yearly: [string, string] = [
    'RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11\r\n',
    'RRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3\r\n',
  ];
  const offsets: [string, string][] = [
    ['20260307T100000', 'Sat 7 Mar 2026, 16:00 (Europe/Berlin)'],
    ['20260309T100000', 'Mon 9 Mar 2026, 15:00 (Europe/Berlin)'],
    ['20261031T100000', 'Sat 31 Oct 2026, 15:00 (Europe/Berlin)'],
    ['20261102T100000', 'Mon 2 Nov 2026, 16:00 (Europe/Berlin)'],
    ['20260101T100000', 'Thu 1 Jan 2026, 16:00 (Europe/Berlin)'],
  ];
  for (const [time, expected] of offsets) {
    it(`with a zone of its own, at ${time}`, () => {
      assert.equal(read(`DTSTART;TZID=Eastern:${time}`, undefined, zone(yearly))?.[1], `When: ${expected}`);
    });
  }

  it('with a zone that changes every second', () => {
    const hostile: [string, string] = ['RRULE:FREQ=SECONDLY\r\n', 'RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31\r\n'];
    assert.match(read('DTSTART;TZID=Eastern:99980101T100000', undefined, zone(hostile))?.[1] ?? '', /^When: /);
  });
});

describe('How often an event repeats', () => {
  const rows: [string, string][] = [
    ['FREQ=DAILY', 'daily'],
    ['FREQ=DAILY;INTERVAL=3', 'every 3 days'],
    ['FREQ=WEEKLY;BYDAY=MO', 'weekly on Monday'],
    ['FREQ=WEEKLY;BYDAY=MO,WE;COUNT=1', 'weekly on Monday, Wednesday, 1 time'],
    ['FREQ=MONTHLY;BYDAY=2TU', 'monthly on the second Tuesday'],
    ['FREQ=MONTHLY;BYDAY=-1FR', 'monthly on the last Friday'],
    ['FREQ=MONTHLY;BYMONTHDAY=15', 'monthly on day 15'],
    ['FREQ=MONTHLY;BYMONTHDAY=-1', 'monthly on the last day'],
    [
      'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1',
      'monthly on the first of Monday, Tuesday, Wednesday, Thursday, Friday',
    ],
    ['FREQ=YEARLY;BYMONTH=5;BYDAY=2SU', 'yearly on the second Sunday in May'],
    ['FREQ=WEEKLY;UNTIL=20260630T220000Z', 'weekly, until Wed 1 Jul 2026'],
    ['FREQ=WEEKLY;UNTIL=20260630', 'weekly, until Tue 30 Jun 2026'],
  ];
  for (const [rule, expected] of rows) {
    it(rule, () => assert.equal(read(`DTSTART:20260304T100000Z\nRRULE:${rule}`)?.at(-1), `Repeats: ${expected}`));
  }
});

describe('An invitation', () => {
  it('names at most 30 who are asked, and counts the others', () => {
    const attendees = Array.from({ length: 35 }, (_, index) => `ATTENDEE:mailto:a${index}@x.example`).join('\n');
    const who = read(`DTSTART:20260304T100000Z\n${attendees}`)?.at(-1) ?? '';
    assert.match(who, /^Who: a0@x\.example, .*a29@x\.example, and 5 more$/);
  });

  it('shows nothing invisible, and no line of its own making', () => {
    const lines = read('DTSTART:20260304T100000Z\nLOCATION:a\\nWho: b\u202e\u200bc');
    assert.deepEqual(lines?.slice(2), ['Where: a Who: bc']);
  });

  it('is of the series where an exception comes first', () => {
    const exception =
      'RECURRENCE-ID:20260311T100000Z\nDTSTART:20260312T100000Z\nEND:VEVENT\nBEGIN:VEVENT\nSUMMARY:y\nDTSTART:20260304T100000Z';
    assert.equal(read(exception)?.[0], 'Invitation: y');
  });

  const broken: [string, string][] = [
    ['nothing', ''],
    ['no calendar', 'hello'],
    ['no event', 'BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR'],
    ['an event cut off', 'BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nSUMMARY:x'],
  ];
  for (const [name, text] of broken) {
    it(`is none where there is ${name}`, () => assert.equal(readInvitation(text, 'UTC', false), undefined));
  }

  it('is a file only, without a method, where it is attached', () => {
    const file = calendar('DTSTART:20260304T100000Z', '');
    assert.equal(readInvitation(file, 'UTC', true), undefined);
    assert.equal(readInvitation(file, 'UTC', false)?.[0], 'Event: x');
  });
});
