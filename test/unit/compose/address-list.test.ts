import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { addressesOf, isClearList } from '../../../src/compose/address-list.ts';
import { posesAsOther } from '../../../src/compose/email-address.ts';
import { replyRecipients } from '../../../src/compose/reply.ts';

const encoded = (name: string) => `=?utf-8?b?${Buffer.from(name).toString('base64')}?=`;

describe('the addresses of a header', () => {
  const lists: [string, string[]][] = [
    ['ann@mail.example, "Cole, Bo" <bo@mail.example>', ['ann@mail.example', 'Cole, Bo <bo@mail.example>']],
    ['cy@mail.example (Cy (the elder))', ['Cy (the elder) <cy@mail.example>']],
    ['Team: ann@mail.example, Bo <bo@mail.example>;', ['ann@mail.example', 'Bo <bo@mail.example>']],
    ['undisclosed-recipients:;', []],
    ['Ann <ann@mail.example>,', ['Ann <ann@mail.example>']],
    ['"A\\"nn" <ann@mail.example>', ['A"nn <ann@mail.example>']],
    ['a < b <ann@mail.example>', ['a < b <ann@mail.example>']],
    // Names are never searched.
    ['Bo <eve@evil.example> <bo@mail.example>', ['Bo <eve@evil.example> <bo@mail.example>']],
    ['"Bo <eve@evil.example>, " <bo@mail.example>', ['Bo <eve@evil.example>, <bo@mail.example>']],
    [`${encoded('eve@evil.example,')} <bo@mail.example>`, ['eve@evil.example, <bo@mail.example>']],
    [`${encoded('Bo; Team: eve@evil.example;')} <bo@mail.example>`, ['Bo; Team: eve@evil.example; <bo@mail.example>']],
    ['Bo eve@evil.example', []],
    ['"eve@evil.example"', []],
    // Longer than anything that is one.
    [`${'l'.repeat(400)}@mail.example`, []],
  ];
  for (const [header, expected] of lists) {
    it(`are found in ${header.slice(0, 60)}`, () => {
      const found = addressesOf(header).map(({ name, address }) => (name ? `${name} <${address}>` : address));
      assert.deepEqual(found, expected);
    });
  }

  it('are found however many quotes and brackets are left open', () => {
    for (const open of ['"\\"', '(\\(', '((', '<a', '"']) {
      assert.ok(addressesOf(`${open.repeat(90_000)}, ann@mail.example`).length <= 1);
    }
  });

  it('are clear where there is one alone', () => {
    assert.ok(isClearList('') && isClearList('Ann, Bo: <ann@mail.example>'));
    assert.ok(!isClearList('eve@evil.example, <ann@mail.example>'));
  });
});

describe('a name that poses', () => {
  it('is known by signs that look like those of an address as well', () => {
    for (const name of ['ann＠mail.example', '＜ann＠mail.example＞', 'ann﹫mail.example']) {
      assert.ok(posesAsOther({ name, address: 'eve@evil.example' }), name);
    }
  });

  it('is left out of an answer, and a long one is cut', () => {
    const headers = {
      from: '',
      replyTo: '',
      to: '',
      cc: '',
      subject: '',
      messageId: '',
      inReplyTo: '',
      references: '',
    };
    const to = (from: string) => replyRecipients({ ...headers, from, isSent: false }, { all: false, own: [] }).to;
    assert.deepEqual(to('"ann＠mail.example" <eve@evil.example>'), [{ name: '', address: 'eve@evil.example' }]);
    assert.equal(to(`${'x'.repeat(2_000)} <ann@mail.example>`)[0]?.name.length, 200);
  });

  // Quadratic work would take minutes for each.
  it('are found, and their names judged, however long the header is', { timeout: 60_000 }, () => {
    for (const piece of ['\u200b', 'a.', '-', '<', '(a)', '"" ', 'a@']) {
      const from = `"${piece.repeat(200_000 / piece.length - 20)}" <ann@mail.example>`;
      replyRecipients({ ...HEADERS, from, replyTo: from }, { all: true, own: [] });
    }
  });
});

const HEADERS = {
  ...{ from: '', replyTo: '', to: '', cc: '', subject: '', messageId: '', inReplyTo: '', references: '' },
  isSent: false,
};
