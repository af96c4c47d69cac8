import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { SHAPES } from '../../../../src/sandbox/rest/answer-shapes.ts';
import { readFields, select } from '../../../../src/sandbox/rest/fields.ts';
import { type Sandbox, startSandbox } from '../../../../src/sandbox/start.ts';
import { accessTokenOf, getJson } from '../../support.ts';

const LEAF = { partId: '0.0', filename: '', body: { size: 3, data: 'eA' } };
const MESSAGE = {
  id: '1a',
  labelIds: ['INBOX', 'UNREAD'],
  snippet: 'x',
  payload: {
    partId: '',
    mimeType: 'multipart/mixed',
    headers: [
      { name: 'To', value: 'a@b.example' },
      { name: 'Subject', value: 'S' },
    ],
    body: { size: 0 },
    parts: [{ partId: '0', filename: 'a', parts: [LEAF] }, { partId: '1' }],
  },
};

describe('the fields of an answer', () => {
  const rows: [string, object][] = [
    ['id', { id: '1a' }],
    ['id,labelIds', { id: '1a', labelIds: ['INBOX', 'UNREAD'] }],
    [' id , snippet ', { id: '1a', snippet: 'x' }],
    ['*', MESSAGE],
    ['id,*', MESSAGE],
    // A field that the answer happens not to have is no error.
    ['id,raw', { id: '1a' }],
    ['payload/mimeType', { payload: { mimeType: 'multipart/mixed' } }],
    ['payload/mimeType,payload/body', { payload: { mimeType: 'multipart/mixed', body: { size: 0 } } }],
    ['payload(mimeType,body/size),id', { id: '1a', payload: { mimeType: 'multipart/mixed', body: { size: 0 } } }],
    ['payload/headers/name', { payload: { headers: [{ name: 'To' }, { name: 'Subject' }] } }],
    ['payload/headers(value)', { payload: { headers: [{ value: 'a@b.example' }, { value: 'S' }] } }],
    ['payload(parts(partId))', { payload: { parts: [{ partId: '0' }, { partId: '1' }] } }],
    ['payload(parts(parts(parts(partId))))', { payload: { parts: [{ parts: [{}] }, {}] } }],
    [
      'payload/parts(filename,parts(partId,body(size)))',
      {
        payload: { parts: [{ filename: 'a', parts: [{ partId: '0.0', body: { size: 3 } }] }, {}] },
      },
    ],
    ['payload/body,payload', { payload: MESSAGE.payload }],
    ['payload,payload/body', { payload: MESSAGE.payload }],
    ['*/mimeType', { payload: { mimeType: 'multipart/mixed' } }],
    ['*/body,payload/mimeType', { payload: { mimeType: 'multipart/mixed', body: { size: 0 } } }],
  ];
  for (const [fields, expected] of rows) {
    it(`are those of ${fields}`, () => {
      assert.deepEqual(select(MESSAGE, readFields(fields, SHAPES.message)), expected);
    });
  }

  it('are all of them where none are named', () => {
    for (const nothing of [null, '', ' ']) assert.equal(readFields(nothing, SHAPES.message), undefined);
  });

  const wrong: [string, string][] = [
    ['nonsense', 'nonsense'],
    ['id,payload/nonsense', 'nonsense'],
    ['payload(parts(parts(size)))', 'size'],
    ['id/name', 'name'],
    ['*/nonsense', 'nonsense'],
    ['ID', 'ID'],
    ['constructor', 'constructor'],
    ...['id,', ',id', 'payload(', 'payload()', 'payload(id', 'id)', 'payload/', '/id', 'a b', 'id;raw', '*id'].map(
      (malformed): [string, string] => [malformed, malformed],
    ),
    [`${'payload('.repeat(9000)}`, 'payload('.repeat(9000)],
  ];
  for (const [fields, named] of wrong) {
    it(`are an error with ${fields.slice(0, 40)}`, () => {
      assert.throws(
        () => readFields(fields, SHAPES.message),
        (error: { status: number; body: { error: { message: string; details: object[] } } }) => {
          assert.equal(error.status, 400);
          assert.equal(error.body.error.message, 'Request contains an invalid argument.');
          const description = `Error expanding 'fields' parameter. Cannot find matching fields for path '${named}'.`;
          assert.deepEqual(error.body.error.details, [
            {
              '@type': 'type.googleapis.com/google.rpc.BadRequest',
              fieldViolations: [{ field: named, description }],
            },
          ]);
          return true;
        },
      );
    });
  }

  describe('over HTTP', () => {
    let sandbox: Sandbox;
    let token: string;
    before(async () => {
      sandbox = await startSandbox();
      token = accessTokenOf(sandbox);
    });
    after(() => sandbox.close());
    const get = async (path: string) => {
      const { status, body } = await getJson<Record<string, unknown>>(sandbox, path, token);
      assert.equal(status, 200, path);
      return body;
    };

    it('can be selected of every answer, and every answer has only known ones', async () => {
      const [message = assert.fail()] = sandbox.store
        .messages()
        .filter(({ tree }) => tree.parts.some((p) => p.filename));
      sandbox.store.modify(message.id, ['STARRED'], ['UNREAD']);
      const loaded = await get(`/messages/${message.id}`);
      const attachmentId = /"attachmentId":"([^"]+)"/.exec(JSON.stringify(loaded))?.[1];
      const rows: [string, keyof typeof SHAPES, string][] = [
        ['/profile', 'profile', 'historyId'],
        ['/labels', 'labels', 'labels'],
        ['/labels/INBOX', 'label', 'messagesTotal'],
        ['/messages?maxResults=2', 'messages', 'nextPageToken'],
        [`/messages/${message.id}?format=full`, 'message', 'payload'],
        [`/messages/${message.id}?format=raw`, 'message', 'raw'],
        [`/messages/${message.id}/attachments/${attachmentId}?prettyPrint=false`, 'attachment', 'size'],
        ['/threads?maxResults=2', 'threads', 'threads'],
        [`/threads/${message.threadId}?format=full`, 'thread', 'messages'],
        ['/history?startHistoryId=1000', 'history', 'history'],
      ];
      for (const [path, shape, field] of rows) {
        const separator = path.includes('?') ? '&' : '?';
        const [whole, selected] = [await get(path), await get(`${path}${separator}fields=${field}`)];
        assert.deepEqual(Object.keys(selected), [field], path);
        for (const known of paths(whole)) readFields(known, SHAPES[shape]);
      }
    });

    it('are refused before anything is looked up', async () => {
      const { status } = await getJson(sandbox, '/messages/1234567890abcdef?fields=nonsense', token);
      assert.equal(status, 400);
    });
  });
});

/** Every path that a value has, such as `payload/headers/name`. */
function paths(value: unknown, prefix = ''): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => paths(item, prefix));
  if (typeof value !== 'object' || value === null) return prefix ? [prefix] : [];
  return Object.entries(value).flatMap(([name, inner]) => paths(inner, prefix ? `${prefix}/${name}` : name));
}
