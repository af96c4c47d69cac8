import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { listMessages } from '../../../../src/sandbox/gmail/gmail-lists.ts';
import { MailStore } from '../../../../src/sandbox/store/mail-store.ts';

/** Midnight of Pacific Standard Time. */
const pacific = (year: number, month: number, day: number) => Date.UTC(year, month - 1, day, 8);
const NOW = pacific(2031, 5, 6) + 7 * 3_600_000;
const HOUR = 3_600_000;

interface Mail {
  name: string;
  labels: string[];
  at: number;
  headers?: Record<string, string>;
  body?: string;
}

const file = (name: string, disposition = 'attachment', cid = '') => [
  ...['--b', 'Content-Type: text/plain', '', 'see below', '--b'],
  `Content-Type: application/octet-stream; name="${name}"`,
  `Content-Disposition: ${disposition}; filename="${name}"`,
  ...(cid ? [`Content-ID: <${cid}>`] : []),
  ...['', 'content', '--b--'],
];
const MIXED = { 'Content-Type': 'multipart/mixed; boundary=b' };

const MAILS: Mail[] = [
  {
    name: 'tea',
    labels: ['INBOX', 'UNREAD', 'IMPORTANT', 'CATEGORY_PERSONAL'],
    at: NOW - HOUR,
    headers: {
      From: '"Cole, Ann" <ann.cole@garden.example>',
      To: 'Me <robin.vale@sandbox.example>',
      Cc: 'Bob <bob@mail.garden.example>',
      'Message-ID': '<Tea.1@garden.example>',
      Subject: 'Green tea (fresh)',
    },
    body: 'Drink it hot, please. The secret is in the pot.',
  },
  {
    name: 'milk',
    labels: ['STARRED', 'work/Big Clients'],
    at: NOW - 26 * HOUR,
    headers: { From: 'robin.vale@sandbox.example', To: 'ann.cole@garden.example', Bcc: 'eve@hidden.example' },
    body: `Milk for the tea. ${'x'.repeat(30)} https://docs.google.com/document/d/1`,
  },
  {
    name: 'report',
    labels: ['INBOX', 'CATEGORY_UPDATES', 'Receipts'],
    at: pacific(2031, 4, 1),
    headers: { From: 'Garden Example <x@y.example>', To: 'a@b.example', Subject: 'Quarter report', ...MIXED },
    body: file('Q3 Report.pdf').join('\r\n'),
  },
  {
    name: 'logo',
    labels: ['INBOX', 'CATEGORY_PROMOTIONS'],
    // Already the 31st of January in UTC.
    at: pacific(2031, 1, 31) - HOUR,
    headers: {
      ...{ From: 'news@shop.example', To: 'robin.vale@sandbox.example', Subject: 'Quarter price' },
      ...{ 'List-ID': 'News <news.shop.example>', 'Delivered-To': 'robin@old.example', ...MIXED },
    },
    body: file('logo.png', 'inline', 'logo').join('\r\n'),
  },
  {
    name: 'big',
    labels: ['CATEGORY_SOCIAL'],
    at: pacific(2029, 2, 28),
    headers: { From: 'a@b.example', To: 'c@d.example', Subject: '会議のお知らせ' },
    body: `party 🎉 ${'y'.repeat(1_000_000)}`,
  },
  {
    name: 'sent',
    labels: ['SENT'],
    at: NOW - 3 * 24 * HOUR,
    headers: { From: 'robin.vale@sandbox.example' },
    body: 'tea',
  },
  {
    name: 'spam',
    labels: ['SPAM', 'UNREAD'],
    at: NOW,
    headers: { From: 'ann.cole@garden.example' },
    body: 'tea or not',
  },
  { name: 'bin', labels: ['TRASH'], at: NOW, headers: { From: 'a@b.example' }, body: 'tea' },
];

