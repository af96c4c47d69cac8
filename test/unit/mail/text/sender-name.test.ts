import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { noteOfSender, printPerson, senderOf } from '../../../../src/mail/text/sender-name.ts';

describe('the sender in a list', () => {
  const rows: [string, string, string][] = [
    ['a name', 'Kim Park <kim@mail.example>', 'Kim Park'],
    ['a name in quotes', '"Park, Kim" <kim@mail.example>', 'Park, Kim'],
    ['an address alone', 'kim@mail.example', 'kim@mail.example'],
    ['an address in brackets', '<kim@mail.example>', 'kim@mail.example'],
    ['nothing', '', '(no sender)'],
    ['its own address as the name', '"kim@mail.example" <kim@mail.example>', 'kim@mail.example'],
    ['another address as the name', '"mara@bank.example" <kim@evil.example>', 'kim@evil.example'],
    ['another address within the name', 'Mara (mara@bank.example) <kim@evil.example>', 'kim@evil.example'],
    ['the host of another', 'bank.example Support <help@evil.example>', 'help@evil.example'],
    ['its own host', 'bank.example Support <no-reply@mail.bank.example>', 'bank.example Support'],
    ['another user of a shared host', 'ann.github.io <x@kim.github.io>', 'x@kim.github.io'],
    ['letters that look like others', 'Nоrthbank <help@evil.example>', 'help@evil.example'],
    ['words of several scripts', 'Анна Karlsson <anna@mail.example>', 'Анна Karlsson'],
    ['the address beside a name in brackets', '"<mara@bank.example>" <kim@evil.example>', 'kim@evil.example'],
    ['it beside such a name with a blank', '"< mara@bank.example >" <kim@evil.example>', 'kim@evil.example'],
    ['it beside such a name without quotes', '<mara@bank.example> <kim@evil.example>', 'kim@evil.example'],
    ['the domain of a quoted local part', 'Mara <"mara@bank.example> "@evil.example>', '…@evil.example'],
    ['the address before a comment', 'kim@evil.example (mara@bank.example)', 'kim@evil.example'],
    ['a name with quotes', '"Kim \\"K\\" Park" <kim@mail.example>', 'Kim "K" Park'],
    ['a name with a full stop', 'Dr. Kim <kim@mail.example>', 'Dr. Kim'],
  ];
  for (const [what, from, expected] of rows) {
    it(`shows ${what}`, () => assert.equal(senderOf(from), expected));
  }
});

describe('one of several people', () => {
  const rows: [string, string, string, string][] = [
    ['a name', 'Kim Park', 'kim@mail.example', 'Kim Park <kim@mail.example>'],
    ['an address', '', 'kim@mail.example', 'kim@mail.example'],
    ['a name with a comma', 'Park, Kim', 'kim@mail.example', '"Park, Kim" <kim@mail.example>'],
    [
      'a name that holds another person',
      'Mara <mara@bank.example>; Zed',
      'kim@evil.example',
      '"Mara <mara@bank.example>; Zed" <kim@evil.example> (WARNING: the name poses as another)',
    ],
    [
      'an address that holds one',
      'Kim',
      'k@evil.example>, Mara <m@bank.example',
      'Kim <k@evil.example Mara m@bank.example>',
    ],
  ];
  for (const [what, name, address, expected] of rows) {
    it(`prints ${what}`, () => assert.equal(printPerson(name, address), expected));
  }
});

describe('what is said of a sender beside the header', () => {
  it('is the domain in the form in which look-alikes differ', () => {
    const { address, isForeign, warning } = noteOfSender('Kim <kim@b\u0430nk.example>');
    assert.deepEqual([address, isForeign, warning], ['kim@xn--bnk-6cd.example', true, '']);
    assert.equal(noteOfSender('Kim <kim@Bank.example>').isForeign, false);
  });

  it('is whether the name poses as another', () => {
    assert.equal(noteOfSender('"mara@bank.example" <kim@evil.example>').warning !== '', true);
    assert.equal(noteOfSender('mara＠bank.example <kim@evil.example>').warning !== '', true);
    assert.equal(noteOfSender('Kim <kim@evil.example>').warning, '');
    assert.equal(noteOfSender('kim@evil.example').warning, '');
  });
});
