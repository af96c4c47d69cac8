/**
 * The letters and vowel marks of nearly all scripts, without what ends or joins sentences in them, for a class of a
 * pattern. `\p{L}` has some seven hundred ranges, which V8 works out anew in each place where it stands, and with `i` and
 * `u` their capitals too: patterns like that would take longer than everything else about a first message.
 */
export const LETTERS = [
  String.raw`a-zß-\u0588\u058b-\u05bd\u05bf\u05c1\u05c2\u05c4-\u060b\u060d-\u061a\u061c-\u061e\u0620-\u06d3`,
  String.raw`\u06d5-\u0963\u0966-\u1ffc\u3005\u3040-\u30fa\u30fc-\ud7a3`,
].join('');
