import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { htmlAsWritten } from '../../../../src/compose/html/html-as-written.ts';
import { checkBody } from '../../../../src/compose/letter.ts';

describe('HTML that is about to be sent', () => {
  for (const tag of ['div', 'span', 'b', 'blockquote', 'ul><li', 'table><tr><td']) {
    it(`shows words in 201 and in 5,000 <${tag}>`, () => {
      for (const depth of [201, 5_000]) {
        const body = checkBody('', `<p>Hello</p>${`<${tag}>`.repeat(depth)}swordfish`);
        assert.match(body.html ?? '', /swordfish/);
        assert.match(body.text, /swordfish/);
        assert.match(htmlAsWritten(body.html ?? ''), /swordfish/);
      }
    });
  }

  const shown: [string, string, string][] = [
    ['what is struck out', 'We do <del>not <b>now</b></del> agree', 'We do ~~not now~~ agree'],
    ['what a style strikes out', '<p style="text-decoration: line-through">one</p>', '~~one~~'],
    ['a cell that is struck out', '<table><tr><td><s>one</s></td><td>two</td></tr></table>', '~~one~~ two'],
    ['a power', '10<sup>6</sup> and 2<sup>n-1</sup>', '10⁶ and 2ⁿ⁻¹'],
    ['the address of a raised link', 'see<sup><a href="https://x.example/y">1</a></sup>', 'see1 (https://x.example/y)'],
    ['what stands beside the body', 'one<body>two</body>three', 'onetwothree'],
    ['signs that pose as marks', 'a \uFDD6b&#xFDD7; c&#64982d', 'a \uFFFDb\uFFFD c\uFFFDd'],
  ];
  for (const [what, html, text] of shown) {
    it(`shows ${what}`, () => assert.equal(htmlAsWritten(html), text));
  }

  it('says the same in its plain text', () => {
    assert.equal(checkBody('', '<p>We do <del>not</del> pay 10<sup>6</sup></p>').text, 'We do ~~not~~ pay 10⁶');
  });
});
