import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { letterOfMailto } from '../../../../src/organise/unsubscribe/mailto.ts';

describe('a mailto: address', () => {
  const good: [string, string, string, string][] = [
    ['mailto:u@list.example', 'u@list.example', 'unsubscribe', 'unsubscribe'],
    ['MAILTO:u%2Bid@list.example?subject=Please%20stop', 'u+id@list.example', 'Please stop', 'unsubscribe'],
    ['mailto:u@list.example?Subject=stop&BODY=one%0D%0Atwo', 'u@list.example', 'stop', 'one\r\ntwo'],
    ['mailto:?to=u@list.example&subject=a+b', 'u@list.example', 'a+b', 'unsubscribe'],
    ['mailto:u@list.example?subject=&body=%20', 'u@list.example', 'unsubscribe', 'unsubscribe'],
    ['mailto:u@list.example?subject=caf%C3%A9#x', 'u@list.example', 'café', 'unsubscribe'],
  ];
  for (const [address, to, subject, body] of good) {
    it(`is a message: ${address}`, () => assert.deepEqual(letterOfMailto(address), { to, subject, body }));
  }

  it('lets no further headers in', () => {
    const asked =
      'mailto:u@list.example?cc=eve@evil.example&bcc=e@evil.example&from=x@evil.example&reply-to=e@evil.example';
    assert.deepEqual(letterOfMailto(asked), { to: 'u@list.example', subject: 'unsubscribe', body: 'unsubscribe' });
  });

  const bad: [string, RegExp][] = [
    ['mailto:u@list.example?subject=a%0Abcc:eve@evil.example', /subject holds a line break/],
    ['mailto:u@list.example?subject=a%0D%0A%0D%0Atext', /subject holds a line break/],
    ['mailto:u@list.example?subject=a%E2%80%A8b', /subject holds a line break/],
    ['mailto:u@list.example?subject=a%00b', /control character/],
    ['mailto:u@list.example%0Abcc:eve@evil.example', /no single address/],
    ['mailto:u@list.example,eve@evil.example', /no single address/],
    ['mailto:u@list.example%2Ceve@evil.example', /no single address/],
    ['mailto:u@list.example?to=eve@evil.example', /more than one recipient/],
    ['mailto:Name%20%3Cu@list.example%3E', /no single address/],
    ['mailto:u@list.example?subject=a&subject=b', /twice/],
    ['mailto:u@list.example?body=a&body=b', /twice/],
    ['mailto:u@list.example?subject=%FF', /percent signs/],
    ['mailto:u@list.example?subject=%', /percent signs/],
    [`mailto:u@list.example?subject=${'a'.repeat(501)}`, /longer than 500/],
    [`mailto:u@list.example?body=${'a'.repeat(4_001)}`, /longer than 4,000/],
    ['mailto:', /names nobody/],
    ['mailto:nobody', /no single address/],
    ['https://list.example', /names nobody/],
  ];
  for (const [address, reason] of bad) {
    it(`is no message: ${address.slice(0, 70)}`, () => assert.match(String(letterOfMailto(address)), reason));
  }
});
