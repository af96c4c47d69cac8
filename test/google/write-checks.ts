import { type Api, at, type Json, listAt, textAt } from './api.ts';
import type { Check } from './checks.ts';
import { saidBy } from './read-checks.ts';
import { messageIdOf } from './samples.ts';

const SUBJECT = 'Trying what Gmail does (may be deleted)';
const raw = (lines: readonly string[]) =>
  Buffer.from([...lines, '', 'A trial.', ''].join('\r\n')).toString('base64url');
const draft = (...headers: string[]) => ({ message: { raw: raw([`Subject: ${SUBJECT}`, ...headers]) } });

/** What writes drafts, deletes them again, and sends to the mailbox's own address alone. Sent trials stay there. */
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
    ask: async (api) => {
      const mine = ['From: Somebody <somebody@sandbox.example>', 'Message-ID: <trial@sandbox.example>'];
      const sent = await api.write('POST', '/messages/send', await toOneself(api, {}, mine));
      if (sent.status !== 200) return saidBy(sent);
      const message = await messageOf(api, textAt(sent.json, 'id'));
      const from = listAt(message, 'payload.headers').find(({ name }) => name === 'From');
      const kept = [
        ...(String(from?.value).includes('somebody@') ? ['From is kept'] : []),
        ...(messageIdOf(message) === 'trial@sandbox.example' ? ['Message-ID is kept'] : []),
      ];
      return kept.join(', ') || 'both are replaced';
    },
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

const remove = (api: Api, { id }: Json) => api.request('DELETE', `/gmail/v1/users/me/drafts/${id}`, {});

const messageOf = async (api: Api, id: string): Promise<Json> =>
  (await api.get(`/messages/${id}?format=metadata`)).json;

async function toOneself(api: Api, fields: object, headers: readonly string[] = []): Promise<object> {
  const address = at((await api.get('/profile')).json, 'emailAddress');
  return { ...fields, raw: raw([`To: ${address}`, `Subject: ${SUBJECT}`, ...headers]) };
}
