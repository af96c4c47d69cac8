import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { maskSecrets } from '../../../../src/masking/mask.ts';
import { hide, shown } from '../support.ts';

const mask = (text: string) => maskSecrets({ from: '', subject: 'export.csv', text }).text;

describe('values that a column, a key or a tag names', () => {
  const hidden: readonly string[] = [
    'account,otp\noak,«730158»\nelm,«902214»\n',
    'Name;Datum;Bestätigungscode\nRobin;2026-11-27;«K7Q2X9»\nAnn;2026-11-28;«B4M8ZT»\n',
    '"user"\t"temporary password"\n"robin"\t"«Wz9!kq2L»"\n',
    '| dienst | einmalcode |\n| --- | --- |\n| oak | «730158» |\n',
    '{"otp":"«730158»","user":"robin"}',
    '{"verificationCode": «730158», "count": 730159}',
    '{"backup_codes": ["«73015821»", "«wkzq-vbnm»"], "year": "2026"}',
    '<reply><otp>«730158»</otp><room>1304</room></reply>',
    '<reply otp="«730158»" room="1304"/>',
    'otp_enabled: true\notp: «730158»\n',
    'TOTP_SECRET=«KRSXG5CTMVRXEZLU»\nPORT=8080\n',
  ];
  for (const row of hidden) {
    it(`are hidden: ${JSON.stringify(row)}`, () => {
      assert.equal(mask(shown(row)), hide(row, '[one-time code hidden]'));
    });
  }

  const stay: readonly string[] = [
    'order,amount\n730158,129.90\n',
    'order,otp sent at\n7301,2026-11-27\n',
    'sku;postal code\n730158;10115\n',
    '{"order_code": "730158", "status": 2026}',
    '<orderCode>730158</orderCode>',
    'promo_code=WINTER26\n',
    'otp_required: false\n',
  ];
  for (const text of stay) it(`stay: ${JSON.stringify(text)}`, () => assert.equal(mask(text), text));

  const long: readonly string[] = ['"a":', '<a>', 'a=', 'otp,', 'otp,x\n', '"otp": [', '"', '"otp":"730158",'];
  for (const piece of long) {
    it(`come to an end with 300 KB of ${JSON.stringify(piece)}`, () => {
      assert.ok(mask(piece.repeat(300_000 / piece.length)).length > 0);
    });
  }
});
