import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { maskSecrets } from '../../../../src/masking/mask.ts';
import { hide, shown } from '../support.ts';

/** Texts with their secrets in «»; each must be hidden, and nothing else. */
const TEXTS: readonly string[] = [
  // English, in a sentence.
  'Your verification code is «482913».',
  'Your verification code is: «482913»',
  'Your verification code: «482 913»',
  'Your WhatsApp code: «123-456»\nDo not share this code with anyone.',
  '«G-482913» is your Google verification code.',
  '«FB-48291» is your Facebook confirmation code',
  '«482913» is your Instagram code. Don’t share it.',
  'Your one-time code is «481 926». It is valid for ten minutes.',
  'Your one-time password (OTP) is «4821». Valid for 5 minutes.',
  '«739201» is your OTP for the transaction of INR 4500.00 at Swift Mart.',
  'Dear customer, OTP for your login is «552918». Never share it with anybody.',
  'Use verification code «118204» to sign in.',
  'Enter «482913» to verify your e-mail address.',
  'Use «7731» to log in to your account.',
  'Security code: «1234567»',
  'Please use the following security code for the Microsoft account ro**n@example.com: «5519027»',
  'To verify your identity, please use the following code:\n\n«482913»\n\nPulse Shop will never ask you for it.',
  'Here is the Steam Guard code you need to login to account robin_v:\n\n«R7K2M»\n\nThis mail was generated because of a login attempt.',
  'Verification code: «482913»\n\nDevice: Firefox on Linux',
  'Your confirmation code is below; enter it in your open browser window.\n\n«8RF-T4K»',
  'Slack confirmation code: «8RF-T4K»',
  'Your X confirmation code is «7cq9xk3w»',
  'Log in with this access code: «AB3D-9KQ2»',
  'Your login code is «7FQK2Z»',
  'Enter the code «482913» on the sign-in page. The code expires in 10 minutes.',
  'Your PIN is «4821». Do not tell it to anybody.',
  'Your Uber code is «4821». Never share this code.',
  'Your Apple ID Code is: «482913». Don’t share it with anyone.',
  'Here is your code: «482913»',
  'Passcode: «482913»',
  'Your one-time passcode\n\n«482913»\n\nIt expires at 10:30.',
  'Your authentication code for Harrow Mutual is «90 12 44».',
  'Two-factor authentication code: «00482913»',
  '2FA code: «482913»',
  'We got a request to sign in to your account.\nIf it was you, enter this code within 15 minutes.\n\n  «4 8 2 9 1 3»\n\nIf not, do nothing.',
  'Use this code to finish signing in to Nimbus Drive on Firefox, Linux: «482913»',
  'Your temporary login code\n*«482913»*\n(valid once)',
  'Your verification code: _«482913»_',
  'Your verification code is __«482913»__.',
  'Your verification code is _«482 913»_.',
  '验证码_«482913»_',
  'your otp is «482913»',
  'login otp: «482913»',
  'Otp - «482913»',
  'otp «482913»',
  'Your verification code: «482_913»',
  'Your verification code: «482·913»',
  'Dear customer, «4829» is the otp to log in.',
  '> Your verification code is\n> «482913»',
  'VERIFICATION CODE «482913»',
  'Your account recovery codes. Each works once.\n\n  1. «a1b2c-d3e4f»\n  2. «k9m2p-x7q4r»\n',
  'First copy your one-time code: «WDJB-MJHT»\nand enter it on the device.',
  'Your activation code is «QHXKBT»',
  'Your temporary password is «Xk9#mQ2!» and has to be changed at once.',
  'Your temporary password is «{Xk9#mQ2!» and has to be changed at once.',
  'On your device, enter the code «BCDF-23GH» to sign in.',
  'Your verification code is «482913»\n\nIf the page asks again, type «482913» once more.',
  '@harrow-mutual.example #«482913»\nThis is your sign-in code.',
  'Your sign-in code for order 55120934 is «882913».',
  'Security code «2041» was asked for by you.',
  'Your code is «2024».',
  'Card ending in 4410: to approve the payment of EUR 129.90 enter the one-time password «551 209».',
  'Here is the login code that you requested: «spare-cloud-hurt-tiny»',
  'Your code for Acme is «482913».',
  'Hi! 😀 Your code 👉 «482913» 👈',
  'Your code is «482·913»',
  'Your code is «482 • 913».',
  '«482 · 913» is your verification code',
  'Your verification code: «4829 · 1377»',
  'Your verification code:\n\n| «4 | 8 | 2 | 9 | 1 | 3» |',
  'Your verification code:\n\n«4\n8\n2\n9\n1\n3»\n',
  'Your verification code: «482\u200c913»',
  'Your verification code\r\n\r\n«482913»\r\n\r\nIt expires soon.',
  '**«482913»**\nis your verification code',
  'Your backup codes:\n\n«1234 5678»     «8765 4321»\n«2222 3333»     «4444 5555»\n',
  // German.
  'Ihr Bestätigungscode lautet «482913».',
  'Dein Sicherheitscode: «48 29 13»',
  'Ihre TAN lautet «482913» für die Überweisung von 250,00 EUR.',
  'mTAN: «482913», Betrag 1250,00 EUR an Tern & Tide',
  '«482913» ist dein Anmeldecode.',
  'Bitte geben Sie diesen Code ein, um sich anzumelden:\n\n«482913»',
  'Ihr Einmalpasswort ist «K7Q2X9».',
  'Dein Code ist «4821».',
  // French.
  'Votre code de vérification est «482913».',
  'Votre code de sécurité : «482 913»',
  '«482913» est votre code de connexion.',
  'Voici votre mot de passe à usage unique :\n«482913»',
  'Utilisez «482913» comme code de confirmation.',
  // Spanish.
  'Tu código de verificación es «482913».',
  'Su código de seguridad es el «482913», válido durante 10 minutos.',
  '«482913» es tu código de acceso.',
  'Tu código de Uber es «4829». No lo compartas.',
  'Codigo de verificacion: «482913»',
  // Italian.
  'Il tuo codice di verifica è «482913».',
  'Codice OTP: «482913»',
  'Inserisci il codice di sicurezza «48291» per accedere.',
  // Portuguese.
  'O seu código de verificação é «482913».',
  'Seu código de acesso: «4821»',
  '«482913» é o seu código de confirmação.',
  // Dutch.
  'Je verificatiecode is «482913».',
  'Uw eenmalige code: «482 913»',
  '«482913» is je inlogcode.',
  // Polish.
  'Twój kod weryfikacyjny to «482913».',
  'Kod jednorazowy: «482913»',
  'Jednorazowe hasło SMS: «482913»',
  // Russian.
  'Ваш код подтверждения: «482913»',
  'Код для входа: «48291». Никому его не сообщайте.',
  '«482913» — ваш проверочный код',
  'Одноразовый пароль «482913» для операции на 1500 руб.',
  // Turkish.
  'Doğrulama kodunuz: «482913»',
  'Tek kullanımlık şifreniz «482913»',
  '«482913» giriş kodunuz. Kimseyle paylaşmayın.',
  // Japanese.
  '認証コード：«482913»',
  '確認コードは«482913»です。',
  'コード：«482913»',
  '認証コード：«４８２９１３»',
  'ワンタイムパスワード\n«482913»\n有効期限は10分です。',
  // Chinese.
  '【云上】您的验证码为«482913»，5分钟内有效。',
  '验证码：«4821»',
  '您的验证码是:«482913»,5分钟内有效',
  '您的驗證碼是 «482913»',
  '«482913»是您的登录验证码',
  // Korean.
  '인증번호 [«482913»]를 입력해 주세요.',
  '인증 코드: «482913»',
  '인증번호 «482913»,3분 내 입력',
  '[«482913»] 본인확인 인증번호입니다.',
];

