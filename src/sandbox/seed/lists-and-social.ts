import { ROBIN } from './compose.ts';
import type { SeedMessage } from './types.ts';

const LETTERPRESS = {
  'List-Id': 'Letterpress talk <talk.letterpress.example.org>',
  'List-Post': '<mailto:talk@letterpress.example.org>',
  'List-Unsubscribe': '<mailto:talk-leave@letterpress.example.org>',
  'Reply-To': 'Letterpress talk <talk@letterpress.example.org>',
  Precedence: 'list',
};

export const LISTS_AND_SOCIAL: readonly SeedMessage[] = [
  {
    thread: 'letterpress-ampersand',
    from: 'Gudrun Halloran via talk <talk@letterpress.example.org>',
    to: 'Letterpress talk <talk@letterpress.example.org>',
    subject: '[talk] WTB: one ampersand, 36 pt, any condition',
    minutesAgo: 6450,
    labels: ['CATEGORY_FORUMS'],
    headers: { ...LETTERPRESS, Sender: 'talk-bounces@letterpress.example.org' },
    text: `Dear list,

my only 36 pt ampersand fell behind the radiator in March, and the firm of Smith & Sons
will not become "Smith and Sons" for my sake; I have asked.

I offer two lowercase g, a plus sign, and postage.

Gudrun
-- 
talk mailing list: answers go to the whole list. Think of the archive.
`,
  },
  {
    thread: 'letterpress-ampersand',
    from: 'Ptolemy Brandt via talk <talk@letterpress.example.org>',
    to: 'Letterpress talk <talk@letterpress.example.org>',
    subject: 'Re: [talk] WTB: one ampersand, 36 pt, any condition',
    minutesAgo: 5210,
    labels: ['INBOX', 'CATEGORY_FORUMS'],
    headers: { ...LETTERPRESS, Sender: 'talk-bounces@letterpress.example.org' },
    text: `> I offer two lowercase g, a plus sign, and postage.

I have one, a little battered, Caslon, with the good belly. Keep the g's.

Have you tried a magnet on a string? I know it is lead. The magnet is for the radiator.

P. Brandt
-- 
talk mailing list: answers go to the whole list. Think of the archive.
`,
  },
  {
    thread: 'forum-digest-flats',
    from: 'First Keys forum <digest@first-keys.example>',
    to: ROBIN,
    subject: 'Digest: 4 new answers in threads you follow',
    minutesAgo: 2760,
    labels: ['INBOX', 'UNREAD', 'CATEGORY_FORUMS'],
    headers: {
      'List-Id': 'First Keys digest <digest.first-keys.example>',
      'List-Unsubscribe': '<https://first-keys.example/settings/digest>',
    },
    text: `FIRST KEYS, your digest

[1] "Survey says 'some damp'. How much is some?"             2 answers
    brickwhisperer: Ask for the meter readings, not for adjectives.
    mortar_and_more: Under 20 % in an outer wall in winter I would sleep well.

[2] "Neighbour's piano is in MY hallway"                     1 answer
    tenant4ever: Learn to play it loudly. It will find its owner.

[3] "Which questions do you ask the notary?"                 1 answer
    paperclip: All of them. You pay by the value, not by the question.

Read and answer: https://first-keys.example/t/digest
Fewer digests: https://first-keys.example/settings/digest
`,
  },
  {
    thread: 'social-harbourline',
    from: 'Harbourline <notify@harbourline.example>',
    to: ROBIN,
    subject: 'Juno Achterberg mentioned you in a comment',
    minutesAgo: 1027,
    labels: ['INBOX', 'UNREAD', 'CATEGORY_SOCIAL'],
    headers: { 'List-Unsubscribe': '<https://harbourline.example/off/mention/rv>' },
    html: `<div style="font-family:Helvetica,Arial;max-width:480px"><p><b>Juno Achterberg</b> mentioned you:</p>
<blockquote style="border-left:3px solid #7aa;padding-left:12px">Proof that
<a href="https://harbourline.example/@robin">@robin</a> can climb 214 steps and still complain in tune 🗼</blockquote>
<p><a href="https://harbourline.example/p/90412?ref=mail">See the photo</a> &nbsp; 31 likes, 6 of them from basses</p>
<p style="font-size:11px;color:#888"><a href="https://harbourline.example/off/mention/rv">Turn these off</a></p></div>`,
  },
];
