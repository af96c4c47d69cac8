/** Deeper than any mail client nests; deeper elements lose their tags, not their text. */
const DEEPEST = 256;

/** The same for lists within lists: each of them moves every line within it, which is quadratic in their depth. */
const DEEPEST_LIST = 20;

const VOID = new Set(
  'area base basefont br col command embed frame hr img input isindex keygen link meta param source track wbr'.split(
    ' ',
  ),
);
const RAW_TEXT = new Set(['script', 'style', 'title', 'textarea']);

/** Which open elements a start tag closes, as htmlparser2 has it; those left out never nest deep by themselves. */
const CLOSES: Record<string, readonly string[]> = {
  tr: ['tr', 'th', 'td'],
  th: ['th'],
  td: ['thead', 'th', 'td'],
  li: ['li'],
  option: ['option'],
  dd: ['dd', 'dt'],
  dt: ['dd', 'dt'],
  tbody: ['thead', 'tbody'],
  tfoot: ['thead', 'tbody'],
};
const P = ['p'];
for (const name of (
  'p h1 h2 h3 h4 h5 h6 address article aside blockquote details div dl fieldset figcaption figure footer form header ' +
  'hr main nav ol pre section table ul'
).split(' ')) {
  CLOSES[name] = P;
}

interface Tag {
  name: string;
  closing: boolean;
  start: number;
  end: number;
}

/**
 * Takes out the tags that nest deeper than any mail does, in linear time. htmlparser2 keeps its open elements in an
 * array that it shifts for every tag and searches for every end tag, so 200,000 nested elements cost it seconds; and
 * the text is made by recursion, which would exhaust the stack. No text goes with them: it is what a person agrees to.
 */
export function boundDepth(html: string): string {
  const open: string[] = [];
  const openOf = new Map<string, number>();
  const droppedOf = new Map<string, number>();
  const kept: string[] = [];
  let copied = 0;
  const count = (map: Map<string, number>, name: string, by: number) => map.set(name, (map.get(name) ?? 0) + by);
  const close = () => count(openOf, open.pop() ?? '', -1);
  const drop = ({ start, end }: Tag) => {
    kept.push(html.slice(copied, start));
    copied = end;
  };

  for (const tag of tagsOf(html)) {
    const { name } = tag;
    if (VOID.has(name)) continue;
    if (tag.closing) {
      if (droppedOf.get(name)) {
        count(droppedOf, name, -1);
        drop(tag);
      } else if (openOf.get(name)) {
        while (open.at(-1) !== name) close();
        close();
      } else if (open.length >= DEEPEST) {
        drop(tag);
      }
      continue;
    }
    const closes = Object.hasOwn(CLOSES, name) ? CLOSES[name] : undefined;
    while (closes?.includes(open.at(-1) ?? '')) close();
    const isTooDeep = open.length >= DEEPEST || (isList(name) && listsIn(openOf) >= DEEPEST_LIST);
    if (!isTooDeep) {
      open.push(name);
      count(openOf, name, 1);
    } else {
      count(droppedOf, name, 1);
      drop(tag);
    }
  }
  if (kept.length === 0) return html;
  return kept.join('') + html.slice(copied);
}

const isList = (name: string): boolean => name === 'ul' || name === 'ol';
const listsIn = (counts: ReadonlyMap<string, number>): number => (counts.get('ul') ?? 0) + (counts.get('ol') ?? 0);

/** How many elements begin in HTML, in one pass. */
export function countElements(html: string): number {
  let count = 0;
  for (const { closing } of tagsOf(html)) if (!closing) count += 1;
  return count;
}

/** Every tag of the document, with comments, declarations and the text of scripts passed over. */
function* tagsOf(html: string): Generator<Tag> {
  let at = html.indexOf('<');
  while (at !== -1) {
    if (html.startsWith('<!--', at)) {
      const end = html.indexOf('-->', at + 4);
      if (end === -1) return;
      at = html.indexOf('<', end);
      continue;
    }
    const closing = html[at + 1] === '/';
    const nameStart = at + (closing ? 2 : 1);
    if (!/[a-z]/i.test(html[nameStart] ?? '')) {
      at = html.indexOf('<', at + 1);
      continue;
    }
    const nameEnd = skip(html, nameStart, (c) => !/[\s/>]/.test(c));
    const name = html.slice(nameStart, nameEnd).toLowerCase();
    const end = closing ? html.indexOf('>', nameEnd) + 1 : endOfTag(html, nameEnd);
    if (end === 0) return;
    yield { name, closing, start: at, end };
    let next = end;
    if (!closing && RAW_TEXT.has(name)) {
      const rawEnd = new RegExp(`</${name}`, 'gi');
      rawEnd.lastIndex = end;
      const found = rawEnd.exec(html);
      if (!found) return;
      next = found.index;
    }
    at = html.indexOf('<', next);
  }
}

/** Behind the `>` of a start tag; 0 where there is none. A quote counts only where an attribute's value begins. */
function endOfTag(html: string, from: number): number {
  for (let at = from; at < html.length; at++) {
    const c = html[at];
    if (c === '>') return at + 1;
    if (c !== '=') continue;
    const value = skip(html, at + 1, (next) => /\s/.test(next));
    const quote = html[value];
    if (quote !== '"' && quote !== "'") {
      at = value - 1;
      continue;
    }
    at = html.indexOf(quote, value + 1);
    if (at === -1) return 0;
  }
  return 0;
}

function skip(html: string, from: number, while_: (c: string) => boolean): number {
  let at = from;
  while (at < html.length && while_(html[at] ?? '')) at++;
  return at;
}
