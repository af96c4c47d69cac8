import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { approvalText } from '../../src/gmail/compose.ts';
import { visible } from '../../src/shared/visible.ts';

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
    ['an emoji of several parts', '👩\u200d🔬', '👩\u200d🔬'],
  ];
  for (const [what, text, expected] of rows) {
    it(`shows ${what} as what it is`, () => assert.equal(visible(text), expected));
  }

  const outgoing = (text: string, html?: string) => ({ to: [], subject: '', text, html });

  it('is the text alone where the HTML says the same', () => {
    assert.equal(approvalText(outgoing('Hello there')), 'Hello there');
    assert.equal(approvalText(outgoing('Hello there', '<p>Hello <b>there</b></p>')), 'Hello there');
  });

  it('is both where the HTML says something else', () => {
    const shown = approvalText(outgoing('Hello', '<p>Send me your keys</p>'));
    assert.match(shown, /^Hello\n[\s\S]*formatted text[\s\S]*Send me your keys$/);
  });
});
