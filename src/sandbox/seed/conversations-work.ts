import { conversation, DAY, ROBIN, weekday } from './compose.ts';
import { INVOICE_PDF } from './files.ts';
import type { SeedMessage } from './types.ts';

const LENA = 'Lena Ortiz <lena@harbor-studio.example>';
const TOMAS = 'Tomas Keller <tomas@harbor-studio.example>';
const PRIYA = 'Priya Raman <priya@harbor-studio.example>';
const PRINTER = 'Odile Marchetti <odile@paper-lantern.example>';

const wayfinding = conversation('northpier-wayfinding', 'Northpier: two visitors found the broom cupboard', [
  {
    from: LENA,
    to: ROBIN,
    cc: `${TOMAS}, ${PRIYA}`,
    minutesAgo: 5904,
    labels: ['IMPORTANT', 'CATEGORY_PERSONAL', 'Northpier'],
    text: `Morning Robin,

the museum tried our paper signs on eleven visitors yesterday. Nine found the
dinosaurs. Two found the broom cupboard, and one of them stayed, because it was,
quote, "the best-lit room so far".

The arrow on the second landing is the culprit. As I see it we can

  1. hang it at 140 cm, where children and tired people look,
  2. rename the dinosaur hall, which the director will not love, or
  3. put a dinosaur in the broom cupboard.

They want our proposal on ${weekday(1900)}. Which one do we stand behind?

Lena`,
  },
  {
    from: ROBIN,
    to: LENA,
    cc: `${TOMAS}, ${PRIYA}`,
    minutesAgo: 5790,
    labels: ['SENT', 'Northpier'],
    text: `Number 1, with my whole heart. Number 3 as a stretch goal.

Tomas, could you cut two arrows at 140 cm and one at 110? Priya, would the museum
let us repeat the walk with people who have never seen the building?

I'd rather show them eleven visitors who arrive than a slide about arrows.

Robin`,
  },
  {
    from: TOMAS,
    to: ROBIN,
    cc: `${LENA}, ${PRIYA}`,
    minutesAgo: 4420,
    labels: ['CATEGORY_PERSONAL', 'Northpier'],
    text: `Cut and hung. Grey board, 4 mm, the good tape. Total cost 38.60 including the
sandwich I ate while the guard decided whether I was allowed on a ladder.

Please note: at 110 cm a small boy licked it. The ink holds.

T.`,
  },
  {
    from: PRIYA,
    to: ROBIN,
    cc: `${LENA}, ${TOMAS}`,
    minutesAgo: 4305,
    labels: ['CATEGORY_PERSONAL', 'Northpier'],
    text: `Second walk done, fourteen people, none of whom had been inside before:

  arrow at 165 cm (old)     9 of 14 went the right way
  arrow at 140 cm          13 of 14
  arrow at 110 cm          12 of 14, but two of them crouched

The one who missed it at 140 was reading a message. I have the sketches of every
route if you want them for the proposal. My favourite is the man who said he would
follow "the confident woman", who was me.

Priya`,
  },
  {
    from: LENA,
    to: ROBIN,
    cc: `${TOMAS}, ${PRIYA}`,
    minutesAgo: 62,
    labels: ['INBOX', 'UNREAD', 'IMPORTANT', 'CATEGORY_PERSONAL', 'Northpier'],
    text: `They said yes! All 46 signs at 140 cm, 18,400 for design and print, and the director
has asked in writing whether a small dinosaur in the broom cupboard "would be
technically feasible". I have told him that Robin will be in touch.

One thing with a clock on it: Odile needs the final arrow sheet by ${weekday(-DAY)}, four
o'clock, or we lose our slot on the press. Can you send it to her directly and copy me?

Really good work. I mean it.

Lena`,
  },
]);

const leaflets = conversation('paper-lantern-0417', 'Invoice 0417: leaflets, two colours', [
  {
    from: PRINTER,
    to: ROBIN,
    minutesAgo: 20_150,
    labels: ['IMPORTANT', 'CATEGORY_PERSONAL', 'Receipts/2026'],
    attachments: [
      { filename: 'invoice-0417.pdf', contentType: 'application/pdf', content: INVOICE_PDF, encoding: 'base64' },
    ],
    text: `Dear Robin,

the leaflets left this morning with the courier who hums. The invoice is attached:
196.50 in total, payable within 14 days.

The blue came out a touch warmer than on the proof. I like it, and I hope you will
before you read this sentence a second time.

Odile Marchetti
Paper Lantern Print Works, Mill Lane 8, Oakmere`,
  },
  {
    from: ROBIN,
    to: PRINTER,
    minutesAgo: 19_990,
    labels: ['SENT', 'Receipts/2026'],
    text: `Dear Odile,

they arrived, humming. The blue is lovely and I shall claim it was my idea.

A small question: line two says one proof by courier, 14.00. Didn't I collect that
one myself, in the rain, with the umbrella you lent me (which I still have)?

Robin`,
  },
  {
    from: PRINTER,
    to: ROBIN,
    minutesAgo: 19_870,
    labels: ['CATEGORY_PERSONAL', 'Receipts/2026'],
    text: `You are right, and you walked here. Please pay 182.50; I am sending a corrected
invoice by post, because the printer has, of all things, run out of ink.

Keep the umbrella until it stops raining.

Odile`,
  },
]);

export const WORK_CONVERSATIONS: readonly SeedMessage[] = [...wayfinding, ...leaflets];
