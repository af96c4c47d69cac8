import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { unclearHeader } from '../../../src/compose/clear-headers.ts';

const of = (head: string) => unclearHeader(Buffer.from(`Subject: a\r\n${head}\r\n\r\nTo: nobody (body)`));

describe('a header of a draft that goes out as it is', () => {
  it('is clear in the forms that programs write', () => {
    for (const head of [
      'To: ann@mail.example',
      'to: Ann <ann@mail.example>, "Bo, Jr. \\"B\\" <x@y.example>" <bo@mail.example>,\r\n cy@mail.example',
      'CC: =?utf-8?Q?J=C3=BCrgen=2C_A=2E?= <a@mail.example>\r\nBcc: Jürgen <b@mail.example>',
      'From: Robin Q. Vale <robin@mail.example>\r\nReply-To: other@mail.example\r\nTo: ann@bücher.example, ',
      'Cc:',
    ]) {
      assert.equal(of(head), undefined, head);
    }
  });

  for (const [what, head, header] of [
    ['a quoted local part', 'To: ann@mail.example, "eve"@evil.example', 'to'],
    ['one in brackets', 'To: <"e,v"@evil.example>', 'to'],
    ['a second header', 'To: ann@mail.example\r\nCc: x@mail.example\r\nTO: eve@evil.example', 'to'],
    ['a source route', 'To: <@x.example:eve@evil.example>', 'to'],
    ['a blank before the colon', 'To: ann@mail.example\r\nBcc : eve@evil.example', 'bcc'],
    ['a carriage return', 'X: y\rBcc: eve@evil.example', ''],
    ['an address literal', 'To: eve@[192.0.2.1]', 'to'],
    ['blanks in an address', 'To: eve @ evil.example', 'to'],
    ['brackets that never end', 'To: ann@mail.example, <eve@evil.example', 'to'],
    ['two pairs of brackets', 'To: ann@mail.example <eve@evil.example> <bo@mail.example>', 'to'],
    ['a semicolon', 'To: ann@mail.example; eve@evil.example', 'to'],
    ['a group', 'Cc: all: eve@evil.example;', 'cc'],
    ['a comment', 'To: eve(c)@evil.example', 'to'],
    ['a quote that never ends', 'To: "ann <ann@mail.example>, eve@evil.example', 'to'],
    ['a second address to answer', 'Reply-To: a@mail.example, eve@evil.example', 'reply-to'],
    ['a second header to answer', 'Reply-To: a@mail.example\r\nReply-To: eve@evil.example', 'reply-to'],
    ['a second subject', 'To: ann@mail.example\r\nSubject: b', 'subject'],
    ['a second type', 'Content-Type: text/plain\r\nContent-Type: text/html', 'content-type'],
    ['one that was passed on', 'To: ann@mail.example\r\nResent-To: eve@evil.example', 'resent-to'],
    ['one who hears that it was read', 'Disposition-Notification-To: eve@evil.example', 'disposition-notification-to'],
    ['one who hears that it came', 'To: ann@mail.example\r\nReturn-Receipt-To: a@b.example', 'return-receipt-to'],
    ['another who has sent it', 'From: ann@mail.example\r\nSender : eve@evil.example', 'sender'],
    ['an encoded word', 'To: =?utf-8?q?eve=40evil.example?=@mail.example', 'to'],
    ['an invisible character', 'To: ann@mail.example, e\u200bve@evil.example', 'to'],
  ] as const) {
    it(`is unclear with ${what}`, () => {
      assert.equal(of(head), header || 'bcc');
    });
  }

  it('is looked at in no time', () => {
    for (const piece of ['"" ', 'a ', '<', '(a)', ',', '"a" <', '\\"']) of(`To: ${piece.repeat(30_000)}`);
  });
});
