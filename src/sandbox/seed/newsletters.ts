import { oneClickBulk, signature } from './bulk-mail.ts';
import { DAY, dayMonth, ROBIN, weekday } from './compose.ts';
import type { SeedMessage } from './types.ts';
import { OWNER } from './types.ts';

const KETTLE = 'https://click.slow-kettle.example/t';

const slowKettle: SeedMessage = {
  thread: 'slow-kettle-88',
  from: 'The Slow Kettle <letters@slow-kettle.example>',
  to: ROBIN,
  subject: 'Letter 88: a village that voted on its bench',
  minutesAgo: 1132,
  labels: ['INBOX', 'UNREAD', 'CATEGORY_UPDATES'],
  headers: (origin) => ({
    ...oneClickBulk({ list: 'slow-kettle', domain: 'letters.slow-kettle.example', token: 'rv88-5f1c' })(origin),
    'List-Id': 'The Slow Kettle <letters.slow-kettle.example>',
  }),
  text: `THE SLOW KETTLE
Letter 88: a village that voted on its bench

Oberwies has 212 inhabitants and, since last month, a bench facing the wrong way. It
looks at the road instead of the valley. The council asked; the village answered, 131
to 40, that the road is where the neighbours are.

Also in this letter: a clockmaker who only repairs, and soup in four sentences.

Read on: ${KETTLE}/9c2e-88-01?u=rv88&utm_source=letter&utm_medium=email
Leave: https://letters.slow-kettle.example/u/rv88-5f1c
`,
  html: `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>The Slow Kettle</title>
<style>@media (max-width:600px){.col{display:block!important;width:100%!important}}</style></head>
<body style="margin:0;background:#f3efe6">
<div style="display:none;max-height:0;overflow:hidden;font-size:1px;color:#f3efe6">
131 to 40 for the road. &#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;</div>
<table role="presentation" width="100%" cellpadding="0" cellspacing="0"><tr><td align="center">
<table role="presentation" width="600" cellpadding="0" cellspacing="0" style="background:#fffdf8">
<tr><td style="padding:28px 32px;font:700 26px Georgia,serif;color:#3a2f26">The Slow Kettle</td></tr>
<tr><td style="padding:0 32px"><a href="${KETTLE}/9c2e-88-01?u=rv88&amp;utm_source=letter&amp;utm_medium=email">
<img src="https://img.slow-kettle.example/88/bench.jpg" width="536" height="260"
alt="A wooden bench beside a road, its back to the valley"></a></td></tr>
<tr><td style="padding:20px 32px;font:17px/1.6 Georgia,serif;color:#3a2f26">
<h1 style="font-size:22px">A village that voted on its bench</h1>
<p>Oberwies has 212 inhabitants and, since last month, a bench facing the wrong way. It looks at the road
instead of the valley. The council asked; the village answered, <b>131 to 40</b>, that the road is where the
neighbours are.</p>
<p>&ldquo;The valley,&rdquo; said Mrs Tobler, 84, who proposed the vote, &ldquo;does not wave back.&rdquo;</p>
<p><a href="${KETTLE}/9c2e-88-02?u=rv88&amp;utm_source=letter&amp;utm_content=button" style="color:#9b3d21">
Read the whole letter (nine minutes)</a></p></td></tr>
<tr><td style="padding:0 32px 24px"><table role="presentation" width="100%"><tr>
<td class="col" width="50%" valign="top" style="font:15px/1.5 Georgia,serif"><b>The clockmaker who only repairs</b><br>
He has not sold a clock since his own wedding. <a href="${KETTLE}/9c2e-88-03?u=rv88">Visit him</a></td>
<td class="col" width="50%" valign="top" style="font:15px/1.5 Georgia,serif"><b>Soup in four sentences</b><br>
Leeks. Butter. Patience. A friend. <a href="${KETTLE}/9c2e-88-04?u=rv88">The long version</a></td>
</tr></table></td></tr>
<tr><td style="padding:16px 32px;background:#eae3d3;font:12px Arial,sans-serif;color:#6b5d4d">
You get this because you signed up on a rainy day.
<a href="https://letters.slow-kettle.example/u/rv88-5f1c">Leave the list</a> &middot;
<a href="${KETTLE}/9c2e-88-05?u=rv88">Read it in the browser</a></td></tr>
</table></td></tr></table>
<img src="https://open.slow-kettle.example/o/rv88-9c2e.gif" width="1" height="1" alt="">
</body></html>`,
};

