import { setImmediate as turn } from 'node:timers/promises';
import type { gmail_v1 } from 'googleapis/build/src/apis/gmail/index.js';
import type { MessageRow } from '../../gmail/messages/message-row.ts';

/**
 * Invented, from, subject and snippet: what speaks of a code in one way or another, what has numbers that are none, and
 * what has neither; in letters that take one byte, and in others, for which V8 compiles each pattern anew.
 */
const MAIL = [
  [
    'Bank <no-reply@bank.example.com>',
    'Your security code is 482 913',
    'Enter 482913 to sign in. It ends in 10 minutes.',
  ],
  ['Müller & Co. <büro@mueller.example>', 'Your code', '“482 913” is your code – don’t share it. 木村さんより。'],
  [
    '"Café 24" <news@cafe.example.org>',
    'Order no. 2026-11-03/77',
    'See https://cafe.example.org/o?id=77, +49 30 1234567',
  ],
  [
    '木村 遥 <haruka@kimura.example>',
    '展示会のご案内',
    'ロビンさん、11月3日(火)10時から。https://kimura.example/o?id=77 を見てください。',
  ],
  ['Shop <no-reply@shop.example.net>', '482913 is your code', 'Use 482913 to confirm that it is you. Do not share it.'],
  [
    'Eva <eva@hafen.example>',
    'Re: Angebot',
    '> „Am 3. Dezember“ – 7.420 €, Nr. 88-20417. Login-Code: 77A-41C, gültig bis 14:30',
  ],
  [
    'Team <team@app.example.com>',
    'Sign in to App',
    'Here is the code that you asked for:\n\n77A-41C\n\nIt is valid until 14:30.',
  ],
  [
    'Air <booking@air.example.com>',
    'Booking X7YZ12: LH 4711, 12 March',
    'Your booking code is X7YZ12. Total: EUR 135.90, 1 bag.',
  ],
  [
    '"Leek & Daughters, Grocers" <hello@leek.example.com>',
    'Your parcel, and three leeks',
    'LEEK &amp; DAUGHTERS, Mill Lane 21, Oakmere. Parcel SH 5502 8841 73 (1 lamp, &quot;blue&quot;) comes on 12 May. ' +
      'View this email in your browser: https://mail.leek.example.com/v/8fA3kQ9x2Lp0?u=7f3a91c2d4',
  ],
  [
    'Élise <elise@port.example>',
    'Re: Café à midi',
    'Parfait, à midi au café. Le gâteau coûte 12,50, il est déjà prêt.',
  ],
  ['Ann Lee <ann@example.org>', 'Re: Soup at seven', 'Dear all, I come at seven and bring 2 loaves of bread.'],
];

/** The same as rows of a list. */
export const INVENTED_ROWS: readonly MessageRow[] = MAIL.map(([from = '', subject = '', snippet = ''], at) => ({
  ...{
    id: `${at}`,
    threadId: `${at}`,
    date: Date.UTC(2026, 10, at + 1),
    from,
    to: '',
    subject,
    snippet,
    labelIds: [],
    historyId: '1',
  },
  ...{ unread: false, starred: false, important: false, hasAttachment: false, isNewsletter: false },
}));

const messageOf = ({ id, threadId, date, from, subject, snippet }: MessageRow): gmail_v1.Schema$Message => {
  const headers = Object.entries({ From: from, To: 'Robin <robin@example.org>', Subject: subject });
  return {
    ...{ id, threadId, labelIds: ['INBOX', 'UNREAD'], internalDate: `${date}`, snippet },
    payload: { mimeType: 'text/plain', filename: '', headers: headers.map(([name, value]) => ({ name, value })) },
  };
};

const JSON_TYPE = 'application/json; charset=UTF-8';

const answer = (body: object) => new Response(JSON.stringify(body), { headers: { 'content-type': JSON_TYPE } });

/** Answers as Gmail does where it has no message of that kind. */
export const emptyGmail: typeof fetch = async () => answer({ resultSizeEstimate: 0 });

/** How many messages a list of it names: what answers them shall not keep the process busy for long. */
const PAGE = 2;

/** How many messages it has listed so far. */
let listed = 0;

/**
 * Answers as Gmail does to a list of messages, each time of the next ones, and to a batch of reads
 * (https://developers.google.com/workspace/gmail/api/guides/batch). Nothing leaves this process.
 */
export const inventedGmail: typeof fetch = async (url, request) => {
  // As any answer: what else has come meanwhile goes first.
  await turn();
  if (!new URL(String(url)).pathname.startsWith('/batch')) {
    const messages = Array.from({ length: PAGE }, () => ({ id: `${listed++ % INVENTED_ROWS.length}` }));
    return answer({ messages, nextPageToken: 'next' });
  }
  const asked = [...String(request?.body).matchAll(/\/messages\/(\d+)\?/g)].map(([, id]) => INVENTED_ROWS[Number(id)]);
  const parts = asked.flatMap((row, at) => [
    `--answer\r\nContent-Type: application/http\r\nContent-ID: <response-item-${at}>\r\n\r\n`,
    `HTTP/1.1 200 OK\r\nContent-Type: ${JSON_TYPE}\r\n\r\n${JSON.stringify(row && messageOf(row))}\r\n`,
  ]);
  return new Response([...parts, '--answer--'].join(''), {
    headers: { 'content-type': 'multipart/mixed; boundary=answer' },
  });
};
