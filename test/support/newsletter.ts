import type { MailStore } from '../../src/sandbox/store/mail-store.ts';

const WORDS =
  'harbour lantern ticket gallery bakery winter timetable orchestra ferry market letter season garden window bridge'.split(
    ' ',
  );

/** Words that differ from place to place, without chance. */
function sentence(seed: number): string {
  const words = Array.from({ length: 14 }, (_, index) => WORDS[(seed * 7 + index * (1 + (seed % 5))) % WORDS.length]);
  return `${words.join(' ')} ${seed}.`;
}

function story(seed: number): string {
  const link = `https://news.example/r/${seed}?utm_source=letter&utm_medium=email&utm_campaign=week&id=${'abc123'.repeat(12)}`;
  return `
<table role="presentation" width="600" cellpadding="0" cellspacing="0" style="border-collapse:collapse"><tr>
<td style="padding:24px;font-family:Georgia,serif;font-size:16px;line-height:24px;color:#222222;background:#ffffff">
<h2 style="margin:0 0 8px;font-size:22px"><a href="${link}" style="color:#222222;text-decoration:none">Story ${seed}</a></h2>
<img src="https://cdn.example/pictures/${seed}.jpg" width="552" alt="Picture ${seed}" style="display:block">
<p style="margin:0 0 12px">${sentence(seed)} ${sentence(seed + 1)}</p>
<p style="margin:0"><a href="${link}">Read on</a></p>
</td></tr></table>`;
}

/** Puts an HTML newsletter of at least this size into the inbox, as its senders write them. Answers its id. */
export async function addNewsletter(mailbox: MailStore, bytes: number): Promise<string> {
  let html = '<html><body style="margin:0;background:#f4f4f4"><div style="display:none">Preview of this week</div>';
  for (let seed = 1; html.length < bytes; seed += 1) html += story(seed);
  html += '<img src="https://open.example/p.gif" width="1" height="1" alt=""></body></html>';
  const raw = [
    'From: The Slow Kettle <letters@slow-kettle.example>',
    `To: ${mailbox.address}`,
    'Subject: This week',
    'Message-ID: <newsletter@slow-kettle.example>',
    'MIME-Version: 1.0',
    'Content-Type: text/html; charset=utf-8',
    '',
    html,
  ].join('\r\n');
  const labelIds = ['INBOX', 'UNREAD', 'CATEGORY_PROMOTIONS'];
  return (await mailbox.add(Buffer.from(raw), { labelIds, internalDate: Date.now() })).id;
}
