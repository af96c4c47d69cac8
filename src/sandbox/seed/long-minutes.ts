import { DAY, dayMonth, ROBIN, weekday } from './compose.ts';
import type { SeedMessage } from './types.ts';

const HELD = 5 * DAY;

const minutes = `Dear residents, dear future residents,

below are the minutes of our general meeting. Robin Vale receives them as the buyer of
flat 3B, with the kind permission of Mr Adeyemi; item 9 is of particular interest there.
Objections, please, in writing and to me, not through the bakery.

Ottilie Brand, secretary


MINUTES
Lindenhof Row Residents' Cooperative, general meeting
Held on ${weekday(HELD)}, ${dayMonth(HELD)}, in the flour store of the bakery, 19:00 to 22:25

Present: 17 of 22 households, one dog. Chair: Mr Castellan. Minutes: Ms Brand.
The dog was admitted without a vote.


1. Opening and quorum

Mr Castellan opened the meeting at 19:06, after six minutes spent looking for the second
box of chairs. With 17 households present the meeting had a quorum. The agenda was adopted
with one change: the item "Piano" was moved to the end, so that everybody would stay.


2. Minutes of the last meeting

Ms Farouk asked that "Ms Farouk shouted" be changed to "Ms Farouk raised a concern". Mr
Bellweather, who had been sitting beside her, asked that it be kept. The sentence now reads
"Ms Farouk could be heard". Adopted, 15 in favour, 2 abstentions.


3. Annual accounts

Ms Nakagawa presented the accounts. Income was 71,340, expenditure 66,905, which leaves a
surplus of 4,435. The largest items were heating (28,110), the lift (9,870), insurance
(8,240) and cleaning (6,600). A sum of 112 is entered as "unexplained, but in our favour".

The auditors, Mr Pell and Ms Ivarsdottir, had checked every receipt and found all of them
except one, for a mop. They recommended that the board be discharged. Carried, 16 in favour,
none against, 1 abstention (the buyer of the mop).

The surplus goes to the roof fund, see item 4.


4. Roof

The architect, Mr Sandoval, reported on the northern slope. About 340 tiles are loose or
broken, two of the battens are soft, and there is a nest, which may not be touched before
the young have left. He laid out three courses of action:

   a) Repair only the worst third now. About 14,000. Has to be done again in six years.
   b) Renew the northern slope. About 52,000. Lasts for forty years.
   c) Renew both slopes and insulate. About 118,000, of which the city refunds 22,000 if
      the application is in before the end of next quarter.

The roof fund holds 61,200, and with this year's surplus 65,635. For c) every household
would pay a special levy, depending on size between 980 and 1,940, in four instalments.

The discussion took fifty minutes. Ms Farouk could be heard. Mr Bellweather asked whether
the southern slope was not "still quite good", and Mr Sandoval showed him a photograph, after
which Mr Bellweather withdrew the question. The Lindqvist household pointed out that the
heating item would fall by roughly a fifth. Mr Osei asked who pays if a flat changes hands
between two instalments; the answer is: whoever is in the land register on the due date.

Decision: course c), on condition that the city confirms the refund in writing. 13 in
favour, 3 against, 1 abstention. The first instalment falls due three months after the
city's letter. Ms Nakagawa prepares the application.


5. Lift

The lift stood still on eleven days. The firm says that the doors are held open with
objects; the board says that the doors close on people. A trial of four weeks: a longer
door time on the ground floor and the third floor, and no more crates of rye in the door
before six in the morning. The baker, present as our host, nodded. No vote was needed.


6. Bicycles

There are 31 bicycles in 20 places. Seven belong to nobody. Decision: every bicycle gets a
paper ribbon. Whoever removes the ribbon owns the bicycle. What still wears its ribbon after
eight weeks is given to the youth workshop. Unanimous, and for a moment rather festive.


7. Noise, smell and the bakery

Kneading starts at 03:40. Two households on the first floor feel it "in the bed frame". The
baker has ordered rubber feet for the machine, which arrive in about three weeks, and offers
the first floor a loaf a week until then. One of the two households asked whether it might
keep the noise and the loaf. It may not.

The smell was not discussed, since there is agreement on it.


8. Elections

The chair, Mr Castellan, and the treasurer, Ms Nakagawa, were re-elected with 16 votes each.
A third member of the board was wanted. After a silence of some length, Ms Ivarsdottir said
"oh, very well" and was elected with 17 votes and applause.


9. Flat 3B: change of owner

Mr Adeyemi sells flat 3B to Robin Vale, who works as a designer, sings, and has asked
sensible questions about the piano. Under section 7 of our rules the cooperative must agree
to the transfer. It agreed, 16 in favour, 1 abstention (Mr Adeyemi, being moved).

The new member is asked to do the following:

   - return the signed declaration of membership to the secretary by ${dayMonth(-7 * DAY)},
   - pay the admission share of 450 before the keys are handed over; it is paid back when
     leaving,
   - take over the stairwell rota of flat 3B, which next falls in the second week after the
     handover, and
   - choose a name plate: brass (38) or enamel (44). Not plastic. We voted on that once.

Mr Adeyemi leaves behind the window seat, the key to cellar compartment 7 and, at his own
suggestion, a list of the sounds the flat makes at night, with explanations.


10. Piano

The piano in the hallway of the third floor has stood there since before the oldest minutes
we possess. It blocks 62 of 140 centimetres; the fire inspector accepts 40. Nobody claims it.
Ms Farouk moved that it be removed. The Lindqvist household moved that it be turned by
ninety degrees, which leaves 103 centimetres free. Mr Osei admitted that it is he who has
been playing it, in the evenings, since he had believed that nobody was at home.

There was a pause. Ms Farouk withdrew her motion and asked what the slow piece had been.

Decision: turn it by ninety degrees, on the first Saturday after the handover of 3B, with
six volunteers and the baker's trolley. Playing is allowed until 21:00. 17 in favour. The
dog barked, which was counted as approval.


11. Any other business

The stairwell light on the second floor has been reported. The light on the fourth floor
has been reported as well, for being on. Mr Pell reminded everyone that parcels are not a
form of storage. The next meeting will take place in six months, in the same flour store;
please do not wear black.

Closed at 22:25.

Ottilie Brand (minutes)          Aurelio Castellan (chair)


SUMMARY OF TASKS

   Ms Nakagawa        application for the city's refund        before the end of next quarter
   Mr Sandoval        final estimate, nest permitting          six weeks
   Mr Castellan       talk to the lift firm                    two weeks
   Ms Ivarsdottir     ribbons for 31 bicycles                  this weekend
   the baker          rubber feet, loaves                      three weeks
   Robin Vale         declaration, share, name plate           ${dayMonth(-7 * DAY)}
   six volunteers     piano                                    first Saturday after handover
`;

export const LONG_MINUTES: readonly SeedMessage[] = [
  {
    thread: 'lindenhof-minutes',
    from: 'Ottilie Brand <secretary@lindenhof-row.example.org>',
    to: 'Residents <residents@lindenhof-row.example.org>',
    cc: ROBIN,
    subject: 'Minutes of the general meeting (roof, lift, bicycles, piano)',
    minutesAgo: 3610,
    labels: ['INBOX', 'UNREAD', 'IMPORTANT', 'CATEGORY_PERSONAL', 'Flat'],
    text: minutes,
  },
];
