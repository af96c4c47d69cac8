import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { bodyOf, LIMIT, MEGABYTE, repeated } from './support.ts';

describe('hostile HTML', () => {
  const nested: [string, string][] = [
    ['200,000 elements', '<div>'.repeat(200_000)],
    ['100,000 elements and ends of others', '<div>'.repeat(100_000) + '</span>'.repeat(100_000)],
    ['200,000 elements with ends', '<b>'.repeat(200_000) + '</b>'.repeat(200_000)],
    ['100,000 lists', '<ul><li>'.repeat(100_000)],
    ['50,000 tables', '<table><tr><td>'.repeat(50_000)],
    ['50,000 quotes', '<blockquote>'.repeat(50_000)],
    ['50,000 links', '<a href="https://x.example/">'.repeat(50_000)],
  ];
  for (const [name, html] of nested) {
    it(`gives the text within ${name}`, LIMIT, async () => {
      const text = await bodyOf('text/html', `<p>first</p>${html}last`);
      assert.match(text, /^first\n/);
      assert.match(text, /last(?: \(https:\/\/x\.example\/\))?$/);
    });
  }

  const numbered = (print: (n: number) => string) => Array.from({ length: 60_000 }, (_, n) => print(n)).join('');
  const long: [string, string, RegExp][] = [
    ['elements that begin again', `a${numbered((n) => `<p><b id=${n}></p>`)}${repeated('<p>b', MEGABYTE / 2)}`, /^a/],
    ['elements that end in one another', `a${repeated('<b><p>b</b>')}`, /^a/],
    ['breaks beside a table', `a<table>${repeated('<br>')}`, /^a/],
    ['words beside tables', `a${repeated('<table><p>b')}`, /^a/],
    ['children that are adopted', `a<b><p>${repeated('<br>')}</b>`, /^a/],
    ['attributes', `a<p ${numbered((n) => `a${n} `)}>b`, /^a\n\nb$/],
    ['bodies', `a${numbered((n) => `<body a${n}=x>`)}`, /^a$/],
    ['elements behind a comment that is wrong', `a<!-- --!>${repeated('<div>')}b`, /^a\nb$/],
    ['beginnings of tags', repeated('<'), /^<</],
    ['beginnings of tags with quotes', `a${repeated('<a b="')}`, /^a/],
    ['comments that do not end', `a${repeated('<!--')}`, /^a/],
    ['titles that do not end', `a${repeated('<title>')}`, /^a/],
    ['line breaks in a quote', `<blockquote>a${repeated('<br>')}b</blockquote>`, /^> a\n>\n> b$/],
    ['lines in deep quotes', `${'<blockquote>'.repeat(200)}${repeated('a<br>')}`, /^(?:> ){8}a\n/],
    ['blanks', `a${repeated(' \n')}b`, /^a b$/],
    ['paragraphs without ends', repeated('<p>a'), /^a\n\na\n/],
    ['struck words', `<s>${repeated('a ')}</s>`, /^~~a a/],
    ['struck elements', repeated('<s>a'), /^~~a/],
    ['raised signs', `a${repeated('<sup>2</sup>')}`, /^a²/],
    ['cells over rows and columns', `<table>${repeated('<tr><th rowspan=999 colspan=999>a')}`, /^a/],
    ['cells with paragraphs', `<table border=1>${repeated('<tr><td><p>a<td><p>b')}`, /^a/],
    ['a style', `<p style="${repeated('a:(')}">a`, /^a$/],
    [
      'rules of a style sheet',
      `<style>${repeated('.a.b{color:red}', MEGABYTE / 2)}</style>${repeated('<p class="a">a')}`,
      /^a\n\na/,
    ],
    ['an address', `<a href="https://${repeated('a.')}">a</a>`, /^a$/],
    ['a text of a link', `<a href="https://x.example/">${repeated('www.')}</a>`, /^www/],
  ];
  for (const [name, html, expected] of long) {
    it(`gives something of a megabyte of ${name}`, LIMIT, async () =>
      assert.match(await bodyOf('text/html', html), expected),
    );
  }
});

describe('elements deeper than any mail has them', () => {
  const deep = (inner: string) => `${'<div>'.repeat(300)}Seen. ${inner}${'</div>'.repeat(300)}Last.`;

  for (const [what, inner] of [
    ['a style', '<div style="display:none">Unseen</div>'],
    ['a script', '<script>Unseen</script>'],
    ['a template', '<template>Unseen</template>'],
    ['an element within one that hides', '<div style="display:none"><b>Unseen</b> Unseen</div>'],
  ] as const) {
    it(`show nothing that ${what} may hide`, async () => {
      const text = await bodyOf('text/html', deep(inner));
      assert.match(text, /Seen\./);
      assert.match(text, /Last\./);
      assert.doesNotMatch(text, /Unseen/);
    });
  }
});
