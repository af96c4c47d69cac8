import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { arrive } from '../../../../src/sandbox/arrival/arrive.ts';
import { withVerdict } from '../../../../src/sandbox/arrival/authentication-results.ts';
import { MailStore } from '../../../../src/sandbox/store/mail-store.ts';

const FORGED = 'Authentication-Results: mx.google.com; dkim=pass header.i=@bank.example';

const mail = (...headers: string[]) =>
  Buffer.from(
    [...headers, 'From: Ann <ann@mail.example>', 'Subject: S', '', 'DKIM-Signature: d=body.example'].join('\r\n'),
  );
const signed = (tags: string) => `DKIM-Signature: v=1; a=rsa-sha256;\r\n ${tags}`;
const SPF = 'spf=pass (google.com: domain of ann@mail.example designates 203.0.113.7 as permitted sender)';

async function verdictOn(
  raw: Buffer,
  ...options: Parameters<typeof withVerdict> extends [Buffer, ...infer O] ? O : never
) {
  const text = (await withVerdict(raw, ...options)).toString();
  assert.ok(text.endsWith(raw.toString()));
  const [first = ''] = text.replace(/\r\n(?=[ \t])/g, '').split('\r\n');
  return first.split(/;\s+/);
}

describe('what Gmail says above mail that arrives in the sandbox', () => {
  it('names a signature by its identity, or else by its domain', async () => {
    assert.deepEqual(await verdictOn(mail(signed('d=mail.example; s=key1; i=@news.mail.example; b=abcdefghij'))), [
      'Authentication-Results: mx.google.com',
      'dkim=pass header.i=@news.mail.example header.s=key1 header.b=abcdefgh',
      `${SPF} smtp.mailfrom=ann@mail.example`,
    ]);
    const [, dkim] = await verdictOn(mail(signed('d=mail.example; s=key1; b=ab/de\r\n fghij')));
    assert.equal(dkim, 'dkim=pass header.d=mail.example header.s=key1 header.b="ab/defgh"');
  });

  it('has a result for each signature, and for none', async () => {
    const [one, two] = ['a', 'b'].map((name) => signed(`d=${name}.example; s=s; b=${name.repeat(9)}`));
    const [, ...results] = await verdictOn(mail(one ?? '', two ?? '', signed('s=broken')), 'fail');
    assert.deepEqual(results.slice(0, 2), [
      'dkim=fail header.d=a.example header.s=s header.b=aaaaaaaa',
      'dkim=fail header.d=b.example header.s=s header.b=bbbbbbbb',
    ]);
    assert.match(results[2] ?? '', /^spf=pass /);
    const [, spf, ...none] = await verdictOn(mail());
    assert.match(spf ?? '', /^spf=none /);
    assert.deepEqual(none, []);
  });

  it('stands above what the sender claims to be its word', async () => {
    const store = new MailStore('a@sandbox.example');
    const { tree, raw } = await arrive(store, mail(FORGED, signed('d=evil.example; s=s; b=abcdefgh')), {
      dkim: 'fail',
    });
    const found = tree.headers.filter(({ name }) => name === 'Authentication-Results').map(({ value }) => value);
    assert.equal(found.length, 2);
    assert.match(found[0] ?? '', /^mx\.google\.com;\s+dkim=fail header\.d=evil\.example /);
    assert.match(raw.toString('latin1'), /^Authentication-Results: /);
  });
});
