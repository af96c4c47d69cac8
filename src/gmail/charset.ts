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
  return tryDecode(bytes, label, false) ?? tryDecode(bytes, 'windows-1252', false) ?? '';
}

function tryDecode(bytes: Uint8Array, label: string, fatal: boolean): string | undefined {
  try {
    return new TextDecoder(label, { fatal }).decode(bytes);
  } catch {
    return undefined;
  }
}
