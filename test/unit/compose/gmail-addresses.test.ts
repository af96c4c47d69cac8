import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseRecipients } from '../../../src/compose/recipients.ts';
import { replyRecipients } from '../../../src/compose/reply.ts';
import { problemOf } from '../support.ts';

const HEADERS = {
  from: 'ann@mail.example',
  replyTo: '',
  subject: '',
  messageId: '<1@x>',
  inReplyTo: '',
  references: '',
};
const OWN = ['robin.vale@gmail.com'];

const answered = (to: string, own = OWN) => {
  const { cc } = replyRecipients({ ...HEADERS, to, cc: '', isSent: false }, { all: true, own });
  return cc.map(({ address }) => address);
};

describe('addresses at Gmail', () => {
  it('are one’s own whatever dots, plus signs and names of the domain they have', () => {
    const own = 'robinvale@gmail.com, r.obin.vale+x@googlemail.com, Robin.Vale@Gmail.com';
    assert.deepEqual(answered(`${own}, bo@mail.example`), ['bo@mail.example']);
  });

  it('count their dots at other domains', () => {
    assert.deepEqual(answered('robinvale@mail.example', ['robin.vale@mail.example']), ['robinvale@mail.example']);
  });

  it('stand once in an answer', () => {
    assert.deepEqual(answered('a.b@gmail.com, ab@gmail.com, ab+x@googlemail.com'), ['a.b@gmail.com']);
  });

  it('are refused among the recipients in two spellings', async () => {
    const { code } = await problemOf(() => parseRecipients('to', 'a.b@gmail.com, ab@gmail.com'));
    assert.equal(code, 'recipient_twice');
    assert.equal(parseRecipients('to', 'a.b@mail.example, ab@mail.example').length, 2);
  });
});
