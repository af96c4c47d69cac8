import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { cleanLine, removeInvisible } from '../../../src/shared/invisible.ts';
import { readPart } from '../mail/support.ts';

const tags = [...'hidden'].map((c) => String.fromCodePoint(0xe0000 + c.charCodeAt(0))).join('');

describe('removeInvisible', () => {
  const rows: [string, string, string, number][] = [
    ['zero-width blanks', 'a\u200bb\ufeffc\u2060d', 'abcd', 3],
    ['marks of direction', '\u202eabc\u202c \u2066d\u2069\u200e\u200f\u061c', 'abc d', 7],
    ['tag characters', `a${tags}b`, 'ab', 6],
    ['soft hyphens and joiners of graphemes', 'a\u00adb\u034fc', 'abc', 2],
    ['bytes in variation selectors', 'a\u{e0101}\u{e0102}\ufe01b', 'ab', 3],
    ['joiners beside blanks', 'a \u200d\u200c b', 'a  b', 2],
    ['joiners in a row', 'ب\u200c\u200cب', 'ب\u200cب'.replace('\u200c', ''), 2],
    ['controls, which are not counted', 'a\0\x07\x1b\x7f\x9fb\r', 'ab', 0],
    ['nothing of line feeds and tabs', 'a\n\tb', 'a\n\tb', 0],
    ['nothing of Persian', 'می‌خواهم', 'می‌خواهم', 0],
    ['nothing of Hindi', 'क्‍ष', 'क्‍ष', 0],
    ['nothing of emoji', '👩🏽‍🎨❤️‍🔥🏳️‍🌈1️⃣☺︎', '👩🏽‍🎨❤️‍🔥🏳️‍🌈1️⃣☺︎', 0],
    ['nothing of a flag', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', 0],
    ['what hides behind a flag', `🏴${tags}`, '🏴', 6],
    ['nothing of an ideograph’s form', '葛\u{e0100}城', '葛\u{e0100}城', 0],
    ['a sentence behind ordinary signs', 'a\ufe00.\ufe01!\ufe0f1\ufe0f', 'a.!1', 4],
    ['bytes behind ideographs', '葛\u{e0150}城\u{e01ef}', '葛城', 2],
    ['nothing of a second form of punctuation', '好。\ufe00', '好。\ufe00', 0],
    ['forms of Mongolian letters', 'a\u180b\u180c\u180d\u180e\u180fb', 'ab', 5],
    ['blanks of braille', 'a\u2800b', 'ab', 1],
    ['nothing of a text in braille', '⠓⠊\u2800⠓⠕', '⠓⠊\u2800⠓⠕', 0],
    ['what stands for objects and notes', 'a\ufffc\u{1d159}b', 'ab', 2],
    ['private use, all of it', 'a\ue000\uf8ff\u{f0000}\u{10fffd}b', 'ab', 4],
    ['fillers', 'a\u3164\u115f\u1160\uffa0b', 'ab', 4],
    ['joiners between Latin letters', 'se\u200dcr\u200cet', 'secret', 2],
    ['joiners between a letter and an emoji', 'a\u200d😀\u200db', 'a😀b', 2],
    ['nothing of Tamil', 'க்\u200cஷ', 'க்\u200cஷ', 0],
    ['nothing of signs that Unicode calls format characters', '\u0600\u06dd', '\u0600\u06dd', 0],
    ['all of a second form', '葛\u{e0100}\u{e0101}', '葛\u{e0100}', 1],
  ];
  for (const [name, text, seen, removed] of rows) {
    it(`takes out ${name}`, () => assert.deepEqual(removeInvisible(text), { text: seen, removed }));
  }

  it('makes one line of several', () => assert.equal(cleanLine(' a\r\n b\u2028c\u202e\td '), 'a b c d'));
});

describe('text that cannot be seen', () => {
  const hidden: string[] = [
    '<p style="display:none">secret</p>',
    '<p style="DISPLAY : NONE !important">secret</p>',
    '<p style="visibility:hidden">secret</p>',
    '<p style="opacity:0.0">secret</p>',
    '<p style="font-size:0">secret</p>',
    '<p style="font-size:.5px">secret</p>',
    '<p style="font:0/0 a">secret</p>',
    '<div style="font-size:0"><p style="font-size:2em">secret</p></div>',
    '<p style="max-height:0;overflow:hidden">secret</p>',
    '<p style="overflow:hidden;height:0px">secret</p>',
    '<p style="text-indent:-9999px">secret</p>',
    '<p hidden>secret</p>',
    '<p style="color:#fff">secret</p>',
    '<p style="color:rgba(0,0,0,0)">secret</p>',
    '<p style="color:transparent">secret</p>',
    '<p style="color:#fefefe">secret</p>',
    '<div style="background:#123456"><p style="color:rgb(18,52,86)">secret</p></div>',
    '<table bgcolor="black"><tr><td><font color="#000000">secret</font></td></tr></table>',
    '<div style="background:#000"><p>secret</p></div>',
    '<div style="background:url(a.png)"><p style="color:#fff">secret</p></div>',
    '<noscript>secret</noscript>',
    '<img alt="secret" style="font-size:0">',
    '<style>.x{display:none}</style><p class="a x">secret</p>',
    '<style>p.x, #y{color:white}</style><p class="x">secret</p>',
    '<style>/* a */ #y{font-size:0}</style><p id="y">secret</p>',
    '<p style="display:none">secr<b style="display:block">et</b></p>',
  ];
  for (const html of hidden) {
    it(`is left out and counted: ${html}`, async () => {
      const mail = await readPart('text/html', `<p>seen</p>${html}`);
      assert.deepEqual([mail.segments[0]?.text, mail.hidden], ['seen', 6]);
    });
  }

  const seen: string[] = [
    '<p style="color:white;background:#000">word</p>',
    '<select><option>word</select>',
    '<table><tr><td style="background:#222 url(a.png)"><p style="color:#fff">word</p></td></tr></table>',
    '<table><tr><td background="a.png" bgcolor="#222"><p style="color:#fff">word</p></td></tr></table>',
    '<p style="mso-hide:all">word</p>',
    '<div style="background:linear-gradient(#000,#111)"><p style="color:#fff">word</p></div>',
    '<style>.dark{background-color:#000}</style><div class="dark"><p style="color:#fff">word</p></div>',
    '<style>.a .dark{background:#000}</style><div class="a"><div class="dark"><p style="color:#fff">word</p></div></div>',
    '<style>@media (max-width:600px){.x{display:none}}</style><p class="x">word</p>',
    '<div style="font-size:0"><p style="font-size:14px">word</p></div>',
    '<div style="visibility:hidden"><p style="visibility:visible">word</p></div>',
    '<p style="font-size:10%;font-size:12pt">word</p>',
    '<p style="max-height:0">word</p>',
    '<p style="opacity:0.8">word</p>',
    '<p style="color:#eee">word</p>',
    '<p style="color:unknowncolour">word</p>',
    '<a href="https://x.example" style="mso-hide:all">word</a>',
    '<p style="font:bold 12px/0 Arial">word</p>',
  ];
  for (const html of seen) {
    it(`is not what can be: ${html}`, async () => {
      const mail = await readPart('text/html', html);
      assert.match(mail.segments[0]?.text ?? '', /^word/);
      assert.equal(mail.hidden, 0);
    });
  }

  it('is counted in plain text', async () => {
    const mail = await readPart('text/plain', `a${tags}b`);
    assert.equal(mail.segments[0]?.text, 'ab');
    assert.equal(mail.hidden, 6);
  });
});
