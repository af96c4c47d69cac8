/** Elements that begin again in the next block where they were left open (HTML Standard, section 13.2.4.3). */
const FORMATTING = 'b big code em font i s small strike strong tt u nobr'.split(' ');

/** Styles by which an element hides what stands in it. */
const HIDING = ['font-size:0', 'color:#fff', 'display:none', 'visibility:hidden'];

/** Elements that close an open `<p>`, as a browser has it (HTML Standard, section 13.2.6.4.7). */
const CLOSE_P = (
  'address article aside blockquote center dir div dl fieldset figure footer form h1 h2 h3 header hgroup main ' +
  'menu nav ol p pre search section ul'
).split(' ');

/** Elements that two of do not stand within one another, with what they stand in. */
const SIBLINGS: [string, string, string][] = [
  ['ul', 'li', 'li'],
  ['ol', 'li', 'li'],
  ['dl', 'dt', 'dd'],
  ['dl', 'dd', 'dt'],
  ['table', 'tr', 'tr'],
  ['table', 'td', 'td'],
  ['table', 'th', 'td'],
  ['table', 'tbody', 'tbody'],
  ['div', 'h1', 'h2'],
  ['div', 'a href="https://a.example/"', 'a href="https://b.example/"'],
  ['div', 'nobr', 'nobr'],
];
const inTable = (element: string, outer: string) =>
  outer === 'table' && !/^t[dh]/.test(element) ? `${element}><td` : element;

/** Mail whose markup browsers mend so that the word is not seen. `WORD` stands for it. */
export const UNSEEN_BROKEN: readonly string[] = [
  ...FORMATTING.flatMap((name) => HIDING.map((style) => `<p><${name} style="${style}">x</p><p>WORD</p>`)),
  ...FORMATTING.map((name) => `<${name} style="font-size:0"><p>x</${name}y><p>WORD</p>`),
  '<p><font color="white">x</p><p>WORD</p>',
  '<p><font color="white">x</p><table><tr><td>a</table>WORD',
  '<div><b style="font-size:0"><i>x</div><div>WORD</div>',
  '<p>a</p title=">WORD"><p>b</p>',
  '<script><!--<script></script>WORD--></script>',
  '<!-- x -- > WORD --><p>a</p>',
  '<!-- x --!WORD --><p>a</p>',
  '<style><!-- WORD --></style>',
  '<template><p>WORD</p></template>',
  '<div style="display:none"><table><tr><td>x</table>WORD</div>',
];

/** Mail whose markup browsers mend so that the word is seen. */
export const SEEN_BROKEN: readonly string[] = [
  ...FORMATTING.map((name) => `<p><${name} style="font-size:0">x</${name}></p><p>WORD</p>`),
  ...FORMATTING.map((name) => `<table><tr><td><${name} style="font-size:0">x<td>WORD</table>`),
  ...CLOSE_P.map((name) => `<p style="display:none">x<${name}>WORD</${name}>`),
  ...SIBLINGS.map(
    ([outer, first, second]) =>
      `<${outer}><${first} style="display:none">${inTable(first, outer) === first ? '' : '<td>'}x<${inTable(second, outer)}>WORD</${outer}>`,
  ),
  '<p><span style="font-size:0">x</p><p>WORD</p>',
  '<p style="display:none"><span>x<p>WORD',
  '<ul><li style="display:none"><div>x<li>WORD</ul>',
  '<table><tr><td><div style="display:none">x<td>WORD</table>',
  '<table style="display:none">WORD<tr><td>x</table>',
  '<table style="display:none"><p>WORD</p><tr><td>x</table>',
  '<svg style="display:none"><p>WORD</p>',
  '<math style="display:none"><div>WORD</div></math>',
  '<svg height="9"></p>WORD',
  '<p style="display:none">x<details open>WORD</details>',
  '<!doctype html><p style="display:none">x<table><tr><td>WORD</table>',
  '<td style="display:none">WORD</td>',
  '<tr style="display:none">WORD',
  '<caption style="display:none">WORD</caption>',
  '<p>a</p><!-- x --!><p>WORD</p><p>b</p>',
  '<!--><p>WORD</p>',
  '<!---><p>WORD</p>',
  '<![CDATA[ x > WORD ]]>',
  '<!x><p>WORD</p>',
  '<?x ?><p>WORD</p>',
  '</p style="display:none">WORD',
  '<div style="display:none"></div/>WORD',
  '<b style="display:none"/>x</b>WORD',
  '<p style=display:block;color:#000/>WORD',
  '<p style="display:block" style="display:none">WORD</p>',
  '<html style="color:#000"><html style="display:none"><p>WORD</p>',
];
