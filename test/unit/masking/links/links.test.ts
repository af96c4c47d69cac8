import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { maskSecrets } from '../../../../src/masking/mask.ts';
import { hide, shown } from '../support.ts';

const RESET = '[password-reset link hidden]';
const SIGN_IN = '[sign-in link hidden]';
const OPAQUE = 'https://click.mail.example/ls/click?upn=u001.Qx7TzK2mWv9bRp4sLd';

const HIDDEN: readonly [string, string][] = [
  [RESET, 'Choose a new one within the hour:\n\n«https://accounts.coast.example/reset?token=Q2-demo-7mZxT1nD0pW»\n'],
  [RESET, 'Reset password «(https://acme.example/password/reset/9f8e7d6c5b4a39281706f5e4d3c2b1a0)»'],
  [RESET, 'Reset your password «(https://t.example/r/Ab3dE9xK)»'],
  [RESET, `Reset your password «(${OPAQUE})»`],
  [RESET, 'To choose a new password, click here: «https://acme.example/u/recover?key=8Kx2mQ7p»'],
  [RESET, '«https://acme.example/users/password/edit?reset_password_token=x7Fq2K9mPz4tLw8s»'],
  [RESET, '<«https://acme.example/forgot/3f2504e0-4f89-11d3-9a0c-0305e82c3301»>'],
  [RESET, 'Account recovery: «https://acme.example/r?c=Zk4mX9q2LpT7»'],
  [RESET, `Passwort zurücksetzen «(${OPAQUE})»`],
  [RESET, `Réinitialiser votre mot de passe «(${OPAQUE})»`],
  [RESET, `Restablecer tu contraseña «(${OPAQUE})»`],
  [RESET, `Reimposta la password «(${OPAQUE})»`],
  [RESET, `Redefinir sua senha «(${OPAQUE})»`],
  [RESET, `Wachtwoord opnieuw instellen «(${OPAQUE})»`],
  [RESET, `Zresetuj swoje hasło «(${OPAQUE})»`],
  [RESET, `Сбросить пароль «(${OPAQUE})»`],
  [RESET, `Şifrenizi sıfırlayın «(${OPAQUE})»`],
  [RESET, `パスワードを再設定する «(${OPAQUE})»`],
  [RESET, `重置密码 «(${OPAQUE})»`],
  [RESET, `비밀번호 재설정 «(${OPAQUE})»`],
  [SIGN_IN, 'Sign in «(https://notes.example/magic?t=eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI0MiJ9.q8Zk3mT)»'],
  [SIGN_IN, 'Here is your magic link: «https://notes.example/l/7mZxT1nD0pWq8Zk3mT»'],
  [SIGN_IN, 'Confirm your e-mail address «(https://acme.example/confirm/x7Fq2K9mPz4tLw8s)»'],
  [SIGN_IN, `Verify email «(${OPAQUE})»`],
  [SIGN_IN, `Activate your account «(${OPAQUE})»`],
  [SIGN_IN, '«https://acme.example/verify-email?code=482913»'],
  [SIGN_IN, '«https://acme.example/auth/callback/login?token_hash=pkce_7mZxT1nD0pW»'],
  [SIGN_IN, '«https://app.example/__/auth/action?mode=signIn&oobCode=7mZxT1nD0pWq8Zk3mT»'],
  [SIGN_IN, 'To go on, click: «https://acme.example/user/change_email/Mjg/abc123-9f8e7d6c5b4a»'],
  [SIGN_IN, 'Open «acme://login?token=7mZxT1nD0pW» on your telephone.'],
  [SIGN_IN, 'Go to «acme.example/activate?key=7mZxT1nD0pW» now.'],
  [SIGN_IN, 'www: «www.acme.example/signin/7mZxT1nD0pWq8Zk3mT».'],
  [SIGN_IN, `E-Mail-Adresse bestätigen «(${OPAQUE})»`],
  [SIGN_IN, `Jetzt anmelden «(${OPAQUE})»`],
  [SIGN_IN, `Confirmer mon adresse e-mail «(${OPAQUE})»`],
  [SIGN_IN, `Verificar mi cuenta «(${OPAQUE})»`],
  [SIGN_IN, `Conferma il tuo indirizzo email «(${OPAQUE})»`],
  [SIGN_IN, `Ativar minha conta «(${OPAQUE})»`],
  [SIGN_IN, `Bevestig je e-mailadres «(${OPAQUE})»`],
  [SIGN_IN, `Potwierdź swój adres e-mail «(${OPAQUE})»`],
  [SIGN_IN, `Подтвердить адрес электронной почты «(${OPAQUE})»`],
  [SIGN_IN, `Hesabınızı doğrulayın «(${OPAQUE})»`],
  [SIGN_IN, `メールアドレスを確認する «(${OPAQUE})»`],
  [SIGN_IN, `验证您的邮箱 «(${OPAQUE})»`],
  [SIGN_IN, `이메일 주소 인증하기 «(${OPAQUE})»`],
  [SIGN_IN, 'Sign in (WARNING: leads to «https://evil.example/login?token=7mZxT1nD0pW»)'],
  [
    RESET,
    `Reset password «(${OPAQUE})»\n\nIf the button does not work, paste this into your browser:\n«https://click.mail.example/ls/click?upn=u001.Zz9»\n\nHelp (https://acme.example/help) Privacy (https://acme.example/privacy)`,
  ],
];

