import { ROBIN } from './compose.ts';
import { FLOOR_PLAN_PNG } from './files.ts';
import type { SeedMessage } from './types.ts';
import { OWNER } from './types.ts';

interface EventLines {
  uid: string;
  /** Days from now, and the UTC time of day. */
  inDays: number;
  start: string;
  end: string;
  lines: readonly string[];
}

function utc(now: Date, inDays: number, time: string): string {
  const date = new Date(now.getTime() + inDays * 86_400_000).toISOString().slice(0, 10);
  return `${date}T${time}:00Z`.replace(/[-:]/g, '');
}

/** An iCalendar object (RFC 5545) with one event. */
function event(now: Date, method: string, { uid, inDays, start, end, lines }: EventLines): string {
  return [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Tidewater//Calendar 4.2//EN',
    `METHOD:${method}`,
    'BEGIN:VEVENT',
    `UID:${uid}`,
    `DTSTAMP:${now.toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`,
    `DTSTART:${utc(now, inDays, start)}`,
    `DTEND:${utc(now, inDays, end)}`,
    ...lines,
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ].join('\r\n');
}

const LENA = 'Lena Ortiz <lena@harbor-studio.example>';
const BASIL = 'Basil Okafor <basil@okafor-surveys.example>';

const viewing: SeedMessage = {
  thread: 'invite-survey-visit',
  from: BASIL,
  to: ROBIN,
  cc: 'Marguerite Holloway <m.holloway@quayside-homes.example>',
  subject: 'Invitation: survey walk, Lindenhof Row 14, flat 3B',
  minutesAgo: 611,
  labels: ['INBOX', 'UNREAD', 'CATEGORY_UPDATES', 'Flat'],
  text: `Dear Robin,

let us walk through the flat together before I write the report. An hour is enough. Wear
shoes that may see the cellar. The plan the owners gave me is below; the wall between the
kitchen and the bath has been drawn by an optimist.

Basil Okafor, chartered surveyor
`,
  html: `<p>Dear Robin,</p><p>let us walk through the flat together before I write the report. An hour is enough. Wear
shoes that may see the cellar. The plan the owners gave me is below; the wall between the kitchen and the bath has been
drawn by an optimist.</p><p><img src="cid:plan-3b@okafor-surveys.example" width="288" height="192"
alt="Floor plan: one large room, a bath and a kitchen"></p><p>Basil Okafor, chartered surveyor</p>`,
  attachments: [
    {
      filename: 'plan-3b.png',
      contentType: 'image/png',
      content: FLOOR_PLAN_PNG,
      encoding: 'base64',
      cid: 'plan-3b@okafor-surveys.example',
      disposition: 'inline',
    },
  ],
  calendar: {
    method: 'REQUEST',
    ics: (now) =>
      event(now, 'REQUEST', {
        uid: 'walk-3b@okafor-surveys.example',
        inDays: 3,
        start: '15:00',
        end: '16:00',
        lines: [
          'SUMMARY:Survey walk\\, flat 3B',
          'LOCATION:Lindenhof Row 14\\, third floor',
          'DESCRIPTION:Shoes that may see the cellar.\\nI bring the ladder.',
          'ORGANIZER;CN=Basil Okafor:mailto:basil@okafor-surveys.example',
          `ATTENDEE;CN=${OWNER.name};ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;`,
          ` RSVP=TRUE:mailto:${OWNER.address}`,
          'SEQUENCE:0',
          'STATUS:CONFIRMED',
        ],
      }),
  },
};

const cancelled: SeedMessage = {
  thread: 'cancel-typography',
  from: LENA,
  to: ROBIN,
  subject: 'Cancelled: typography lunch',
  minutesAgo: 3004,
  labels: ['INBOX', 'CATEGORY_UPDATES'],
  text: `The noodle place has flooded, in the kitchen sense. We eat at our desks like letters in a
case. New date to follow.

Lena
`,
  calendar: {
    method: 'CANCEL',
    ics: (now) =>
      event(now, 'CANCEL', {
        uid: 'typography-lunch@harbor-studio.example',
        inDays: -1,
        start: '12:30',
        end: '13:30',
        lines: [
          'SUMMARY:Typography lunch',
          'LOCATION:Noodle place\\, Quay 9',
          'ORGANIZER;CN=Lena Ortiz:mailto:lena@harbor-studio.example',
          `ATTENDEE;CN=${OWNER.name}:mailto:${OWNER.address}`,
          'SEQUENCE:1',
          'STATUS:CANCELLED',
        ],
      }),
  },
};

const accepted: SeedMessage = {
  thread: 'reply-press-check',
  from: 'Odile Marchetti <odile@paper-lantern.example>',
  to: ROBIN,
  subject: 'Accepted: press check, sheet one',
  minutesAgo: 2391,
  labels: ['CATEGORY_UPDATES', 'Northpier'],
  text: 'Odile Marchetti has accepted. Remark: "I warm up the machine, you bring the pastries."\n',
  calendar: {
    method: 'REPLY',
    ics: (now) =>
      event(now, 'REPLY', {
        uid: 'press-check@sandbox.example',
        inDays: 4,
        start: '08:00',
        end: '09:00',
        lines: [
          'SUMMARY:Press check\\, sheet one',
          `ORGANIZER;CN=${OWNER.name}:mailto:${OWNER.address}`,
          'ATTENDEE;CN=Odile Marchetti;PARTSTAT=ACCEPTED:',
          ' mailto:odile@paper-lantern.example',
          'SEQUENCE:0',
        ],
      }),
  },
};

const dentist: SeedMessage = {
  thread: 'dentist-reminder',
  from: 'Dr Amaru Castellane, dental surgery <frontdesk@castellane-teeth.example>',
  to: ROBIN,
  subject: 'We look forward to seeing you (and your molars)',
  minutesAgo: 8240,
  labels: ['INBOX', 'CATEGORY_UPDATES'],
  attachments: [
    {
      filename: 'appointment.ics',
      contentType: 'text/calendar',
      content: event(new Date(), 'PUBLISH', {
        uid: 'a-20911@castellane-teeth.example',
        inDays: 10,
        start: '07:40',
        end: '08:10',
        lines: ['SUMMARY:Check-up with Dr Castellane', 'LOCATION:Harbour Street 2\\, first floor'],
      }),
    },
  ],
  text: `Dear Robin Vale,

your check-up is in the attached calendar file. It takes half an hour. Singing in the
waiting room is, since your last visit, officially permitted.

The front desk
`,
};

export const CALENDAR: readonly SeedMessage[] = [viewing, cancelled, accepted, dentist];
