/** What stands between dashes above an original message, in the languages that mail programs speak. */
const ORIGINAL = new Set(
  (
    'original message|original appointment|original mail|original e-mail|reply message|replied message|' +
    "ursprüngliche nachricht|originalnachricht|original-nachricht|ursprünglicher termin|message d'origine|" +
    'message original|mensaje original|missatge original|mensaxe orixinal|messaggio originale|oorspronkelijk bericht|' +
    'mensagem original|originalmeddelande|ursprungligt meddelande|oprindelig meddelelse|oprindelig besked|' +
    'oprindelig mail|opprinnelig melding|opprinnelig beskjed|alkuperäinen viesti|upprunaleg skilaboð|' +
    'oryginalna wiadomość|wiadomość oryginalna|původní zpráva|původní e-mail|pôvodná správa|eredeti üzenet|' +
    'izvorna poruka|originalna poruka|izvirno sporočilo|mesaj original|mesajul original|αρχικό μήνυμα|' +
    'originalus laiškas|sākotnējais ziņojums|algne sõnum|исходное сообщение|оригинальное сообщение|' +
    'оригінальне повідомлення|оригинално съобщение|orijinal mesaj|özgün ileti|הודעה מקורית|' +
    'الرسالة الأصلية|رسالة أصلية|پیام اصلی|ข้อความต้นฉบับ|thư gốc|tin nhắn gốc|pesan asli|मूल संदेश|原始邮件|邮件原件|' +
    '原始郵件|原始信件|回复的原邮件|元のメッセージ|オリジナルメッセージ|원본 메시지|원본 메일'
  ).split('|'),
);

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
  'i',
);

/** Longer lines are no dividers, in characters. */
const LONGEST = 120;
const LONGEST_FORWARDED = 400;

const WORDS_IN_DASHES = /^[*_]{0,2}[-–—=_]{2,}\s?\**\s{0,3}(\p{L}[^-–—=_]{0,60}?)\s{0,3}\**\s?[-–—=_]{2,}[*_]{0,2}$/u;

/** What stands between the dashes of a divider, whatever the language; undefined where the line is none. */
function wordsOfDivider(line: string): string | undefined {
  if (line.length > LONGEST) return undefined;
  return WORDS_IN_DASHES.exec(line.trim())?.[1];
}

/** Whether the line has the shape of a divider with words, such as `---- Oprindelig besked ----`. */
export function isWordedDivider(line: string): boolean {
  return wordsOfDivider(line) !== undefined;
}

/** Whether the line says that the original message follows. */
export function isOriginalDivider(line: string): boolean {
  const words = wordsOfDivider(line)?.toLowerCase().replace(/[’`]/g, "'").replace(/\s+/g, ' ');
  return words !== undefined && ORIGINAL.has(words);
}

/** Whether the line is a rule, as some programs draw it above the header of a quoted mail. */
export function isRule(line: string): boolean {
  return /^(?:_{5,}|-{3,}|\*{5,}|={5,})$/.test(line);
}

/** Whether the line says that a forwarded message follows. */
export function isForwardDivider(line: string): boolean {
  return line.length < LONGEST_FORWARDED && FORWARDED.test(line.replace(/^[>\s]+/, '').trim());
}
