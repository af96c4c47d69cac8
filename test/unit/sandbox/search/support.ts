import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { listMessages } from '../../../../src/sandbox/gmail/gmail-lists.ts';
import { MailStore } from '../../../../src/sandbox/store/mail-store.ts';

/** Midnight of Pacific Standard Time. */
export const pacific = (year: number, month: number, day: number) => Date.UTC(year, month - 1, day, 8);
export const NOW = pacific(2031, 5, 6) + 7 * 3_600_000;
export const HOUR = 3_600_000;

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

/**
 * Searches the mails, and tests what is found.
 *
 * @param groups the rows of each group: what is searched for, and the names of the mails that are found
 */
export function testSearches(groups: Record<string, [q: string, expected: string][]>): void {
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

  for (const [what, rows] of Object.entries(groups)) {
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
}
