import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { maskRow, maskSecrets } from '../../../../src/masking/mask.ts';

/** What mail sets a code in, or in front of it. */
const SIGNS: readonly string[] = [
  // Quotes and brackets of many hands.
  ...[
    '‘X’',
    '‚X‘',
    '‟X”',
    '〝X〞',
    '´X´',
    '`X`',
    '{X}',
    '（X）',
    '［X］',
    '｛X｝',
    '〔X〕',
    '《X》',
    '〈X〉',
    '〖X〗',
    '＜X＞',
  ],
  ...['⟨X⟩', '⟪X⟫', '❮X❯'],
  // Dots, dashes and arrows.
  ...['· X', '‣ X', '⁃ X', '• X', '…X', '‒ X', '― X', '⟶ X', '⟹ X', '⤷ X', '≫ X', '; X'],
  // Pictures of one character, of two, and of seven.
  ...['👉 X', '\u27a1\ufe0f X', '\u2611\ufe0e X', '\u{1f3f4}\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f} X'],
  ...['※ X', '†X', '¶X', '^X^'],
];

/** The quotes and brackets that a code of letters is set in. */
const QUOTES = SIGNS.filter((signs) => /^.X.$/.test(signs) && !/[〝´⟨⟪❮^]/.test(signs));

/** Signs that make another number of it. */
const OTHERS: readonly string[] = ['€ X', '£X', '¥X', 'X €', 'X%', '+X', '@X'];

const HIDDEN = '[one-time code hidden]';

describe('a code in signs', () => {
  const from = 'no-reply@shop.example';
  for (const signs of SIGNS) {
    const code = signs.replace('X', '482913');
    const hidden = signs.replace('X', HIDDEN);
    it(`is hidden as ${signs}`, () => {
      for (const text of [
        `Your code is ${code}\n\nBye`,
        `Your login code:\n\n${code}\n\nBye`,
        `${code} is your login code`,
      ]) {
        assert.equal(maskSecrets({ from, subject: 'Hello', text }).text, text.replace(code, hidden));
      }
      const snippet = `Hello Robin, your code is ${code} It ends soon.`;
      assert.equal(maskRow({ from, subject: 'Hello', snippet }).snippet, snippet.replace(code, hidden));
    });
  }

  for (const signs of QUOTES) {
    const code = signs.replace('X', 'QHXKBT');
    it(`is hidden as ${code}`, () => {
      for (const text of [
        `Your activation code is ${code}\n\nBye`,
        `Your activation code:\n\n${code}\n\nBye`,
        `${code} is your activation code`,
      ]) {
        const hidden = text.replace('QHXKBT', HIDDEN);
        assert.equal(maskSecrets({ from, subject: 'Hello', text }).text, hidden);
      }
    });
  }

  for (const signs of OTHERS) {
    const number = signs.replace('X', '4829');
    it(`is none as ${signs}`, () => {
      const text = `Your code is ${number}\n\nBye`;
      assert.equal(maskSecrets({ from, subject: 'Hello', text }).text, text);
    });
  }
});
