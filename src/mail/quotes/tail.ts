import { isDeviceLine } from './signature.ts';

/** Below these a mailing list or a company says who it is. */
const FOOTER_RULE = /^(?:_{10,}|\*{10,}|={10,}|~{10,}|#{10,}|-{20,})$/;
const LONGEST_FOOTER = 8;

/** How much of a paragraph is looked at, in characters. */
const LONGEST_PARAGRAPH = 3_000;

/** What a server, not a writer, adds below everything: notices of confidentiality, of viruses, of lists, of printing. */
const NOTICE = new RegExp(
  [
    'confidential|confidenti[ëe]el|confidentie|confidenci|privileged|intended recipient|intended (?:solely|only)|addressee|disclaimer',
    'vertraulich|nicht der (?:richtige|beabsichtigte|vorgesehene)|registergericht|handelsregister|sitz der gesellschaft|geschäftsführ',
    'destinataire|destinatari|riservat|vertrouwelijk|geadresseerde|fortrolig|konfidenti|konfidens|luottamuksel|trúnað',
    'poufn|důvěrn|dôvern|povjerljiv|poverljiv|zaupn|bizalmas|gizli|confiden[tț]ial|εμπιστευτικ|konfidencial|slaptas|konfidenciāl',
    'конфиденциальн|конфіденційн|поверителн|сакрэтн|חסוי|סודי|سرية|سري|محرمان|ความลับ|गोपनीय|bảo mật|rahasia',
    '机密|保密|機密|保密信息|秘密|기밀|비밀',
    'virus-free|virus|malware|viren geprüft|antivir|environment before printing|think before you print|avant d.imprimer|umwelt',
    'unsubscribe|you received this (?:message|e-?mail)|you are receiving this|mailing list|abmelden|désabonner|darse de baja',
    'in error|by mistake|irrtümlich|versehentlich|par erreur|por error|por engano|per errore|ten onrechte|av misstag|ved en fei?l|vahingossa|pomyłk|omylem|tévedés|ошибочно|по ошибке|помилково|yanlışlıkla|誤って|误发',
    'registered (?:office|in)|company (?:number|registration)',
  ].join('|'),
  'i',
);

/** Where a footer below a rule begins; the number of lines where there is none. */
export function footerStart(texts: readonly string[], quoted: readonly boolean[]): number {
  for (let at = texts.length - 1; at >= Math.max(0, texts.length - LONGEST_FOOTER); at--) {
    if (!quoted[at] && FOOTER_RULE.test(texts[at] ?? '')) return at;
  }
  return texts.length;
}

/**
 * Where a notice begins that nobody wrote for this mail, or the line of a telephone above one.
 *
 * @param from the first line behind the last quote
 * @returns the number of lines where something else stands there
 */
export function noticeStart(texts: readonly string[], from: number): number {
  let at = from;
  while (at < texts.length && texts[at] === '') at++;
  const isLineOfDevice = isDeviceLine(texts[at] ?? '') && !texts[at + 1];
  return isLineOfDevice || isNotice(texts, at) ? at : texts.length;
}

function isNotice(texts: readonly string[], at: number): boolean {
  let paragraph = '';
  for (let line = at; texts[line] && paragraph.length < LONGEST_PARAGRAPH; line++) paragraph += ` ${texts[line]}`;
  return NOTICE.test(paragraph.slice(0, LONGEST_PARAGRAPH));
}
