import { isUtf8 } from 'node:buffer';
import { type Answer, type Api, at, type Json, listAt, textAt } from './api.ts';
import type { Check } from './checks.ts';
import { findPart, headerOf, messageIdOf, type Samples } from './samples.ts';

/** The status of an answer and what its error says. */
export const saidBy = ({ status, json }: Answer): string =>
  [String(status), textAt(json, 'error.message')].filter(Boolean).join(' ');

const errorOf = (answer: Answer): string =>
  `${answer.status} ${textAt(answer.json, 'error.errors.0.reason')}: ${textAt(answer.json, 'error.errors.0.message')}`;

/** Whether a search finds a message. */
async function finds(api: Api, q: string, message: Json): Promise<string> {
  const { json } = await api.get(
    `/messages?${new URLSearchParams({ q, includeSpamTrash: 'true', maxResults: '500' })}`,
  );
  return listAt(json, 'messages').some(({ id }) => id === message.id) ? 'found' : 'not found';
}

const messageWith = ({ messages }: Samples, suits: (message: Json) => boolean) => messages.find(suits);

const UNKNOWN_ID = '1234567890abcdef';

/** What reads and changes nothing. */
export const READ_CHECKS: readonly Check[] = [
  {
    name: 'metadataHeaders in another case',
    sandbox: 'left out',
    ask: async (api, samples) => {
      const message = messageWith(samples, ({ payload }) => headerOf(payload as Json, 'subject') !== '');
      if (!message) return undefined;
      const { json } = await api.get(`/messages/${message.id}?format=metadata&metadataHeaders=sUBJECT`);
      return listAt(json, 'payload.headers').length > 0 ? 'given' : 'left out';
    },
  },
  {
    name: 'rfc822msgid as it is written',
    sandbox: 'found',
    ask: async (api, samples) => {
      const message = messageWith(samples, (each) => /^[\w.@-]+$/.test(messageIdOf(each)));
      return message && finds(api, `rfc822msgid:${messageIdOf(message)}`, message);
    },
  },
  {
    name: 'rfc822msgid in lower case',
    sandbox: 'not found',
    ask: async (api, samples) => {
      const message = messageWith(samples, (each) => /^[\w.@-]*[A-Z][\w.@-]*$/.test(messageIdOf(each)));
      return message && finds(api, `rfc822msgid:${messageIdOf(message).toLowerCase()}`, message);
    },
  },
  {
    name: 'rfc822msgid of an id of Outlook’s (!&!)',
    sandbox: 'not found',
    ask: async (api, samples) => {
      const message = messageWith(samples, (each) => messageIdOf(each).startsWith('!&!'));
      return message && finds(api, `rfc822msgid:${messageIdOf(message)}`, message);
    },
  },
  {
    name: 'text of another charset in the format full',
    sandbox: 'UTF-8',
    ask: async (_api, samples) => {
      const found = findPart(samples, (part) => isLegacyText(part) && bytesAt(part).some((byte) => byte > 0x7f));
      return found && (isUtf8(bytesAt(found.part)) ? 'UTF-8' : 'as it came');
    },
  },
  {
    name: 'a text file of another charset from attachments.get',
    sandbox: 'as it came',
    ask: async (api, samples) => {
      const found = findPart(samples, (part) => isLegacyText(part) && textAt(part, 'body.attachmentId') !== '');
      if (!found) return undefined;
      const id = textAt(found.part, 'body.attachmentId');
      const bytes = Buffer.from(
        textAt((await api.get(`/messages/${found.message.id}/attachments/${id}`)).json, 'data'),
        'base64url',
      );
      if (bytes.every((byte) => byte <= 0x7f)) return undefined;
      return isUtf8(bytes) ? 'UTF-8' : 'as it came';
    },
  },
  {
    name: 'an attached message',
    sandbox: 'has its parts below it and an attachment id',
    ask: async (_api, samples) => {
      const found = findPart(samples, (part) => part.mimeType === 'message/rfc822' && part.partId !== '');
      if (!found) return undefined;
      const has = [
        listAt(found.part, 'parts').length > 0 ? 'has its parts below it' : 'has no parts below it',
        textAt(found.part, 'body.attachmentId') ? 'an attachment id' : 'no attachment id',
      ];
      return has.join(' and ');
    },
  },
  {
    name: 'the length of an attachment id',
    sandbox: 'more than 256 characters',
    ask: async (_api, samples) => {
      const found = findPart(samples, (part) => textAt(part, 'body.attachmentId') !== '');
      if (!found) return undefined;
      return textAt(found.part, 'body.attachmentId').length > 256
        ? 'more than 256 characters'
        : 'at most 256 characters';
    },
  },
  {
    name: 'to: for whoever is in Cc alone',
    sandbox: 'found',
    ask: async (api, samples) => {
      const address = (message: Json) => /[\w.+-]+@[\w.-]+/.exec(headerOf(message.payload as Json, 'cc'))?.[0] ?? '';
      const message = messageWith(samples, (each) => {
        const to = headerOf(each.payload as Json, 'to').toLowerCase();
        return (
          address(each) !== '' && !to.includes(address(each).toLowerCase()) && /^[\w.@-]+$/.test(messageIdOf(each))
        );
      });
      return message && finds(api, `to:${address(message)} rfc822msgid:${messageIdOf(message)}`, message);
    },
  },
  {
    name: 'the format metadata',
    sandbox: 'headers, partId',
    ask: async (api, { messages: [message] }) => {
      if (!message) return undefined;
      const { json } = await api.get(`/messages/${message.id}?format=metadata`);
      return Object.keys(at(json, 'payload') ?? {})
        .sort()
        .join(', ');
    },
  },
  {
    name: 'newer_than:1h',
    sandbox: 'finds nothing',
    ask: async (api, { messages: [message] }) => {
      if (!message || Number(message.internalDate) < Date.now() - 3_000_000) return undefined;
      return listAt((await api.get('/messages?q=newer_than:1h')).json, 'messages').length > 0
        ? 'finds mail'
        : 'finds nothing';
    },
  },
  {
    name: 'the token of a page',
    sandbox: 'about 20 digits',
    ask: async (api) => {
      const token = textAt((await api.get('/messages?maxResults=1')).json, 'nextPageToken');
      if (!token) return undefined;
      return /^\d{18,22}$/.test(token) ? 'about 20 digits' : `${token.length} characters`;
    },
  },
  {
    name: 'colours in labels.list',
    sandbox: 'given',
    ask: async (api) => {
      const labels = listAt((await api.get('/labels')).json, 'labels').filter(({ type }) => type === 'user');
      for (const { id, color } of labels) {
        if (color) return 'given';
        if (at((await api.get(`/labels/${id}`)).json, 'color')) return 'left out';
      }
      return undefined;
    },
  },
  {
    name: 'the label YELLOW_STAR',
    sandbox: 'is there',
    ask: async (api) =>
      listAt((await api.get('/labels')).json, 'labels').some(({ id }) => id === 'YELLOW_STAR')
        ? 'is there'
        : 'is not there',
  },
  {
    name: 'the status of the main send-as address',
    sandbox: 'absent',
    ask: async (api) => {
      const main = listAt((await api.get('/settings/sendAs')).json, 'sendAs').find(({ isPrimary }) => isPrimary);
      return main && (textAt(main, 'verificationStatus') || 'absent');
    },
  },
  refusal(
    'a parameter that there is not',
    '/messages?nonsense=1',
    'Invalid JSON payload received. Unknown name "nonsense": Cannot bind query parameter. Field \'nonsense\' could not be found in request message.',
  ),
  refusal('a number that is none', '/messages?maxResults=abc', 'Invalid value at \'max_results\' (TYPE_UINT32), "abc"'),
  refusal(
    'a format that there is not',
    `/messages/${UNKNOWN_ID}?format=pretty`,
    'Invalid value at \'format\' (type.googleapis.com/google.apps.gmail.Format), "pretty"',
  ),
  refusal('a field that there is not', '/profile?fields=nonsense', 'Request contains an invalid argument.'),
  refusal('an id that can be none', '/messages/no-such-id', 'Invalid id value'),
  refusal('an id that nothing has', `/messages/${UNKNOWN_ID}`, 'Requested entity was not found.', 404),
  refusal('a thread that there is not', `/threads/${UNKNOWN_ID}`, 'Requested entity was not found.', 404),
  refusal('a page that no list gave', '/messages?pageToken=made-up', 'Invalid pageToken'),
  refusal('a label that there is not, in a list', '/messages?labelIds=NOWHERE', 'Invalid label: NOWHERE'),
  refusal('a history without a start', '/history', 'Missing/invalid parameter: startHistoryId'),
  refusal('a history that is too old', '/history?startHistoryId=1', 'Requested entity was not found.', 404),
  {
    name: 'a call with a dead token',
    sandbox: '401 authError: Invalid Credentials',
    ask: async (api) => errorOf(await api.get('/profile', 'ya29.dead')),
  },
  {
    name: 'a call without a token',
    sandbox: '401 required: Login Required.',
    ask: async (api) => errorOf(await api.get('/profile', '')),
  },
];

/** A call that the sandbox refuses with these words. */
function refusal(name: string, path: string, message: string, status = 400): Check {
  return { name, sandbox: `${status} ${message}`, ask: async (api) => saidBy(await api.get(path)) };
}

/** A text that declares a charset other than UTF-8 and ASCII. */
function isLegacyText(part: Json): boolean {
  const charset = /charset="?([\w-]+)/i.exec(headerOf(part, 'content-type'))?.[1] ?? 'utf-8';
  return textAt(part, 'mimeType').startsWith('text/') && !/^(utf-?8|us-ascii)$/i.test(charset);
}

const bytesAt = (part: Json): Buffer => Buffer.from(textAt(part, 'body.data'), 'base64url');
