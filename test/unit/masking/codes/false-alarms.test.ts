import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { maskSecrets } from '../../../../src/masking/mask.ts';
import { hide, shown } from '../support.ts';

const mask = (text: string, subject = 'Hello') =>
  maskSecrets({ from: 'Shop <no-reply@shop.example>', subject, text }).text;

describe('what meetings ask for', () => {
  const texts: readonly string[] = [
    'Talk on Monday. Dial-in 0800 555 0142, access code 5501938#.',
    'Meeting-ID: 936 1234 5678\nKenncode: 550193',
    'ID de la réunion : 936 1234 5678\nCode secret : 550193',
    'ID de reunión: 936 1234 5678\nCódigo de acceso: 550193',
    'ID riunione: 936 1234 5678\nCodice d’accesso: 550193',
    'Идентификатор конференции: 936 1234 5678\nКод доступа: 550193',
    'Toplantı kimliği: 936 1234 5678\nParola: 550193',
    '会议号：936 1234 5678\n密码：550193',
    'ミーティングID: 936 1234 5678\nパスコード: 550193',
    '회의 ID: 936 1234 5678\n암호: 550193',
  ];
  for (const text of texts) it(`stays: ${JSON.stringify(text)}`, () => assert.equal(mask(text), text));

  it('does not open the door to codes that sign in', () => {
    const row = 'To join the meeting sign in first. Your verification code is «550193».';
    assert.equal(mask(shown(row)), hide(row, '[one-time code hidden]'));
  });
});

describe('postal and product codes', () => {
  const texts: readonly string[] = [
    'পোস্ট কোড 1207, পণ্য কোড 550193',
    'उत्पाद कोड 550193, पिन कोड 110011',
    'தயாரிப்பு குறியீடு 550193, அஞ்சல் குறியீடு 600002',
    'పిన్ కోడ్ 500002, ఉత్పత్తి కోడ్ 550193',
    'საფოსტო კოდი 0106, პროდუქტის კოდი 550193',
    'փոստային կոդ 0011, ապրանքի կոդը 550193',
    'پوسٹل کوڈ 54000',
    'poçt kodu 1001, məhsul kodu 550193',
    'поштенски код 1001, код на производ 550193',
    'póstkóði 1011',
    'kod poskod 50450, kod produk 550193',
  ];
  for (const text of texts) it(`stay: ${text}`, () => assert.equal(mask(text), text));

  const hidden: readonly string[] = [
    'যাচাইকরণ কোড: «550193»',
    'सत्यापन कोड: «550193»',
    'சரிபார்ப்புக் குறியீடு: «550193»',
    'ధృవీకరణ కోడ్: «550193»',
    'დადასტურების კოდი: «550193»',
    'հաստատման կոդ՝ «550193»',
  ];
  for (const row of hidden) {
    it(`are told from ${row}`, () => assert.equal(mask(shown(row)), hide(row, '[one-time code hidden]')));
  }
});

describe('numbers beside words about codes', () => {
  const texts: readonly string[] = [
    'Use of 2FA grew from 2300 to 5100 companies.',
    'Die Zahl der TAN-Verfahren stieg von 2300 auf 5100.',
    'See src/otp.ts:1284 for the verification code.',
    'The login code is checked in auth/code.py:2210 again.',
  ];
  for (const text of texts) it(`stay: ${text}`, () => assert.equal(mask(text), text));
});
