import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readDeliveryReport } from '../../../src/mail/delivery-report.ts';
import type { MimePart } from '../../../src/mail/mime/mime-part.ts';
import { readMail } from '../../../src/mail/read-mail.ts';

describe('readDeliveryReport', () => {
  const head = 'Reporting-MTA: dns; mx.x.example\r\n\r\n';
  const rows: [string, string, string[]][] = [
    [
      'a failure',
      'Final-Recipient: rfc822; a@x.example\r\nAction: failed\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; 550 unknown',
      ['Not delivered to a@x.example: 5.1.1 550 unknown'],
    ],
    [
      'a failure without a reason',
      'Final-Recipient: rfc822;a@x.example\nAction: FAILED',
      ['Not delivered to a@x.example'],
    ],
    [
      'a relay',
      'Original-Recipient: rfc822;a@x.example\nAction: relayed\nStatus: 2.0.0',
      ['Relayed: a@x.example: 2.0.0'],
    ],
    [
      'several recipients',
      'Final-Recipient: rfc822;a@x.example\nAction: delayed\n \nFinal-Recipient: rfc822;b@x.example\nAction: delivered',
      ['Delayed: a@x.example', 'Delivered: b@x.example'],
    ],
    ['no recipient', 'Action: failed', []],
    [
      'an expiry',
      'Final-Recipient: rfc822;a@x.example\nAction: expired\nStatus: 4.4.7',
      ['Not delivered to a@x.example: 4.4.7'],
    ],
    [
      'an action with a comment',
      'Final-Recipient: rfc822;a@x.example\nAction: failed (permanently)\nStatus: 5.0.0 (unknown)',
      ['Not delivered to a@x.example: 5.0.0'],
    ],
    ['no action, by its status', 'Final-Recipient: rfc822;a@x.example\nStatus: 4.2.2', ['Delayed: a@x.example: 4.2.2']],
    [
      'no action and no status, by the reply',
      'Final-Recipient: rfc822;a@x.example\nDiagnostic-Code: smtp; 550 unknown',
      ['Not delivered to a@x.example: 550 unknown'],
    ],
    [
      'an action of its own, by its status',
      'Final-Recipient: rfc822;a@x.example\nAction: zugestellt\nStatus: 2.0.0',
      ['Delivered: a@x.example: 2.0.0'],
    ],
    ['an unknown action', 'Final-Recipient: rfc822;a@x.example\nAction: constructor', []],
    [
      'what is invisible',
      'Final-Recipient: rfc822;a\u202e@x.example\nAction: failed',
      ['Not delivered to a@x.example'],
    ],
  ];
  for (const [name, report, lines] of rows) {
    it(`reads ${name}`, () => assert.deepEqual(readDeliveryReport(head + report), lines));
  }

  it('counts the recipients that it does not name', () => {
    const many = Array.from(
      { length: 60 },
      (_, index) => `Final-Recipient: rfc822;a${index}@x.example\nAction: failed`,
    );
    const lines = readDeliveryReport(many.join('\n\n'));
    assert.equal(lines.length, 51);
    assert.equal(lines.at(-1), '… and 10 more recipients');
  });

  it('reads the blocks that Gmail shows as parts', async () => {
    const block = (fields: Record<string, string>): MimePart => ({
      mimeType: 'text/plain',
      headers: Object.entries(fields).map(([name, value]) => ({ name, value })),
    });
    const parts = [
      block({ 'Reporting-MTA': 'dns; x' }),
      block({ 'Final-Recipient': 'rfc822; a@x.example', Action: 'failed', Status: '5.1.1' }),
    ];
    const payload: MimePart = {
      mimeType: 'multipart/report',
      parts: [{ partId: '0', mimeType: 'message/delivery-status', body: { size: 0 }, parts }],
    };
    const mail = await readMail(payload, () => Promise.reject(new TypeError()));
    assert.deepEqual(mail.delivery, ['Not delivered to a@x.example: 5.1.1']);
  });
});
