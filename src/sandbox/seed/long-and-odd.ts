import { DAY, dayMonth, ROBIN, weekday } from './compose.ts';
import type { SeedMessage } from './types.ts';

/**
 * A body after RFC 3676, where a space before the line end means that the paragraph goes on. Composing libraries do not
 * write the parameter that says so, hence the bytes.
 */
function flowed(paragraphs: readonly (readonly string[])[]): string {
  const text = `${paragraphs.map((lines) => lines.join(' \r\n')).join('\r\n\r\n')}\r\n`;
  return Buffer.from(text, 'utf8')
    .toString('base64')
    .replace(/.{76}(?=.)/g, '$&\r\n');
}

const bounced = `From: ${ROBIN}
To: Henrike Solano <henrike@old-quay.example.org>
Subject: Get well, and your scarf
Message-ID: <scarf-1@sandbox.example>
`;

const forwarded = `From: Northpier Museum <post@northpier-museum.example.org>
To: Priya Raman <priya@harbor-studio.example>
Subject: Praise from a visitor
Date: ${new Date(Date.now() - 7 * 86_400_000).toUTCString().replace('GMT', '+0000')}
Message-ID: <praise-77@northpier-museum.example.org>
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8

"I have been to this museum nine times and saw the dinosaurs today for the first
time. I had assumed they were a metaphor."

Entered in the visitors' book, page 112, in green ink.
`.replace(/\n/g, '\r\n');

export const LONG_AND_ODD: readonly SeedMessage[] = [
  {
    thread: 'flowed-letter',
    from: 'Leopold Quist <leopold@quist-family.example.org>',
    to: ROBIN,
    subject: 'A letter, since you asked for one',
    minutesAgo: 10_515,
    labels: ['INBOX', 'CATEGORY_PERSONAL'],
    legacy: {
      charset: 'utf-8; format=flowed',
      subjectEncoded: 'A letter, since you asked for one',
      bodyBase64: flowed([
        ['Dear Robin,'],
        [
          'you wrote that nobody sends letters any more, so here is one. It has',
          'no purpose at all. I am sitting in the kitchen, the dog is asleep on',
          'the newspaper I wanted to read, and I have decided that he is right.',
        ],
        [
          'The orchard gave forty kilos of quinces. I gave thirty-eight of them',
          'away, and people have begun to cross the street when they see me with',
          'a basket. If you come by train, I shall be at the station. You will',
          'know me by the basket.',
        ],
        ['Your old teacher,'],
        ['Leopold'],
      ]),
    },
  },
  {
    thread: 'bounce-henrike',
    from: 'Mail Delivery Subsystem <mailer-daemon@mx.sandbox.example>',
    to: ROBIN,
    subject: 'Undelivered: Get well, and your scarf',
    minutesAgo: 274,
    labels: ['INBOX', 'UNREAD', 'CATEGORY_UPDATES'],
    headers: { 'Auto-Submitted': 'auto-replied', 'X-Failed-Recipients': 'henrike@old-quay.example.org' },
    attachments: [
      {
        filename: 'delivery-status.txt',
        contentType: 'message/delivery-status',
        content: `Reporting-MTA: dns; mx.sandbox.example

Final-Recipient: rfc822; henrike@old-quay.example.org
Action: failed
Status: 5.2.2
Remote-MTA: dns; mail.old-quay.example.org
Diagnostic-Code: smtp; 552 5.2.2 Mailbox full
`,
      },
      { filename: 'headers.txt', contentType: 'text/rfc822-headers', content: bounced },
    ],
    text: `Your message could not be delivered to

    henrike@old-quay.example.org

The other server said: 552 5.2.2 Mailbox full

Nothing is wrong on your side. You can try again later, or call.
`,
  },
  {
    thread: 'no-subject',
    from: 'Uncle Caspar <caspar@vale-family.example>',
    to: ROBIN,
    subject: '',
    minutesAgo: 1700,
    labels: ['INBOX', 'UNREAD', 'CATEGORY_PERSONAL'],
    text: `boat moved 4 metres. is it enough

sent from the boat
`,
  },
  {
    thread: 'long-subject',
    from: 'Ødegård Bokbinderi <post@odegard-bokbinderi.example>',
    to: ROBIN,
    subject:
      'Angående innbindingen av fotoalbumet „Sommeren på øya – år etter år“: skinn eller lerret, gullsnitt eller ' +
      'ikke, og hvorvidt bildet av onkel Caspar i robåten (side 34, øverst, med hatten på) virkelig skal være på ' +
      'forsiden — vi spør for sikkerhets skyld én gang til ✂️📚',
    minutesAgo: 18_333,
    labels: ['CATEGORY_PERSONAL'],
    text: `Dear Robin,

forgive the subject. My father wrote it and he does not believe in the other field.

In short: leather or canvas, gilt or not, and is it truly the rowing boat on the cover?

Solveig Ødegård
`,
  },
  {
    thread: 'praise-forward',
    from: 'Priya Raman <priya@harbor-studio.example>',
    to: ROBIN,
    cc: 'Lena Ortiz <lena@harbor-studio.example>, Tomas Keller <tomas@harbor-studio.example>',
    subject: 'Fwd: Praise from a visitor',
    minutesAgo: 9105,
    labels: ['INBOX', 'CATEGORY_PERSONAL', 'Northpier'],
    attachments: [{ filename: 'praise-from-a-visitor.eml', contentType: 'message/rfc822', content: forwarded }],
    text: 'Attached as the museum sent it. Frame it, please, at 140 cm.\n\nPriya\n',
  },
  {
    thread: 'lift-home',
    from: 'Felix Oyelaran <felix.oyelaran@mail.example.org>',
    to: ROBIN,
    subject: 'Re: Re: AW: Fwd: lift home?',
    minutesAgo: 14_020,
    labels: ['CATEGORY_PERSONAL', 'Choir'],
    html: `<div dir="ltr">Yes! From the church gate, ${weekday(13_500)}, as soon as Anselm stops.</div><br>
<div class="quote"><blockquote style="margin:0 0 0 .8ex;border-left:1px #ccc solid;padding-left:1ex">
<div>Could I bring the double bass? It sits in the front.</div>
<blockquote style="margin:0 0 0 .8ex;border-left:1px #ccc solid;padding-left:1ex">
<div>Two places left in my car, one with a view of the bass.</div>
<blockquote style="margin:0 0 0 .8ex;border-left:1px #ccc solid;padding-left:1ex">
<div>Does anyone drive to Mill Lane after rehearsal?</div></blockquote></blockquote></blockquote></div>
<p>PS: the concert is on ${dayMonth(-12 * DAY)}, I wrote it on the bass. Bring gloves.</p>`,
  },
];
