import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { maskSecrets } from '../../../../src/masking/mask.ts';
import { hide, shown } from '../support.ts';

const mask = (text: string) => maskSecrets({ from: 'no-reply@acme.example', subject: 'Hello', text }).text;
const HIDDEN = '[one-time code hidden]';

const RECOVERY: readonly string[] = [
  'SAVE YOUR BACKUP CODES\n\n1. «7301 5821»      6. «4409 3176»\n2. «9012 7735»      7. «2268 0041»\n',
  'Ihre Ersatzcodes:\n\n1. «73015821»    2. «44093176»\n3. «90127735»    4. «22680041»\n',
  'Vos codes de secours\n\n«73015821»  «44093176»\n',
  'Your recovery codes:\n\n«wbcde-fghik»\n«qlmno-ptrsu»\n',
  '- «wkzqvx»\n- «plmbnt»\n- «rghjtd»\n\nThese are your emergency codes for two-factor authentication.',
  'Your recovery key is «WBCD-EFGH-IKLM-NOPQ-RSTU-VXYZ»',
  'Setup key for your authenticator app: «KRSX G5CT MVRX EZLU»',
  'Your two-factor secret: «KRSXG5CTMVRXEZLU»',
  'Your recovery phrase: «amber brick candle dune eagle fabric gate honey island jelly kite lemon»',
  'Deine Wiederherstellungsphrase: «amber brick candle dune eagle fabric gate honey island jelly kite lemon»',
  'TAN-Liste: 01 «730158» 02 «902214» 03 «551209»',
];

const FORMS: readonly string[] = [
  'Your verification code is: «WKZQVB»',
  'Your verification code is: «WKZQ»',
  '«WKZQVB» is your verification code',
  'Use «WKZQVB» to log in.',
  'Your verification code is («WKZQVB»).',
  'Your verification code is «730.158»',
  'Your verification code is «WB-KD-73».',
  'Verification code\n\n«F7-30-1B»\n',
  'Ihr Sicherheitscode: «W B 7 3 K D»',
  'Your verification code: «7*3*0*1*5*8»',
  'Votre code de vérification : «7, 3, 0, 1, 5, 8»',
  'Your verification code: «⑦③④①⑤⑧»',
  'Your verification code is «Wb7.Kd3»',
  'Your verification code:\n\n«730 | 158»\n',
  'Your verification code:\n\n«730\n158»\n',
  'Κωδικός μίας χρήσης: «ΒΓ7-ΚΛ3»',
  'Код подтверждения: «КМЖТХВ»',
  'Одноразовый пароль: «КМ7-3ТХ»',
  // Blanks and dashes as typographers write them.
  'Verification code: «839\u202f954»',
  'Verification code: «839\u2007954»',
  'Your verification code is «839\u3000954».',
  'Your verification code – «856–954»',
  'Your verification code: «856\u2011954»',
  'Your verification code: «856\u2212954»',
  'Your verification code: «G\u2011482913»',
];

const STAY: readonly string[] = [
  'Your verification code was sent on 12.05.2026.',
  'The verification code: please enter it on the next page and then click the button to finish',
  'Your verification code: THIS IS A TEST',
  'We never ask for your verification code.\n\nthanks\nAnn',
  'Version 7.3.1 has a login code screen.',
  'Rows\n\n730 | 158\n',
  'Home 730\n158 Away',
  '1. apples 2. pears 3. plums',
  'Use HTTPS to log in.',
];

describe('codes for recovery', () => {
  for (const row of RECOVERY) {
    it(`are hidden: ${JSON.stringify(row).slice(0, 90)}`, () => assert.equal(mask(shown(row)), hide(row, HIDDEN)));
  }

  it('are hidden in the address of an authenticator', () => {
    const text = 'Scan it: otpauth://totp/Acme:robin?secret=KRSXG5CTMVRXEZLU&issuer=Acme\n';
    assert.equal(mask(text), 'Scan it: [sign-in link hidden]\n');
  });
});

describe('the forms of a code', () => {
  for (const row of FORMS) {
    it(`do not matter beside clear words: ${JSON.stringify(row)}`, () => {
      assert.equal(mask(shown(row)), hide(row, HIDDEN));
    });
  }

  for (const text of STAY) {
    it(`make no code of ${JSON.stringify(text)}`, () => assert.equal(mask(text), text));
  }

  it('are hidden in a link that holds the code as well', () => {
    const text = 'Your verification code is 730158.\n\nOr open acme.example/730158 now.\n';
    assert.equal(mask(text), `Your verification code is ${HIDDEN}.\n\nOr open [sign-in link hidden] now.\n`);
  });

  const long: readonly string[] = [
    '1. 73015821    2. 44093176\n',
    'code is AB-',
    'code: A B ',
    'Use WKZQVB ',
    'amber ',
  ];
  for (const piece of long) {
    it(`come to an end with 300 KB of ${JSON.stringify(piece)}`, () => {
      assert.ok(mask(`Your verification code is ${piece.repeat(300_000 / piece.length)}`).length > 0);
    });
  }
});
