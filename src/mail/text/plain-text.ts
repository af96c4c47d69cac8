import libmime from 'libmime';

/** How a text/plain part is wrapped (RFC 3676). */
export interface Flow {
  flowed: boolean;
  /** The blank that ends a flowed line is not part of the text. */
  delSp: boolean;
}

/** Line ends as `\n`, flowed lines joined; every other character stays. */
export function plainText(text: string, { flowed, delSp }: Flow): string {
  const lines = text.replace(/\r\n?/g, '\n');
  return flowed ? libmime.decodeFlowed(lines, delSp) : lines;
}

/** Trims the ends of lines, keeps of several empty lines one, and none at the beginning and the end. */
export function tidyLines(text: string): string[] {
  const lines: string[] = [];
  for (const line of text.split('\n')) {
    const trimmed = line.trimEnd();
    if (trimmed !== '' || (lines.length > 0 && lines.at(-1) !== '')) lines.push(trimmed);
  }
  if (lines.at(-1) === '') lines.pop();
  return lines;
}
