/**
 * The words that announce a one-time code, by language. Each list is one alternative of a pattern; blanks stand for
 * one to three blanks of any kind.
 */

/** Words that say by themselves that the code lets somebody in. */
const STRONG: readonly string[] = [
  // English
  String.raw`(?:verif(?:y|ication)|security|log[-\s]?in|sign[-\s]?(?:in|on|up)|logging in|access|confirmation|authenticat(?:ion|or)|authori[sz]ation|auth|activation|one[-\s]?time|single[-\s]use|temporary|(?:two|2|multi)-?(?:factor|step)|[2m]fa|validation|recovery|backup|reset|unlock|device|registration|identity|guard|pairing)(?: (?!code)[\p{L}-]{1,15}){0,2} (?:(?:pass)?codes?|pass code|pin)`,
  String.raw`(?:one[-\s]?time|single[-\s]use)(?: \p{L}{1,12})? (?:pass(?:word|code|phrase)?|key|token)`,
  'pass ?code',
  // German
  '(?:bestätigungs|bestaetigungs|verifizierungs|verifikations|sicherheits|zugangs|zugriffs|anmelde|login|einmal|freischalt(?:ungs)?|freigabe|aktivierungs|authentifizierungs|autorisierungs|identifizierungs|prüf|registrierungs|wiederherstellungs|geräte|einrichtungs)-?(?:codes?|pin|schlüssel|tan)',
  'einmal-?(?:pass|kenn)wort',
  String.raw`code (?:zur|für die|zum) (?:bestätig|anmeld|verifi|freischalt|aktivier|authenti|einlogg|login)\p{L}*`,
  // French
  String.raw`code(?: \p{L}{1,12})? (?:de |d['’] ?)(?:vérification|verification|sécurité|securite|connexion|accès|acces|confirmation|validation|authentification|activation|identification|réinitialisation|autorisation)`,
  '(?:code|mot de passe) (?:à usage unique|unique|temporaire|confidentiel|secret)',
  // Spanish, Portuguese, Italian
  '(?:c[oó]digo|clave|contraseña|senha|pin) (?:de )?(?:verificaci[oó]n|verifica[cç][aã]o|seguridad|segurança|acceso|acesso|confirmaci[oó]n|confirma[cç][aã]o|inicio de sesi[oó]n|início de sessão|login|autenticaci[oó]n|autentica[cç][aã]o|activaci[oó]n|ativa[cç][aã]o|validaci[oó]n|valida[cç][aã]o|un solo uso|uso único|único|única|temporal|temporári[oa]|dinámica|identificaci[oó]n|autorizaci[oó]n|autoriza[cç][aã]o)',
  "(?:codice|password|pin) (?:di |d['’] ?|per l['’] ?)?(?:verifica|sicurezza|accesso|conferma|autenticazione|attivazione|monouso|temporane[ao]|usa e getta|sblocco|autorizzazione|identificazione)",
  // Dutch
  '(?:verificatie|bevestigings|beveiligings|inlog|login|toegangs|aanmeld|activerings|activatie|authenticatie|herstel|controle)-?(?:pin)?codes?',
  String.raw`eenmalige? (?:\p{L}{1,12} )?(?:code|pincode|wachtwoord)`,
  // Polish
  String.raw`(?:kod\p{L}{0,2}|hasł\p{L}{1,2}) (?:weryfikacyjn|bezpieczeństwa|dostępu|logowania|do logowania|potwierdz|autoryzacyjn|uwierzytelni|aktywacyjn|jednorazow)\p{L}*`,
  String.raw`jednorazow\p{L}{1,3} (?:kod|hasł)\p{L}*(?: sms)?`,
  // Russian
  String.raw`код\p{L}{0,2} (?:для )?(?:подтвержд|безопасн|доступ|вход|проверк|авториз|актив|верифик|аутентиф|восстанов|регистрац)\p{L}*`,
  String.raw`(?:одноразов|проверочн|секретн|защитн)\p{L}{1,3} (?:код|парол|пин)\p{L}*`,
  String.raw`пин-?код\p{L}{0,2}`,
  // Turkish
  String.raw`(?:doğrulama|güvenlik|giriş|onay|aktivasyon|erişim|tek kullanımlık|sıfırlama|oturum açma)(?: sms)? (?:kod|şifre|parola|pin)\p{L}*`,
];

