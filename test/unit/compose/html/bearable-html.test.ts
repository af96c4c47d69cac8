import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { assertShowable } from '../../../../src/compose/approval.ts';
import { assertBearable } from '../../../../src/compose/html/bearable-html.ts';
import { checkBody } from '../../../../src/compose/letter.ts';

describe('HTML that is to go out', () => {
  for (const html of ['<ul><li>x', '<ol><li>', '<b>x', '<p>x', '<br>']) {
    it(`is refused before it is converted where it is 400 KB of ${html}`, () => {
      assert.throws(() => checkBody('', html.repeat(400_000 / html.length)), { code: 'html_unbearable' });
    });
  }

  it('is taken in the forms that people and programs write', () => {
    for (const html of ['<li>x'.repeat(15_000), `${'<div>'.repeat(240)}x`, '<'.repeat(100_000)]) {
      assert.ok(checkBody('', html).html);
    }
    assert.doesNotThrow(() => assertBearable('<div><br></div>'.repeat(50_000), 'the draft'));
  });

  it('becomes no more than some times as much text, however deep its lists are', () => {
    for (const list of ['<ul><li>x', '<ol><li>']) {
      const html = `${list.repeat(9_000)}x`;
      const { text } = checkBody('', html);
      assert.ok(text.length < 10 * html.length, `${text.length} of ${html.length}`);
    }
  });

  it('is no message where it has more words than a question holds', () => {
    const text = 'x'.repeat(1_100_000);
    const both = { body: { text, html: `${text}y` }, asHtml: true };
    assert.throws(() => assertShowable(both), { code: 'message_too_long' });
    assert.doesNotThrow(() => assertShowable({ body: { text: '\n'.repeat(400_000) }, asHtml: true }));
  });
});
