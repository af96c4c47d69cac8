import { attribution, conversation, DAY, dayMonth, ROBIN, weekday } from './compose.ts';
import { AGREEMENT_PDF, DRAWING_PNG } from './files.ts';
import type { SeedMessage } from './types.ts';

const AGENT = 'Marguerite Holloway <m.holloway@quayside-homes.example>';
const BROKER = 'Ines Duarte <ines.duarte@duarte-lending.example>';
const WREN = 'Wren Vale <wren@vale-family.example>';
const UNCLE = 'Caspar Vale <caspar@vale-family.example>';

const drawing: SeedMessage = {
  thread: 'pip-drawing',
  from: WREN,
  to: ROBIN,
  subject: 'Pip has drawn your flat',
  minutesAgo: 7,
  labels: ['INBOX', 'UNREAD', 'IMPORTANT', 'CATEGORY_PERSONAL'],
  attachments: [
    { filename: 'robins-flat-by-pip.png', contentType: 'image/png', content: DRAWING_PNG, encoding: 'base64' },
  ],
  text: `Robin!

Pip heard that you are moving into "a house with a bakery in its tummy" and went very
quiet for half an hour. The result is attached. The architect's notes, as dictated:

  - the sun is included in the price
  - the cat is structural, so you will have to get one
  - the door is red so that you can find it when you are tired

She would like it to hang in the kitchen, "but not with a magnet, with a real nail".

Soup at ours tonight at seven, the leek one. Bring nothing. If you pass the bakery in
your future tummy, bring bread. And tell me how the papers went, I have been thinking of
you all day.

Proud of you, you know that.
Wren`,
};

const offer = conversation('flat-offer', 'Lindenhof Row 14, flat 3B: your offer', [
  {
    from: AGENT,
    to: ROBIN,
    minutesAgo: 17_420,
    labels: ['IMPORTANT', 'CATEGORY_PERSONAL', 'Flat'],
    text: `Dear Robin Vale,

thank you for your offer of 279,000. The owners have read it together with your letter,
which made Mr Adeyemi ask twice whether you would really keep the window seat.

They would accept 284,000, with the kitchen and cellar compartment 7 included. There is
another party, who wishes to remove the window seat.

Kind regards,
Marguerite Holloway
Quayside Homes`,
  },
  {
    from: ROBIN,
    to: AGENT,
    minutesAgo: 15_985,
    labels: ['SENT', 'Flat'],
    text: `Dear Ms Holloway,

284,000 it is, provided the survey finds nothing that changes the picture, and please
tell Mr Adeyemi that the window seat will be sat in daily.

One question: whose piano is that in the hallway of the third floor?

Robin Vale`,
  },
  {
    from: AGENT,
    to: ROBIN,
    minutesAgo: 14_610,
    labels: ['STARRED', 'IMPORTANT', 'CATEGORY_PERSONAL', 'Flat'],
    attachments: [
      {
        filename: 'reservation-agreement-3B.pdf',
        contentType: 'application/pdf',
        content: AGREEMENT_PDF,
        encoding: 'base64',
      },
    ],
    text: `Dear Robin Vale,

congratulations, the owners have accepted. The reservation agreement is attached for you
to read. The fee of 1,500 is credited against the price.

As for the piano: nobody knows. It has outlived four caretakers. Clause 4 makes sure
that it does not become your problem.

Marguerite Holloway`,
  },
  {
    from: AGENT,
    to: ROBIN,
    minutesAgo: 185,
    labels: ['INBOX', 'UNREAD', 'IMPORTANT', 'CATEGORY_PERSONAL', 'Flat'],
    text: `Dear Robin Vale,

the notary can see all of us on ${weekday(-9 * DAY)}, ${dayMonth(-9 * DAY)}, at 10:30. Please bring an
identity card and the lender's letter, and confirm the appointment by tomorrow evening,
as she holds the hour for us only until then.

A neighbour has begun to play the piano. It is in tune.

Marguerite Holloway`,
  },
]);

const mortgage = conversation('duarte-loan', 'Your two loan offers, side by side', [
  {
    from: BROKER,
    to: ROBIN,
    minutesAgo: 8925,
    labels: ['CATEGORY_PERSONAL', 'Flat'],
    text: `Hello Robin,

both banks have answered. For 215,000 over 25 years:

                        Harrow Mutual     Bank of Oakmere
  rate, fixed 15 years        3.42 %              3.28 %
  monthly                   1,064.00            1,048.00
  extra repayment a year         5 %                 none
  arrangement fee               0.00              950.00

The second looks cheaper until the year your aunt leaves you money.

Ines`,
  },
  {
    from: ROBIN,
    to: BROKER,
    minutesAgo: 8710,
    labels: ['SENT', 'Flat'],
    text: `Hello Ines,

my aunt intends to live for ever, but I like being allowed to repay. Harrow Mutual,
please, unless there is something in the small print that you would not sign yourself.

Robin`,
  },
  {
    from: BROKER,
    to: ROBIN,
    minutesAgo: 1506,
    labels: ['INBOX', 'CATEGORY_PERSONAL', 'Flat'],
    text: `I would sign it. I did, in fact, for my own place.

Harrow Mutual needs your last three payslips and the survey report by ${weekday(-4 * DAY)}. You can
upload them in their portal; please do not mail them around.

Ines`,
  },
]);

const OPENING = `Council of siblings! Mum turns seventy in five weeks and believes that nobody remembers.

1. Where: ours is too small, hers would be suspicious. Uncle Caspar's boat shed?
2. Cake: who can be trusted?
3. Robin, will the choir sing one song if we feed them?`;

const birthday = conversation('mum-seventy', 'Operation Seventy (do not forward to Mum)', [
  {
    from: WREN,
    to: `${ROBIN}, ${UNCLE}`,
    minutesAgo: 11_230,
    labels: ['CATEGORY_PERSONAL'],
    text: `${OPENING}\n\nWren`,
  },
  {
    from: ROBIN,
    to: WREN,
    cc: UNCLE,
    minutesAgo: 10_980,
    labels: ['SENT'],
    quotesByHand: true,
    text: `${attribution(11_230, WREN)}
> Council of siblings! Mum turns seventy in five weeks and believes that nobody remembers.

She told me "no fuss" four times on the phone, which is a fuss.

> 1. Where: ours is too small, hers would be suspicious. Uncle Caspar's boat shed?

Yes, if the boat moves out.

> 2. Cake: who can be trusted?

You. I still hear about the lemon one.

> 3. Robin, will the choir sing one song if we feed them?

They would sing three for sandwiches. I'll ask.

Robin`,
  },
  {
    from: UNCLE,
    to: `${WREN}, ${ROBIN}`,
    minutesAgo: 2890,
    labels: ['INBOX', 'CATEGORY_PERSONAL'],
    text: `The boat will move. It has not been asked in eleven years but it will move.

There is electricity, and a stove if someone brings wood. Forty chairs. I counted them,
it is thirty-eight.

Your uncle Caspar`,
  },
]);

export const HOME_CONVERSATIONS: readonly SeedMessage[] = [drawing, ...offer, ...mortgage, ...birthday];
