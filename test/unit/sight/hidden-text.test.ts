import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { HIDDEN_MAILS, WORD } from '../../support/hidden-mails/index.ts';
import { readPart } from '../mail/support.ts';

describe('hidden text', () => {
  it('is tried in more than 150 ways', () => assert.ok(HIDDEN_MAILS.length >= 150, String(HIDDEN_MAILS.length)));

  for (const { html, read } of HIDDEN_MAILS) {
    it(`${read ? 'is not' : 'is'} ${html.slice(0, 200)}`, async () => {
      const mail = await readPart('text/html', html);
      const text = mail.segments.map(({ fullText }) => fullText).join('\n');
      assert.equal(text.includes(WORD), read, text);
    });
  }
});
