import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { GmailConnection } from '../../../src/gmail/connection/connection.ts';
import { changesOf, historySince } from '../../../src/gmail/history.ts';
import { fetchMessage } from '../../../src/gmail/messages/fetch-messages.ts';
import { findAttachment } from '../../../src/gmail/messages/find-attachment.ts';
import { HiddenMessages } from '../../../src/gmail/messages/hidden.ts';
import { recentMessages } from '../../../src/gmail/messages/recent-messages.ts';
import { searchMessages } from '../../../src/gmail/messages/search.ts';
import { sendWithoutDraft } from '../../../src/gmail/send.ts';
import { readFiles, readMail } from '../../../src/mail/read-mail.ts';
import { renderBody } from '../../../src/mail/render-body.ts';
import { RATE_LIMITS } from '../../../src/sandbox/rate-limits.ts';
import type { Sandbox } from '../../../src/sandbox/start.ts';
import { accessTokenOf, connect, fileMessage, problemOf, sandboxForEach, silent } from '../support.ts';

const SCOPE = 'https://www.googleapis.com/auth/';
const hidden = new HiddenMessages();
const { signal } = new AbortController();

describe('what Gmail does otherwise than its documentation makes one think', () => {
  let sandbox: Sandbox;
  sandboxForEach((started) => {
    sandbox = started;
  });

  it('a token that holds gmail.metadata is told in its own words, with the way out', async () => {
    const token = accessTokenOf(sandbox, [`${SCOPE}gmail.modify`, `${SCOPE}gmail.metadata`]);
    const gmail = connect(sandbox, undefined, token);
    const searching = await problemOf(searchMessages(gmail, { query: 'tea', limit: 5, hidden }, signal));
    const [message] = sandbox.store.messages();
    const reading = await problemOf(fetchMessage(gmail, message?.id ?? '', signal));
    for (const problem of [searching, reading]) {
      assert.equal(problem.code, 'metadata_scope');
      assert.match(problem.explain('editor').next, /myaccount\.google\.com\/connections.*Gmail: Sign In/);
    }
  });

  it('an account without Gmail is told so', async () => {
    sandbox.store.quirks.withoutGmail = true;
    const problem = await problemOf(searchMessages(connect(sandbox), { query: 'tea', limit: 5, hidden }, signal));
    assert.equal(problem.code, 'mailbox_missing');
  });

  it('a limit with a time to come is heeded: nothing is asked again, also within a batch', async () => {
    const limit = RATE_LIMITS.untilTime(new Date(Date.now() + 15 * 60_000));
    sandbox.faults.add({ match: /messages\/\w+$/, ...limit });
    const [message] = sandbox.store.messages();
    sandbox.calls.length = 0;
    const problem = await problemOf(fetchMessage(connect(sandbox), message?.id ?? '', signal));
    assert.match(problem.explain('environment').next, /^Wait 15 minutes/);
    assert.equal(sandbox.calls.length, 1);
  });

  it('a limit is kept from call to call until its time, and one of reading does not keep a send', async () => {
    const token = accessTokenOf(sandbox);
    const search = (value = token) =>
      searchMessages(connect(sandbox, undefined, value), { query: 'tea', limit: 5, hidden }, signal);
    sandbox.faults.add({
      match: /\/messages$/,
      times: 1,
      ...RATE_LIMITS.untilTime(new Date(Date.now() + 15 * 60_000)),
    });
    assert.equal((await problemOf(search())).code, 'rate_limited');
    sandbox.requests.length = 0;
    assert.match((await problemOf(search())).explain('environment').next, /^Wait 15 minutes/);
    assert.deepEqual(sandbox.requests, []);
    const letter = Buffer.from('To: ann@example.org\r\n\r\nHi\r\n');
    assert.ok((await sendWithoutDraft(connect(sandbox, undefined, token), { mime: letter }, '', signal)).messageId);
    // Another mailbox, or another token, is not concerned.
    assert.ok((await search(accessTokenOf(sandbox))).rows);
  });

  it('a limit of sending is kept likewise, and says that nothing was sent', async () => {
    const gmail = connect(sandbox);
    const letter = Buffer.from('To: ann@example.org\r\n\r\nHi\r\n');
    const limit = RATE_LIMITS.untilTime(new Date(Date.now() + 3_600_000), 'Mail sending');
    sandbox.faults.add({ match: /send$/, times: 1, ...limit });
    for (let count = 0; count < 2; count += 1) {
      const problem = await problemOf(sendWithoutDraft(gmail, { mime: letter }, '', signal));
      assert.equal(problem.code, 'rate_limited');
      assert.match(problem.explain('environment').next, /^Wait 60 minutes/);
    }
    assert.equal(sandbox.requests.filter((request) => request.includes('send')).length, 1);
    assert.ok((await searchMessages(gmail, { query: 'tea', limit: 5, hidden }, signal)).rows);
  });

  describe('pages that are short or empty although more follows', () => {
    it('hide no recent message', async () => {
      const recent = async () => {
        const ids: unknown[] = [];
        const asked = { limit: 9, offset: 2, unreadOnly: false, hidden };
        for await (const { id } of recentMessages(connect(sandbox), asked, signal)) ids.push(id);
        return ids;
      };
      const usual = await recent();
      sandbox.store.quirks.shortPages = true;
      assert.deepEqual(await recent(), usual);
      assert.equal(usual.length, 9);
    });

    it('hide no row of a search that is followed to its end', async () => {
      const all = async () => {
        const ids: string[] = [];
        let pageToken: string | undefined;
        do {
          const page = await searchMessages(
            connect(sandbox),
            { query: 'in:inbox', limit: 20, pageToken, hidden },
            signal,
          );
          ids.push(...page.rows.map(({ id }) => id));
          pageToken = page.nextPageToken;
        } while (pageToken);
        return ids;
      };
      const usual = await all();
      sandbox.store.quirks.shortPages = true;
      assert.deepEqual(await all(), usual);
    });

    it('hide no change', async () => {
      const start = sandbox.store.historyId;
      const wanted: string[] = [];
      for (let count = 0; count < 7; count += 1) {
        wanted.unshift((await fileMessage(sandbox, { Subject: `New ${count}` }, 'x', ['INBOX'])).id);
      }
      sandbox.store.quirks.shortPages = true;
      const { added, hasMore } = changesOf(await historySince(connect(sandbox), { historyId: start, hidden }, signal));
      assert.deepEqual([added.map(({ id }) => id), hasMore], [wanted, false]);
    });
  });

  it('Message-ID is found in every spelling that mail programs have', async () => {
    const keeping = new HiddenMessages('subject:unheard-of');
    const gmail = connect(sandbox);
    for (const name of ['Message-ID', 'Message-Id', 'Message-id', 'message-id', 'MESSAGE-ID']) {
      const { id } = await fileMessage(sandbox, { [name]: `<${name}.X1@example.org>`, Subject: 'S' }, 'x', ['INBOX']);
      assert.ok((await keeping.visible(gmail, [{ id }], signal)).has(id), name);
    }
    // What Gmail cannot search for stays hidden.
    const outlook = await fileMessage(sandbox, { 'Message-ID': '<!&!AAAA==@example.org>' }, 'x', ['INBOX']);
    assert.equal((await keeping.visible(gmail, [{ id: outlook.id }], signal)).size, 0);
  });

  describe('the parts of an attached message stand below it, and', () => {
    const INNER =
      'From: b@example.org\r\nSubject: Inner\r\nContent-Type: multipart/mixed; boundary=i\r\n\r\n' +
      '--i\r\nContent-Type: text/plain\r\n\r\nINNER TEXT\r\n' +
      '--i\r\nContent-Type: application/pdf; name=in.pdf\r\nContent-Disposition: attachment; filename=in.pdf\r\n\r\n%PDF\r\n' +
      '--i\r\nContent-Type: text/calendar; method=REQUEST\r\n\r\nBEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\n' +
      'UID:1\r\nDTSTART:20310506T090000Z\r\nSUMMARY:Inner event\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n--i--\r\n';
    const outer = (body: string) => Buffer.from(`To: a@example.org\r\nSubject: Outer\r\n${body}`);
    const rows: [string, Buffer, string, string][] = [
      [
        'beside a text',
        outer(
          'Content-Type: multipart/mixed; boundary=o\r\n\r\n--o\r\nContent-Type: text/plain\r\n\r\nOUTER TEXT\r\n' +
            `--o\r\nContent-Type: message/rfc822\r\n\r\n${INNER}\r\n--o--\r\n`,
        ),
        '1',
        'OUTER TEXT',
      ],
      ['as the whole message', outer(`Content-Type: message/rfc822\r\n\r\n${INNER}`), '0', ''],
    ];
    for (const [name, raw, partId, text] of rows) {
      it(`are neither its text nor its files (${name})`, async () => {
        const gmail = connect(sandbox);
        const { id } = await sandbox.store.add(raw, { labelIds: ['INBOX'], internalDate: 1 });
        const { payload = {} } = await fetchMessage(gmail, id, signal);
        const nothing = async () => Buffer.alloc(0);
        const mail = await readMail(payload, nothing);
        assert.equal(renderBody(mail, { unfold: true }).trim(), text);
        assert.deepEqual([mail.attachments.map((file) => file.partId), mail.invitation], [[partId], undefined]);
        const found = await findAttachment(gmail, { messageId: id, partId, filesOf: readFiles }, signal);
        assert.equal(found.name, 'Inner.eml');
        assert.match((await found.load()).toString(), /^From: b@example\.org/);
        const inner = `${partId === '0' ? '' : '1.'}0.1`;
        assert.equal(
          (await problemOf(findAttachment(gmail, { messageId: id, partId: inner, filesOf: readFiles }, signal))).code,
          'part_unknown',
        );
      });
    }
  });

  describe('a message that is too large for JSON', () => {
    const letter = (size: number) =>
      Buffer.from('To: ann@example.org\r\nSubject: Large\r\n\r\n'.padEnd(size, `${'x'.repeat(900)}\r\n`));
    const send = (size: number) => sendWithoutDraft(connect(sandbox), { mime: letter(size) }, 'Large', signal);

    it('goes up as an upload, and a small one as JSON', async () => {
      for (const [size, path] of [
        [5_000_000, '/gmail/v1/users/me/messages/send'],
        [5_000_001, '/upload/gmail/v1/users/me/messages/send?uploadType=multipart'],
      ] as const) {
        sandbox.requests.length = 0;
        const { messageId, labelIds } = await send(size);
        assert.deepEqual([sandbox.requests, labelIds], [[`POST ${path}`], ['SENT']]);
        const { content } = sandbox.store.get(messageId)?.tree ?? assert.fail('it was not sent');
        assert.equal(content.length, size - letter(size).indexOf('\r\n\r\n') - 4);
      }
    });

    it('goes up a second time where the token was refused, and is sent once', async () => {
      const held = async () => ({ value: accessTokenOf(sandbox), apiOrigin: sandbox.origin });
      const gmail = new GmailConnection({ tokens: { get: held, replace: held }, log: silent });
      sandbox.faults.add({ match: /send$/, times: 1, answer: { status: 401 } });
      const sent = await sendWithoutDraft(gmail, { mime: letter(6_000_000) }, 'Large', signal);
      assert.ok(sandbox.store.get(sent.messageId));
      assert.equal(sandbox.store.messages().filter(({ header }) => header('subject') === 'Large').length, 1);
    });

    it('is refused in words that say so where Gmail takes it in no way', async () => {
      sandbox.faults.add({ match: /send$/, answer: { status: 413 } });
      assert.equal((await problemOf(send(6_000_000))).code, 'request_too_large');
    });
  });
});
