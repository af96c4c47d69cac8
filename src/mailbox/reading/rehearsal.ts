import { setImmediate as turn } from 'node:timers/promises';
import type { gmail_v1 } from 'googleapis/build/src/apis/gmail/index.js';
import { maskFields, speaksOfCodes } from '../../masking/mask.ts';
import { JOBS } from './reading-jobs.ts';

/** Invented, with what most mail has: a plain text beside HTML with styles, a table and links, numbers, and a code. */
const TEXT = `Dear Robin,

your order 2026-11-03/77 is on its way; it comes on 3 December by 18:00. Your sign-in code is 482 913.
Call +49 30 1234567 or see https://shop.example.com/orders?id=77&t=8f3a with any question.

On Fri, 20 Nov 2026 at 14:03, Robin <robin@example.org> wrote:
> When does it come?
`;

const HTML = `<html><head><style>.c { color: #333; font-size: 14px } @media (max-width: 600px) { .c { width: 100% } }
</style></head><body><div style="display: none; max-height: 0">Preview</div><table width="600"><tr><td class="c">
<h1>Your order</h1><p>It comes on <b>3 December</b>; your code is <b>482913</b>.</p><ul><li>two loaves &amp; a pot</li></ul>
<a href="https://click.example.com/t?u=1">https://shop.example.com/orders</a> <img src="https://x.example/p.gif" alt="">
</td></tr></table></body></html>`;

const part = (mimeType: string, text: string): gmail_v1.Schema$MessagePart => ({
  mimeType,
  headers: [{ name: 'Content-Type', value: `${mimeType}; charset=UTF-8` }],
  body: { data: Buffer.from(text).toString('base64url'), size: text.length },
});

const message = (...parts: gmail_v1.Schema$MessagePart[]): gmail_v1.Schema$Message => ({
  ...{ id: '0', threadId: '0', labelIds: ['INBOX'], snippet: 'Dear Robin', internalDate: '0' },
  payload: {
    mimeType: 'multipart/alternative',
    headers: [
      { name: 'From', value: '"Shop, Ltd." <orders@shop.example.com>' },
      { name: 'To', value: 'Robin <robin@example.org>' },
      { name: 'Subject', value: 'Your order 2026-11-03/77' },
      { name: 'Date', value: 'Fri, 20 Nov 2026 14:03:00 +0100' },
    ],
    parts,
  },
});

const read = (shown: gmail_v1.Schema$Message) => async () => {
  await JOBS.message({ message: shown, showsCodes: false }, () => Promise.reject(new Error('It has no other parts.')));
};

const [PLAIN, STYLED] = [part('text/plain', TEXT), part('text/html', HTML)];
const [LINE, PARAGRAPH] = [part('text/plain', 'Dear Robin,'), part('text/html', '<p>Dear <b>Robin</b>,</p>')];

/** What each of them makes, the next ones need: the lists of words, a text, HTML, its styles, and both beside each other. */
const STEPS: readonly (() => unknown)[] = [
  () => speaksOfCodes('Your code'),
  () => maskFields({ from: '', subject: 'Your code', text: 'It is 482 913.' }),
  read(message(LINE)),
  read(message(PLAIN)),
  read(message(PARAGRAPH)),
  read(message(STYLED)),
  read(message(PLAIN, STYLED)),
];

/**
 * Reads invented messages, and drops the results. Lists of words and tables are made when they are first wanted, and
 * code is compiled while it runs: of a first message that takes longer than all else.
 *
 * @param isWanted whether to go on, asked before each step: the first job waits for one at most
 */
export async function rehearse(isWanted: () => boolean): Promise<void> {
  for (const step of STEPS) {
    if (!isWanted()) return;
    await step();
    // What has come meanwhile goes first.
    await turn();
  }
}
