/** "Wrote" as mail programs put it between the writer and a quote, in the languages that they speak. */
const WROTE = new RegExp(
  [
    'wrote|writes|schrieb|a écrit|escribió|escribi[oó]|va escriure|ha escrit|ha scritto|scrive|schreef|geschreven|escreveu',
    'skrev|skrifaði|kirjoitti|napisał|napisala|napisał\\(a\\)|pisze|napsal|napísal|je napisao|je napisal|написа|пишет',
    'писал|написал|написав|пише|írta|yazdı|yazmış|şunları yazdı|a scris|έγραψε|rašė|parašė|rakstīja|kirjutas',
    'כתב|מאת|كتب|نوشت|đã viết|menulis|เขียน|लिखा|写道|寫道|さんは書きました|のメッセージ|님이 작성|작성',
  ].join('|'),
  'iu',
);

/** A time, a year, or a date of numbers. */
const DATE = /\d{1,2}[:.h]\d{2}|\b(?:19|20)\d{2}\b|\d{4}年|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}/;

const ADDRESS = /[^\s<>@]+@[^\s<>@]+/;

/** Gmail's line in Japanese, and that of others, has no verb: a date, a name, an address. */
const DATE_AND_ADDRESS = /^\d{4}\s?[年/.-].*<[^<>\s]+@[^<>\s]+>\s*[:：]$/;

/** Longer lines are no attributions, in characters. */
const LONGEST = 400;

/** Over more lines no program wraps one. */
const MOST_LINES = 4;

export interface Attribution {
  /** How many lines it takes. */
  lines: number;
  /** Whether it names when and who, so that it needs no quote behind it to be known. */
  certain: boolean;
}

/** The attribution ("On … wrote:") that ends with this line; it may have been wrapped over several. */
export function attributionEndingAt(lines: readonly string[], index: number): Attribution | undefined {
  const last = lines[index] ?? '';
  if (!/[:：]$/.test(last) || last.length > LONGEST || last.startsWith('>')) return undefined;
  let text = '';
  for (let count = 1; count <= MOST_LINES && index - count + 1 >= 0; count++) {
    const line = lines[index - count + 1] ?? '';
    if (line === '' || line.startsWith('>') || text.length + line.length > LONGEST) break;
    text = text ? `${line} ${text}` : line;
    if (!DATE.test(text)) continue;
    if (WROTE.test(text) || DATE_AND_ADDRESS.test(text)) {
      return { lines: count, certain: ADDRESS.test(text) || startsWithDate(text) };
    }
  }
  return WROTE.test(last) ? { lines: 1, certain: false } : undefined;
}

function startsWithDate(text: string): boolean {
  return DATE.test(text.slice(0, 60)) && text.length < 200 && /\d{1,2}:\d{2}/.test(text);
}

const FROM = names(
  'from|von|de|da|van|från|fra|od|от|lähettäjä|feladó|kimden|από|发件人|寄件者|差出人|보낸 사람|보낸사람',
);
const DATED = names(
  'sent|date|gesendet|datum|envoyé|date d’envoi|enviado|enviado el|enviada|fecha|data|inviato|verzonden|skickat|sendt|' +
    'dato|wysłano|отправлено|дата|lähetetty|elküldve|gönderildi|tarih|发送时间|日期|送信日時|日付|보낸 날짜|날짜',
);
const TO = names('to|an|à|a|para|aan|till|til|do|кому|vastaanottaja|címzett|kime|προς|收件人|宛先|받는 사람|받는사람');
const SUBJECT = names(
  'subject|betreff|objet|asunto|oggetto|onderwerp|assunto|ämne|emne|temat|тема|aihe|tárgy|konu|θέμα|主题|主旨|件名|제목',
);

function names(list: string): RegExp {
  return new RegExp(`^(?:${list})\\s?[:：]`, 'iu');
}

/** Header lines of one message may be wrapped; further down the block has ended. */
const LONGEST_BLOCK = 12;

/** Whether a block of header lines (`From:`, `Sent:`, `To:`, `Subject:`) of a quoted mail begins here. */
export function isHeaderBlock(lines: readonly string[], index: number): boolean {
  const bare = (at: number) =>
    (lines[at] ?? '')
      .slice(0, LONGEST)
      .replace(/^[>*\s]+/, '')
      .replace(/^([^:：]{1,20})\*?([:：])\*?/, '$1$2');
  if (!FROM.test(bare(index))) return false;
  let others = 0;
  let hasSubject = false;
  for (let at = index + 1; at < Math.min(lines.length, index + LONGEST_BLOCK); at++) {
    const line = bare(at);
    if (line === '' && others > 0) break;
    if (SUBJECT.test(line)) hasSubject = true;
    else if (DATED.test(line) || TO.test(line)) others++;
  }
  return hasSubject && others > 0;
}

const ORIGINAL = new RegExp(
  '^-{2,}\\s*(?:original message|original appointment|ursprüngliche nachricht|originalnachricht|ursprünglicher termin|' +
    "message d[’'`]origine|message original|mensaje original|messaggio originale|oorspronkelijk bericht|" +
    'mensagem original|originalmeddelande|ursprungligt meddelande|oprindelig meddelelse|opprinnelig melding|' +
    'alkuperäinen viesti|oryginalna wiadomość|wiadomość oryginalna|původní zpráva|eredeti üzenet|исходное сообщение|' +
    'orijinal mesaj|özgün ileti|原始邮件|邮件原件|原始郵件|original-nachricht|元のメッセージ|원본 메시지)\\s*-{2,}$',
  'iu',
);

/** Whether the line says that the original message follows. */
export function isOriginalDivider(line: string): boolean {
  return line.length < LONGEST && ORIGINAL.test(line.trim());
}

const FORWARDED = new RegExp(
  '^(?:-{2,}\\s*(?:forwarded message|forwarded by .*|weitergeleitete nachricht|message transféré|message transmis|' +
    'mensaje reenviado|messaggio inoltrato|doorgestuurd bericht|mensagem encaminhada|mensagem reencaminhada|' +
    'vidarebefordrat meddelande|videresendt meddelelse|videresendt melding|välitetty viesti|wiadomość przekazana|' +
    'treść przekazanej wiadomości|přeposlaná zpráva|továbbított üzenet|пересылаемое сообщение|пересланное сообщение|' +
    'yönlendirilen mesaj|i̇letilmiş ileti|转发的邮件|轉寄郵件|转发邮件信息|転送メッセージ|전달된 메시지|forwarded mail).{0,20}|' +
    '(?:begin forwarded message|anfang der weitergeleiteten nachricht|début du message réexpédié|' +
    'début du message transféré|inicio del mensaje reenviado|inizio messaggio inoltrato|begin doorgestuurd bericht|' +
    'início da mensagem encaminhada|início da mensagem reencaminhada|начало переадресованного сообщения|' +
    'vidarebefordrat brev|början på vidarebefordrat brev|以下是转发的邮件|下記は転送されたメールです)\\s?[:：])$',
  'iu',
);

/** Whether the line says that a forwarded message follows. */
export function isForwardDivider(line: string): boolean {
  return line.length < LONGEST && FORWARDED.test(line.replace(/^[>\s]+/, '').trim());
}

/** Whether the subject says that the mail forwards another (`Fwd:`, and in other languages). */
export function isForwardSubject(subject: string): boolean {
  return /^\s*(?:\[[^\]]{0,60}\]\s*)?(?:fwd?|wg|tr|rv|enc|i|vs|vb|doorst|pd|fs|转发|轉寄|转|전달|пересл|yön|ilt)\s?[:：]/iu.test(
    subject,
  );
}