const STAY: readonly string[] = [
  'Reset your password (acme.example)',
  'Follow it: https://swift-heron.example/track/5502884173',
  'Was it not? https://nimbus-drive.example/security/devices',
  'You can reset your password at https://acme.example/forgot-password at any time.',
  'Help (https://acme.example/help/reset-password)',
  'How to reset your password: https://support.acme.example/hc/en-us/articles/360012345678-How-to-reset-my-password',
  'Unsubscribe (https://acme.example/unsubscribe?token=7mZxT1nD0pWq8Zk3mT)',
  `Privacy policy (${OPAQUE})`,
  `Read the story (${OPAQUE})`,
  'Log in to see your invoice: https://acme.example/login',
  'Log in (https://acme.example/login?next=%2Finvoices%2F20260512)',
  'https://acme.example/login?utm_source=mail&utm_campaign=spring2026launch',
  'https://docs.acme.example/guide/verify-webhooks#signature',
  'https://github.example/acme/login-service/commit/9f8e7d6c5b4a39281706f5e4d3c2b1a09f8e7d6c',
  'https://github.example/acme/app/pull/482#discussion_r1234567890',
  'https://blog.acme.example/2026/05/why-passwords-must-go',
  'Confirm your booking (https://hotel.example/confirm?token=7mZxT1nD0pW)',
  'https://shop.example/orders/7mZxT1nD0pWq8Zk3mT',
  'https://drive.example/file/d/1aB2cD3eF4gH5iJ6kL7mN8oP9qR/view',
  'https://meet.example/abc-defg-hij',
  'https://news.example/a?id=7mZxT1nD0pWq8Zk3mT',
];

describe('sign-in links', () => {
  for (const [placeholder, row] of HIDDEN) {
    it(`hides ${JSON.stringify(row).slice(0, 110)}`, () => {
      const masked = maskSecrets({ from: 'a@acme.example', subject: 'Hello', text: shown(row) });
      assert.equal(masked.text, hide(row, placeholder));
      assert.equal(masked.count, row.split('«').length - 1);
    });
  }

  for (const text of STAY) {
    it(`keeps ${JSON.stringify(text).slice(0, 110)}`, () => {
      assert.equal(maskSecrets({ from: 'a@acme.example', subject: 'Hello', text }).text, text);
    });
  }

  it('takes from the subject what an opaque link is for', () => {
    const row = `Hello Robin,\n\nclick here «(${OPAQUE})»\n\nHelp (${OPAQUE}h) Privacy (${OPAQUE}p) Facebook (${OPAQUE}f)`;
    const mail = { from: 'a@acme.example', text: shown(row) };
    assert.equal(maskSecrets({ ...mail, subject: 'Reset your password' }).text, hide(row, RESET));
    assert.equal(maskSecrets({ ...mail, subject: 'Your sign-in link' }).text, hide(row, SIGN_IN));
    assert.equal(maskSecrets({ ...mail, subject: 'The news of May' }).text, mail.text);
  });
});
