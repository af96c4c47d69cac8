const box = (style: string, inner = 'WORD') => `<div style="${style}">${inner}</div>`;
const EDGES = ['20px', '18px'];

/** Mail that is laid out so that a box cuts the word off, or that no background lies behind it. */
export const UNSEEN_LAYOUTS: readonly string[] = [
  box('padding-left:100%;white-space:nowrap;overflow:hidden'),
  box('padding:0 0 0 100%;white-space:nowrap;overflow:hidden'),
  ...EDGES.flatMap((height) => [
    box(`padding-top:40px;height:${height};box-sizing:border-box;overflow:hidden`),
    box(`border-top:30px solid #fff;height:${height};overflow:hidden;box-sizing:border-box`),
    box(`line-height:400px;height:${height};overflow:hidden`),
    box(`height:${height};overflow:hidden`, box('margin-top:40px')),
    box(`height:${height};overflow:hidden`, box('padding-top:40px')),
    box(`max-height:${height};overflow:hidden`, box('padding-top:40px')),
    box(`height:${height};overflow:hidden`, 'Hi<br><br><br>WORD'),
  ]),
  box('height:0', box('height:100%;overflow:hidden')),
  box('width:0', box('overflow:hidden')),
  box('display:table-column'),
  box('display:table-column-group'),
  '<span style="background:#000"><div style="color:#fff">WORD</div></span>',
  '<table bgcolor="#000000"><caption style="color:#fff">WORD</caption><tr><td>x</td></tr></table>',
  '<p style="color:#fff;background:linear-gradient(#000,#000) no-repeat;background-size:1px 1px">WORD</p>',
  '<p style="color:#fff;background:linear-gradient(#000,#000) 0 0/1px 1px no-repeat">WORD</p>',
  '<p style="color:#fff;background:#000;background-clip:content-box;height:0;padding-bottom:20px">WORD</p>',
];

/** Mail that only looks like it. */
export const SEEN_LAYOUTS: readonly string[] = [
  box('padding-left:50%;white-space:nowrap;overflow:hidden'),
  box('padding-top:20px;height:20px;overflow:hidden'),
  box('padding-top:40px;height:20px;box-sizing:border-box'),
  box('border-top:10px solid #fff;height:40px;overflow:hidden;box-sizing:border-box'),
  box('line-height:40px;height:40px;overflow:hidden'),
  box('height:60px;overflow:hidden', box('margin-top:20px')),
  box('height:60px;overflow:hidden', 'Hi<br>WORD'),
  box('height:0', box('height:100%')),
  box('height:50px', box('height:100%;overflow:hidden')),
  box('width:0', box('overflow:visible')),
  box('width:0', box('overflow:hidden;width:200px')),
  box('width:0', '<table><tr><td>WORD</td></tr></table>'),
  '<span style="background:#000"><div>WORD</div></span>',
  '<span style="background:#000;color:#fff">WORD</span>',
  '<div style="background:#000"><span><div style="color:#fff">WORD</div></span></div>',
  '<table bgcolor="#000000"><caption>WORD</caption><tr><td>x</td></tr></table>',
  '<table bgcolor="#000000"><tr><td style="color:#fff">WORD</td></tr></table>',
  '<p style="color:#fff;background:linear-gradient(#000,#000);background-size:4px 4px">WORD</p>',
  '<p style="color:#fff;background:#000;background-clip:content-box">WORD</p>',
  '<p style="text-indent:-9999px">x<br>WORD</p>',
  '<div style="text-indent:-9999px"><table><tr><td>WORD</td></tr></table></div>',
];
