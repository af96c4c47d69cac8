import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { HiddenMessages } from '../../../src/gmail/messages/hidden.ts';
import { type SearchRequest, searchMessages } from '../../../src/gmail/messages/search.ts';
import type { Sandbox } from '../../../src/sandbox/start.ts';
import { connect, fileMessage, problemOf, sandboxForAll } from '../support.ts';

const SIGNAL = new AbortController().signal;
const NOTHING = new HiddenMessages();

describe('a search', () => {
  let sandbox: Sandbox;
  sandboxForAll(async (started) => {
    sandbox = started;
    for (let index = 0; index < 70; index += 1) {
      await fileMessage(sandbox, { Subject: `Plain mail ${index}` }, 'plainword', ['INBOX'], 1_000_000 + index);
    }
  });
  beforeEach(() => {
    sandbox.requests.length = 0;
  });

  const search = (request: Partial<SearchRequest> & { query: string }, signal = SIGNAL) =>
    searchMessages(connect(sandbox), { limit: 25, hidden: NOTHING, ...request }, signal);
  const subjects = async (request: Partial<SearchRequest> & { query: string }) =>
    (await search(request)).rows.map(({ subject }) => subject);

  for (const [limit, batches] of [
    [1, 1],
    [25, 1],
    [26, 2],
    [60, 3],
  ] as const) {
    it(`for ${limit} takes one request for the list and ${batches} for the rows`, async () => {
      const { rows } = await search({ query: 'plainword', limit });
      assert.equal(rows.length, limit);
      const kinds = sandbox.requests.map((line) => line.replace(/\?.*/, ''));
      assert.deepEqual(kinds, ['GET /gmail/v1/users/me/messages', ...Array(batches).fill('POST /batch/gmail/v1')]);
    });
  }

  it('that finds nothing takes one request', async () => {
    assert.deepEqual(await search({ query: 'nobodywritesthis' }), { rows: [] });
    assert.equal(sandbox.requests.length, 1);
  });

  it('lists the newest first, page by page to the end, each message once', async () => {
    const seen: string[] = [];
    let pageToken: string | undefined;
    do {
      const page = await search({ query: 'plainword', limit: 30, pageToken });
      seen.push(...page.rows.map(({ subject }) => subject));
      pageToken = page.nextPageToken;
    } while (pageToken);
    assert.deepEqual(
      seen,
      Array.from({ length: 70 }, (_, index) => `Plain mail ${69 - index}`),
    );
  });

  it('with a blank query lists all mail but spam and trash', async () => {
    const { rows } = await search({ query: ' ', limit: 500 });
    assert.ok(rows.length > 100);
    assert.ok(!rows.some(({ labelIds }) => labelIds.includes('SPAM') || labelIds.includes('TRASH')));
  });

  it('leaves out what is deleted between the list and the rows', async () => {
    const [kept, gone] = [
      await fileMessage(sandbox, { Subject: 'kept' }, 'fleeting', ['INBOX']),
      await fileMessage(sandbox, { Subject: 'gone' }, 'fleeting', ['INBOX']),
    ];
    sandbox.faults.add({ match: new RegExp(`${gone.id}$`), times: 1, answer: { status: 404 } });
    assert.deepEqual(
      (await search({ query: 'fleeting' })).rows.map(({ id }) => id),
      [kept.id],
    );
  });

  it('fails where a row cannot be read', async () => {
    sandbox.faults.add({ match: /\/messages\/\w+$/, times: 1, answer: { status: 403 } });
    assert.equal((await problemOf(search({ query: 'plainword' }))).code, 'request_refused');
  });

  it('ends when it is cancelled', async () => {
    assert.equal((await problemOf(search({ query: 'x' }, AbortSignal.abort()))).code, 'cancelled');
  });

  describe('tells of a message', () => {
    it('who, when and what, with the words of its snippet as they were written', async () => {
      const headers = { From: 'Ann <ann@example.org>', To: 'b@example.org', Subject: 'Tea & cake', Date: 'never' };
      const text = `"1 < 2" & it's &lt;so&gt; rowtest`;
      const { id, threadId, historyId } = await fileMessage(
        sandbox,
        headers,
        text,
        ['INBOX', 'UNREAD', 'IMPORTANT'],
        1_234_567,
      );
      assert.deepEqual((await search({ query: 'rowtest' })).rows, [
        {
          id,
          threadId,
          date: 1_234_567,
          from: 'Ann <ann@example.org>',
          to: 'b@example.org',
          subject: 'Tea & cake',
          snippet: text,
          unread: true,
          starred: false,
          important: true,
          hasAttachment: false,
          isNewsletter: false,
          labelIds: ['INBOX', 'UNREAD', 'IMPORTANT'],
          historyId: String(historyId),
        },
      ]);
    });

    it('that has no headers, blanks for them', async () => {
      await fileMessage(sandbox, {}, 'headerless', ['STARRED']);
      const [row] = (await search({ query: 'headerless' })).rows;
      assert.deepEqual([row?.from, row?.to, row?.subject, row?.starred], ['', '', '', true]);
    });

    const leaf = (headers: string) => `${headers}\r\n\r\nQUJD`;
    const multi = (kind: string, depth: number, ...parts: string[]): string =>
      `Content-Type: multipart/${kind}; boundary=b${depth}\r\n\r\n${parts.map((part) => `--b${depth}\r\n${part}\r\n`).join('')}--b${depth}--`;
    const text = leaf('Content-Type: text/plain');
    const picture = 'Content-Type: image/png; name=a.png\r\nContent-ID: <a@b>';
    const pdf = leaf('Content-Type: application/pdf\r\nContent-Disposition: attachment; filename=a.pdf');
    const deep = (depth: number, inner: string): string =>
      depth === 0 ? inner : multi('mixed', depth, text, deep(depth - 1, inner));
    const rows: [string, string, boolean][] = [
      ['a text', text, false],
      ['a text and a file', multi('mixed', 1, text, pdf), true],
      ['a file alone', pdf, true],
      ['two texts', multi('alternative', 1, text, leaf('Content-Type: text/html')), false],
      ['a picture of the text', multi('related', 1, text, leaf(picture)), false],
      [
        'a picture of the text that says so',
        multi('related', 1, text, leaf(`${picture}\r\nContent-Disposition: inline`)),
        false,
      ],
      [
        'an attached picture with an id',
        multi('mixed', 1, text, leaf(`${picture}\r\nContent-Disposition: attachment`)),
        true,
      ],
      ['a picture without an id', multi('mixed', 1, text, leaf('Content-Type: image/png; name=a.png')), true],
      [
        'a shown PDF with an id',
        multi('mixed', 1, text, leaf('Content-Type: application/pdf; name=a.pdf\r\nContent-ID: <a@b>')),
        true,
      ],
      [
        'an attachment without a name',
        multi('mixed', 1, text, leaf('Content-Type: text/plain\r\nContent-Disposition: attachment')),
        true,
      ],
      ['a file in the seventh layer', deep(7, pdf), true],
      ['an invitation', multi('alternative', 1, text, leaf('Content-Type: text/calendar; method=REQUEST')), false],
    ];
    for (const [index, [name, mime, expected]] of rows.entries()) {
      it(`whether it has a file: ${name}`, async () => {
        const raw = Buffer.from(`Subject: filetest${index}\r\nMIME-Version: 1.0\r\n${mime}\r\n`);
        await sandbox.store.add(raw, { labelIds: ['INBOX'], internalDate: Date.now() });
        const found = (await search({ query: `subject:filetest${index}` })).rows;
        assert.deepEqual(
          found.map(({ hasAttachment }) => hasAttachment),
          [expected],
        );
      });
    }

    it('the same about files as has:attachment, throughout the seeded mail', async () => {
      const all = (await search({ query: 'after:2001/01/01', limit: 500 })).rows;
      const withFile = await subjects({ query: 'has:attachment after:2001/01/01', limit: 500 });
      const flagged = all.filter(({ hasAttachment, subject }) => hasAttachment && !subject.startsWith('filetest'));
      assert.deepEqual(
        flagged.map(({ subject }) => subject),
        withFile.filter((subject) => !subject.startsWith('filetest')),
      );
      assert.ok(flagged.length > 3);
    });
  });

  it('reads no bodies', async () => {
    await search({ query: 'plainword', limit: 1 });
    const get = sandbox.calls.findLast((line) => line.includes('/messages/')) ?? '';
    const query = new URL(get.split(' ')[1] ?? '', sandbox.origin).searchParams;
    assert.equal(query.get('format'), 'full');
    assert.doesNotMatch(query.get('fields') ?? 'body', /\bbody|data|raw/);
  });
});
