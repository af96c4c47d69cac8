import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { quoteForForward, quoteForReply } from '../../../src/compose/quote-original.ts';
import { forwardSubject, newSubjectLine, replySubject } from '../../../src/compose/reply.ts';
import { printLink } from '../../../src/mail/text/links.ts';

describe('the subject of an answer', () => {
  it('is remarked on where it is another', () => {
    for (const [subject, answered] of [
      ['Re: Tea', 'Tea'],
      ['Tea', 'AW: Tea'],
      ['Re: Re: Tea', 'Re: Tea'],
      ['Re:', ''],
    ] as const) {
      assert.equal(newSubjectLine(subject, answered), undefined, subject);
    }
    assert.match(newSubjectLine('Coffee', 'Re: Tea') ?? '', /another than that of the answered message/);
  });

  it('is no longer than a question shows', () => {
    for (const subjectOf of [replySubject, forwardSubject]) assert.ok(subjectOf('x'.repeat(60_000)).length < 2_000);
  });
});

describe('a quoted original', () => {
  it('holds no warning of our own as if its writer had said it', () => {
    const link = (text: string, href: string) => `${text}${printLink(text, href)?.full ?? ''}`;
    const text = [
      link('https://bank.example', 'https://evil.example/x'),
      link('bank.example', 'javascript:x'),
      link('bank.example', `ftp:${'x'.repeat(200_000)}`),
    ].join('\n');
    assert.equal(text.match(/WARNING/g)?.length, 3);
    const original = { from: 'Ann', to: 'Bo', subject: 'S', date: 0, text };
    for (const quote of [quoteForReply(original), quoteForForward(original)]) {
      assert.equal(quote.text, 'https://bank.example (https://evil.example/x)\nbank.example\nbank.example');
    }
  });

  it('is cut at a hundred thousand characters, and says so', () => {
    const { text } = quoteForReply({ from: 'Ann', to: 'Bo', subject: 'S', date: 0, text: '😀'.repeat(100_007) });
    assert.match(text, /\n\[7 more characters of the original are left out\]$/);
  });
});
