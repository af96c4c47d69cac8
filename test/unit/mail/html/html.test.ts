import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { bodyOf } from '../support.ts';

describe('HTML', () => {
  const rows: [string, string, string][] = [
    ['a break at the end of a block', '<div>a<br></div><div>b</div>', 'a\nb'],
    ['a break before a block', 'a<br><div>b</div>', 'a\nb'],
    ['a break within inline elements at the end', '<div><b>a<br></b></div><div>b</div>', 'a\nb'],
    ['a break alone', '<div>a</div><div><br></div><div>b</div>', 'a\n\nb'],
    ['two breaks', 'a<br><br>b', 'a\n\nb'],
    ['many breaks', 'a<br><br><br><br>b', 'a\n\nb'],
    ['a break before what is hidden', 'a<br><div style="display:none">x</div>b', 'a\nb'],
    ['text beside the body', '<p>a</p><html><body>b</body></html>c', 'a\n\nbc'],
    ['a list with paragraphs', '<ul><li><p>a</p></li><li><p>b</p><p>c</p></li></ul>', '- a\n- b\n\n  c'],
    ['a list directly in a list', '<ul><li>a</li><ul><li>b</li></ul></ul>', '- a\n  - b'],
    ['a list that begins later', '<ol start="3"><li>a</li><li value="7">b</li><li>c</li></ol>', '3. a\n7. b\n8. c'],
    ['an item with lines', '<ol><li>a<br>b</li></ol>', '1. a\n  b'],
    ['an item outside a list', '<li>a</li><li>b</li>', '- a\n- b'],
    [
      'a table with heads',
      '<table><tr><th>a</th><th>b</th></tr><tr><td>c</td><td><p>d</p><p>e</p></td></tr></table>',
      'a | b\nc | d e',
    ],
    [
      'a table with a heading of its own',
      '<table><tr><td colspan=2>a<br>b</td></tr><tr><td>c</td><td>d</td></tr><tr><td>e</td><td>f</td></tr></table>',
      'a\nb\nc | d\ne | f',
    ],
    [
      'empty cells',
      '<table><tr><td>a</td><td></td><td>b</td></tr><tr><td>c</td><td>d</td><td></td></tr></table>',
      'a | | b\nc | d',
    ],
    ['a table of one row', '<table><tr><td>a</td><td>b</td></tr></table>', 'a\nb'],
    [
      'heads that lay things out',
      '<table><tr><th>a</th><th><table><tr><td>b</td></tr></table></th></tr></table>',
      'a\nb',
    ],
    [
      'a table with long cells',
      `<table>${`<tr><td>${'a '.repeat(60)}</td><td>b</td></tr>`.repeat(2)}</table>`,
      [1, 2].map(() => `${'a '.repeat(59)}a\nb`).join('\n'),
    ],
    ['a caption', '<table><caption>c</caption><tr><th>a</th></tr><tr><td>b</td></tr></table>', 'c\n\na\nb'],
    ['pixels that report', 'a<img src="x" width="1" height="1" alt="pixel">', 'a'],
    ['a picture that is hidden', 'a<img src="x" style="display:none" alt="x">', 'a'],
    ['preformatted styles', '<div style="white-space: pre-wrap">a\n  b</div>', 'a\n  b'],
    ['blanks of all kinds', '<p>a&nbsp;&nbsp; b\t\n c</p>', 'a b c'],
    ['forms, and no frames', '<select><option>a</select> <textarea>b</textarea> <iframe>c</iframe>d', 'a b d'],
    ['what an input shows', '<input value=a> <input type=hidden value=b> <input type=submit value=c>', 'a c'],
    ['a large picture by its words', '<img src=x width=600 height=400 alt="Do this">', '[picture: Do this]'],
    ['a small one by them alone', '<img src=x width=60 height=40 alt="Do this">', 'Do this'],
    [
      'long words of a picture',
      `<img src=x alt="${'Do this. '.repeat(8)}">`,
      `[picture: ${'Do this. '.repeat(8).trim()}]`,
    ],
    ['names of its own making', '<x-gone>a</x-gone><x-signature>b</x-signature><x-start>c</x-start>', 'abc'],
  ];
  for (const [name, html, expected] of rows) {
    it(`gives ${name}`, async () => assert.equal(await bodyOf('text/html', html), expected));
  }
});
