/** Groups of an RTF file that hold no text of it. */
const NO_TEXT = /^(?:\*|fonttbl|colortbl|stylesheet|info|pict|object|themedata|generator|listtable|rsidtbl)$/;
/** A brace, a character by its byte or its number, a word of control, or text. */
const TOKEN =
  /([{}])|\\'([\da-f]{2})|\\u(-?\d{1,6}) ?\??|\\([a-z]{1,32})(-?\d{1,10})? ?|\\(.)|[\r\n]+|([^\\{}\r\n]+)/gis;
const BREAKS = /^(?:par|line|row|page|sect)$/;
const windows1252 = new TextDecoder('windows-1252');

/** The words of an RTF file (Microsoft's Rich Text Format, version 1.9.1), without its formatting. */
export function textOfRtf(source: string): string {
  const pieces: string[] = [];
  let depth = 0;
  /** How deep the outermost group lies that is left out. */
  let leftOut = Number.POSITIVE_INFINITY;
  for (const [, brace, byte, number, word, , symbol = '', text] of source.matchAll(TOKEN)) {
    if (brace === '{') depth += 1;
    if (brace === '}') {
      if (depth <= leftOut) leftOut = Number.POSITIVE_INFINITY;
      depth -= 1;
    }
    if (depth < leftOut && NO_TEXT.test(word ?? symbol)) leftOut = depth;
    if (depth >= leftOut || brace) continue;
    if (byte) pieces.push(windows1252.decode(Uint8Array.of(Number.parseInt(byte, 16))));
    else if (number) pieces.push(String.fromCharCode(Number(number) & 0xffff));
    else if (word) pieces.push(BREAKS.test(word) ? '\n' : /^(?:tab|cell)$/.test(word) ? '\t' : '');
    else pieces.push(text ?? (symbol === '~' ? ' ' : /[\\{}]/.test(symbol) ? symbol : ''));
  }
  return pieces.join('').trim();
}