/** The same without blanks between words, so without their boundaries. */
const STRONG_CJK: readonly string[] = [
  '(?:認証|確認|検証|セキュリティ|ログイン|アクセス|ワンタイム)(?:コード|番号|パスワード|キー)|パスコード|暗証番号',
  '(?:验证|驗證|校验|确认|確認|安全|登录|登錄|登入|授权|授權|激活|认证|認證|识别|动态|動態)[码碼]|(?:动态|動態|一次性)(?:口令|密[码碼])',
  '(?:인증|확인|보안|로그인|액세스|일회용) ?(?:번호|코드|비밀번호|암호)',
];

/** Words that ask for a code; what kind of code, the promotion next to it may say. */
const ASKING: readonly string[] = [
  String.raw`(?:enter|use|using|type(?: in)?|input|with|provide|submit|copy) (?:this|the following|the below|your)(?: \d{1,2}[-\s]digit)?(?: \p{L}{1,12})? code`,
  'following code',
  'code (?:below )?to (?:verify|confirm|sign|log|complete|access|authenticate|finish|continue|reset|activate|unlock|proceed|validate|authori[sz]e|approve)',
  '(?:diesen|folgenden) code',
  'code (?:suivant|ci-dessous)|(?:ce|le) code suivant',
  '(?:siguiente|este|seguinte) c[oó]digo',
  '(?:seguente|questo) codice',
  '(?:deze|volgende) code',
  '(?:ten|poniższy|następujący) kod',
  '(?:этот|следующий) код',
];

/** "Code" alone: it counts only right beside the code. */
const WEAK: readonly string[] = ['code', 'c[oó]digo', 'codice', 'kod(?:u(?:nuz|n)?)?', 'код', 'pincode'];

/** The same; behind another word in these scripts it is the code of a coupon, a product and so on. */
const WEAK_CJK = /(?<![\p{Script=Katakana}\p{Script=Han}ー])コード|(?<!\p{Script=Hangul}\s?)코드/gu;

/** Abbreviations, which are ordinary words in small letters. */
const STRONG_CAPITALS = /(?<![\p{L}\p{N}])(?:T?OTP|(?:m|push|sms|SMS|chip)-?TAN|TAN|2FA|MFA)(?![\p{L}\p{N}])/gu;
const WEAK_CAPITALS = /(?<![\p{L}\p{N}])PIN(?![\p{L}\p{N}])/gu;

const words = (list: readonly string[]) =>
  new RegExp(
    String.raw`(?<![\p{L}\p{N}-])(?:${list.join('|').replaceAll(' ', String.raw`\s{1,3}`)})(?!\p{L})`.replaceAll(
      String.raw`\s{1,3}?`,
      String.raw`\s{0,3}`,
    ),
    'giu',
  );

const PATTERNS: readonly (readonly [Trigger['strength'], RegExp])[] = [
  ['strong', words(STRONG)],
  ['strong', new RegExp(STRONG_CJK.join('|'), 'gu')],
  ['strong', STRONG_CAPITALS],
  ['asking', words(ASKING)],
  ['weak', words(WEAK)],
  ['weak', WEAK_CJK],
  ['weak', WEAK_CAPITALS],
];

export interface Trigger {
  start: number;
  end: number;
  strength: 'strong' | 'asking' | 'weak';
  words: string;
}

/** The words of a text that announce codes, in their order. Where they overlap, the stronger ones are taken. */
export function triggersIn(text: string): Trigger[] {
  let found: Trigger[] = [];
  for (const [strength, pattern] of PATTERNS) {
    const more = [...text.matchAll(pattern)].map((match) => ({
      start: match.index,
      end: match.index + match[0].length,
      strength,
      words: match[0],
    }));
    found = merged(found, strength === 'strong' ? more : apartFrom(found, more));
  }
  return found;
}

/** Those of `more` that overlap none of `found`; both are in their order. */
function apartFrom(found: readonly Trigger[], more: readonly Trigger[]): Trigger[] {
  let i = 0;
  return more.filter(({ start, end }) => {
    while ((found[i]?.end ?? Infinity) <= start) i++;
    return (found[i]?.start ?? Infinity) >= end;
  });
}

function merged(found: readonly Trigger[], more: readonly Trigger[]): Trigger[] {
  return more.length === 0 ? [...found] : [...found, ...more].sort((a, b) => a.start - b.start);
}

/** Whether a subject or a sender announces a code without any number beside it. */
export function announcesCode(line: string): boolean {
  return triggersIn(line).some(({ strength }) => strength === 'strong');
}
