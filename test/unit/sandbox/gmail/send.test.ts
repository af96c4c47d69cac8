import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { type Sandbox, startSandbox } from '../../../../src/sandbox/start.ts';
import { threadsForRecipients } from '../../../../src/sandbox/store/threading.ts';
import { accessTokenOf } from '../../support.ts';

const NOW = Date.UTC(2031, 4, 6, 7, 8, 9);

interface Sent {
  id: string;
  threadId: string;
  labelIds: string[];
  error?: { message: string; errors: { reason: string }[] };
}

describe('sending through the sandbox', () => {
  let sandbox: Sandbox;
  beforeEach(async () => {
    sandbox = await startSandbox({ now: () => NOW });
  });
  afterEach(() => sandbox.close());

  async function post(body: object | string): Promise<{ status: number; body: Sent }> {
    const response = await fetch(`${sandbox.origin}/gmail/v1/users/me/messages/send`, {
      method: 'POST',
      headers: { authorization: `Bearer ${accessTokenOf(sandbox)}`, 'content-type': 'application/json' },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
    return { status: response.status, body: (await response.json()) as Sent };
  }
  const send = (lines: string[], threadId?: string) =>
    post({ raw: Buffer.from(lines.join('\r\n')).toString('base64url'), ...(threadId ? { threadId } : {}) });
  const stored = (id: string) => sandbox.store.get(id) ?? assert.fail('it is not in the mailbox');

  const LETTER = ['To: ann@example.org', 'Subject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?=', '', 'Hello – 日本', ''];

  it('files the mail under Sent, as a thread of its own, as it came', async () => {
    const { status, body } = await send(LETTER);
    assert.equal(status, 200);
    assert.deepEqual(body, { id: body.id, threadId: body.id, labelIds: ['SENT'] });
    const message = stored(body.id);
    assert.equal(message.internalDate, NOW);
    assert.equal(message.header('subject'), 'Grüße');
    assert.equal(message.tree.content.toString(), 'Hello – 日本\r\n');
    assert.equal(sandbox.store.messages()[0]?.id, body.id);
  });

  it('fills in From, Date and a Message-ID, once each', async () => {
    const message = stored((await send(LETTER)).body.id);
    assert.ok(message.header('from').includes(sandbox.address));
    assert.equal(Date.parse(message.header('date')), NOW);
    assert.match(message.header('message-id'), /^<[^@<>]+@[\w.]+>$/);
    const names = message.tree.headers.map(({ name }) => name?.toLowerCase());
    assert.equal(new Set(names).size, names.length);
  });

  it('replaces a Message-ID and keeps the other headers', async () => {
    const own = ['Message-ID: <mine@example.org>', 'Date: Mon, 01 Jan 2024 00:00:00 +0000', 'X-Own: 1'];
    const message = stored((await send([...own, ...LETTER])).body.id);
    assert.doesNotMatch(message.raw.toString(), /mine@example\.org/);
    assert.equal(message.header('date'), 'Mon, 01 Jan 2024 00:00:00 +0000');
    assert.equal(message.header('x-own'), '1');
  });

  it('keeps every part of a multipart and stamps none but the message', async () => {
    const lines = [
      ...['To: ann@example.org', 'MIME-Version: 1.0', 'Content-Type: multipart/alternative; boundary=b', ''],
      ...[
        '--b',
        'Content-Type: text/plain',
        '',
        'one',
        '--b',
        'Content-Type: text/html',
        '',
        '<p>one</p>',
        '--b--',
        '',
      ],
    ];
    const { tree, raw } = stored((await send(lines)).body.id);
    assert.deepEqual(
      tree.parts.map((part) => [part.mimeType, part.content.toString().trim()]),
      [
        ['text/plain', 'one'],
        ['text/html', '<p>one</p>'],
      ],
    );
    assert.equal(raw.toString().match(/^message-id:/gim)?.length, 1);
  });

  it('delivers mail to oneself into the inbox, unread', async () => {
    for (const to of [
      sandbox.address,
      `Robin <${sandbox.address.toUpperCase()}>`,
      `a@example.org, ${sandbox.address}`,
    ]) {
      const { body } = await send([`To: ${to}`, '', 'Hello', '']);
      assert.deepEqual([...body.labelIds].sort(), ['INBOX', 'SENT', 'UNREAD'], to);
      assert.deepEqual([...stored(body.id).labelIds].sort(), ['INBOX', 'SENT', 'UNREAD']);
    }
  });

  it('delivers nothing into the inbox for an address that merely ends alike', async () => {
    assert.deepEqual((await send([`To: not-${sandbox.address}`, '', 'Hello', ''])).body.labelIds, ['SENT']);
  });

  for (const name of ['Cc', 'Bcc']) {
    it(`is content with ${name} alone`, async () => {
      assert.equal((await send([`${name}: ann@example.org`, '', 'Hello', ''])).status, 200);
    });
  }

  for (const [name, lines] of [
    ['no recipient', ['Subject: x', '', 'Hello', '']],
    ['an empty To', ['To: ', 'Subject: x', '', 'Hello', '']],
  ] as const) {
    it(`refuses ${name} and keeps nothing`, async () => {
      const before = sandbox.store.messages().length;
      const { status, body } = await send([...lines]);
      assert.equal(status, 400);
      assert.equal(body.error?.message, 'Recipient address required');
      assert.equal(body.error?.errors[0]?.reason, 'invalidArgument');
      assert.equal(sandbox.store.messages().length, before);
    });
  }

  for (const body of ['not JSON', '{}', '{"raw":""}']) {
    it(`refuses the body ${body}`, async () => assert.equal((await post(body)).status, 400));
  }

  for (const [header, name] of [
    ['To: Ann', 'To'],
    ['To: human@f', 'To'],
    ['Cc: ann@example.org, b@@c.example', 'Cc'],
    ['Bcc: <ann example.org>', 'Bcc'],
  ] as const) {
    it(`refuses the recipients ${header} and keeps nothing`, async () => {
      const before = sandbox.store.messages().length;
      const { status, body } = await send(['To: ann@example.org', header, '', 'Hello', '']);
      assert.equal(status, 400);
      assert.equal(body.error?.message, `Invalid ${name} header`);
      assert.equal(sandbox.store.messages().length, before);
    });
  }

  it('replaces a From that is no usable send-as address, without a word', async () => {
    const from = async (value: string) => stored((await send([`From: ${value}`, ...LETTER])).body.id).header('from');
    const [main, alias, pending] = sandbox.store.sendAs.map(({ sendAsEmail }) => sendAsEmail);
    assert.equal(await from(`Robin <${main}>`), `Robin <${main}>`);
    assert.equal(await from(`R <${alias?.toUpperCase()}>`), `R <${alias?.toUpperCase()}>`);
    for (const other of [`R <${pending}>`, 'Boss <boss@example.org>', 'nobody', `${main}, ${alias}`]) {
      assert.equal(await from(other), main, other);
    }
  });

  it('joins the thread that is named, and tells whether the recipients’ programs would', async () => {
    const asked = stored((await send(['To: ann@example.org', 'Subject: Tea?', '', 'Hi', ''])).body.id);
    const id = asked.header('message-id');
    const rows: [string[], boolean][] = [
      [['Subject: Re: Tea?', `In-Reply-To: ${id}`], true],
      [['Subject: Tea?', `References: <x@y.example> ${id}`], true],
      [['Subject: Coffee?', `In-Reply-To: ${id}`], false],
      [['Subject: Re: Tea?', 'In-Reply-To: <x@y.example>'], false],
      [['Subject: Re: Tea?'], false],
    ];
    for (const [headers, expected] of rows) {
      const { body } = await send(['To: ann@example.org', ...headers, '', 'Yes', ''], asked.threadId);
      assert.equal(body.threadId, asked.threadId, headers.join());
      assert.equal(threadsForRecipients(sandbox.store, stored(body.id)), expected, headers.join());
    }
    // The headers alone do nothing.
    const alone = await send(['To: ann@example.org', 'Subject: Re: Tea?', `In-Reply-To: ${id}`, '', 'Yes', '']);
    assert.equal(alone.body.threadId, alone.body.id);
  });

  it('refuses a thread that is none, or not of this mailbox', async () => {
    assert.deepEqual(await refused({ threadId: 'no-such-thread' }), [400, 'Invalid thread_id value']);
    assert.deepEqual(await refused({ threadId: '1234567890abcdef' }), [404, 'Requested entity was not found.']);
  });

  it('refuses fields that there are not, and what is no base64', async () => {
    assert.deepEqual(await refused({ subject: 'x' }), [
      400,
      'Invalid JSON payload received. Unknown name "subject": Cannot find field.',
    ]);
    assert.deepEqual(await refused({ payload: { to: 'x' } }), [
      400,
      'Invalid JSON payload received. Unknown name "to" at \'payload\': Cannot find field.',
    ]);
    assert.equal((await refused({ raw: 'To: ann@example.org' }))[0], 400);
  });

  async function refused(fields: object): Promise<[number, string | undefined]> {
    const { status, body } = await post({ raw: Buffer.from(LETTER.join('\r\n')).toString('base64url'), ...fields });
    return [status, body.error?.message];
  }

  it('takes about 5 MB as JSON, and answers 413 beyond', async () => {
    const letter = (size: number) => ({
      raw: Buffer.from(`${LETTER.join('\r\n')}${'x'.repeat(size)}`).toString('base64url'),
    });
    assert.equal((await post(letter(5_000_000))).status, 200);
    const { status, body } = await post(letter(5_300_000));
    assert.deepEqual([status, body.error?.message], [413, 'Request Entity Too Large']);
  });

  describe('with faults', () => {
    const mails = () => sandbox.store.messages().filter((message) => message.header('subject') === 'Grüße').length;

    it('answers 500 before the work, or after it', async () => {
      sandbox.faults.add({ match: /send/, times: 1, answer: { status: 500 } });
      assert.equal((await send(LETTER)).status, 500);
      assert.equal(mails(), 0);
      sandbox.faults.add({ match: /send/, times: 1, answer: { status: 500 }, afterTheWork: true });
      assert.equal((await send(LETTER)).status, 500);
      assert.equal(mails(), 1);
    });

    it('cuts the connection before the work, or after it', async () => {
      sandbox.faults.add({ match: /send/, times: 1, cut: true });
      await assert.rejects(send(LETTER));
      assert.equal(mails(), 0);
      sandbox.faults.add({ match: /send/, times: 1, cut: true, afterTheWork: true });
      await assert.rejects(send(LETTER));
      assert.equal(mails(), 1);
    });

    it('hits the requests that match, as often as said, and none after they are cleared', async () => {
      sandbox.faults.add({ match: /^GET /, answer: { status: 500 } });
      sandbox.faults.add({
        match: /^POST .*send$/,
        times: 2,
        answer: { status: 503, headers: { 'retry-after': '1' } },
      });
      sandbox.faults.add({ match: /send/, answer: { status: 429 } });
      const statuses: number[] = [];
      for (let count = 0; count < 3; count += 1) statuses.push((await send(LETTER)).status);
      sandbox.faults.clear();
      statuses.push((await send(LETTER)).status);
      assert.deepEqual(statuses, [503, 503, 429, 200]);
      assert.equal(sandbox.requests.filter((line) => line === 'POST /gmail/v1/users/me/messages/send').length, 4);
    });
  });
});
