/**
 * Decodes the bytes of a text part. Mail declares charsets wrongly, and Gmail hands some parts over as UTF-8 whatever
 * they declare, so bytes that are valid UTF-8 beyond ASCII are taken for UTF-8: other charsets hardly ever look so.
 * Labels are those of the WHATWG Encoding Standard, which Node implements with ICU.
 *
 * @param declared the charset parameter of Content-Type, if there is one
 */
export function decodeText(bytes: Uint8Array, declared: string | undefined): string {
  const beyondAscii = bytes.some((byte) => byte > 0x7f);
  if (beyondAscii || !declared) {
    const asUtf8 = tryDecode(bytes, 'utf-8', true);
    if (asUtf8 !== undefined) return asUtf8;
  }
  const label = declared?.trim().toLowerCase() ?? 'windows-1252';
  const text = tryDecode(bytes, label, false);
  return text === undefined || isMostlyBroken(text) ? (tryDecode(bytes, 'windows-1252', false) ?? '') : text;
}

/** Whether more characters beyond ASCII were lost than read: then the declared charset is not the real one. */
function isMostlyBroken(text: string): boolean {
  const beyondAscii = text.match(/[^\0-\x7f]/gu)?.length ?? 0;
  const lost = text.match(/\ufffd/g)?.length ?? 0;
  return lost * 2 > beyondAscii;
}

function tryDecode(bytes: Uint8Array, label: string, fatal: boolean): string | undefined {
  try {
    return new TextDecoder(label, { fatal }).decode(bytes);
  } catch {
    return undefined;
  }
}