const gridlines: SeedMessage = {
  thread: 'gridlines-311',
  from: 'Gridlines Weekly <hello@gridlines.example>',
  to: ROBIN,
  subject: 'Seven signs that tell you where to stand',
  minutesAgo: 3318,
  labels: ['INBOX', 'CATEGORY_PROMOTIONS'],
  headers: oneClickBulk({
    ...{ list: 'gridlines', domain: 'mail.gridlines.example', token: 'g311-77ab' },
    identity: '@mail.gridlines.example',
  }),
  text: 'View this email in your browser: https://mail.gridlines.example/v/g311-77ab\n',
  html: `<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"></head>
<body bgcolor="#ffffff">
<span style="display:none!important;visibility:hidden;opacity:0;height:0;width:0">Plus: a font drawn for buses</span>
<center><table width="640" cellpadding="0" cellspacing="0" border="0">
<tr><td align="right"><font size="1"><a href="https://mail.gridlines.example/v/g311-77ab">View this email in your
browser</a></font></td></tr>
<tr><td><h1>Gridlines Weekly <small>No. 311</small></h1></td></tr>
<tr><td>
<p><b>Stand here.</b> A station in Velden painted seven pairs of footprints on its platform, because the doors
always stop in the same place. Boarding time fell from 41 to 29 seconds. Then someone added an eighth pair, child
size, facing the wall. The station left it.</p>
<ol>
<li><a href="https://go.gridlines.example/r?d=311&amp;i=1&amp;to=https%3A%2F%2Fvelden-station.example%2Fsteps">The
footprints</a>, with measurements</li>
<li><a href="https://go.gridlines.example/r?d=311&amp;i=2&amp;to=https%3A%2F%2Fbus-type.example">A font drawn for
buses</a>: wide at the knees, legible at 60 km/h</li>
<li><a href="https://go.gridlines.example/r?d=311&amp;i=3&amp;to=https%3A%2F%2Fdoors.example.org">Push or
pull</a>: 400 handles, photographed by a patient man</li>
</ol>
<p><b>Job of the week.</b> The city of Haldenau wants one person to remove signs. Only remove. Apply before
${dayMonth(-11 * DAY)}.</p></td></tr>
<tr><td><hr><font size="2">Sent to ${OWNER.address}.
<a href="https://mail.gridlines.example/u/g311-77ab">Unsubscribe</a></font></td></tr>
</table></center></body></html>`,
};

const shop: SeedMessage = {
  thread: 'tern-tide-lamps',
  from: 'Tern & Tide <news@tern-and-tide.example>',
  to: ROBIN,
  subject: '💡 Lamps, 30% less. Darkness, unchanged.',
  minutesAgo: 2647,
  labels: ['INBOX', 'UNREAD', 'CATEGORY_PROMOTIONS'],
  headers: oneClickBulk({
    ...{ list: 'tern-and-tide', domain: 'news.tern-and-tide.example', token: 'tt-20931' },
    ...{ identity: '@news.tern-and-tide.example', coversLess: true },
  }),
  html: `<!DOCTYPE html><html><body style="background:#10202b;margin:0;padding:24px">
<div style="font-size:0;line-height:0;color:#10202b">Only until the weekend. Then it is dark again.</div>
<table align="center" width="560" style="background:#fff;border-radius:8px" cellpadding="24"><tr><td>
<p style="letter-spacing:.3em;font:12px Arial">TERN &amp; TIDE</p>
<h2 style="font:700 30px/1.1 Arial">Every lamp<br>minus 30 percent</h2>
<table width="100%" cellpadding="8" style="font:14px Arial">
<tr><td><img src="https://cdn.tern-and-tide.example/gull.jpg" width="150" alt="Lamp GULL, white"></td>
<td><img src="https://cdn.tern-and-tide.example/eel.jpg" width="150" alt="Lamp EEL, very long"></td>
<td><img src="https://cdn.tern-and-tide.example/limpet.jpg" width="150" alt="Lamp LIMPET, for walls"></td></tr>
<tr><td><b>GULL</b><br><s>89.00</s> 62.30</td><td><b>EEL</b><br><s>140.00</s> 98.00</td>
<td><b>LIMPET</b><br><s>54.00</s> 37.80</td></tr></table>
<p style="font:15px/1.5 Arial">Code <b>NIGHTFALL</b>, until ${weekday(-5 * DAY)} at midnight, which is when you will
notice that you needed one.</p>
<a href="https://t.tern-and-tide.example/c/20931/lamps" style="background:#e2574c;color:#fff;padding:12px 20px;
font:700 15px Arial;text-decoration:none">To the lamps</a>
<p style="font:11px Arial;color:#777">Tern &amp; Tide, Quay 4, Oakmere.
<a href="https://news.tern-and-tide.example/u/tt-20931">No more lamps, please</a></p>
</td></tr></table></body></html>`,
};

/** It is left by mail alone. */
const allotments: SeedMessage = {
  thread: 'hollow-lane-41',
  from: 'Hollow Lane Allotments <notices@hollow-lane.example>',
  to: ROBIN,
  subject: 'Hollow Lane notices, no. 41: the hosepipe rota',
  minutesAgo: 19_340,
  labels: ['CATEGORY_UPDATES'],
  headers: {
    'List-Id': 'Hollow Lane notices <notices.hollow-lane.example>',
    'List-Unsubscribe': '<mailto:notices-leave@hollow-lane.example?subject=unsubscribe>',
    Precedence: 'bulk',
    'DKIM-Signature': signature('hollow-lane.example', ['From', 'To', 'Subject', 'Date', 'List-Unsubscribe']),
  },
  text: `HOLLOW LANE NOTICES, NO. 41

The hosepipe belongs to everybody, and therefore on the hook.

Odd plots water before nine, even plots after six. Plot 17b counts as odd.

To get no more of these, write to notices-leave@hollow-lane.example.
`,
};

/** Nothing in its headers says how to leave. */
const brewery: SeedMessage = {
  thread: 'brine-and-barley-spring',
  from: 'Brine & Barley <tidings@brine-and-barley.example>',
  to: ROBIN,
  subject: 'What we are pickling now',
  minutesAgo: 20_815,
  labels: ['CATEGORY_PROMOTIONS'],
  headers: { 'DKIM-Signature': signature('brine-and-barley.example', ['From', 'To', 'Subject', 'Date']) },
  text: `This month in the barrels: radishes, and one experiment that we shall not name.

The shop opens on Saturdays, or when you knock.

Tired of us? Tell us at https://brine-and-barley.example/letters
`,
};

export const NEWSLETTERS: readonly SeedMessage[] = [slowKettle, gridlines, shop, allotments, brewery];
