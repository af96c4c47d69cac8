import iconv from 'iconv-lite';

/** Names that mail uses and the WHATWG Encoding Standard does not know, and the ones that it does. */
const ALIASES: Record<string, string> = {
  'windows-932': 'shift_jis',
  'windows-936': 'gbk',
  'windows-949': 'euc-kr',
  uhc: 'euc-kr',
  'windows-950': 'big5',
  cp51932: 'euc-jp',
  'iso-2022-jp-1': 'iso-2022-jp',
  'iso-2022-jp-2': 'iso-2022-jp',
  'iso-2022-jp-3': 'iso-2022-jp',
  'iso-2022-jp-ms': 'iso-2022-jp',
  cp50220: 'iso-2022-jp',
  cp50221: 'iso-2022-jp',
  'utf-8-mac': 'utf-8',
  utf8mb4: 'utf-8',
  cp65001: 'utf-8',
  'latin-1': 'windows-1252',
  'latin-9': 'iso-8859-15',
  ansi: 'windows-1252',
  tis620: 'windows-874',
};

const UTF_7 = /^\s*["']?(?:x-|csunicode11|unicode-[12]-[01]-)?utf-?7["']?\s*$/i;

/**
 * Decodes the bytes of a text part. Mail declares charsets wrongly, and Gmail hands texts over as UTF-8 whatever they
 * declare, so bytes that are valid UTF-8 beyond ASCII are taken for UTF-8: other charsets hardly ever look so. So is
 * what declares UTF-16 and has no zero byte: every blank and line break of UTF-16 has one.
 * Labels are those of the WHATWG Encoding Standard, which Node implements with ICU, and a few more that mail uses.
 *
 * @param declared the charset parameter of Content-Type, if there is one
 */
export function decodeText(bytes: Uint8Array, declared: string | undefined): string {
  const beyondAscii = bytes.some((byte) => byte > 0x7f);
  // UTF-7 (RFC 2152) is all ASCII. Browsers, and so TextDecoder, do not know it, since it hid markup from filters;
  // here the markup is looked for after the decoding.
  if (!beyondAscii && declared && UTF_7.test(declared)) return iconv.decode(Buffer.from(bytes), 'utf-7');
  const isNoUtf16 = /^['"]?utf-?16/i.test(declared?.trim() ?? '') && !bytes.includes(0);
  if (beyondAscii || !declared || isNoUtf16) {
    const asUtf8 = tryDecode(bytes, 'utf-8', true);
    if (asUtf8 !== undefined) return asUtf8;
  }
  const text = tryDecode(bytes, declared ? labelOf(declared) : 'windows-1252', false);
  return text === undefined || isMostlyBroken(text) ? (tryDecode(bytes, 'windows-1252', false) ?? '') : text;
}

/** Decodes HTML, which may declare its charset itself where the mail does not. */
export function decodeHtml(bytes: Uint8Array, declared: string | undefined): string {
  return decodeText(bytes, declared ?? charsetOfMeta(bytes));
}

/** How far into the document browsers look for the declaration, in bytes (HTML Standard, section 13.2.3.2). */
const META_WITHIN = 1024;

/** `<meta charset="…">` and `<meta http-equiv="Content-Type" content="text/html; charset=…">`. */
function charsetOfMeta(bytes: Uint8Array): string | undefined {
  const start = Buffer.from(bytes.subarray(0, META_WITHIN)).toString('latin1');
  const charset = /<meta\b[^>]*?\bcharset\s*=\s*["']?\s*([\w.:-]+)/i.exec(start)?.[1];
  return charset && UTF_7.test(charset) ? undefined : charset;
}

/** The name by which Node knows a charset. */
function labelOf(declared: string): string {
  const label = declared
    .trim()
    .replace(/^['"]|['"]$/g, '')
    .toLowerCase()
    .replace(/^(?:cp|win|windows_?|ms)-?(?=\d{3,4}$)/, 'windows-')
    .replace(/^iso_?-?8859[-_]?(\d+)(?:-[ie])?$/, 'iso-8859-$1');
  return (Object.hasOwn(ALIASES, label) ? ALIASES[label] : undefined) ?? label;
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
