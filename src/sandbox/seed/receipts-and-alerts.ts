import { DAY, dayMonth, ROBIN, weekday } from './compose.ts';
import type { SeedMessage } from './types.ts';

export const RECEIPTS_AND_ALERTS: readonly SeedMessage[] = [
  {
    thread: 'otp-harrow',
    from: 'Harrow Mutual <no-reply@harrow-mutual.example>',
    to: ROBIN,
    subject: '481 926 is your code',
    minutesAgo: 24,
    labels: ['INBOX', 'UNREAD', 'CATEGORY_UPDATES'],
    headers: { 'Auto-Submitted': 'auto-generated' },
    text: `Your one-time code is 481 926. It is valid for ten minutes.

We will never ask you for it on the telephone, however nice the voice is.

Harrow Mutual
`,
    html: `<div style="font-family:Arial"><p>Your one-time code is</p>
<p style="font-size:32px;letter-spacing:6px"><b>481 926</b></p>
<p>It is valid for ten minutes. We will never ask you for it on the telephone, however nice the voice is.</p>
<p>Harrow Mutual</p></div>`,
  },
  {
    thread: 'reset-railcard',
    from: 'Coastline Rail accounts <accounts@coastline-rail.example>',
    to: ROBIN,
    subject: 'Reset your password',
    minutesAgo: 4961,
    labels: ['INBOX', 'CATEGORY_UPDATES'],
    headers: { 'Auto-Submitted': 'auto-generated' },
    text: `Hello Robin Vale,

somebody, most likely you, has forgotten the password of your Coastline Rail account.
Choose a new one within the hour:

https://accounts.coastline-rail.example/reset?token=Q2-demo-7mZxT1nD0pW

If it was not you, do nothing. Nothing will happen either.

Coastline Rail
`,
  },
  {
    thread: 'signin-alert',
    from: 'Nimbus Drive security <security@nimbus-drive.example>',
    to: ROBIN,
    subject: 'New sign-in from Oakmere Public Library',
    minutesAgo: 13_905,
    labels: ['IMPORTANT', 'CATEGORY_UPDATES'],
    text: `A new device signed in to your Nimbus Drive.

  Device    PC-07, Reading Room
  Place     Oakmere
  Address   203.0.113.47

Was it you? Then remember to sign out; the next reader is already waiting.
Was it not? https://nimbus-drive.example/security/devices
`,
  },
  {
    thread: 'grocer-receipt',
    from: 'Pell & Daughters Grocers <receipts@pell-grocers.example>',
    to: ROBIN,
    subject: 'Your receipt, and the leeks were not the last ones',
    minutesAgo: 1411,
    labels: ['INBOX', 'CATEGORY_UPDATES', 'Receipts/2026'],
    html: `<html><body style="font-family:'Courier New',monospace;font-size:13px">
<table cellpadding="3" width="360" style="border:1px dashed #999">
<tr><td colspan="3" align="center"><b>PELL &amp; DAUGHTERS</b><br>Mill Lane 21, Oakmere<br>Receipt 88-20417</td></tr>
<tr><td>Leeks</td><td align="right">3 x 1.10</td><td align="right">3.30</td></tr>
<tr><td>Butter, salted</td><td align="right">1 x 3.45</td><td align="right">3.45</td></tr>
<tr><td>Rye loaf, half</td><td align="right">1 x 2.80</td><td align="right">2.80</td></tr>
<tr><td>Lemons</td><td align="right">4 x 0.55</td><td align="right">2.20</td></tr>
<tr><td>Bag forgotten, again</td><td align="right">1 x 0.25</td><td align="right">0.25</td></tr>
<tr><td><b>TOTAL</b></td><td></td><td align="right"><b>12.00</b></td></tr>
<tr><td colspan="3">Paid by card ending 4410<br>incl. VAT 7%: 0.77 &nbsp; incl. VAT 19%: 0.04</td></tr>
</table></body></html>`,
  },
  {
    thread: 'rail-ticket',
    from: 'Coastline Rail tickets <tickets@coastline-rail.example>',
    to: ROBIN,
    subject: 'Your ticket Oakmere to Northpier, order CR-7741902',
    minutesAgo: 4940,
    labels: ['INBOX', 'CATEGORY_UPDATES', 'Receipts/2026'],
    text: `Order CR-7741902, paid, 23.60

  Out     ${dayMonth(-2 * DAY)}   08:14 Oakmere      09:31 Northpier   coach 4, seat 31 (window)
  Back    ${dayMonth(-2 * DAY)}   17:02 Northpier    18:20 Oakmere     coach 2, seat 12 (aisle, sorry)

Please show this message, printed or on a telephone with more than 2 % of battery.
Exchange free of charge until the day before departure.
`,
  },
  {
    thread: 'parcel-shelf',
    from: 'Swift Heron Parcels <tracking@swift-heron.example>',
    to: ROBIN,
    subject: 'Your parcel is on its way',
    minutesAgo: 467,
    labels: ['INBOX', 'UNREAD', 'CATEGORY_UPDATES'],
    text: `Parcel SH 5502 8841 73 from Tern & Tide (1 lamp, "LIMPET") is on its way.

Delivery: ${weekday(-DAY)}, between 10:00 and 14:00
Leave it with: Mrs Okonjo, ground floor, as always
Follow it: https://swift-heron.example/track/5502884173
`,
  },
  {
    thread: 'parcel-boots',
    from: 'Swift Heron Parcels <tracking@swift-heron.example>',
    to: ROBIN,
    subject: 'Your parcel is on its way',
    minutesAgo: 38_720,
    labels: ['CATEGORY_UPDATES'],
    text: `Parcel SH 5119 0027 40 from Boots of Note (1 pair, size 41) is on its way.

Delivery: ${weekday(37_000)}, between 08:00 and 18:00, the wide Heron window
Follow it: https://swift-heron.example/track/5119002740
`,
  },
];
