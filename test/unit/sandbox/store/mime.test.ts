import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { LARGEST_INLINE_TEXT } from '../../../../src/sandbox/gmail/message-view.ts';
import type { Sandbox } from '../../../../src/sandbox/start.ts';
import { type MimeTree, parseMime } from '../../../../src/sandbox/store/mime-tree.ts';
import { accessTokenOf, getJson, sandboxForAll, seededRandom } from '../../support.ts';

interface Shown {
  payload: { headers: { name: string; value: string }[]; body: { size: number; data?: string; attachmentId?: string } };
  sizeEstimate: number;
}

const depthOf = ({ parts }: MimeTree): number => 1 + Math.max(0, ...parts.map(depthOf));

/** Parts in parts, with a text in the innermost. */
function nested(depth: number): Buffer {
  const lines: string[] = [];
  for (let level = 0; level < depth; level += 1) {
    lines.push(`Content-Type: multipart/mixed; boundary=b${level}`, '', `--b${level}`);
  }
  return Buffer.from([...lines, 'Content-Type: text/plain', '', 'the core', ''].join('\r\n'));
}

describe('mail that is hard to read', () => {
  let sandbox: Sandbox;
  let token: string;
  sandboxForAll((started) => {
    sandbox = started;
    token = accessTokenOf(sandbox);
  });

  /** Files it and gets it back over HTTP. */
  async function show(raw: Buffer): Promise<Shown> {
    const { id } = await sandbox.store.add(raw, { labelIds: ['INBOX'], internalDate: Date.now() });
    const { status, body } = await getJson<Shown>(sandbox, `/messages/${id}?format=full`, token);
    assert.equal(status, 200);
    assert.equal(body.sizeEstimate, raw.length);
    return body;
  }

  it('can be 500 parts deep', async () => {
    const tree = await parseMime(nested(499));
    assert.equal(depthOf(tree), 500);
    assert.match(JSON.stringify(await show(nested(499))), /"data":"dGhlIGNvcmU/);
  });

  it('can be deeper than anything is shown', async () => {
    await show(nested(11_000));
  });

  it('can have thousands of parts side by side', async () => {
    const parts = Array.from({ length: 3000 }, (_, n) => `--b\r\n\r\npart ${n}\r\n`);
    const raw = Buffer.from(`Content-Type: multipart/mixed; boundary=b\r\n\r\n${parts.join('')}--b--\r\n`);
    assert.equal((await parseMime(raw)).parts.length, 3000);
    await show(raw);
  });

  it('can have a header of a megabyte, in one line or in many', async () => {
    const long = 'x'.repeat(1_100_000);
    const { payload } = await show(Buffer.from(`X-Long: ${long}\r\nSubject: S\r\n\r\nB\r\n`));
    assert.deepEqual(
      payload.headers.map(({ value }) => value),
      [long, 'S'],
    );
    const many = Array.from({ length: 100_000 }, () => 'X-N: some\r\n');
    assert.equal((await show(Buffer.from(`${many.join('')}\r\nB\r\n`))).payload.headers.length, many.length);
  });

  it('can have HTML nested beyond reason', async () => {
    const html = `${'<div>'.repeat(50_000)}core`;
    await show(Buffer.from(`Content-Type: text/html\r\n\r\n${html}\r\n`));
  });

  it('can have headers in bare UTF-8 or Latin-1', async () => {
    for (const encoding of ['utf8', 'latin1'] as const) {
      const { payload } = await show(Buffer.from('Subject: Grüße\r\n\r\nB\r\n', encoding));
      assert.deepEqual(payload.headers, [{ name: 'Subject', value: 'Grüße' }]);
    }
  });

  for (const [what, raw] of [
    ['nothing', ''],
    ['an empty line', '\r\n'],
    ['no headers', 'just text'],
    ['no colon', 'Subject\r\n\r\nB'],
    ['nothing but a boundary', 'Content-Type: multipart/mixed; boundary=b\r\n\r\n--b'],
    ['no boundary', 'Content-Type: multipart/mixed\r\n\r\n--b\r\n\r\nx\r\n--b--'],
    ['an unknown charset', 'Content-Type: text/plain; charset=klingon\r\nSubject: =?klingon?Q?=E4?=\r\n\r\n\xe4'],
    ['an unknown encoding', 'Content-Transfer-Encoding: x-rot13\r\n\r\nuryyb'],
    ['broken base64', 'Content-Transfer-Encoding: base64\r\n\r\n%%%=a=\u00ff'],
    ['broken quoted-printable', 'Content-Transfer-Encoding: quoted-printable\r\n\r\n=XY=\r=0'],
    ['broken encoded words', 'Subject: =?utf-8?B?////?= =?x?Q?=?= =?utf-8?Z?a?=\r\n\r\nB'],
    ['NULs', 'Sub\0ject: a\0b\r\n\r\n\0\0'],
    ['broken addresses', 'From: <<<a@@b>, "x\r\nTo: ;:,<>\r\n\r\nB'],
  ] as const) {
    it(`can have ${what}`, async () => {
      await show(Buffer.from(raw, 'latin1'));
    });
  }

  it('can be any bytes', async () => {
    const random = seededRandom(20310506);
    const pieces = [
      'Content-Type: multipart/mixed; boundary=b\r\n',
      '\r\n',
      '--b\r\n',
      '--b--',
      '\0',
      '=?utf-8?B?',
      ': ',
      '"',
    ];
    for (let round = 0; round < 150; round += 1) {
      const bytes = Array.from({ length: 40 }, () =>
        random() < 0.6
          ? Buffer.from(pieces[Math.floor(random() * pieces.length)] ?? '')
          : Buffer.from([Math.floor(random() * 256), Math.floor(random() * 256)]),
      );
      await show(Buffer.concat(bytes));
    }
    const { status } = await getJson(sandbox, '/messages?q=from:a@b.example+has:attachment+filename:x', token);
    assert.equal(status, 200);
  });

  it('comes with its text inline up to a size, and by attachments.get beyond', async () => {
    const filed = async (length: number) => {
      const text = 'y'.repeat(length);
      const { id } = await sandbox.store.add(Buffer.from(`Subject: long\r\n\r\n${text}`), {
        ...{ labelIds: ['INBOX'], internalDate: Date.now() },
      });
      const { body } = await getJson<Shown>(sandbox, `/messages/${id}`, token);
      return { id, text, body: body.payload.body };
    };
    const small = await filed(LARGEST_INLINE_TEXT);
    // Gmail pads some of what it encodes.
    assert.equal(small.body.data?.replace(/=+$/, ''), Buffer.from(small.text).toString('base64url'));
    assert.ok(!('attachmentId' in small.body));
    const large = await filed(LARGEST_INLINE_TEXT + 1);
    assert.deepEqual(Object.keys(large.body).sort(), ['attachmentId', 'size']);
    assert.equal(large.body.size, large.text.length);
    const path = `/messages/${large.id}/attachments/${large.body.attachmentId}`;
    const loaded = await getJson<{ data: string }>(sandbox, path, token);
    assert.equal(Buffer.from(loaded.body.data, 'base64url').toString(), large.text);
  });
});