describe('the language of searches', () => {
  const mailbox = new MailStore('robin.vale@sandbox.example');
  const names = new Map<string, string>();
  before(async () => {
    for (const { name, labels, at, headers, body } of MAILS) {
      const head = Object.entries(headers ?? {}).map(([key, value]) => `${key}: ${value}\r\n`);
      const raw = Buffer.from(`${head.join('')}\r\n${body}\r\n`);
      const labelIds = labels.map((label) => mailbox.labelId(label));
      names.set((await mailbox.add(raw, { labelIds, internalDate: at })).id, name);
    }
  });

  const ROWS: Record<string, [string, string][]> = {
    words: [
      ['tea', 'tea milk sent'],
      ['TEA', 'tea milk sent'],
      ['+tea', 'tea milk sent'],
      ['te', ''],
      ['tea pot', 'tea'],
      ['tea AND pot', 'tea'],
      ['pot AROUND 5 secret', 'tea'],
      ['"secret AROUND 5 tea"', 'tea'],
      ['"the secret is"', 'tea'],
      ['"secret the"', ''],
      ['会議', 'big'],
      ['お知らせ', 'big'],
      ['🎉', 'big'],
      ['', 'tea milk report logo big sent'],
    ],
    'what is not wanted': [
      ['tea -pot', 'milk sent'],
      ['tea -"the secret"', 'milk sent'],
      ['tea NOT pot', 'milk sent'],
      ['tea -(pot OR milk)', 'sent'],
      ['tea -{pot milk}', 'sent'],
      ['tea --pot', 'tea'],
      ['-tea -quarter', 'big'],
      ['-has:attachment -tea', 'logo big'],
    ],
    alternatives: [
      ['pot OR party', 'tea big'],
      ['pot | party', 'tea big'],
      ['{pot party}', 'tea big'],
      ['{pot from:shop.example subject:report}', 'tea report logo'],
      // OR binds more tightly than words side by side.
      ['tea pot OR milk', 'tea milk'],
      ['pot OR party tea', 'tea'],
      ['(pot tea) OR party', 'tea big'],
      ['pot OR party OR report', 'tea report big'],
      ['{(tea pot) (tea milk)}', 'tea milk'],
      ['pot OR -tea', 'tea report logo big'],
    ],
    'operators with groups': [
      ['from:(ann OR news)', 'tea logo'],
      ['from:{ann news}', 'tea logo'],
      ['subject:(quarter report)', 'report'],
      ['subject:{tea report}', 'tea report'],
      ['subject:(quarter -report)', 'logo'],
      ['-subject:(quarter OR tea)', 'milk big sent'],
      ['from:(ann subject:fresh)', 'tea'],
      ['from:-ann quarter', 'report logo'],
    ],
    people: [
      ['from:ann.cole@garden.example', 'tea'],
      ['from:cole@garden.example', ''],
      ['from:ann', 'tea'],
      ['from:cole', 'tea'],
      ['from:"Ann Bob"', ''],
      ['from:"Cole, Ann"', 'tea'],
      ['from:ann.cole', 'tea'],
      ['from:co', ''],
      ['from:me', 'milk sent'],
      ['to:me', 'tea logo'],
      ['from:garden.example', 'tea report'],
      ['from:@garden.example', 'tea report'],
      ['cc:bob', 'tea'],
      ['cc:garden.example', 'tea'],
      ['cc:arden.example', ''],
      // Copies count too.
      ['to:bob', 'tea'],
      ['bcc:eve@hidden.example', 'milk'],
      ['deliveredto:robin@old.example', 'logo'],
      ['list:news.shop.example', 'logo'],
      ['rfc822msgid:<Tea.1@garden.example>', 'tea'],
      ['rfc822msgid:Tea.1@garden.example', 'tea'],
      ['rfc822msgid:tea.1@garden.example', ''],
      ['rfc822msgid:!&!AAAA==@garden.example', ''],
      ['rfc822msgid:tea.1', ''],
    ],
    'places and labels': [
      ['is:unread', 'tea'],
      ['is:read quarter', 'report logo'],
      ['is:starred', 'milk'],
      ['is:important', 'tea'],
      ['is:snoozed', ''],
      ['is:muted', ''],
      ['in:inbox', 'tea report logo'],
      ['in:sent', 'sent'],
      ['in:drafts', ''],
      ['in:archive', 'milk big'],
      ['in:receipts', 'report'],
      ['label:work-big-clients', 'milk'],
      ['label:Work/Big-Clients', 'milk'],
      ['label:"work/big clients"', 'milk'],
      ['label:work', ''],
      ['label:big-clients', ''],
      ['label:RECEIPTS', 'report'],
      ['label:inbox', 'tea report logo'],
      ['label:(receipts OR starred)', 'milk report'],
      ['label:nowhere', ''],
      ['category:primary', 'tea'],
      ['category:updates', 'report'],
      ['category:{social promotions}', 'logo big'],
      ['category:reservations', ''],
    ],
    'spam and trash': [
      ['in:anywhere tea', 'tea milk sent spam bin'],
      ['in:spam', 'spam'],
      ['in:trash', 'bin'],
      ['label:spam', 'spam'],
      ['is:spam', 'spam'],
      ['{in:spam in:trash}', 'spam bin'],
      ['tea (pot OR in:trash)', 'tea bin'],
      ['-in:spam tea', 'tea milk sent'],
      ['-(-in:spam)', 'spam'],
      ['-(in:anywhere pot)', 'milk report logo big sent'],
      ['is:unread tea', 'tea'],
    ],
    'what a message has': [
      ['has:attachment', 'report'],
      ['has:drive', 'milk'],
      ['has:document', 'milk'],
      ['has:spreadsheet', ''],
      ['has:youtube', ''],
      ['has:userlabels', 'milk report'],
      ['has:nouserlabels', 'tea logo big sent'],
      ['has:yellow-star', 'milk'],
      ['filename:pdf', 'report'],
      ['filename:"q3 report.pdf"', 'report'],
      ['filename:q3', 'report'],
      ['filename:png', 'logo'],
      ['filename:pd', ''],
    ],
    sizes: [
      ['larger:1M', 'big'],
      ['larger:2M', ''],
      ['larger:1000K', 'big'],
      ['size:1000000', 'big'],
      ['smaller:1M tea', 'tea milk sent'],
      ['smaller:10', ''],
      ['larger:1000', 'big'],
    ],
    times: [
      ['after:2031/05/06', 'tea'],
      ['newer:2031/05/05', 'tea milk'],
      ['after:2031-05-01', 'tea milk sent'],
      ['after:05/01/2031', 'tea milk sent'],
      ['after:2031/4/1 before:2031/4/2', 'report'],
      // The time of a date is midnight, which after: includes and before: does not.
      ['before:2031/04/01', 'logo big'],
      ['older:2031-01-31', 'logo big'],
      [`after:${Math.floor((NOW - 2 * HOUR) / 1000)}`, 'tea'],
      [`before:${pacific(2030, 1, 1) / 1000}`, 'big'],
      // Nothing is shorter than a day.
      ['newer_than:2h', ''],
      ['newer_than:2d', 'tea milk'],
      ['older_than:2d tea', 'sent'],
      ['newer_than:2m', 'tea milk report sent'],
      ['older_than:3m', 'logo big'],
      ['older_than:1y', 'big'],
      ['newer_than:1y quarter', 'report logo'],
    ],
    'odd ones, which are words or nothing': [
      ['larger:big', ''],
      ['after:2031/02/31', ''],
      ['after:yesterday', ''],
      ['newer_than:2w', ''],
      ['is:hungry', ''],
      ['tea:pot', ''],
      ['pot OR', ''],
      ['not in:spam OR', 'spam'],
      ['OR not in:spam', 'spam'],
      ['or in:spam', 'spam'],
      ['"the secret', 'tea'],
      ['(pot', 'tea'],
      ['pot)', 'tea'],
      ['pot) party', ''],
      ['{pot party', 'tea big'],
      ['() pot {}', 'tea'],
      ['pot !!! - ""', 'tea'],
      ['pot -', 'tea'],
      ['from: pot', ''],
      [`${'('.repeat(5000)}pot${')'.repeat(5000)} party`, ''],
      [`${'-'.repeat(5000)}pot`, 'tea'],
    ],
  };
  for (const [what, rows] of Object.entries(ROWS)) {
    describe(what, () => {
      for (const [q, expected] of rows) {
        it(`${q.slice(0, 60)} → ${expected || 'nothing'}`, () => {
          const { messages = [] } = listMessages(mailbox, { now: () => NOW }, new URLSearchParams({ q }));
          const found = messages.map(({ id }) => names.get(id ?? ''));
          assert.deepEqual(found.sort(), expected.split(' ').filter(Boolean).sort());
        });
      }
    });
  }
});
