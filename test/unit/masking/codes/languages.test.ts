import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { maskSecrets } from '../../../../src/masking/mask.ts';
import { hide, shown } from '../support.ts';

const mask = (text: string, subject = 'Hello') =>
  maskSecrets({ from: 'Acme <hello@acme.example>', subject, text }).text;

const HIDDEN: readonly string[] = [
  'የማረጋገጫ ኮድዎ «730158» ነው።',
  'ਤੁਹਾਡਾ ਪੁਸ਼ਟੀਕਰਨ ਕੋਡ «730158» ਹੈ',
  'તમારો ચકાસણી કોડ «730158» છે',
  'ଯାଞ୍ଚ କୋଡ୍: «730158»',
  'ನಿಮ್ಮ ಪರಿಶೀಲನಾ ಕೋಡ್: «730158»',
  'സ്ഥിരീകരണ കോഡ്: «730158»',
  'සත්‍යාපන කේතය: «730158»',
  'ລະຫັດຢືນຢັນ: «730158»',
  'លេខកូដផ្ទៀងផ្ទាត់៖ «730158»',
  'အတည်ပြုကုဒ်: «730158»',
  'د تایید کوډ: «730158»',
  'Рамзи тасдиқ: «730158»',
  'Растау кодыңыз: «730158»',
  'Tasdiqlash kodingiz: «730158»',
  'Ваш код пацвярджэння: «730158»',
  'Eich cod dilysu yw «730158».',
  'Cód fíoraithe: «730158»',
  'Msimbo wa uthibitishaji: «730158»',
  'वन टाइम पासवर्ड: «730158»',
  'వన్ టైమ్ పాస్‌వర్డ్: «730158»',
  'ერთჯერადი პაროლი: «730158»',
  'رقم التحقق: «730158»',
  'الرمز السري: «730158»',
  'کد فعال‌سازی: «730158»',
  'او ٹی پی: «730158»',
  'Die mobileTAN lautet: «730158»',
  'Verification number «730158»',
  'Here is the Steam Guard code you need to access your account:\n\n«7K3WD»\n',
];

const STAY: readonly string[] = [
  'የትዕዛዝ ቁጥር 730158',
  'ਪਿੰਨ ਕੋਡ 143001',
  'પિન કોડ 380001',
  'ಪಿನ್ ಕೋಡ್ 560001',
  'പിൻ കോഡ് 682001',
  'ລະຫັດໄປສະນີ 01000',
  'пошта коды 050000',
  'pochta kodi 100000',
  'паштовы код 220030',
];

describe('the words of many languages', () => {
  for (const row of HIDDEN) {
    it(`announce the code of ${row}`, () => assert.equal(mask(shown(row)), hide(row, '[one-time code hidden]')));
  }
  for (const text of STAY) it(`leave ${text}`, () => assert.equal(mask(text), text));

  const resets: readonly [string, string][] = [
    ['የይለፍ ቃል ዳግም ማስጀመር', 'አዲስ የይለፍ ቃል ጠይቀዋል።'],
    ['ಪಾಸ್‌ವರ್ಡ್ ಮರುಹೊಂದಿಸಿ', 'ನೀವು ಹೊಸ ಪಾಸ್‌ವರ್ಡ್ ಕೇಳಿದ್ದೀರಿ.'],
    ['ប្ដូរពាក្យសម្ងាត់', 'អ្នកបានស្នើពាក្យសម្ងាត់ថ្មី'],
    ['Құпиясөзді қалпына келтіру', 'Сіз жаңа құпиясөз сұрадыңыз.'],
  ];
  for (const [subject, sentence] of resets) {
    it(`say what a button is for: ${subject}`, () => {
      const row = `${sentence}\n\n→ «(https://acme.example/r/h4Wz9tKq2LxB7nVd)»\n`;
      assert.equal(mask(shown(row), subject), hide(row, '[password-reset link hidden]'));
    });
  }
});
