/** How long a row is, in columns of 7 pixels: the narrowest modal has room for so many. */
const ROW = 54;

/** A line in rows: where the modal itself broke it, no sign of ours would stand at the beginning of the next row. */
export function rows(line: string, further: string): string[] {
  const characters = [...line];
  let columns = 0;
  const room = characters.findIndex((character) => {
    columns += columnsOf(character);
    return columns > ROW;
  });
  if (room < 0) return [line];
  const space = characters.lastIndexOf(' ', room);
  // A word that is longer than a row is cut.
  const end = space > further.length ? space : room;
  const rest = characters.slice(end).join('').trimStart();
  return [characters.slice(0, end).join(''), ...rows(`${further}${rest}`, further)];
}

/** How wide a character is, in columns; those of East Asia and emoji are as wide as two letters. */
function columnsOf(character: string): number {
  if (/[\p{Lu}mw@%]/u.test(character)) return 1.5;
  return /[\u{1100}-\u{11FF}\u{2E80}-\u{10FFFF}]/u.test(character) ? 2 : 1;
}

/** A line as one row: what does not fit is counted. */
export function oneRow(line: string): string {
  const [first = ''] = rows(line, '');
  if (first === line) return line;
  const characters = [...line];
  let columns = 0;
  const room = characters.findIndex((character) => {
    columns += columnsOf(character);
    return columns > ROW - COUNT;
  });
  return clip(line, room);
}

/** How much of a row the words about what is left out take, in columns. */
const COUNT = 26;

/** Code points, so that none is cut apart; what is left out is counted. */
export function clip(line: string, most: number): string {
  const characters = [...line];
  if (characters.length <= most) return line;
  return `${characters.slice(0, most).join('')}… (${characters.length - most} more characters)`;
}
