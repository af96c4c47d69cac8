import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readOriginal } from '../../../src/mailbox/original-message.ts';
import { textPart } from '../mail/support.ts';

const TAGS = '\u{E0048}\u{E0049}\u202e\u200b\u3164';

async function read(headers: Record<string, string>, type: string, content: string, snippet = '') {
  const payload = textPart(type, content);
  payload.headers?.push(...Object.entries(headers).map(([name, value]) => ({ name, value })));
  const options = { masks: true, offset: 0, known: new Set<string>() };
  return (await readOriginal({ id: '1', payload, snippet }, options, () => assert.fail())).message;
}

describe('a message of the original contract', () => {
  it('has nothing that nobody sees in its headers and its snippet, and counts it', async () => {
    const named = { From: `A${TAGS} <a@mail.example>`, To: `B${TAGS} <b@mail.example>`, Subject: `Hi${TAGS}` };
    const { from, to, subject, snippet, hidden } = await read(named, 'text/plain', `x${TAGS}`, `x${TAGS}`);
    assert.deepEqual([from, to, subject, snippet], ['A <a@mail.example>', 'B <b@mail.example>', 'Hi', 'x']);
    assert.equal(hidden, 25);
  });

  it('counts the text that nobody sees', async () => {
    const { body, hidden } = await read({}, 'text/html', '<p>seen<p style="display:none">hidden');
    assert.deepEqual([body.text, hidden], ['seen', 6]);
  });

  it('warns of a name that poses as another', async () => {
    const { from } = await read({ From: '"mara@bank.example" <x@evil.example>' }, 'text/plain', 'x');
    assert.match(from, /^"mara@bank.example" <x@evil.example> \(WARNING: /);
  });
});
