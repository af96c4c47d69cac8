/** A header of a quoted mail; 'other' is one that a block has besides. */
type Field = 'from' | 'date' | 'to' | 'subject' | 'other';

/** What mail programs call the headers above a quoted mail, in the languages that they speak. */
const NAMES: Record<Field, string> = {
  from:
    'from|von|de|da|van|från|fra|frá|od|от|від|šalje|pošiljatelj|expediteur|expéditeur|remitente|mittente|afzender|' +
    'lähettäjä|feladó|kimden|gönderen|από|de la|nuo|no|kellelt|saatja|מאת|من|از|จาก|từ|dari|发件人|寄件者|差出人|' +
    '보낸 사람|보낸사람',
  date:
    'sent|date|gesendet|datum|envoyé|date d’envoi|enviado|enviado el|enviada|enviat|enviada em|fecha|data|inviato|' +
    'verzonden|skickat|sendt|dato|dags|sent on|wysłano|odesláno|odoslané|poslano|poslané|отправлено|дата|надіслано|' +
    'изпратено|lähetetty|päivämäärä|elküldve|dátum|gönderildi|gönderilme tarihi|tarih|trimis|ημερομηνία|στάλθηκε|' +
    'išsiųsta|nosūtīts|saadetud|kuupäev|נשלח|תאריך|تاريخ|التاريخ|تم الإرسال|ارسال شده|ส่ง|วันที่|ngày|đã gửi|tanggal|' +
    '发送时间|日期|寄件日期|送信日時|日付|보낸 날짜|날짜',
  to:
    'to|an|à|a|para|per a|aan|till|til|do|komu|za|prima|кому|до|към|vastaanottaja|címzett|kime|alıcı|către|catre|προς|' +
    'kam|kellele|אל|إلى|به|ถึง|đến|tới|kepada|收件人|宛先|받는 사람|받는사람|destinataire|destinatario|destinatário',
  subject:
    'subject|betreff|betr|objet|sujet|asunto|oggetto|onderwerp|assunto|assumpte|ämne|emne|efni|temat|тема|aihe|tárgy|' +
    'konu|θέμα|předmět|predmet|zadeva|subiect|относно|tema|teema|נושא|الموضوع|موضوع|เรื่อง|หัวเรื่อง|chủ đề|subjek|主题|主旨|' +
    '件名|제목',
  other:
    'cc|kopie|copie|copia|kopia|kopio|копия|копія|cc’d|bcc|reply-to|antwort an|importance|wichtigkeit|priority|' +
    'attachments|anlagen|抄送|副本|참조',
};

const FIELDS = new Map(
  Object.entries(NAMES).flatMap(([field, names]) =>
    names.split('|').map((name): [string, Field] => [name, field as Field]),
  ),
);

/** A line `Name: value`, the name perhaps in bold, or the cells of a table. The name is taken from it. */
const FIELD = /^[>*_|\s]{0,20}(\p{L}[\p{L}\p{M}\s.'’/-]{0,24}?)\s?[*_]{0,2}\s?[:：|]/u;

/** Header lines of one message may be wrapped; further down the block has ended. */
const LONGEST_BLOCK = 12;

/** How much of a line is looked at, in characters. */
const LONGEST = 400;

/** So many fields in a row below a divider are a header, in whatever language. */
const LEAST_UNKNOWN_FIELDS = 3;

/**
 * A block of header lines of a quoted mail that begins here (`From:`, `Sent:`, `To:`, `Subject:`).
 *
 * @param isBelowDivider whether a divider stands above: then fewer of the headers, or unknown ones, are enough
 * @returns the number of the first line behind it; undefined where there is none
 */
export function headerBlockAt(lines: readonly string[], index: number, isBelowDivider: boolean): number | undefined {
  const first = fieldOf(lines[index] ?? '');
  if (!isBelowDivider && (first === 'other' || !first || /^(?: {2}|\t)/.test(lines[index] ?? ''))) return undefined;
  const found = new Set<Field>();
  let end = index;
  let inARow = 0;
  for (let at = index; at < Math.min(lines.length, index + LONGEST_BLOCK); at++) {
    const line = lines[at] ?? '';
    if (line === '' && found.size > 1) break;
    const field = fieldOf(line);
    if (field) found.add(field);
    if (field || line !== '') end = at + 1;
    if (inARow === at - index && FIELD.test(line.slice(0, LONGEST))) inARow++;
  }
  const isKnown = found.has('from') && found.has('subject') && (found.has('date') || found.has('to'));
  if (isKnown && (isBelowDivider || (found.has('date') && found.has('to')))) return end;
  const isUnknown = isBelowDivider && inARow >= LEAST_UNKNOWN_FIELDS && hasAddress(lines, index, index + inARow);
  return isUnknown ? index + inARow : undefined;
}

function fieldOf(line: string): Field | undefined {
  const name = FIELD.exec(line.slice(0, LONGEST))?.[1];
  return name === undefined ? undefined : FIELDS.get(name.trim().toLowerCase().replace("'", '’'));
}

function hasAddress(lines: readonly string[], from: number, to: number): boolean {
  return lines.slice(from, to).some((line) => /\S@\S/.test(line.slice(0, LONGEST)));
}
