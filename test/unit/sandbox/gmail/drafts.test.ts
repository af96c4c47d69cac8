import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Sandbox } from '../../../../src/sandbox/start.ts';
import { threadsForRecipients } from '../../../../src/sandbox/store/threading.ts';
import { accessTokenOf, sandboxForEach } from '../../support.ts';

const SCOPE = 'https://www.googleapis.com/auth/';
const LETTER = 'To: ann@example.org\r\nSubject: Tea?\r\nMessage-ID: <mine@example.org>\r\n\r\nHi\r\n';

interface Answer {
  id: string;
  threadId: string;
  labelIds: string[];
  message: {
    id: string;
    threadId: string;
    labelIds: string[];
    payload?: { headers: { name: string; value: string }[] };
  };
  drafts?: { id: string; message: { id: string; threadId: string } }[];
  error?: { message: string };
}

describe('drafts of the sandbox', () => {
  let sandbox: Sandbox;
  sandboxForEach((started) => {
    sandbox = started;
  });

  async function call(method: string, path: string, body?: object, bearer = accessTokenOf(sandbox)) {
    const response = await fetch(`${sandbox.origin}/gmail/v1/users/me${path}`, {
      method,
      headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const text = await response.text();
    return { status: response.status, body: (text ? JSON.parse(text) : {}) as Answer };
  }
  const mime = (text: string) => ({ raw: Buffer.from(text).toString('base64url') });
  const create = (text = LETTER, further: object = {}) =>
    call('POST', '/drafts', { message: { ...mime(text), ...further } });
  const stored = (id: string) => sandbox.store.get(id) ?? assert.fail('it is not in the mailbox');
  const sentMail = () => sandbox.store.messages().filter(({ labelIds }) => labelIds.has('SENT')).length;

  it('are made with the label DRAFT alone, and a Message-ID of Gmail’s', async () => {
    const { status, body } = await create();
    assert.equal(status, 200);
    assert.match(body.id, /^r-?\d{10,}$/);
    assert.deepEqual(body.message, { id: body.message.id, threadId: body.message.id, labelIds: ['DRAFT'] });
    assert.doesNotMatch(stored(body.message.id).raw.toString(), /mine@example\.org/);
  });

  it('need no recipient, but no bad one', async () => {
    assert.equal((await create('Subject: x\r\n\r\nHi\r\n')).status, 200);
    const { status, body } = await create('To: human@f\r\n\r\nHi\r\n');
    assert.deepEqual([status, body.error?.message], [400, 'Invalid To header']);
    const nothing = await call('POST', '/drafts', { message: {} });
    assert.deepEqual([nothing.status, nothing.body.error?.message], [400, 'Missing draft message']);
  });

  it('are listed and read by an id that is not that of their message', async () => {
    const { body } = await create();
    const { drafts = [] } = (await call('GET', '/drafts?maxResults=500')).body;
    // The one that the mailbox began with has an id as well.
    assert.deepEqual(drafts[0], { id: body.id, message: { id: body.message.id, threadId: body.message.threadId } });
    assert.equal(drafts.length, 2);
    assert.equal((await call('GET', `/drafts?q=subject:tea`)).body.drafts?.length, 1);
    const read = await call('GET', `/drafts/${body.id}?format=metadata`);
    assert.equal(read.body.message.payload?.headers.find(({ name }) => name === 'Subject')?.value, 'Tea?');
    assert.equal((await call('GET', `/drafts/${body.message.id}`)).status, 404);
  });

  it('keep their id when they are changed, and get a new message', async () => {
    const { body } = await create();
    const changed = await call('PUT', `/drafts/${body.id}`, { message: mime(LETTER.replace('Tea?', 'Coffee?')) });
    assert.equal(changed.body.id, body.id);
    assert.notEqual(changed.body.message.id, body.message.id);
    assert.equal(stored(changed.body.message.id).header('subject'), 'Coffee?');
    assert.equal(sandbox.store.get(body.message.id), undefined);
    assert.equal((await call('PUT', '/drafts/r1', { message: mime(LETTER) })).status, 404);
  });

  it('leave their thread where an update does not name it', async () => {
    const asked = (await call('POST', '/messages/send', mime(LETTER))).body;
    const { threadId } = asked;
    const id = stored(asked.id).header('message-id');
    const answer = `To: ann@example.org\r\nSubject: Re: Tea?\r\nIn-Reply-To: ${id}\r\n\r\nYes\r\n`;
    const draft = (await create(answer, { threadId })).body;
    assert.equal(draft.message.threadId, threadId);
    assert.equal(threadsForRecipients(sandbox.store, stored(draft.message.id)), true);
    const kept = await call('PUT', `/drafts/${draft.id}`, { message: { ...mime(answer), threadId } });
    assert.equal(kept.body.message.threadId, threadId);
    const lost = await call('PUT', `/drafts/${draft.id}`, { message: mime(answer) });
    assert.notEqual(lost.body.message.threadId, threadId);
    assert.deepEqual(
      [(await create(LETTER, { threadId: 'x y' })).status, (await create(LETTER, { threadId: '1234' })).status],
      [400, 404],
    );
  });

  it('are gone when they are sent, and what was sent is a message of its own', async () => {
    const { body } = await create();
    const sent = await call('POST', '/drafts/send', { id: body.id });
    assert.deepEqual(sent.body, { id: sent.body.id, threadId: body.message.threadId, labelIds: ['SENT'] });
    assert.notEqual(sent.body.id, body.message.id);
    assert.equal(sandbox.store.get(body.message.id), undefined);
    const before = sentMail();
    assert.equal((await call('POST', '/drafts/send', { id: body.id })).status, 404);
    assert.equal(sentMail(), before);
  });

  it('without a recipient are not sent, and stay', async () => {
    const { body } = await create('Subject: x\r\n\r\nHi\r\n');
    const { status, body: refused } = await call('POST', '/drafts/send', { id: body.id });
    assert.deepEqual([status, refused.error?.message], [400, 'Recipient address required']);
    assert.equal((await call('GET', `/drafts/${body.id}`)).status, 200);
  });

  it('are deleted for good', async () => {
    const { body } = await create();
    assert.equal((await call('DELETE', `/drafts/${body.id}`)).status, 204);
    assert.equal(sandbox.store.get(body.message.id), undefined);
    assert.equal((await call('DELETE', `/drafts/${body.id}`)).status, 404);
  });

  it('can be accepted and answered with 500, or with a cut connection', async () => {
    for (const fault of [{ answer: { status: 500 } }, { cut: true }]) {
      const { body } = await create();
      const before = sentMail();
      sandbox.faults.add({ match: /drafts\/send$/, times: 1, afterTheWork: true, ...fault });
      const outcome = await call('POST', '/drafts/send', { id: body.id }).then(
        ({ status }) => status,
        () => 'cut',
      );
      assert.equal(outcome, 'cut' in fault ? 'cut' : 500);
      assert.equal(sentMail(), before + 1);
      assert.equal((await call('GET', `/drafts/${body.id}`)).status, 404);
    }
  });

  it('meet a token that ends in the middle', async () => {
    const bearer = accessTokenOf(sandbox);
    const { body } = await call('POST', '/drafts', { message: mime(LETTER) }, bearer);
    sandbox.faults.add({ match: /drafts\/send$/, times: 1, meanwhile: () => sandbox.grants.endAccessTokens() });
    const before = sentMail();
    assert.equal((await call('POST', '/drafts/send', { id: body.id }, bearer)).status, 401);
    assert.equal(sentMail(), before);
  });

  // What each scope reaches, by Google's reference.
  for (const [scope, reach] of [
    ['gmail.modify', 'create list get sendAs send'],
    ['gmail.compose', 'create list get send'],
    ['gmail.readonly', 'list get sendAs'],
    ['gmail.send', ''],
    ['gmail.settings.basic', 'sendAs'],
    ['gmail.metadata', ''],
  ] as const) {
    it(`are reached with ${scope}: ${reach || 'not at all'}`, async () => {
      const bearer = accessTokenOf(sandbox, [`${SCOPE}${scope}`]);
      const { id } = (await create()).body;
      const statuses = {
        create: (await call('POST', '/drafts', { message: mime(LETTER) }, bearer)).status,
        list: (await call('GET', '/drafts', undefined, bearer)).status,
        get: (await call('GET', `/drafts/${id}`, undefined, bearer)).status,
        sendAs: (await call('GET', '/settings/sendAs', undefined, bearer)).status,
        send: (await call('POST', '/drafts/send', { id }, bearer)).status,
      };
      const expected = Object.keys(statuses).map((name) => [name, reach.split(' ').includes(name) ? 200 : 403]);
      assert.deepEqual(statuses, Object.fromEntries(expected));
    });
  }

  it('can be written from a main address with a signature, an alias, and not from one that is pending', async () => {
    interface SendAs {
      sendAsEmail: string;
      signature: string;
      isPrimary?: boolean;
      isDefault?: boolean;
      treatAsAlias?: boolean;
      verificationStatus?: string;
    }
    const { body } = await call('GET', '/settings/sendAs');
    const { sendAs } = body as unknown as { sendAs: SendAs[] };
    assert.deepEqual(
      sendAs.map(({ isPrimary, isDefault, treatAsAlias, verificationStatus }) => [
        ...[isPrimary, isDefault, treatAsAlias, verificationStatus],
      ]),
      [
        // The main address has no status of verification.
        [true, true, undefined, undefined],
        [undefined, undefined, true, 'accepted'],
        [undefined, undefined, false, 'pending'],
      ],
    );
    assert.match(sendAs[0]?.signature ?? '', /<b>Robin Vale<\/b>/);
    const one = await call('GET', `/settings/sendAs/${sendAs[1]?.sendAsEmail}`);
    assert.deepEqual(one.body, sendAs[1]);
    assert.equal((await call('GET', '/settings/sendAs/nobody@example.org')).status, 404);
  });
});
