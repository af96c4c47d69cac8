import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { formatAddress } from '../../../src/compose/email-address.ts';
import { visible } from '../../../src/shared/visible.ts';

describe('what a person agrees to', () => {
  const rows: [string, string, string][] = [
    ['ordinary text', 'Größe 日本 😀', 'Größe 日本 😀'],
    ['a right-to-left override', 'a\u202egpj.exe', 'a⟨U+202E⟩gpj.exe'],
    ['an isolate', '\u2066x\u2069', '⟨U+2066⟩x⟨U+2069⟩'],
    ['a zero-width space', 'pay\u200bpal', 'pay⟨U+200B⟩pal'],
    ['a tag character', 'a\u{e0041}b', 'a⟨U+E0041⟩b'],
    ['an escape', '\u001b[2J', '⟨U+001B⟩[2J'],
    ['a line separator', 'a\u2028b', 'a⟨U+2028⟩b'],
    ['a tab and a carriage return', 'a\tb\r', 'a b '],
    ['a joiner between Latin letters', 'ann@mail\u200d.example', 'ann@mail⟨U+200D⟩.example'],
    ['fillers and joiners of graphemes', 'a\u3164\u034f\u115f\uffa0b', 'a⟨U+3164⟩⟨U+034F⟩⟨U+115F⟩⟨U+FFA0⟩b'],
    ['variation selectors behind letters', 'a\ufe0fb\u{e0101}', 'a⟨U+FE0F⟩b⟨U+E0101⟩'],
    ['private use and blanks of braille', '\ue000\u2800', '⟨U+E000⟩⟨U+2800⟩'],
    ['joiners within a word that needs them', 'می\u200cخواهم', 'می\u200cخواهم'],
    ['the form of an emoji', '❤️', '❤️'],
    ['an emoji of several parts', '👩\u200d🔬', '👩\u200d🔬'],
  ];
  for (const [what, text, expected] of rows) {
    it(`shows ${what} as what it is`, () => assert.equal(visible(text), expected));
  }

  it('quotes a name that could be taken for further recipients', () => {
    const address = 'x@evil.example';
    assert.equal(formatAddress({ name: 'Zoë O’Neil', address }), 'Zoë O’Neil <x@evil.example>');
    assert.equal(
      formatAddress({ name: 'ceo@corp.example, "Bob"', address }),
      '"ceo@corp.example, \\"Bob\\"" <x@evil.example>',
    );
    assert.equal(formatAddress({ name: '', address }), address);
  });
});
