/** What a link is for, as far as it matters here. */
export type LinkKind = 'reset' | 'sign-in';

const any = (...list: readonly string[]) => new RegExp(list.join('|').replaceAll(' ', String.raw`\s{1,3}`), 'iu');

/** Up to three words between a verb and its object. */
const FEW = String.raw`(?:\s{1,3}[\p{L}’'-]{1,15}){0,3}\s{1,3}`;

const RESET = any(
  `(?:reset|change|choose|create|set|recover|restore|forgot|forgotten|new)${FEW}pass(?:word|phrase)`,
  'pass(?:word|phrase) (?:reset|recovery)',
  '(?:new|reset) password',
  `(?:recover|unlock)${FEW}account|account recovery`,
  String.raw`(?:passwor[td]|kennwort)\p{L}*(?:${FEW}|\s)(?:zurück|änder|festleg|wähl|vergeb|erneuer)`,
  'neues (?:passwort|kennwort)|(?:passwort|kennwort) vergessen',
  String.raw`(?:réinitialis|changer?|modifi|récupér|choisi)\p{L}*${FEW}mot de passe|nouveau mot de passe`,
  String.raw`(?:re?stablec|cambi|recuper|crear?)\p{L}*${FEW}contraseña|nueva contraseña`,
  String.raw`(?:reimpost|ripristin|recuper|cambi|modific)\p{L}*${FEW}password|nuova password`,
  String.raw`(?:redefin|recuper|alter|troc)\p{L}*${FEW}(?:senha|palavra-passe)|nova senha`,
  String.raw`wachtwoord(?:${FEW}|\s)(?:opnieuw|herstel|reset|wijzig|instel)|(?:herstel|reset|wijzig)\p{L}*${FEW}wachtwoord|nieuw wachtwoord`,
  `(?:zresetuj|resetuj|ustaw|zmień|odzyskaj)${FEW}hasł|(?:resetowanie|zmian[ay]|nowe) hasł`,
  String.raw`(?:сброс|восстан|смен|измен)\p{L}*${FEW}парол|нов\p{L}{1,3} парол`,
  String.raw`(?:şifre|parola)\p{L}*(?:${FEW}|\s)(?:sıfırla|yenile|değiştir)`,
  'パスワード(?:を|の)?(?:再設定|リセット|変更)|(?:重置|重设|重設|找回|修改)(?:您的|你的)?密[码碼]|密[码碼]重置',
  String.raw`비밀번호(?:를)?\s?(?:재설정|변경|초기화)`,
);

const SIGN_IN = any(
  String.raw`(?:magic|sign[-\s]?in|log[-\s]?in|verification|confirmation|activation|one-time|secure) (?:link|url)`,
  String.raw`(?:verify|confirm|activate|validate)(?:${FEW}|\s)(?:e-?mail|account|address|identity|registration|sign-?up|subscription|device|log-?in|sign-?in)`,
  String.raw`(?:e-?mail(?:-?adresse)?|konto|adresse|anmeldung|registrierung|gerät)${FEW}?\s{0,3}(?:bestätigen|verifizieren|aktivieren)`,
  String.raw`(?:bestätig|verifizier|aktivier)\p{L}*${FEW}(?:e-?mail|konto|adresse|anmeldung|registrierung)`,
  '(?:anmelde|login|bestätigungs|aktivierungs|verifizierungs)-?link',
  String.raw`(?:confirm|vérifi|activ|valid)\p{L}*${FEW}(?:adresse|compte|e-?mail|inscription)|lien (?:magique|de connexion|de confirmation|d['’]activation)`,
  String.raw`(?:confirm|verific|activ)\p{L}*${FEW}(?:cuenta|correo|e-?mail|direcci[oó]n)|enlace (?:mágico|de acceso|de confirmación|de verificación)`,
  String.raw`(?:conferm|verific|attiv)\p{L}*${FEW}(?:account|indirizzo|e-?mail|registrazione)|link di (?:accesso|conferma|verifica)`,
  String.raw`(?:confirm|verific|ativ)\p{L}*${FEW}(?:conta|e-?mail|endereço|cadastro)|link de (?:acesso|confirmação|verificação)`,
  String.raw`(?:bevestig|verifi|activeer)\p{L}*${FEW}(?:e-?mail\p{L}*|account|adres|registratie)|(?:inlog|bevestigings|activatie)link`,
  String.raw`(?:potwierdź|zweryfikuj|aktywuj)${FEW}(?:adres|konto|e-?mail|rejestracj\p{L})|link (?:logowania|aktywacyjny|weryfikacyjny)`,
  String.raw`(?:подтверд|активир|провер)\p{L}*${FEW}(?:адрес|аккаунт|почт|e-?mail|регистрац|уч[её]тн)|ссылк\p{L} для входа`,
  String.raw`(?:hesab|e-?posta)\p{L}*${FEW}?\s{0,3}(?:doğrula|onayla|etkinleştir)`,
  'メール(?:アドレス)?(?:を|の)?(?:確認|認証)|アカウント(?:を|の)?(?:確認|認証|有効)|ログインリンク',
  '(?:验证|驗證|确认|確認|激活|啟用)(?:您的|你的)?(?:邮箱|電子郵件|电子邮件|郵箱|帐户|帳戶|账户|账号|帳號)',
  String.raw`(?:이메일|계정)(?:\s?주소)?(?:를|을)?\s?(?:인증|확인|활성)`,
);

/** Words that stand on links to ordinary pages as well. */
const PERHAPS_SIGN_IN = any(
  String.raw`(?<!\p{L})(?:sign in|log in|login|anmelden|einloggen|se connecter|connectez-vous|iniciar sesión|accedi|entrar|inloggen|zaloguj|войти|giriş yap)(?!\p{L})`,
  'ログイン|登录|登入|로그인',
);

const OF_A_BOOKING =
  /booking|reservation|appointment|attendance|order|delivery|rsvp|interview|buchung|termin|réservation|rendez-vous|reserva|cita|prenotazione|afspraak|rezerwacj|запис|randevu|予約/i;

const CALL =
  /click|press|tap|follow|here|link|button|continue|get started|open|visit|go to|browser|below|klick|hier|folgen|öffnen|weiter|cliquez|ici|suivant|continuer|clic|aquí|enlace|siguiente|continuar|clicca|qui\b|clique|aqui|klik|verder|kliknij|tutaj|нажмите|перейд|tıkla|クリック|こちら|点击|點擊|클릭/i;

const PASTE =
  /(?:paste|copy|button|doesn['’]t work|not work|kopier|bouton|copi[ae]|knop|skopiuj|скопир|kopyala|コピー|复制|複製|복사).{0,80}(?:browser|link|url|navigat|navegador|przeglądar|браузер|tarayıc|ブラウザ|浏览器|瀏覽器|브라우저|адрес|work)|(?:browser|in ihren).{0,40}(?:kopier|einfüg)/isu;

/** What the words on or in front of a link say that it is for; "sign in" alone counts only for a link with a token. */
export function kindOfWords(words: string, hasToken: boolean): LinkKind | undefined {
  if (RESET.test(words)) return 'reset';
  if (SIGN_IN.test(words) || (hasToken && PERHAPS_SIGN_IN.test(words))) return 'sign-in';
  return undefined;
}

export function isOfABooking(words: string): boolean {
  return OF_A_BOOKING.test(words);
}

/** `Click here`, and nothing about what for. */
export function isCall(words: string): boolean {
  return CALL.test(words);
}

/** `If the button does not work, paste this into your browser` */
export function isSpareLink(words: string): boolean {
  return PASTE.test(words);
}
