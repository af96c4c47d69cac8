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
  const broken: typeof rows = [
    ['a date that does not say so', 'DTSTART:20260304\nDTEND:20260306', 'Wed 4 Mar to Thu 5 Mar 2026, all day'],
    ['a date in a zone', 'DTSTART;TZID=Europe/Berlin:20260304', 'Wed 4 Mar 2026, all day'],
    ['a date that says it is a time', 'DTSTART;VALUE=DATE-TIME:20260304', 'Wed 4 Mar 2026, all day'],
    ['a date and a time', 'DTSTART:20260304\nDTEND:20260304T100000Z', 'Wed 4 Mar 2026, all day'],
    [
      'times of ISO 8601',
      'DTSTART:2026-03-04T10:00:00Z\nDTEND:2026-03-04T11:00:00.000Z',
      'Wed 4 Mar 2026, 11:00 to 12:00 (Europe/Berlin)',
    ],
    ['an offset', 'DTSTART:20260304T100000+0500', 'Wed 4 Mar 2026, 06:00 (Europe/Berlin)'],
    ['no seconds', 'DTSTART:20260304T1000Z', 'Wed 4 Mar 2026, 11:00 (Europe/Berlin)'],
    [
      'a colon in its zone',
      'DTSTART;TZID=(UTC+01:00) Castle:20260304T100000',
      'Wed 4 Mar 2026, 10:00 ((UTC+01:00) Castle)',
    ],
    ['what is no time', 'DTSTART:soon', 'soon (as written: it is no date)'],
    ['an end that is no time', 'DTSTART:20260304T100000Z\nDTEND:later', 'Wed 4 Mar 2026, 11:00 (Europe/Berlin)'],
    ['a duration that is none', 'DTSTART:20260304T100000Z\nDURATION:an hour', 'Wed 4 Mar 2026, 11:00 (Europe/Berlin)'],
  ];
  for (const [name, event, expected, zone] of [...rows, ...broken]) {
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

  const lines: [string, string][] = [
    ['without a value', 'X-HINT'],
    ['of a person without an address', 'ORGANIZER;CN=Firm'],
    ['that was not folded', 'DESCRIPTION:one\ntwo: and three'],
    ['with a quote that does not end', 'ATTENDEE;CN="Ann:mailto:a@x.example'],
    ['with a rule that is none', 'RRULE:FREQ=SOMETIMES'],
    ['of an alarm that is none', 'BEGIN:VALARM\nTRIGGER:soon\nEND:VALARM'],
  ];
  for (const [name, line] of lines) {
    it(`is read with a line ${name}`, () => {
      assert.deepEqual(read(`${line}\nDTSTART:20260304T100000Z\nLOCATION:Hall`), [
        'Invitation: x',
        'When: Wed 4 Mar 2026, 11:00 (Europe/Berlin)',
        'Where: Hall',
      ]);
    });
  }

  it('is read without its last line', () => {
    const text = calendar('DTSTART:20260304T100000Z').replace('END:VCALENDAR\r\n', '');
    assert.equal(readInvitation(text, 'UTC', false)?.[0], 'Invitation: x');
  });

  const answers: [string, string][] = [
    ['CN=Ann Berg;PARTSTAT=ACCEPTED', 'Ann Berg accepted'],
    ['PARTSTAT=DECLINED;CN=Ann Berg', 'Ann Berg declined'],
    ['CN=Ann Berg;PARTSTAT=tentative', 'Ann Berg accepted tentatively'],
    ['CN=Ann Berg;PARTSTAT=DELEGATED', 'Ann Berg delegated this'],
    ['PARTSTAT=DECLINED', 'a@x.example declined'],
    ['CN=Ann Berg', 'Ann Berg has not answered yet'],
    ['CN=Ann Berg;PARTSTAT=X-LATER', 'Ann Berg answered X-LATER'],
  ];
  for (const [parameters, expected] of answers) {
    it(`says what was answered: ${parameters}`, () => {
      const text = calendar(`DTSTART:20260304T100000Z\nATTENDEE;${parameters}:mailto:a@x.example`, 'METHOD:REPLY\r\n');
      assert.deepEqual(readInvitation(text, 'UTC', false)?.slice(0, 2), ['Reply: x', `Answer: ${expected}`]);
    });
  }

  const methods: [string, string][] = [
    ['COUNTER', 'Proposal of another time: x'],
    ['DECLINECOUNTER', 'Refusal of a proposed time: x'],
    ['CANCEL', 'Cancellation: x'],
    ['PUBLISH', 'Event: x'],
    ['ADD', 'Added to an event: x'],
  ];
  for (const [method, expected] of methods) {
    it(`says what it is for: ${method}`, () => {
      const text = calendar('DTSTART:20260304T100000Z', `METHOD:${method}\r\n`);
      assert.equal(readInvitation(text, 'UTC', false)?.[0], expected);
    });
  }

  it('says that it is cancelled where its status does', () => {
    assert.equal(read('DTSTART:20260304T100000Z\nSTATUS:CANCELLED')?.[0], 'Cancellation: x');
  });

  const event = (uid: string, day: number) => `UID:${uid}\nDTSTART:2026030${day}T100000Z`;
  const events = (...days: number[]) =>
    days.map((day) => event(`u${day}`, day)).join('\nEND:VEVENT\nBEGIN:VEVENT\nSUMMARY:y\n');
  it('mentions a second event', () => {
    assert.equal(read(events(4, 5))?.at(-1), 'Also: y, Thu 5 Mar 2026, 11:00 (Europe/Berlin)');
  });
  it('counts events beyond the fourth', () => {
    assert.deepEqual(read(events(1, 2, 3, 4, 5, 6))?.slice(-2), [
      'Also: y, Wed 4 Mar 2026, 11:00 (Europe/Berlin)',
      '… and 2 more events',
    ]);
  });
  it('mentions an event of a second calendar', () => {
    const two = calendar(event('a', 4)) + calendar(event('b', 5));
    assert.equal(readInvitation(two, 'UTC', false)?.at(-1), 'Also: x, Thu 5 Mar 2026, 10:00 (UTC)');
  });
  it('counts changed dates of a series apart', () => {
    const changed = 'END:VEVENT\nBEGIN:VEVENT\nUID:a\nRECURRENCE-ID:20260311T100000Z\nDTSTART:20260312T100000Z';
    assert.equal(read(`UID:a\nDTSTART:20260304T100000Z\n${changed}`)?.at(-1), '… and 1 changed date');
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
