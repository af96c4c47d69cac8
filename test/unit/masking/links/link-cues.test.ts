import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { maskSecrets } from '../../../../src/masking/mask.ts';
import { hide, shown } from '../support.ts';

const RESET = '[password-reset link hidden]';
const SIGN_IN = '[sign-in link hidden]';
const URL = 'https://portal.example/a/h4Wz9tKq2LxB7nVd';

const masked = (subject: string, text: string) => maskSecrets({ from: 'a@acme.example', subject, text }).text;

describe('the label of a bare link', () => {
  const labels: readonly string[] = [
    ...['Sign in: ', 'Log in here: ', 'Click here to sign in: ', 'One-click login: ', 'Activate here: ', 'Unlock: '],
    ...['Confirm here: ', 'Anmelden: ', 'Hier klicken zum Anmelden: ', 'Connectez-vous ici : ', 'Se connecter : '],
    ...['Iniciar sesión: ', 'Accedi qui: ', 'Entrar: ', 'Inloggen: ', 'Logga in: ', 'Zaloguj się: ', 'Giriş yap: '],
    ...['Войти: ', '登录：', 'ログイン：', '로그인: ', 'تسجيل الدخول: ', 'כניסה: ', 'Σύνδεση: ', 'Đăng nhập: '],
  ];
  for (const label of labels) {
    it(`says what it is for: ${label}`, () => {
      assert.equal(masked('Hello', `${label}${URL}\n`), `${label}${SIGN_IN}\n`);
      assert.equal(
        masked('Hello', `Hello Robin\n\n${label.trim()}\n${URL}\n`),
        `Hello Robin\n\n${label.trim()}\n${SIGN_IN}\n`,
      );
    });
  }

  const resets: readonly string[] = [
    'Reset: ',
    'Reset here: ',
    'Zurücksetzen: ',
    'Restablecer: ',
    '再設定：',
    '立即重置：',
  ];
  for (const label of resets) {
    it(`says that it resets: ${label}`, () => assert.equal(masked('', `${label}${URL}`), `${label}${RESET}`));
  }

  it('does not cancel what the sentence above it says', () => {
    const text = 'Tap the button to log in.\n\nOff we go:\n';
    assert.equal(masked('Hello', text + URL), text + SIGN_IN);
  });

  const stay: readonly string[] = [
    'Read the story: ',
    'Recording: ',
    'Photos of the choir: ',
    'Survey: ',
    'How to log in: ',
    'Warum Passwörter zurücksetzen: ',
    'Pay your order: ',
    'Unsubscribe: ',
  ];
  for (const label of stay) {
    it(`leaves other links: ${label}`, () => assert.equal(masked('Hello', label + URL), label + URL));
  }
});

