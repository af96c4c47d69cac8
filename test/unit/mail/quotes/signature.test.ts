import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { bodyOf } from '../support.ts';

const plain = (text: string) => bodyOf('text/plain', text);
const html = (text: string) => bodyOf('text/html', text);

describe('a signature', () => {
  const rows: [string, string, string][] = [
    ['below two dashes and a blank', 'Hi\n-- \nA\nB', 'Hi\n\n[signature of 2 lines folded]'],
    ['below two dashes', 'Hi\n--\nA\n\nB\n', 'Hi\n\n[signature of 2 lines folded]'],
    ['of one line stays', 'Hi\n-- \nA', 'Hi\n\nA'],
    ['with another below', 'Hi\n-- \nA\n-- \nB', 'Hi\n\n[signature of 3 lines folded]'],
    ['of nothing', 'Hi\n-- \n', 'Hi\n--'],
    ['that is too long to be one', `Hi\n--\n${'a\n'.repeat(40)}b`, `Hi\n--\n${'a\n'.repeat(40)}b`],
    ['that is none, with dashes between parts', 'a\n--\nb\n--\nc\n--\nd', 'a\n--\nb\n--\nc\n\nd'],
    ['that is none, with more dashes', 'a\n---\nb\nc', 'a\n---\nb\nc'],
    ['that is none: a telephone in the last line', 'Hi\nmy new iPhone', 'Hi\nmy new iPhone'],
    ['that is none: a number', 'Ann\nMobile 0170 1', 'Ann\nMobile 0170 1'],
    ['of a telephone in an unknown language', 'Hi\n\nXyzzy iPhone', 'Hi\n\nXyzzy iPhone'],
    ['of a telephone stays', 'Hi\n\nVon meinem iPhone gesendet', 'Hi\n\nVon meinem iPhone gesendet'],
  ];
  for (const [name, text, expected] of rows) it(name, async () => assert.equal(await plain(text), expected));

  const marked: [string, string, string][] = [
    ['of Gmail', '<div>Hi</div><div class="gmail_signature">A<br>B</div>', 'Hi\n\n[signature of 2 lines folded]'],
    [
      'of Gmail with its dashes',
      '<div>Hi</div><span class="gmail_signature_prefix">-- </span><br><div class="gmail_signature">A<br>B</div>',
      'Hi\n\n[signature of 2 lines folded]',
    ],
    ['of Thunderbird', '<p>Hi</p><pre class="moz-signature">-- \nA\nB</pre>', 'Hi\n\n[signature of 2 lines folded]'],
    ['of Outlook', '<div>Hi</div><div id="Signature"><p>A</p><p>B</p></div>', 'Hi\n\n[signature of 2 lines folded]'],
    [
      'with text below',
      '<div class="gmail_signature">A<br>B</div><div>Hi</div>',
      '[signature of 2 lines folded]\n\nHi',
    ],
    [
      'within a quote belongs to it',
      '<p>Hi</p><blockquote type="cite">A<div class="gmail_signature">B<br>C</div></blockquote>',
      'Hi\n\n[3 quoted lines folded]',
    ],
  ];
  for (const [name, text, expected] of marked) it(name, async () => assert.equal(await html(text), expected));
});
