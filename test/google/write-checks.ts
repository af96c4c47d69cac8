import { type Api, at, type Json, listAt, textAt } from './api.ts';
import type { Check } from './checks.ts';
import { saidBy } from './read-checks.ts';
import { messageIdOf } from './samples.ts';

const SUBJECT = 'Trying what Gmail does (may be deleted)';
const raw = (lines: readonly string[]) =>
  Buffer.from([...lines, '', 'A trial.', ''].join('\r\n')).toString('base64url');
const draft = (...headers: string[]) => ({ message: { raw: raw([`Subject: ${SUBJECT}`, ...headers]) } });

/** What writes drafts and deletes them again, and sends to the mailbox's own address alone; that ends in the trash. */
export const WRITE_CHECKS: readonly Check[] = [
  {
    name: 'a draft that is changed',
    sandbox: 'keeps its id and gets another message',
    ask: (api) =>
      withDraft(api, draft(), async (made) => {
        const { json } = await api.write('PUT', `/drafts/${made.id}`, draft());
        const keeps = json.id === made.id ? 'keeps its id' : 'gets another id';
        const message =
          textAt(json, 'message.id') === textAt(made, 'message.id') ? 'keeps its message' : 'gets another message';
        return `${keeps} and ${message}`;
      }),
  },
  {
    name: 'the Message-ID of a draft',
    sandbox: 'replaced',
    ask: (api) =>
      withDraft(api, draft('Message-ID: <trial@sandbox.example>'), async (made) =>
        messageIdOf(await messageOf(api, textAt(made, 'message.id'))) === 'trial@sandbox.example' ? 'kept' : 'replaced',
      ),
  },
  {
    name: 'a draft for an address that is none',
    sandbox: '400 Invalid To header',
    ask: async (api) => {
      const answer = await api.write('POST', '/drafts', draft('To: human@f'));
      if (answer.status === 200) await remove(api, answer.json);
      return saidBy(answer);
    },
  },
  {
    name: 'a draft without a message',
    sandbox: '400 Missing draft message',
    ask: async (api) => saidBy(await api.write('POST', '/drafts', { message: {} })),
  },
  {
    name: 'a message for nobody',
    sandbox: '400 Recipient address required',
    ask: async (api) => saidBy(await api.write('POST', '/messages/send', { raw: raw(['Subject: x']) })),
  },
  {
    name: 'an answer in a thread that can be none',
    sandbox: '400 Invalid thread_id value',
    ask: async (api) =>
      saidBy(await api.write('POST', '/messages/send', await toOneself(api, { threadId: 'no-thread' }))),
  },
  {
    name: 'an answer in a thread that there is not',
    sandbox: '404 Requested entity was not found.',
    ask: async (api) =>
      saidBy(await api.write('POST', '/messages/send', await toOneself(api, { threadId: '1234567890abcdef' }))),
  },
  {
    name: 'the From and the Message-ID of what is sent',
    sandbox: 'both are replaced',
    ask: (api) =>
      withSent(
        api,
        ['From: Somebody <somebody@sandbox.example>', 'Message-ID: <trial@sandbox.example>'],
        async (id) => {
          const message = await messageOf(api, id);
          const from = listAt(message, 'payload.headers').find(({ name }) => name === 'From');
          const kept = [
            ...(String(from?.value).includes('somebody@') ? ['From is kept'] : []),
            ...(messageIdOf(message) === 'trial@sandbox.example' ? ['Message-ID is kept'] : []),
          ];
          return kept.join(', ') || 'both are replaced';
        },
      ),
  },
  {
    name: 'the label INBOX of a message in the trash',
    sandbox: ['it stays', 'it goes'],
    ask: (api) =>
      withSent(api, [], async (id) => {
        await api.write('POST', `/messages/${id}/trash`, {});
        return (await labelsOf(api, id)).includes('INBOX') ? 'it stays' : 'it goes';
      }),
  },
  {
    name: 'the labels after untrash',
    sandbox: 'as before',
    ask: (api) =>
      withSent(api, [], async (id) => {
        const before = await labelsOf(api, id);
        await api.write('POST', `/messages/${id}/trash`, {});
        await api.write('POST', `/messages/${id}/untrash`, {});
        const after = await labelsOf(api, id);
        return after === before ? 'as before' : `${after} instead of ${before}`;
      }),
  },
  {
    name: 'batchModify of a message that there is not',
    sandbox: '204',
    ask: async (api) =>
      saidBy(await api.write('POST', '/messages/batchModify', { ids: ['1234567890abcdef'], addLabelIds: ['STARRED'] })),
  },
  {
    name: 'a message of 6 MB as JSON',
    sandbox: '413',
    ask: async (api) => {
      const { status } = await api.write('POST', '/drafts', {
        message: { raw: Buffer.from(`Subject: ${SUBJECT}\r\n\r\n${'x'.repeat(6_000_000)}`).toString('base64url') },
      });
      return String(status);
    },
  },
];

async function withDraft(api: Api, body: object, look: (made: Json) => Promise<string>): Promise<string> {
  const made = await api.write('POST', '/drafts', body);
  if (made.status !== 200) return saidBy(made);
  try {
    return await look(made.json);
  } finally {
    await remove(api, made.json);
  }
}

/** Sends a message to the mailbox itself, and puts it into the trash in the end. */
async function withSent(api: Api, headers: readonly string[], look: (id: string) => Promise<string>): Promise<string> {
  const sent = await api.write('POST', '/messages/send', await toOneself(api, {}, headers));
  if (sent.status !== 200) return saidBy(sent);
  const id = textAt(sent.json, 'id');
  try {
    return await look(id);
  } finally {
    await api.write('POST', `/messages/${id}/trash`, {});
  }
}

async function labelsOf(api: Api, id: string): Promise<string> {
  const { labelIds } = await messageOf(api, id);
  return Array.isArray(labelIds) ? labelIds.map(String).sort().join(', ') : '';
}

const remove = (api: Api, { id }: Json) => api.request('DELETE', `/gmail/v1/users/me/drafts/${id}`, {});

const messageOf = async (api: Api, id: string): Promise<Json> =>
  (await api.get(`/messages/${id}?format=metadata`)).json;

async function toOneself(api: Api, fields: object, headers: readonly string[] = []): Promise<object> {
  const address = at((await api.get('/profile')).json, 'emailAddress');
  return { ...fields, raw: raw([`To: ${address}`, `Subject: ${SUBJECT}`, ...headers]) };
}
