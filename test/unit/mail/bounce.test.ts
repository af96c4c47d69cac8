import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Bounce, readBounce } from '../../../src/mail/bounce.ts';
import { readMail } from '../../../src/mail/read-mail.ts';
import { textPart } from './support.ts';

const read = (text: string, changes: Partial<Bounce> = {}) =>
  readBounce({
    from: 'Mail Delivery System <MAILER-DAEMON@mx.example>',
    to: 'otto@wald.example',
    subject: 'failure notice',
    failedRecipients: '',
    hasNullSender: false,
    lines: text.split('\n'),
    ...changes,
  });

describe('a report of a failure without a part for machines', () => {
  const rows: [string, string, string[], Partial<Bounce>?][] = [
    [
      'of Exim',
      'The following address(es) failed:\n\n  ann@x.example\n    host mx.x.example [192.0.2.1]\n    SMTP error from remote mail server after RCPT TO:<ann@x.example>:\n    550 5.1.1 <ann@x.example>: User unknown\n  ben@x.example\n    mailbox is full: retry timeout exceeded\n\n------ This is a copy of the message, including all the headers. ------\n\nTo: eve@evil.example',
      [
        'Not delivered to ann@x.example: 550 5.1.1 <ann@x.example>: User unknown',
        'Not delivered to ben@x.example: mailbox is full: retry timeout exceeded',
      ],
      { failedRecipients: 'ann@x.example, ben@x.example' },
    ],
    [
      'of Exim without its header',
      'A message that you sent could not be delivered to one or more of its\nrecipients. The following address failed:\n\n  ann@x.example\n    Unrouteable address',
      ['Not delivered to ann@x.example: Unrouteable address'],
    ],
    [
      'of qmail',
      "Hi. This is the qmail-send program at mx.example.\nI'm afraid I wasn't able to deliver your message to the following addresses.\n\n<ann@x.example>:\n192.0.2.1 does not like recipient.\nRemote host said: 550 5.1.1 No such user\nGiving up on 192.0.2.1.\n\n<ben@x.example>:\nSorry, no mailbox here by that name. (#5.1.1)\n\n--- Below this line is a copy of the message.\n\nTo: eve@evil.example",
      [
        'Not delivered to ann@x.example: 550 5.1.1 No such user',
        'Not delivered to ben@x.example: Sorry, no mailbox here by that name. (#5.1.1)',
      ],
    ],
    [
      'of Postfix',
      "I'm sorry to have to inform you that your message could not\nbe delivered to one or more recipients.\n\n<ann@x.example>: host mx.x.example[192.0.2.1] said: 550 5.1.1\n    <ann@x.example>: Recipient address rejected: unknown (in reply to\n    RCPT TO command)\n\n<ben@y.example>: Host or domain name not found.",
      [
        'Not delivered to ann@x.example: 550 5.1.1 <ann@x.example>: Recipient address rejected: unknown',
        'Not delivered to ben@y.example: Host or domain name not found.',
      ],
      { subject: 'Undelivered Mail Returned to Sender' },
    ],
    [
      'of sendmail',
      '   ----- The following addresses had permanent fatal errors -----\n<ann@x.example>\n    (reason: 550 5.1.1 User unknown)\n\n   ----- Transcript of session follows -----\n>>> DATA\n<<< 550 5.1.1 User unknown',
      ['Not delivered to ann@x.example: 550 5.1.1 User unknown'],
      { subject: 'Returned mail: see transcript for details' },
    ],
    [
      'of Gmail',
      "Address not found\n\nYour message wasn't delivered to ann@x.example because the address couldn't be found.\n\nThe response was:\n\n550 5.1.1 The account does not exist",
      ['Not delivered to ann@x.example: 550 5.1.1 The account does not exist'],
      { subject: 'Delivery Status Notification (Failure)' },
    ],
    [
      'of Gmail that goes on trying',
      'Message delayed\nYour message to ann@x.example has been delayed. Gmail will keep trying for 46 hours.\nThe response was:\n451 4.7.1 try later',
      ['Delayed: ann@x.example: 451 4.7.1 try later'],
      { subject: 'Delivery Status Notification (Delay)' },
    ],
    [
      'of Google Groups',
      'the group you tried to contact (rowers) may not exist.',
      ['Not delivered to rowers@x.example'],
      { failedRecipients: 'rowers@x.example', from: 'x@x.example', subject: 'x' },
    ],
    [
      'of Exchange',
      "Delivery has failed to these recipients or groups:\n\nAnn Berg (ann@x.example)<mailto:ann@x.example>\nThe address couldn't be found.\n\nDiagnostic information for administrators:\n\nGenerating server: x.example\n\nann@x.example\nRemote server returned '550 5.1.10 RESOLVER.ADR.RecipientNotFound; not found'\n\nOriginal message headers:\n\nTo: eve@evil.example",
      ['Not delivered to ann@x.example: 550 5.1.10 RESOLVER.ADR.RecipientNotFound; not found'],
      {
        from: 'Microsoft Outlook <MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@x.example>',
        subject: 'Undeliverable: x',
      },
    ],
    [
      'of Exchange in German',
      "Fehler bei der Nachrichtenzustellung an folgende Empfänger:\n\nAnn Berg (ann@x.example)\nDie Adresse gibt es nicht.\nRemote Server returned '550 5.1.1 not found'",
      ['Not delivered to ann@x.example: 550 5.1.1 not found'],
      { from: 'postmaster@x.example', subject: 'Unzustellbar: Scheune' },
    ],
    [
      'of Oracle',
      'Your message cannot be delivered to the following recipients:\n\n  Recipient address: ann@x.example\n  Reason: the mailbox is full',
      ['Not delivered to ann@x.example: the mailbox is full'],
      { from: 'postmaster@x.example', subject: 'Delivery Notification' },
    ],
    [
      'of Domino',
      'Your message\n\n  Subject: Barn\n\nwas not delivered to:\n\n  ann@x.example\n\nbecause:\n\n  User ann not listed in Domino Directory',
      ['Not delivered to ann@x.example: User ann not listed in Domino Directory'],
      { from: 'postmaster@x.example', subject: 'DELIVERY FAILURE: User ann not listed' },
    ],
    ['that names nobody', 'Your mail could not be delivered.\n554 5.7.1 refused', ['Not delivered: 554 5.7.1 refused']],
    [
      'from a sender that only its empty return path tells',
      '<ann@x.example>: 550 5.1.1 unknown',
      ['Not delivered to ann@x.example: 550 5.1.1 unknown'],
      { from: 'System <system@x.example>', hasNullSender: true, subject: 'Undelivered mail' },
    ],
  ];
  for (const [name, text, expected, changes] of rows) {
    it(`is told: ${name}`, () => assert.deepEqual(read(text, changes), expected));
  }

  const none: [string, Partial<Bounce>, string][] = [
    [
      'a person who writes about one',
      { from: 'Ann <ann@x.example>', subject: 'Re: Undeliverable' },
      'ann@x.example\n550 5.1.1 unknown',
    ],
    [
      'another mail of a postmaster',
      { from: 'Postmaster <postmaster@x.example>', subject: 'Welcome' },
      'Your account ann@x.example is there.',
    ],
  ];
  for (const [name, changes, text] of none) it(`is none: ${name}`, () => assert.deepEqual(read(text, changes), []));

  it('counts the recipients that it does not name, and shortens reasons', () => {
    const many = Array.from({ length: 30 }, (_, index) => `a${index}@x.example`);
    const lines = read('', { failedRecipients: many.join(', ') });
    assert.equal(lines.length, 21);
    assert.equal(lines.at(-1), '… and 10 more recipients');
    const [long = ''] = read(`<ann@x.example>: 550 ${'x '.repeat(900)}\nnot delivered`);
    assert.ok(long.length < 260, long);
  });

  it('is found by the header of a mail, and its own addresses in HTML', async () => {
    const part = textPart(
      'text/html',
      '<p>Your mail could not be delivered to<br><a href="https://x.example/">ann@x.example</a></p><p>550 5.1.1 unknown</p>',
    );
    part.headers?.push({ name: 'From', value: 'mailer-daemon@x.example' }, { name: 'Subject', value: 'Undeliverable' });
    const { delivery } = await readMail(part, () => assert.fail());
    assert.deepEqual(delivery, ['Not delivered to ann@x.example: 550 5.1.1 unknown']);
  });
});
