import type { LineKind } from '../text/lines.ts';

/** Longer than this, what stands below two dashes is text, not a signature; in lines that are not empty. */
const LONGEST_SIGNATURE = 25;

/** What telephones and their programs add. */
const DEVICE =
  /^(?:sent|get|gesendet|von|envoyé|enviado|enviada|inviato|verzonden|skickat|sendt|lähetetty|wysłane|отправлено|発信元|从我的|發自我的|gönderildi)\b.{0,30}\b(?:iphone|ipad|android|ios|samsung|galaxy|huawei|xiaomi|blackberry|outlook|yahoo mail|gmx|web\.de|protonmail|proton mail|mobile|smartphone|handy|mobiltelefon|smartphone|phone)\b.{0,40}$/iu;
const DEVICE_ELSEWHERE =
  /^(?:iPhoneから送信|从我的 ?iPhone ?发送|發自我的 ?iPhone|나의 iPhone에서 보냄|Отправлено с iPhone)$/u;

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
  const isDevice = last >= from && text.length < 120 && (DEVICE.test(text) || DEVICE_ELSEWHERE.test(text));
  return isDevice ? { delimiter: last, start: last, end: to } : undefined;
}

function isDelimiter(text: string | undefined): boolean {
  return text === '--';
}