describe('a short button', () => {
  const rows: readonly [string, string, string, string][] = [
    [RESET, 'Password reset', 'You asked for a new password.', 'Choose a new one'],
    [RESET, 'Reset your password', 'Forgot it? It happens.', "Let's go"],
    [RESET, 'Restablecer contraseña', 'Has pedido restablecer tu contraseña.', 'Restablecer'],
    [RESET, 'Reimposta la password', 'Hai chiesto di reimpostare la password.', 'Avanti'],
    [RESET, '重置密码', '您申请了重置密码。', '设置新密码'],
    [RESET, '找回密码', '请点击以下链接重置密码。', '立即重置'],
    [RESET, 'パスワード再設定', 'パスワードの再設定を受け付けました。', '再設定する'],
    [RESET, 'Επαναφορά κωδικού πρόσβασης', 'Ζητήσατε επαναφορά του κωδικού πρόσβασης.', 'Συνέχεια'],
    [RESET, 'بازیابی رمز عبور', 'درخواست بازیابی رمز عبور داده‌اید.', 'ادامه'],
    [RESET, 'პაროლის აღდგენა', 'თქვენ მოითხოვეთ პაროლის აღდგენა.', 'გაგრძელება'],
    [SIGN_IN, 'Log back in', 'Your session has ended.', 'Back to work'],
    [SIGN_IN, 'You were added', 'Finish your profile so that you can log in.', 'Finish setup'],
    [SIGN_IN, 'Notes', 'It signs you in without a password.', 'Read message'],
    [SIGN_IN, 'Ihr Zugang', 'Damit melden Sie sich ohne Passwort an.', 'Los gehts'],
    [SIGN_IN, 'Вход', 'Нажмите, чтобы войти.', 'Вперёд'],
  ];
  for (const [placeholder, subject, sentence, button] of rows) {
    it(`takes from "${sentence}" what it is for`, () => {
      const row = `${sentence}\n\n${button} «(${URL})»\n`;
      assert.equal(masked(subject, shown(row)), hide(row, placeholder));
    });
  }

  it('is told from what stands below it', () => {
    const row = `Forgot it? It happens.\n\nLet's go «(${URL})»\n\nFacebook (${URL}f)\nOur blog (${URL}b)\nHelp (${URL}h)\n`;
    assert.equal(masked('Reset your password', shown(row)), hide(row, RESET));
  });

  it('may be in the middle of its sentence', () => {
    const row = `Here «(${URL})» you can log in.`;
    assert.equal(masked('Hello', shown(row)), hide(row, SIGN_IN));
  });

  const stay: readonly [string, string, string][] = [
    ['Choir', 'See you on Friday.', 'Photos'],
    ['Your order', 'Sign in to see your order.', 'View order'],
    ['Security weekly', 'Attackers reset passwords at night.', 'Read the story'],
    ['Party', 'Ann invited you to her party.', 'View invitation'],
    ['Your trip', 'Your seat is booked.', 'Open'],
  ];
  for (const [subject, sentence, button] of stay) {
    it(`leads elsewhere behind "${sentence}"`, () => {
      const text = `${sentence}\n\n${button} (${URL})\n`;
      assert.equal(masked(subject, text), text);
    });
  }
});

describe('the address of a link', () => {
  const token = 'h4Wz9tKq2LxB7nVd';
  const hidden: readonly [string, string][] = [
    [SIGN_IN, `https://acme.example/autologin/${token}`],
    [SIGN_IN, `https://acme.example/2fa/disable/${token}`],
    [SIGN_IN, `//acme.example/login/${token}`],
    [SIGN_IN, `https://robin:${token}@acme.example/`],
    [SIGN_IN, `https://${token}.login.acme.example/`],
    [RESET, 'https://acme.example/reset/wkzpt-nvbqr-ryhgf'],
    [RESET, `https://acme.example/go?u=${Buffer.from(`https://b.example/reset?token=${token}`).toString('base64url')}`],
    [RESET, `https://acme.example/reset-password-${token}`],
    [RESET, `https://acme.zoom.us/reset_password?code=${token}`],
  ];
  for (const [placeholder, url] of hidden) {
    it(`says enough: ${url}`, () => assert.equal(masked('Hello', `See ${url}\n`), `See ${placeholder}\n`));
  }

  const stay: readonly string[] = [
    'https://acme.zoom.us/j/93612345678?pwd=xyz',
    'https://acme.zoom.us/j/93612345678?pwd=R2hTbWZ6Tk1mVjRhZz09',
    'https://teams.live.com/meet/9381234567890?p=AbCdEf12GhIj',
    'https://teams.microsoft.com/l/meetup-join/19%3ameeting_Zx9Kq2%40thread.v2/0?context=%7b%22Tid%22%7d',
    'https://acme.webex.com/acme/j.php?MTID=m1f9b2c7de81a05364f9b2c7de81a0531',
    'https://wiki.example/acme/Password-rules-1f9b2c7de81a05364f9b2c7de81a0531',
    'https://mag.example/@ann/the-login-that-nobody-needs-9f8e7d6c5b4a',
  ];
  for (const url of stay) {
    it(`is that of a meeting or a page: ${url}`, () => {
      assert.equal(masked('Monday', `Join here:\n${url}\n`), `Join here:\n${url}\n`);
    });
  }
});
