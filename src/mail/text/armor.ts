const BEGIN = '-----BEGIN PGP MESSAGE-----';
const END = '-----END PGP MESSAGE-----';

/** Says of text that PGP encrypted within the lines of a mail (RFC 9580, section 6) that it cannot be read. */
export function withoutArmor(text: string): string {
  const kept: string[] = [];
  let at = 0;
  for (;;) {
    const start = text.indexOf(BEGIN, at);
    const end = start === -1 ? -1 : text.indexOf(END, start);
    kept.push(text.slice(at, end === -1 ? undefined : start));
    if (end === -1) return kept.join('');
    at = end + END.length;
    const lines = text.slice(start, at).split('\n').length;
    kept.push(
      `[${lines} lines are encrypted with PGP: they cannot be read here, only in a program that holds the key.]`,
    );
  }
}
