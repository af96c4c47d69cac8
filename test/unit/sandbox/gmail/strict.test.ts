import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { RATE_LIMITS } from '../../../../src/sandbox/rate-limits.ts';
import { type Sandbox, startSandbox } from '../../../../src/sandbox/start.ts';
import { accessTokenOf, fileMessage, getJson } from '../../support.ts';

const SCOPE = 'https://www.googleapis.com/auth/';

interface Failure {
  error: {
    message: string;
    status: string;
    errors: { message: string; reason: string; domain?: string }[];
    details?: { metadata?: { method: string } }[];
  };
}

describe('the sandbox, as strict as Gmail,', () => {
  let sandbox: Sandbox;
  let token: string;
  before(async () => {
    sandbox = await startSandbox();
    token = accessTokenOf(sandbox);
  });
  after(() => sandbox.close());
  const get = (path: string, bearer = token) => getJson<Failure>(sandbox, path, bearer);

  it('refuses searches and contents to a token that holds gmail.metadata beside gmail.modify', async () => {
    const bearer = accessTokenOf(sandbox, [`${SCOPE}gmail.modify`, `${SCOPE}gmail.metadata`]);
    const { id, threadId } = await fileMessage(sandbox, { To: 'a@example.org', Subject: 'S' }, 'Words', ['INBOX']);
    const rows: [string, string][] = [
      ['/messages?q=tea', "Metadata scope does not support 'q' parameter"],
      ['/messages?q=', "Metadata scope does not support 'q' parameter"],
      ['/threads?q=tea', "Metadata scope does not support 'q' parameter"],
      [`/messages/${id}`, "Metadata scope doesn't allow format FULL"],
      [`/messages/${id}?format=full`, "Metadata scope doesn't allow format FULL"],
      [`/messages/${id}?format=raw`, "Metadata scope doesn't allow format RAW"],
      [`/threads/${threadId}`, "Metadata scope doesn't allow format FULL"],
    ];
    for (const [path, message] of rows) {
      const errors = [{ message, domain: 'global', reason: 'forbidden' }];
      assert.deepEqual(await get(path, bearer), {
        status: 403,
        body: { error: { code: 403, message, errors, status: 'PERMISSION_DENIED' } },
      });
    }
    assert.equal((await get('/messages?labelIds=INBOX', bearer)).status, 200);
    const { body } = await get(`/messages/${id}?format=metadata`, bearer);
    assert.deepEqual(Object.keys(body).sort(), [
      ...['historyId', 'id', 'internalDate', 'labelIds', 'payload', 'sizeEstimate', 'threadId'],
    ]);
  });

  it('names the method that a scope is missing for', async () => {
    const { status, body } = await get('/messages', accessTokenOf(sandbox, [`${SCOPE}gmail.send`]));
    assert.equal(status, 403);
    assert.equal(body.error.message, 'Request had insufficient authentication scopes.');
    assert.equal(body.error.errors[0]?.message, 'Insufficient Permission');
    assert.equal(body.error.details?.[0]?.metadata?.method, 'caribou.api.proto.MailboxService.ListMessages');
  });

  const unbound = (name: string) =>
    `Invalid JSON payload received. Unknown name "${name}": Cannot bind query parameter. ` +
    `Field '${name}' could not be found in request message.`;
  const parameters: [string, string][] = [
    ['/messages?max_result=5', unbound('max_result')],
    ['/profile?q=tea', unbound('q')],
    ['/messages?maxResults=abc', `Invalid value at 'max_results' (TYPE_UINT32), "abc"`],
    ['/messages?maxResults=-1', `Invalid value at 'max_results' (TYPE_UINT32), "-1"`],
    ['/messages?includeSpamTrash=yes', `Invalid value at 'include_spam_trash' (TYPE_BOOL), "yes"`],
    ['/history?startHistoryId=x', `Invalid value at 'start_history_id' (TYPE_UINT64), "x"`],
  ];
  for (const [path, message] of parameters) {
    it(`refuses the parameters of ${path}`, async () => {
      const { status, body } = await get(path);
      assert.deepEqual([status, body.error.message, body.error.status], [400, message, 'INVALID_ARGUMENT']);
    });
  }

  it('takes the parameters of every method', async () => {
    assert.equal((await get('/profile?alt=json&prettyPrint=false&fields=emailAddress&quotaUser=x')).status, 200);
  });

  it('has no mailbox for an account without Gmail', async () => {
    sandbox.store.quirks.withoutGmail = true;
    const { status, body } = await get('/profile');
    sandbox.store.quirks.withoutGmail = false;
    assert.deepEqual([status, body.error.message], [400, 'Precondition check failed.']);
    assert.equal(body.error.errors[0]?.reason, 'failedPrecondition');
  });

  it('asks to slow down in each of Gmail’s ways', async () => {
    const said = [];
    for (const fault of [
      RATE_LIMITS.concurrent(),
      RATE_LIMITS.exhausted(),
      RATE_LIMITS.queriesPerMinute(),
      RATE_LIMITS.untilTime(new Date('2023-03-07T18:03:15.961Z')),
      RATE_LIMITS.untilTime(new Date('2023-03-07T18:03:15.961Z'), 'Mail sending'),
    ]) {
      sandbox.faults.add({ match: /profile/, times: 1, ...fault });
      const { status, body } = await get('/profile');
      said.push([status, body.error.errors[0]?.domain, body.error.message.slice(0, 63)]);
    }
    assert.deepEqual(said, [
      [429, 'global', 'Too many concurrent requests for user'],
      [429, 'global', 'Resource has been exhausted (e.g. check quota).'],
      [403, 'usageLimits', "Quota exceeded for quota metric 'Queries' and limit 'Queries pe"],
      [429, 'global', 'User-rate limit exceeded.  Retry after 2023-03-07T18:03:15.961Z'],
      [429, 'global', 'User-rate limit exceeded.  Retry after 2023-03-07T18:03:15.961Z'],
    ]);
  });

  it('writes its JSON so that it can stand within HTML', async () => {
    const { id } = await fileMessage(sandbox, { To: 'A <a@example.org>' }, '<b>', ['INBOX']);
    const response = await fetch(`${sandbox.origin}/gmail/v1/users/me/messages/${id}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    assert.match(await response.text(), /A \\u003ca@example\.org\\u003e/);
  });
});

describe('contents as Gmail hands them over', () => {
  let sandbox: Sandbox;
  let token: string;
  before(async () => {
    sandbox = await startSandbox();
    token = accessTokenOf(sandbox);
  });
  after(() => sandbox.close());

  interface Part {
    partId: string;
    mimeType: string;
    filename?: string;
    headers: { name: string; value: string }[];
    body: { data?: string; size: number; attachmentId?: string };
    parts?: Part[];
  }
  interface Message {
    raw: string;
    payload: Part;
  }
  const get = async <T>(path: string) => (await getJson<T>(sandbox, path, token)).body;
  const add = (raw: Buffer) => sandbox.store.add(raw, { labelIds: ['INBOX'], internalDate: 1 });
  const head = (type: string) => Buffer.from(`To: a@example.org\r\nContent-Type: ${type}\r\n\r\n`);

  it('shows text as UTF-8 in the format full alone, and leaves its header', async () => {
    const bytes = Buffer.from([0x8c, 0x83, 0x0d, 0x0a]);
    const { id } = await add(Buffer.concat([head('text/plain; charset=shift_jis'), bytes]));
    const { payload } = await get<Message>(`/messages/${id}`);
    assert.equal(Buffer.from(payload.body.data ?? '', 'base64url').toString(), '激\r\n');
    assert.equal(payload.body.size, 5);
    assert.equal(payload.headers.find(({ name }) => name === 'Content-Type')?.value, 'text/plain; charset=shift_jis');
    const { raw } = await get<Message>(`/messages/${id}?format=raw`);
    assert.ok(Buffer.from(raw, 'base64url').includes(bytes));
  });

  it('gives a text file as it came', async () => {
    const bytes = Buffer.from([0x8c, 0x83]);
    const type = 'text/plain; charset=shift_jis\r\nContent-Disposition: attachment; filename=a.txt';
    const { id } = await add(Buffer.concat([head(type), bytes]));
    const { payload } = await get<Message>(`/messages/${id}`);
    const loaded = await get<{ data: string }>(`/messages/${id}/attachments/${payload.body.attachmentId}`);
    assert.ok(Buffer.from(loaded.data, 'base64url').subarray(0, 2).equals(bytes));
    assert.equal(payload.body.attachmentId?.length, 340);
  });

  it('pads base64url in some messages and not in others', async () => {
    const ends = new Set<boolean>();
    for (let count = 0; count < 64; count += 1) {
      const { id } = await add(Buffer.concat([head('text/plain'), Buffer.from('a')]));
      const { payload } = await get<Message>(`/messages/${id}`);
      ends.add(payload.body.data === 'YQ==');
    }
    assert.deepEqual([...ends].sort(), [false, true]);
  });

  it('shows the parts of an attached message below it, beside its bytes', async () => {
    const inner =
      'From: b@example.org\r\nSubject: Inner\r\nContent-Type: multipart/mixed; boundary=i\r\n\r\n--i\r\n\r\ninner text\r\n--i--\r\n';
    const raw = `To: a@example.org\r\nContent-Type: multipart/mixed; boundary=o\r\n\r\n--o\r\n\r\nouter\r\n--o\r\nContent-Type: message/rfc822\r\n\r\n${inner}\r\n--o--\r\n`;
    const { id } = await add(Buffer.from(raw));
    const { payload } = await get<Message>(`/messages/${id}`);
    const attached = payload.parts?.[1];
    assert.ok(attached?.body.attachmentId);
    assert.deepEqual(
      [attached.partId, attached.parts?.[0]?.partId, attached.parts?.[0]?.parts?.[0]?.partId],
      [...['1', '1.0', '1.0.0']],
    );
    assert.equal(attached.parts?.[0]?.headers.find(({ name }) => name === 'Subject')?.value, 'Inner');
    const loaded = await get<{ data: string }>(`/messages/${id}/attachments/${attached.body.attachmentId}`);
    assert.match(Buffer.from(loaded.data, 'base64url').toString(), /^From: b@example\.org/);
  });
});

describe('lists of the sandbox with the quirk', () => {
  let sandbox: Sandbox;
  let token: string;
  let now = Date.UTC(2031, 4, 6);
  before(async () => {
    sandbox = await startSandbox({ now: () => now });
    token = accessTokenOf(sandbox);
  });
  after(() => sandbox.close());

  it('of short pages answer empty and half ones, which join to the whole', async () => {
    interface Page {
      messages?: { id: string }[];
      history?: object[];
      nextPageToken?: string;
    }
    const walk = async (path: string) => {
      const pages: Page[] = [];
      let pageToken: string | undefined;
      do {
        pages.push((await getJson<Page>(sandbox, `${path}${pageToken ? `&pageToken=${pageToken}` : ''}`, token)).body);
        pageToken = pages.at(-1)?.nextPageToken;
      } while (pageToken);
      return pages;
    };
    const rowsOf = (pages: Page[]) => pages.flatMap(({ messages = [] }) => messages.map(({ id }) => id));
    const whole = rowsOf(await walk('/messages?maxResults=40'));
    sandbox.store.quirks.shortPages = true;
    const pages = await walk('/messages?maxResults=40');
    const histories = await walk('/history?startHistoryId=1000&maxResults=40');
    sandbox.store.quirks.shortPages = false;
    assert.deepEqual(rowsOf(pages), whole);
    assert.ok(pages.some(({ messages, nextPageToken }) => !messages && nextPageToken));
    assert.ok(histories.some(({ history, nextPageToken }) => !history && nextPageToken));
    assert.match(pages[0]?.nextPageToken ?? '', /^\d{20}$/);
  });

  it('of a slow index do not find new mail yet, which can be read at once', async () => {
    sandbox.store.quirks.indexDelayMs = 5000;
    const { id } = await fileMessage(sandbox, { Subject: 'Quokka' }, 'x', ['INBOX'], now);
    const found = async () => JSON.stringify((await getJson(sandbox, '/messages?q=quokka', token)).body).includes(id);
    assert.equal(await found(), false);
    assert.equal((await getJson(sandbox, `/messages/${id}`, token)).status, 200);
    assert.match(JSON.stringify((await getJson(sandbox, '/history?startHistoryId=1000', token)).body), new RegExp(id));
    now += 5000;
    assert.equal(await found(), true);
    sandbox.store.quirks.indexDelayMs = 0;
  });
});
