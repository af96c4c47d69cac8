import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { maskSecrets } from '../../../../src/masking/mask.ts';

/** Texts in which nothing is a one-time code. */
const TEXTS: readonly string[] = [
  // Money.
  'Your invoice over $1234 is due.',
  'Enter the amount of 1250.00 EUR and the security code of your card.',
  'The payment of EUR 4500 needs no verification code.',
  'Total: 12,345.67 USD. A confirmation code is not needed.',
  'We charged £4821 to your card; the access code follows by post.',
  'Betrag: 2500 €, TAN nicht erforderlich',
  'The limit of the security code check is 250_000, see security code limit: 250_000',
  // A library of that name.
  'Erlang otp 2612 is out, and the image erlang-otp 270010 with it.',
  // Dates, times, durations and years.
  'The verification code was asked for on 12 May 2026.',
  'Your sign-in code expires on 2026-05-12 at 10:30.',
  'Your verification code expires in 1440 minutes.',
  'This security code is valid for 3600 seconds.',
  'Our new login code of conduct applies from 2027.',
  '© 2026 Harrow Mutual. We never ask for your one-time password.',
  'Der Sicherheitscode gilt bis 31.12.2026.',
  'Meeting at 1430 in the access-controlled wing',
  // Names of files and variables.
  'The security code of report_482913_final.csv is checked.',
  'The verification code reads user__482913 and _482913_id.',
  // What is no code without underscores is none between them.
  'Your verification code is Phone: _555 123 4567_',
  'Enter the verification code to pay: $_48291_',
  'Your verification code is _482913_@x.example',
  'Your verification code is +_482913_',
  // Lists with dots between.
  'Your verification code is none of 120 • 450 • 300.',
  'Seats 482 · 913, paid in full',
  // Telephones.
  'We sent a verification code to +49 151 23456789.',
  'We sent a verification code to your phone ending in 4821.',
  'Questions about your PIN? Call 0800 123 4567.',
  'Never tell a code on the phone. Our number: 1-800-555-0100',
  'Security code trouble? Tel. 555 0142, daily until 18:00',
  'Ein Sicherheitscode wurde an die Nummer +49 30 901820 geschickt.',
  // Orders, invoices, parcels, tickets.
  'Order CR-7741902, paid, 23.60',
  'Your order 12345678 has shipped.',
  'Invoice no. 20260512 for May',
  'Tracking number: 5502884173',
  'Parcel SH 5502 8841 73 is on its way.',
  'Ticket #482913: the verification code does not arrive',
  'Re: [Case 00482913] I get no verification code',
  'Booking code: X7K2PQ, please show it at the desk.',
  'Your flight to Oakmere is booked. Confirmation code: QX7K2P. Check-in opens tomorrow.',
  'Reservation confirmed. Confirmation code HMAB3D9KQ2, two nights, one guest.',
  'Your customer number is 4829130.',
  'Reference: 20260318, please quote it.',
  'Bestellnummer 4829130, voraussichtlich morgen bei Ihnen',
  'Rechnung Nr. 2026048 vom 3. März',
  'Commande n° 4829130 expédiée',
  'Número de pedido: 4829130',
  'Numer zamówienia 4829130',
  'Номер заказа: 4829130',
  'Sipariş numaranız 4829130',
  'ご注文番号：4829130',
  '订单号：4829130',
  '주문번호 4829130',
  // Postcodes and addresses.
  'Postal code: 10115',
  'ZIP code: 94043',
  'Zip code 94043 is needed for the card.',
  'Our address: 1600 Harbour Parkway, Oakmere, CA 94043',
  'Postleitzahl 10115 Berlin',
  'Code postal : 75011',
  'Código postal 28013',
  'Codice di avviamento postale: 20121',
  'Kod pocztowy 00950',
  'Harbour Road 12, Bengaluru, PIN 560001, India',
  // Promotions.
  'Use code SAVE20 at checkout.',
  'Discount code: 482913',
  'Your promo code is 7FQK2Z.',
  'Code NIGHTFALL, until Friday at midnight, takes ten off.',
  'Use the code WELCOME10 for 10 % off your first order.',
  'Here is your code: B7K2PQ. Enter it in the basket and save 15 %.',
  'Gift card code: 4829-1304-5561',
  'Your voucher code is K7Q2X9',
  'Gutscheincode: 4829130',
  'Mit dem Code SOMMER25 sparst du 25 % auf deinen Einkauf.',
  'Votre code promo : 482913',
  'Código de descuento: 482913',
  'Codice sconto 48291',
  'Kortingscode: 482913',
  'Kod rabatowy: 482913',
  'Промокод 482913 действует до пятницы',
  'İndirim kodu: 48291',
  'クーポンコード：482913',
  '优惠码：482913',
  '쿠폰 코드: 482913',
  'Referral code: ROBIN2026',
  // Other codes and numbers.
  'The build failed with exit code 134217.',
  'Error code: 80070005',
  'Diagnostic-Code: smtp; 552 5.2.2 Mailbox full',
  'HTTP status code 4040 does not exist.',
  'Product code: 4829130',
  'The source code is 12000 lines long.',
  'Country code 0049, area code 03012',
  'Sort code 12-34-56, account 12345678',
  'QR code 4829 is printed on the door.',
  'Fehlercode: 482913',
  'Please review pull request 48291: login code refactoring',
  'See RFC 6238 about one-time passwords and RFC 4226.',
  'const code = 48291;',
  'Release 20261124 has a login code screen.',
  'The login code screen came with 20261124.',
  'Reference code 482913 for your bank transfer',
  'The conference room code is 4821.',
  'Kundennummer 482913\nIhr Zugangscode wird per Post verschickt.',
  'Your verification code was sent.\n\nOrder number\n482913\n\nPhone\n5551042',
  'Your security code was changed.\n\nVisitors in a year:\n2024\n2025\n',
  'The login page was opened 12000 times.',
  'We delivered 250000 verification codes last month.',
  'Two-step verification is on since 2024.',
  'Card ending in 4410 was used; no security code was asked for.',
  'Paid by card **** 4410, security code checked',
  'Room 1204 on floor 12, the key card is at the desk.',
  'Join the meeting\nMeeting ID: 812 3456 7890\nPasscode: 482913',
  'git commit 7cq9xk3 fixes the login code',
  'Member ID 4829130, level gold',
  'Address   203.0.113.47',
  'Steps: 8421 today, 5310 yesterday',
  'ISBN 978-3-16-148410-0',
  'IBAN DE89 3704 0044 0532 0130 00, no TAN needed',
  'Never share your verification code with anybody.',
  'Your verification code works on Mon–Fri, 10–12 and 14–16, in the years 2019–2024.',
  'Enter the 6-digit code that your authenticator app shows.',
  'We will never ask for your password, PIN or one-time code.',
  'Writing to robin4821@oak.example about the security code',
  'See https://example.org/help/12345678 about security codes.',
  'You asked for no security code? Then write to P.O. Box 48291, Oakmere.',
];

describe('numbers and codes that stay', () => {
  for (const text of TEXTS) {
    it(JSON.stringify(text).slice(0, 110), () => {
      const mail = { subject: 'Hello', text };
      assert.deepEqual(maskSecrets({ from: 'Shop <no-reply@shop.example>', ...mail }), { ...mail, count: 0 });
    });
  }

  it('hides in a mail with a code nothing but the code', () => {
    const text = (code: string) =>
      `Hello Robin,\n\nyour verification code for order 55120934 is:\n\n${code}\n\nIt expires in 10 minutes, on 12 May 2026 at 10:30.\nAmount: 1250.00 EUR\n\nHarrow Mutual, 1600 Harbour Parkway, Oakmere, CA 94043\nTel. 0800 123 4567\n© 2026`;
    const mail = { from: 'no-reply@harrow.example', subject: 'Your verification code', text: text('482913') };
    assert.deepEqual(maskSecrets(mail), {
      subject: 'Your verification code',
      text: text('[one-time code hidden]'),
      count: 1,
    });
  });
});
