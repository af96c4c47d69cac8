import { p, sheet } from './markup.ts';

/** Mails whose letters leave a trace of pixels, but none that a person can read. */
export const TOO_SMALL = [
  ...[
    'font-size:0.1em',
    'font-size:1pt',
    'font-size:1%',
    'font-size:.05rem',
    'font-size:min(20px,1px)',
    'font-size:clamp(0px,1px,2px)',
    'font-size:0.01in',
    'font:bold 1px/1 Arial,sans-serif',
    'zoom:.05',
    'font-size:3px',
  ].map(p),
  '<div style="font-size:20px"><div style="font-size:10%"><div style="font-size:50%">WORD</div></div></div>',
  `${'<small>'.repeat(16)}WORD${'</small>'.repeat(16)}`,
];

/** Mails that are not read though the pixels of a browser show the word: each with the reason. */
export const OTHERWISE: [string, string][] = [
  [
    sheet('.h{color:#fff}', '<p class="h" style="color:lab(0% 0 0)">WORD</p>'),
    'Gmail drops a style attribute with such a colour',
  ],
  [sheet('.h{display:none}p[class]{display:block}', '<p class="h">WORD</p>'), 'Gmail drops selectors by attribute'],
  [
    sheet('.h{display:none}@supports (display:grid){.h{display:block}}', '<p class="h">WORD</p>'),
    'Gmail drops @supports',
  ],
  [
    '<p class="s" style="display:none">WORD</p><style>.s{display:block!important}</style>',
    'Gmail drops style elements outside the head',
  ],
  [
    sheet('.s{display:block!IMPORTANT}', '<p class="s" style="display:none">WORD</p>'),
    'Gmail knows !important in lower case only',
  ],
  [p('--c:black;color:var(--c,white)'), 'Gmail drops custom properties, so that var() gives what stands in for them'],
  [p('color:transparent;text-shadow:0 0 0 #000'), 'Gmail drops shadows of text'],
  [p('color:white;-webkit-text-fill-color:black'), 'Gmail drops -webkit-text-fill-color'],
  [p('height:0;overflow:hidden;padding-block:20px'), 'Gmail drops paddings by direction'],
  ['<div style="height:0;overflow:hidden"><p style="position:absolute">WORD</p></div>', 'Gmail drops positions'],
  ['<svg width="200" height="40"><text y="20">WORD</text></svg>', 'Gmail drops drawings'],
  [p('letter-spacing:-1em'), 'Nobody can read letters that lie upon one another'],
  [p('display:none;all:unset'), 'Gmail drops `all`'],
  ['<img alt="WORD" width="1" height="1">', 'Pictures of one pixel only report the reading'],
  [p('color:#fffacd'), 'Nobody can read pale yellow on white'],
  [p('height:4px;overflow:hidden;line-height:10px'), 'Nobody can read a third of a line'],
];
