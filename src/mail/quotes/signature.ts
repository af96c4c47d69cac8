import type { LineKind } from '../text/lines.ts';

/** Longer than this, what stands below two dashes is text, not a signature; in lines that are not empty. */
const LONGEST_SIGNATURE = 25;

/** What telephones and mail programs call themselves where they say that they sent this; the first alone are enough. */
const TELEPHONE = /(?<![a-z\d])(?:iphone|ipad|android|samsung|galaxy|huawei|xiaomi|blackberry)/i;
const DEVICE =
  /(?<![a-z\d])(?:iphone|ipad|android|samsung|galaxy|huawei|xiaomi|blackberry|smartphone|outlook|(?:ios|redmi|oppo|vivo|oneplus|motorola|nokia|pixel|windows phone|yahoo mail|gmx|web\.de|mail\.ru|yandex(?:\.mail)?|proton ?mail|tutanota|gmail|mobile|handy)(?![a-z]))/i;
const SENT =
  /^(?:sent|get|gesendet|von meinem|von unterwegs|diese nachricht wurde|envoyé|télécharge|obten|enviado|enviada|enviat|inviato|inviata|scarica|verzonden|download|skickat|skaffa|sendt|hent|lähetetty|hanki|wysłane|wysłano|pobierz|odesláno|odoslané|poslano|küldve|elküldve|trimis|gönderildi|надіслано|отправлено|изпратено|στάλθηκε|išsiųsta|nosūtīts|saadetud|נשלח|أرسل|ส่งจาก|được gửi|dikirim|发自|從我的|从我的|發自)/i;
const MOST_DEVICE_WORDS = 8;

/** Where a signature stands among own lines: the delimiter, and the lines of the signature itself. */
export interface SignatureSpan {
  /** Where the delimiter stands; `start` where there is none. */
  delimiter: number;
  start: number;
  end: number;
}

/**
 * Finds the signature in the lines from `from` to `to`: what the markup says is one, what stands below `-- `
 * (RFC 3676, section 4.3) or `--`, or the line of a telephone at the end.
 */
export function findSignature(
  texts: readonly string[],
  kinds: readonly LineKind[],
  from: number,
  to: number,
): SignatureSpan | undefined {
  return markedSignature(texts, kinds, from, to) ?? delimitedSignature(texts, from, to) ?? deviceLine(texts, from, to);
}

function markedSignature(
  texts: readonly string[],
  kinds: readonly LineKind[],
  from: number,
  to: number,
): SignatureSpan | undefined {
  let start = kinds.indexOf('signature', from);
  if (start === -1 || start >= to) return undefined;
  let end = start;
  while (end < to && (kinds[end] === 'signature' || texts[end] === '')) end++;
  let delimiter = start;
  if (isDelimiter(texts[start])) start++;
  else {
    while (delimiter > from && texts[delimiter - 1] === '') delimiter--;
    delimiter = delimiter > from && isDelimiter(texts[delimiter - 1]) ? delimiter - 1 : start;
  }
  return { delimiter, start, end };
}

function delimitedSignature(texts: readonly string[], from: number, to: number): SignatureSpan | undefined {
  let lines = 0;
  const found: number[] = [];
  for (let at = to - 1; at >= from && lines <= LONGEST_SIGNATURE; at--) {
    if (isDelimiter(texts[at]) && lines > 0) found.push(at);
    else if (texts[at] !== '') lines++;
  }
  // A list or a company may add a second below; more of them only part the text.
  const delimiter = found.length > 2 ? found[0] : found.at(-1);
  return delimiter === undefined ? undefined : { delimiter, start: delimiter + 1, end: to };
}

function deviceLine(texts: readonly string[], from: number, to: number): SignatureSpan | undefined {
  let last = to - 1;
  while (last >= from && texts[last] === '') last--;
  const text = texts[last] ?? '';
  const isDevice = last >= from && isDeviceLine(text, texts[last - 1]);
  return isDevice ? { delimiter: last, start: last, end: to } : undefined;
}

/**
 * Whether a line says which telephone or program sent this: in a language that is known, or, below an empty line, in a
 * few words of any language that name a telephone and are no sentence.
 */
export function isDeviceLine(text: string, above = ''): boolean {
  if (text.length > 120 || !DEVICE.test(text)) return false;
  if (SENT.test(text)) return true;
  const isShort = text.split(' ').length <= MOST_DEVICE_WORDS && !/[.!?…。！？:,;]$/u.test(text);
  return isShort && above === '' && TELEPHONE.test(text);
}

function isDelimiter(text: string | undefined): boolean {
  return text === '--';
}
