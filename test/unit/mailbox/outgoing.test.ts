import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Letter } from '../../../src/compose/letter.ts';
import { wordsHoldMasked } from '../../../src/mailbox/secrecy/outgoing.ts';

const LETTER: Letter = {
  ...{ to: [], cc: [], bcc: [], subject: 'Tea', body: { text: 'At four.' }, files: [], asHtml: false },
};

describe('a letter holds what is masked', () => {
  it('in the name of a recipient, in every list', () => {
    const coded = [{ name: 'Your verification code is 481926', address: 'ann@mail.example' }];
    const known = [{ name: 'Ann 481926', address: 'ann@mail.example' }];
    for (const list of ['to', 'cc', 'bcc'] as const) {
      assert.equal(wordsHoldMasked({ ...LETTER, [list]: coded }, new Set()), true);
      assert.equal(wordsHoldMasked({ ...LETTER, [list]: known }, new Set(['481926'])), true);
      assert.equal(wordsHoldMasked({ ...LETTER, [list]: known }, new Set()), false);
    }
  });

  it('with something invisible within the code, wherever it stands', () => {
    const words = 'Your verification code is 48\u{E0041}1926';
    const named = [{ name: words, address: 'ann@mail.example' }];
    for (const each of [{ subject: words }, { body: { text: words } }, { to: named }]) {
      assert.equal(wordsHoldMasked({ ...LETTER, ...each }, new Set()), true);
    }
  });
});
