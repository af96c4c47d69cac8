import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { hideKnown, knownValues, mayHoldCode } from '../../../src/masking/known.ts';

const HIDDEN = '[one-time code hidden]';

describe('what was hidden elsewhere', () => {
  it('is known by its letters and digits, and of a link by what is random', () => {
    const secrets = ['482 913', '٤٨٢٩١٤', 'XKQ-WVB', '4821', 'https://a.example/login/Q2x7mZxT1nD0pW?next=account'];
    assert.deepEqual(knownValues(secrets), ['482913', '482914', 'XKQWVB', 'Q2x7mZxT1nD0pW']);
  });

  const known = new Set(['482913', 'XKQWVB', 'sunnyotterlamp']);
  const hidden = [
    'It was 482913, thanks',
    '[482913]',
    '482-913.',
    '4 8 2 9 1 3',
    '482\u00a0913',
    '482\u202f913',
    '482–913',
    '٤٨٢٩١٣',
    'a_482913.txt',
    'x.example/482913',
    'XKQ-WVB',
    'sunny otter lamp',
  ];
  for (const text of hidden) {
    it(`is hidden where it stands alone: ${text}`, () => {
      const { text: shown, values } = hideKnown(text, known);
      assert.ok(shown.includes(HIDDEN), shown);
      assert.equal(values.length, 1);
    });
  }

  for (const text of [
    '1482913',
    '482913.50',
    '1,482913',
    '482\n913',
    'xkqwvb',
    'XKQWVBS',
    'sunny otter',
    '48291',
    '',
  ]) {
    it(`stays in what is another word or number: ${JSON.stringify(text)}`, () => {
      assert.deepEqual(hideKnown(text, known), { text, values: [] });
    });
  }

  it('is hidden each time, and nothing beside it', () => {
    assert.equal(hideKnown('a 482913 b 482 913 c', known).text, `a ${HIDDEN} b ${HIDDEN} c`);
  });

  for (const line of ['Re: [482913] Acme', 'Fwd: 482-913', 'XKQ-WVB Acme', 'QX7LPD.txt']) {
    it(`may be what ${line} has taken over`, () => assert.ok(mayHoldCode(line)));
  }
  for (const line of ['Re: Lunch on 12 May 2026', 'Re: 4 loaves', 'AGM minutes', 'Re: room 4821']) {
    it(`is nothing that ${line} has taken over`, () => assert.ok(!mayHoldCode(line)));
  }
});
