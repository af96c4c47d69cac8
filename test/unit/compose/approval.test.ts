import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { approvalParts } from '../../../src/compose/approval.ts';
import { quoteForForward } from '../../../src/compose/quote-original.ts';

const body = (text: string, html?: string) => ({ body: { text, html } });

describe('what a person is shown of a message', () => {
  it('is the text alone where the HTML says the same', () => {
    assert.deepEqual(approvalParts(body('Hello there')), [{ title: '', text: 'Hello there' }]);
    const same = approvalParts(body('Hello there', '<p>Hello <b>there</b></p>'));
    assert.deepEqual(same, [{ title: '', text: 'Hello there' }]);
  });

  it('is both where the HTML says something else, what most people will see first', () => {
    const parts = approvalParts(body('Pay the landlord', '<p>Send me your keys</p>'));
    assert.deepEqual(
      parts.map(({ text }) => text),
      ['Send me your keys', 'Pay the landlord'],
    );
    assert.match(parts[0]?.title ?? '', /most recipients/);
  });

  it('holds every character of the HTML that nobody would see', () => {
    for (const character of ['\u200b', '\u200c', '\u2060', '\ufeff', '\u00ad', '\u202e', '\u{e0041}']) {
      const parts = approvalParts(body('pay pal x', `<p>pay${character}pal x${character}</p>`));
      assert.equal(parts[0]?.text, `pay${character}pal x${character}`);
      const [same] = approvalParts(body('Pay x', `<p>Pay ${character}x</p>`));
      assert.ok(same?.text.includes(character));
    }
  });

  it('is the original of a forward without a text', () => {
    const quote = quoteForForward({ from: 'a@x.example', to: 'b@x.example', subject: 'S', date: 0, text: 'swordfish' });
    const [part] = approvalParts({ body: { text: '' }, quote });
    assert.match(part?.title ?? '', /No text of its own; the original/);
    assert.match(part?.text ?? '', /swordfish/);
    assert.deepEqual(approvalParts({ body: { text: 'See below' }, quote }), [{ title: '', text: 'See below' }]);
  });
});
