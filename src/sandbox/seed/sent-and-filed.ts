import { DAY, ROBIN, weekday } from './compose.ts';
import type { SeedMessage } from './types.ts';

/** What is no longer, or not yet, in the inbox. */
export const SENT_AND_FILED: readonly SeedMessage[] = [
  {
    thread: 'draft-piano',
    from: ROBIN,
    to: 'Ottilie Brand <secretary@lindenhof-row.example.org>',
    subject: 'Declaration of membership, and the piano',
    minutesAgo: 48,
    labels: ['DRAFT', 'Flat'],
    text: `Dear Ms Brand,

thank you for the minutes, which I read aloud to my sister, with voices. The declaration
follows this week. Enamel, please.

I would also like to volunteer for the piano, and to ask whether Mr Osei
`,
  },
  {
    thread: 'sent-solo-thanks',
    from: ROBIN,
    to: 'Henrike Solano <henrike@old-quay.example.org>',
    subject: 'Get well, and your scarf',
    minutesAgo: 276,
    labels: ['SENT', 'Choir'],
    text: `Dear Henrike,

I have been given your bars 41 to 56 and shall look after them like somebody else's cat. The
ferry office has your scarf; they have put it round the neck of the ticket machine.

Honey, ginger, silence.

Robin
`,
  },
  {
    thread: 'trashed-webinar',
    from: 'Peak Synergy Academy <grow@peak-synergy.example>',
    to: ROBIN,
    subject: 'Robin, are you leaving value on the table?',
    minutesAgo: 7795,
    labels: ['TRASH', 'CATEGORY_PROMOTIONS'],
    headers: { 'List-Unsubscribe': '<https://peak-synergy.example/stay?please=1>' },
    html: `<html><body style="font-family:Arial"><h1 style="color:#ff6a00">UNLOCK. ALIGN. REPEAT.</h1>
<p>A free 3-hour webinar on how to hold shorter meetings. Only 9,998 places left, ${weekday(-DAY)} only!</p>
<p><a href="https://peak-synergy.example/join?u=rv">Claim my place</a></p></body></html>`,
  },
  {
    thread: 'old-postcard',
    from: 'Leopold Quist <leopold@quist-family.example.org>',
    to: ROBIN,
    subject: 'For the day you need it',
    minutesAgo: 598_400,
    labels: ['CATEGORY_PERSONAL'],
    text: `Dear Robin,

you said at the station that you were not sure whether you can lead people. I have known you
since you were eleven and arranged the chairs in my classroom so that everyone could see the
window. Nobody had asked you to. Keep this message and read it on a bad day.

Leopold
`,
  },
];
