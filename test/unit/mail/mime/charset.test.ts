import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { decodeHtml, decodeText } from '../../../../src/mail/mime/charset.ts';
import { readHeaderText, readParameters } from '../../../../src/mail/mime/headers.ts';

const bytes = (hex: string) => Buffer.from(hex, 'hex');

describe('decodeText', () => {
  // Encoded with Python's codecs.
  const rows: [string, string, string][] = [
    ['cp932', '835c945c955c878a', 'ソ能表㈱'],
    ['CP-1252', '93618094', '“a€”'],
    ['cp1252', '93618094', '“a€”'],
    ['win-1251', 'cff0e8e2e5f2', 'Привет'],
    ['windows1251', 'cff0e8e2e5f2', 'Привет'],
    ['ms936', 'c4e3bac3', '你好'],
    ['cp936', 'c4e3bac3', '你好'],
    ['cp949', 'be c8b3e7'.replace(' ', ''), '안녕'],
    ['cp950', 'a741a66e', '你好'],
    ['iso8859-2', 'a3f364bc', 'Łódź'],
    ['ISO_8859-2', 'a3f364bc', 'Łódź'],
    ['iso-8859-8-i', 'f9ece5ed', 'שלום'],
    ['"koi8-r"', 'edc9d2', 'Мир'],
    ['iso-2022-jp-ms', '1b24424f42213c1b2842', '和ー'],
    ['utf-7', '47722b4150772d202b2d', 'Grü +'],
    ['UNICODE-1-1-UTF-7', '2b5a65552d', '日'],
    ['no-such-charset', '636166e9', 'café'],
    ['utf8', '636166c3a9', 'café'],
    // As UTF-8, which Gmail makes of every text without changing what the text declares.
    ['utf-16', '74656120666f722074776f', 'tea for two'],
    ['utf-16le', '636166c3a9', 'café'],
    ['"UTF-16BE"', '746561', 'tea'],
    ['iso-2022-jp', 'e5928ce383bc', '和ー'],
    ['shift_jis', 'e5928c', '和'],
    ['utf-16le', '740065006100', 'tea'],
    ['utf-16be', '007400650061', 'tea'],
  ];
  for (const [label, hex, expected] of rows) {
    it(`reads ${label}`, () => assert.equal(decodeText(bytes(hex), label), expected));
  }
});

describe('decodeHtml', () => {
  const rows: [string, string, string | undefined, string][] = [
    ['by its own declaration', '<meta charset="koi8-r">\xed\xc9\xd2', undefined, 'Мир'],
    [
      'by the old form of it',
      "<META http-equiv='Content-Type' content='text/html; charset=koi8-r'>\xed\xc9\xd2",
      undefined,
      'Мир',
    ],
    ['by the mail’s declaration before its own', '<meta charset="koi8-r">\xcf\xf0', 'windows-1251', 'Пр'],
    ['as windows-1252 without any', '<p>\xe9', undefined, 'é'],
    ['as UTF-8 whatever it declares', '<meta charset="koi8-r">\xc3\xa9', undefined, 'é'],
    ['without a declaration far below', `${' '.repeat(2000)}<meta charset="koi8-r">\xe9`, undefined, 'é'],
  ];
  for (const [name, html, declared, end] of rows) {
    it(`reads HTML ${name}`, () => assert.ok(decodeHtml(Buffer.from(html, 'latin1'), declared).endsWith(end)));
  }
});

describe('readHeaderText', () => {
  const rows: [string, string, string][] = [
    ['an encoded word', '=?utf-8?Q?caf=C3=A9?=', 'café'],
    ['two in a row', '=?utf-8?Q?caf?= =?utf-8?Q?=C3=A9?=', 'café'],
    ['a character in two words', '=?utf-8?B?Y2Fmww==?= =?utf-8?B?qQ==?=', 'café'],
    ['one without its end', '=?utf-8?Q?caf=C3=A9', 'café'],
    ['one with half its end', '=?utf-8?Q?caf=C3=A9?', 'café'],
    ['one with a language', '=?utf-8*fr?Q?caf=C3=A9?=', 'café'],
    ['raw bytes of windows-1252', 'a \x93b\x94 \x80', 'a “b” €'],
    ['line breaks', 'a\r\n b', 'a b'],
    ['what only looks like one', 'a =? b ?= c', 'a =? b ?= c'],
    ['UTF-7 as it is written', '=?utf-7?Q?+ADw-?=', '+ADw-'],
  ];
  for (const [name, value, expected] of rows) {
    it(`reads ${name}`, () => assert.equal(readHeaderText(value), expected));
  }

  it('reads parameters in all their forms', () => {
    const { value, parameters } = readParameters(
      'Attachment; filename*0*=UTF-8\'\'a%C3%A9; filename*1="b.pdf"; Name==?utf-8?Q?=C3=A9?=; x=1',
    );
    assert.equal(value, 'attachment');
    assert.deepEqual(parameters, { filename: 'aéb.pdf', name: 'é', x: '1' });
  });
});