describe('one-time codes that are hidden', () => {
  for (const row of TEXTS) {
    it(JSON.stringify(row).slice(0, 110), () => {
      const { text } = maskSecrets({ from: 'no-reply@shop.example', subject: 'Hello', text: shown(row) });
      assert.equal(text, hide(row, '[one-time code hidden]'));
    });
  }

  const byTheSubject: readonly [string, string][] = [
    ['Your verification code', 'Hello Robin,\n\nthank you for coming back to us.\n\n«482913»\n\nThe team'],
    ['Ihr Sicherheitscode', 'Guten Tag,\n\nso geht es weiter:\n\n«482 913»\n\nFreundliche Grüße'],
    ['«482913» is your Notes code', 'Hello,\n\ntype «482913» into the window that is open.'],
    ['«481 926» is your code', 'Your one-time code is «481 926». It is valid for ten minutes.'],
    ['«482913» – Robin, finish logging in', 'Your login code is «482913».'],
    ['Login code: «AB3D-9KQ2»', 'Anna asked for a way in.'],
  ];
  for (const [subject, body] of byTheSubject) {
    it(`under the subject ${subject}`, () => {
      const masked = maskSecrets({ from: 'no-reply@shop.example', subject: shown(subject), text: shown(body) });
      assert.equal(masked.subject, hide(subject, '[one-time code hidden]'));
      assert.equal(masked.text, hide(body, '[one-time code hidden]'));
      assert.equal(masked.count, `${subject}${body}`.split('«').length - 1);
    });
  }
});
