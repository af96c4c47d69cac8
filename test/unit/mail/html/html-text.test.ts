import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { htmlToText } from '../../../../src/mail/html/html-text.ts';

describe('htmlToText', () => {
  const exact: [string, string, string][] = [
    [
      'a link as text and address',
      '<p>See <a href="https://x.example/a">this</a>.</p>',
      'See this (https://x.example/a).',
    ],
    [
      'a link once where both are the same',
      '<a href="https://x.example/">https://x.example/</a>',
      'https://x.example/',
    ],
    ['an address to write to', '<a href="mailto:ann@example.org">write</a>', 'write (ann@example.org)'],
    ['no target within the page', '<a href="#top">up</a>', 'up'],
    [
      'the picture of a link',
      '<a href="https://x.example/"><img src="b.png" alt="Buy"></a>',
      'Buy (https://x.example/)',
    ],
    [
      'pictures by what they stand for',
      '<p><img src="https://t.example/p.gif" alt="Our logo"> here</p>',
      'Our logo here',
    ],
    ['nothing of a picture without a text', '<p>a<img src="https://t.example/p.gif">b<img src="x" alt=" "></p>', 'ab'],
    ['line breaks and paragraphs', '<p>one<br>two</p><p>three</p>', 'one\ntwo\n\nthree'],
    ['headings as they are written', '<h1>Good news</h1><p>Today</p>', 'Good news\n\nToday'],
    ['line breaks and blanks of the source as blanks', 'a\n   b \t c', 'a b c'],
    ['preformatted text as it is', '<pre>a\n  b</pre>', 'a\n  b'],
    ['quotes', '<p>a</p><blockquote>b</blockquote>', 'a\n\n> b'],
    ['entities', '&lt;b&gt; &amp; &euro; &#128512; &#x1F600;', '<b> & € 😀 😀'],
    ['no comments', 'a<!-- hidden -->b<!--[if mso]>c<![endif]-->', 'ab'],
    ['no line of its own making', `<p>${'word '.repeat(100)}</p>`, 'word '.repeat(100).trim()],
    ['what is not HTML at all', '1 < 2 & 3 > 2', '1 < 2 & 3 > 2'],
    [
      'a link within a link as two',
      '<a href="https://bank.example/">Log in at <a href="https://evil.example/">bank.example</a>',
      'Log in at (https://bank.example/) bank.example (WARNING: leads to https://evil.example/)',
    ],
    [
      'a link that begins again',
      '<p><a href="https://evil.example/">x</p><p>bank.example</p>',
      'x (https://evil.example/)\n\nbank.example (WARNING: leads to https://evil.example/)',
    ],
    ['text that runs backwards', '<p>Pay 123&#x202e;654&#x202c; now</p>', 'Pay 123456 now'],
    ['text that an element turns', 'Pay 123<bdo dir=rtl>654</bdo>', 'Pay 123456'],
    ['text that a style turns', '1<span style="direction:rtl;unicode-bidi:bidi-override">(32</span>', '123)'],
    [
      'a warning of a host that is turned',
      '<a href="https://evil.example/">&#x202e;moc.lapyap</a>',
      'paypal.com (WARNING: leads to https://evil.example/)',
    ],
    [
      'a warning of a host between letters without blanks',
      '<a href="https://evil.example/">请访问paypal.com登录</a> <a href="https://evil.example/">사이트paypal.com으로</a>',
      '请访问paypal.com登录 (WARNING: leads to https://evil.example/) 사이트paypal.com으로 (WARNING: leads to https://evil.example/)',
    ],
    ['unclosed elements', '<p>a <b>b <div>c', 'a b\n\nc'],
    ['nothing of nothing', ' <html><body> </body></html> ', ''],
  ];
  for (const [name, html, text] of exact) {
    it(`gives ${name}`, () => assert.equal(htmlToText(html).text, text));
  }

  for (const element of ['style', 'script', 'title']) {
    it(`leaves out ${element}, wherever it stands`, () => {
      const inner = `<${element}>hidden { words }</${element}>`;
      assert.equal(htmlToText(`<html><head>${inner}</head><body>seen${inner}</body></html>`).text, 'seen');
      assert.equal(htmlToText(`${inner}<div>seen ${inner}<p>too</p></div>`).text, 'seen\n\ntoo');
    });
  }

  it('gives lists with their marks, in order', () => {
    const lines = htmlToText('<ul><li>one</li><li>two<ul><li>deep</li></ul></li></ul><ol><li>a</li><li>b</li></ol>')
      .text.split('\n')
      .map((line) => line.trim())
      .filter(Boolean);
    assert.deepEqual(lines, ['- one', '- two', '- deep', '1. a', '2. b']);
  });

  it('keeps the cells of a table apart, and its rows on lines of their own', () => {
    const rows = ['Item|Price', 'Tea|4.00', 'Total|19.90'].map(
      (row) =>
        `<tr>${row
          .split('|')
          .map((cell) => `<td>${cell}</td>`)
          .join('')}</tr>`,
    );
    const text = htmlToText(`<table>${rows.join('')}</table>`).text;
    assert.equal(text, 'Item | Price\nTea | 4.00\nTotal | 19.90');
  });

  it('keeps the paragraphs of a table that is there for the layout', () => {
    const html = '<table><tr><td><p>Dear Robin,</p><p>good news.</p></td></tr></table><p>Bye</p>';
    const lines = htmlToText(html).text.split('\n').filter(Boolean);
    assert.deepEqual(lines, ['Dear Robin,', 'good news.', 'Bye']);
  });

  for (const element of ['div', 'blockquote', 'table><tr><td', 'ul><li', 'b']) {
    it(`survives <${element}> 5,000 times within itself, and gives what stands around it`, () => {
      const html = `<p>before</p>${`<${element}>`.repeat(5000)}deep${`</${element.split('><').reverse().join('></')}>`.repeat(5000)}<p>after</p>`;
      const text = htmlToText(html).text;
      assert.match(text, /^before/);
      assert.match(text, /after$/);
    });
  }

  it('gives links without tracking, and warns of one that leads elsewhere', () => {
    const html = '<a href="https://evil.example/?utm_source=a">bank.example</a>';
    assert.equal(htmlToText(html).text, 'bank.example (WARNING: leads to https://evil.example/)');
  });

  it('gives the text of 60 levels, as deep as newsletters go', () => {
    const html = `${'<table><tr><td>'.repeat(20)}deep${'</td></tr></table>'.repeat(20)}`;
    assert.equal(htmlToText(html).text, 'deep');
  });
});
