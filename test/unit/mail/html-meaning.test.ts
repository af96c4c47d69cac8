import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { bodyOf } from './support.ts';

const html = (text: string) => bodyOf('text/html', text);

function rows(title: string, cases: [string, string, string][]): void {
  describe(title, () => {
    for (const [name, source, expected] of cases) it(name, async () => assert.equal(await html(source), expected));
  });
}

const table = (cells: readonly (readonly string[])[], attributes = 'border=1') =>
  `<table ${attributes}>${cells.map((row) => `<tr>${row.map((cell) => `<td>${cell}</td>`).join('')}</tr>`).join('')}</table>`;

rows('a table that holds data', [
  [
    'of Word, with a paragraph in each cell',
    table(
      [
        ['<p>A</p>', '<p>B<o:p></o:p></p>'],
        ['<p>1</p>', '<p>2</p>'],
      ],
      'class=MsoTableGrid',
    ),
    'A | B\n1 | 2',
  ],
  [
    'with a div in each cell',
    table(
      [
        ['<div>A</div>', '<div>B</div>'],
        ['<div>1</div>', '<div>2</div>'],
      ],
      '',
    ),
    'A | B\n1 | 2',
  ],
  [
    'with a div within a div',
    table(
      [
        ['<div><div>A</div></div>', 'B'],
        ['<div>1</div>', '2'],
      ],
      '',
    ),
    'A | B\n1 | 2',
  ],
  [
    'with empty paragraphs',
    table([
      ['<p>A</p>', '<p>B</p><p>&nbsp;</p>'],
      ['<p>1</p>', '<p>&nbsp;</p>'],
      ['<p>2</p>', '3'],
    ]),
    'A | B\n1\n2 | 3',
  ],
  [
    'with borders and two paragraphs in a cell',
    table([
      ['<p>A</p><p>a</p>', 'B'],
      ['1', '2'],
    ]),
    'A a | B\n1 | 2',
  ],
  [
    'is none with two paragraphs in a cell and no borders',
    table(
      [
        ['<p>A</p><p>a</p>', 'B'],
        ['1', '2'],
      ],
      '',
    ),
    'A\n\na\n\nB\n1\n2',
  ],
  [
    'is none with a list in a cell',
    table([
      ['<ul><li>A</ul>', 'B'],
      ['1', '2'],
    ]),
    '- A\n\nB\n1\n2',
  ],
]);

rows('a cell that reaches', [
  [
    'over rows',
    '<table><tr><td rowspan=2>A</td><td>1</td></tr><tr><td>2</td></tr><tr><td>B</td><td>3</td></tr></table>',
    'A | 1\nA | 2\nB | 3',
  ],
  ['over rows at the end', '<table><tr><td>1</td><td rowspan=2>A</td></tr><tr><td>2</td></tr></table>', '1 | A\n2 | A'],
  [
    'over columns',
    '<table><tr><th>X<th colspan=2>Y<th>Z</tr><tr><td>1<td>2<td>3<td>4</tr></table>',
    'X | Y | | Z\n1 | 2 | 3 | 4',
  ],
  [
    'over both',
    '<table><tr><th>W<th>X<th>Y</tr><tr><td rowspan=2 colspan=2>A</td><td>1</td></tr><tr><td>2</td></tr></table>',
    'W | X | Y\nA | | 1\nA | | 2',
  ],
  [
    'over all columns',
    '<table><tr><td colspan=2>Title</td></tr><tr><td>1</td><td>2</td></tr><tr><td>3</td><td>4</td></tr></table>',
    'Title\n1 | 2\n3 | 4',
  ],
  [
    'over rows with much text, once',
    `<table><tr><th>A<th>B</tr><tr><td rowspan=2>${'long '.repeat(12)}</td><td>1</td></tr><tr><td>2</td></tr></table>`,
    `A | B\n${'long '.repeat(12)}| 1\n | 2`,
  ],
]);

rows('struck words', [
  ['are marked by each of the elements', '<s>a b</s> <del>c</del> d <strike>e</strike>', '~~a b c~~ d ~~e~~'],
  [
    'are marked by their style',
    '<span style="color:red;TEXT-DECORATION: underline line-through">a b</span> c',
    '~~a b~~ c',
  ],
  [
    'are marked by the long name of the style',
    '<p style="text-decoration-line:line-through">a<br>b</p>',
    '~~a~~\n~~b~~',
  ],
  [
    'are marked in a cell',
    table([
      ['<s>120</s>', '90'],
      ['<p><del>30</del></p>', '20'],
    ]),
    '~~120~~ | 90\n~~30~~ | 20',
  ],
  ['are marked around a link', '<s>see <a href="https://x.example/a">it</a></s>.', '~~see it (https://x.example/a)~~.'],
  ['are marked over paragraphs', '<del><p>a</p><p>b</p></del>', '~~a~~\n\n~~b~~'],
  ['are marked once', '<s>a <del>b</del></s>c', '~~a b~~c'],
  ['are none in other styles', '<span style="text-decoration:none">a</span> <u>b</u>', 'a b'],
  ['are not to be seen in signs of the mail itself', '<p>~~~~ a ~~b~~</p>', '~~~~ a ~~b~~'],
]);

rows('raised signs', [
  ['of a power', '10<sup>2</sup> and 10<sup>-6</sup> and 2<sup>10</sup>', '10² and 10⁻⁶ and 2¹⁰'],
  ['of a unit', '40 m<sup>2</sup>, 3 m<sup><span>3</span></sup>', '40 m², 3 m³'],
  ['of cents', '19<sup>99</sup> €', '19⁹⁹ €'],
  ['of a formula', '2<sup>n</sup> 2<sup>n-1</sup> 2<sup>2a</sup>', '2ⁿ 2ⁿ⁻¹ 2^(2a)'],
  ['of a note', 'so<sup>1</sup> it is<sup>[2]</sup>', 'so¹ it is[2]'],
  ['of letters stay', '1<sup>st</sup> 2<sup>e</sup> M<sup>me</sup> x<sup>TM</sup>', '1st 2e Mme xTM'],
  ['with a link', 'so<sup><a href="https://x.example/a">1</a></sup>', 'so¹ (https://x.example/a)'],
]);
