import { conversation, DAY, dayMonth, ROBIN, weekday } from './compose.ts';
import type { SeedMessage } from './types.ts';

const ANSELM = 'Anselm Fiore <anselm@saltmarsh-singers.example>';
const DORA = 'Dorothea Lindqvist <dorothea@saltmarsh-singers.example>';
const JUNO = 'Juno Achterberg <juno.a@post.example.net>';
const FELIX = 'Felix Oyelaran <felix.oyelaran@mail.example.org>';
const TENORS = 'Tenors <tenors@saltmarsh-singers.example>';

const lighthouse = conversation('choir-lighthouse', 'Lighthouse concert: who climbs, who sings below', [
  {
    from: ANSELM,
    to: `${ROBIN}, ${DORA}, ${JUNO}, ${FELIX}`,
    cc: TENORS,
    minutesAgo: 12_640,
    labels: ['CATEGORY_PERSONAL', 'Choir'],
    text: `Dear all,

the harbour master has given us the lighthouse on ${dayMonth(-12 * DAY)}, from seven. The plan:
twelve voices on the gallery, the rest on the grass, the Tallis between them.

There are 214 steps. Please tell me by the end of the week whether your knees are
gallery knees or grass knees. There is no shame in grass.

Anselm`,
  },
  {
    from: DORA,
    to: ANSELM,
    cc: `${ROBIN}, ${JUNO}, ${FELIX}, ${TENORS}`,
    minutesAgo: 12_490,
    labels: ['CATEGORY_PERSONAL', 'Choir'],
    text: `Grass. I shall bring the flask, as the voice of experience.

Who has the tuning fork? I last saw it in a jar of pencils.

Dorothea`,
  },
  {
    from: JUNO,
    to: ANSELM,
    cc: `${ROBIN}, ${DORA}, ${FELIX}, ${TENORS}`,
    minutesAgo: 10_040,
    labels: ['CATEGORY_PERSONAL', 'Choir'],
    text: `Gallery! I have wanted to be a lamp since I was four.

The fork is with me. It is also, it turns out, a good bottle opener.

Juno`,
  },
  {
    from: ROBIN,
    to: ANSELM,
    cc: `${DORA}, ${JUNO}, ${FELIX}, ${TENORS}`,
    minutesAgo: 9870,
    labels: ['SENT', 'Choir'],
    text: `Gallery for me too, if somebody stands between me and the railing.

One worry: from up there we hear the grass about a quarter of a second late. Shall we
agree to watch Anselm's lantern rather than listen? I could paint one side red.

Robin`,
  },
  {
    from: FELIX,
    to: ANSELM,
    cc: `${ROBIN}, ${DORA}, ${JUNO}, ${TENORS}`,
    minutesAgo: 4130,
    labels: ['INBOX', 'CATEGORY_PERSONAL', 'Choir'],
    text: `Red lantern: seconded. I did the sum, it is 0.21 seconds, which is less than what the
basses manage on a good day in the same room.

Felix (bass)`,
  },
  {
    from: ANSELM,
    to: `${ROBIN}, ${DORA}, ${JUNO}, ${FELIX}`,
    cc: TENORS,
    minutesAgo: 338,
    labels: ['INBOX', 'UNREAD', 'STARRED', 'CATEGORY_PERSONAL', 'Choir'],
    text: `Then it is settled: red lantern, twelve on the gallery, and Robin takes the solo in bars
41 to 56, because Henrike has lost her voice to a cold and her scarf to the ferry.

Robin, I know this is sudden. Can you come half an hour early on ${weekday(-2 * DAY)}, so that we try
it on our own? It lies well for you. I would not ask otherwise.

Anselm`,
  },
]);

const sales: SeedMessage = {
  thread: 'choir-sales',
  from: 'Saltmarsh Singers, tickets <tickets@saltmarsh-singers.example>',
  to: ROBIN,
  cc: 'Dorothea Lindqvist <dorothea@saltmarsh-singers.example>',
  subject: 'Ticket sales so far',
  minutesAgo: 2205,
  labels: ['INBOX', 'UNREAD', 'CATEGORY_PERSONAL', 'Choir'],
  attachments: [
    {
      filename: 'ticket-sales.csv',
      contentType: 'text/csv',
      content: `area,price,seats,sold,reserved,remarks
Grass,8.00,180,121,14,"bring a blanket"
Grass (under 14),0.00,60,37,0,
Pier benches,12.00,48,48,0,"sold out"
"Boat, upper deck",15.00,24,19,2,"Caspar Vale's boat, if it moves"
"Boat, lower deck",10.00,16,3,0,"no view, good echo"
Guests of the choir,0.00,30,22,5,
`,
    },
  ],
  text: `Hello Robin,

the sheet is attached. The short version: 250 of 358 places are gone, the pier benches
have sold out, and the lower deck of the boat needs a better name than "lower deck".

Any ideas? You are the one who does this for a living.

Dorothea`,
};

export const CHOIR: readonly SeedMessage[] = [...lighthouse, sales];
