import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { offerOf } from '../../../../src/organise/unsubscribe/offer.ts';
import { type ListMail, listHeaders, PASSED, signature } from '../../../support/list-mail.ts';

const STAND_IN = 'http://127.0.0.1:4100';

/** As Gmail gives them: unfolded. */
const offered = (mail: ListMail, standIn?: string) =>
  offerOf(
    listHeaders(mail).map(([name, value]) => ({ name, value: value.replace(/\r\n(?=\s)/g, '') })),
    standIn,
  );

describe('the one-click way of a message', () => {
  it('is the web address for which a signature vouches', () => {
    const { oneClick, whyNot } = offered({});
    assert.equal(whyNot, undefined);
    assert.equal(oneClick?.url.href, 'https://list.example/u?id=1');
    assert.deepEqual([oneClick?.signer, oneClick?.isStandIn], ['list.example', false]);
  });

  const good: [string, ListMail][] = [
    ['beside a mailto: address', { addresses: ['mailto:u@list.example', 'https://list.example/u'] }],
    ['with the address folded', { addresses: ['https://list.example/\r\n  u?id=1'] }],
    ['with the port that is usual', { addresses: ['https://list.example:443/u'] }],
    ['whose signature is one of two', twice(signature(undefined, 'Zz/2Cd34'), signature())],
    [
      'with names in any case',
      { signatures: [['dkim-signature', signature('LIST-UNSUBSCRIBE : list-unsubscribe-post')]] },
    ],
    [
      'where Gmail names d and no i',
      results('mx.google.com; dkim=pass header.d=list.example header.s=s1 header.b=Ab/2Cd34; spf=none'),
    ],
    [
      'where another signature fails',
      results(`mx.google.com; dkim=fail (bad) header.i=@x.example header.s=s header.b=Qq22Cd34; ${bare(PASSED)}`),
    ],
  ];
  for (const [name, mail] of good) {
    it(`is taken ${name}`, () => assert.ok(offered(mail).oneClick, offered(mail).whyNot));
  }

  const bad: [string, ListMail, RegExp][] = [
    ['unencrypted', { addresses: ['http://list.example/u'] }, /not encrypted/],
    ['with a user part', { addresses: ['https://list.example@evil.example/u'] }, /user part/],
    ['with a blank user part', { addresses: ['https://@evil.example/u'] }, /user part/],
    ['with a password', { addresses: ['https://a:b@evil.example/u'] }, /user part/],
    ['at another port', { addresses: ['https://list.example:8443/u'] }, /port other/],
    ['at no host', { addresses: ['https://'] }, /malformed/],
    ['one of two', { addresses: ['https://list.example/u', 'https://evil.example/u'] }, /more than one web address/],
    [
      'of two List-Unsubscribe headers',
      { below: [['List-Unsubscribe', '<https://evil.example/u>']] },
      /more than one L/,
    ],
    [
      'of two Post headers',
      { below: [['List-Unsubscribe-Post', 'List-Unsubscribe=One-Click']] },
      /more than one L.*Post/,
    ],
    ['without a Post header', { post: null }, /page for people/],
    ['with another Post header', { post: 'List-Unsubscribe=One-Click, x=y' }, /does not say/],
    ['with a Post header in small letters', { post: 'list-unsubscribe=one-click' }, /does not say/],
    ['that Gmail has not checked', { results: [] }, /Gmail has not noted/],
    [
      'that another server has checked',
      results(PASSED.replace('mx.google.com', 'mx.evil.example')),
      /not come from Gmail/,
    ],
    [
      'that a host of a like name has checked',
      results(PASSED.replace('.com', '.com.evil.example')),
      /not come from Gmail/,
    ],
    ['with another server’s results on top', above('mx.evil.example; dkim=pass'), /not come from Gmail/],
    ['with forged results below', above('mx.google.com; dkim=none; spf=none'), /none of its signatures valid/],
    ['whose signature failed', results(PASSED.replace('dkim=pass', 'dkim=fail')), /none of its signatures valid/],
    ['without a signature', { signatures: [] }, /none of its signatures valid/],
    ['signed by another selector', results(PASSED.replace('header.s=s1', 'header.s=s2')), /none of its/],
    ['signed by another domain', results(PASSED.replace('i=@list', 'i=@evil')), /none of its/],
    ['signed with other words', results(PASSED.replace('Ab/2Cd34', 'Ab/2Cd35')), /none of its/],
    ['of a signature that is hardly named', results(PASSED.replace('Ab/2Cd34', 'Ab/2')), /none of its/],
    ['of a signature that is not named', results('mx.google.com; dkim=pass; spf=none'), /none of its/],
    ['not covered', { signatures: [['DKIM-Signature', signature('from:to:subject')]] }, /does not cover/],
    [
      'covered without its Post header',
      { signatures: [['DKIM-Signature', signature('from:list-unsubscribe')]] },
      /not cover/,
    ],
    ['with a second signature that begins like the valid one', twice(signature('from'), signature()), /none of its/],
    ['with a malformed signature beside', twice(`${signature()}; d=evil.example`, signature()), /malformed/],
    [
      'of a signature for another domain',
      { signatures: [['DKIM-Signature', `${signature()}; i=@evil.example`]] },
      /malformed/,
    ],
    [
      'with results in the words of the envelope sender',
      results(
        'mx.google.com; spf=pass (google.com: domain of "x) ; dkim=pass header.i=@list.example header.s=s1 ' +
          'header.b=Ab/2Cd34; x=("@evil.example)',
      ),
      /none of its/,
    ],
    [
      'where Gmail says two things of one signature',
      results(`mx.google.com; dkim=fail header.i=@list.example header.s=s1 header.b=Ab/2Cd34; ${bare(PASSED)}`),
      /none of its/,
    ],
  ];
  for (const [name, mail, why] of bad) {
    it(`is not taken ${name}`, () => {
      const { oneClick, whyNot = '' } = offered(mail);
      assert.equal(oneClick, undefined);
      assert.match(whyNot, why);
    });
  }
});

describe('a local stand-in for Google', () => {
  const at = (address: string, standIn?: string) => offered({ addresses: [address] }, standIn).oneClick;

  it('may lead to itself', () => assert.equal(at(`${STAND_IN}/u?id=1`, STAND_IN)?.isStandIn, true));

  for (const address of [
    'http://127.0.0.1:4101/u',
    'http://127.0.0.1/u',
    'https://127.0.0.1:4100/u',
    'http://localhost:4100/u',
    'http://127.1:4100/u',
    'http://2130706433:4100/u',
    'http://a@127.0.0.1:4100/u',
    'http://127.0.0.1:4100@evil.example/u',
    'http://127.0.0.1:4100.evil.example/u',
  ]) {
    it(`may not lead to ${address}`, () => assert.equal(at(address, STAND_IN), undefined));
  }

  it('is nothing to mail of Google itself', () => assert.equal(at(`${STAND_IN}/u?id=1`), undefined));
});

describe('what a message offers', () => {
  it('is nothing without the header, and for a header that nobody writes', () => {
    const nothing = { oneClick: undefined, whyNot: undefined, letter: undefined, whyNoLetter: undefined };
    for (const addresses of [[], ['ftp://list.example/u'], [''], [`https://list.example/${'x'.repeat(20_000)}`]]) {
      assert.deepEqual(offered({ addresses }), nothing);
    }
  });

  it('is the message beside, where the web address cannot be trusted', () => {
    const { oneClick, letter } = offered({ addresses: ['http://list.example/u', 'mailto:u@list.example'] });
    assert.deepEqual([oneClick, letter?.to], [undefined, 'u@list.example']);
  });
});

function results(value: string): ListMail {
  return { results: [['Authentication-Results', value]] };
}

function above(value: string): ListMail {
  return { above: [['Authentication-Results', value]] };
}

function twice(one: string, other: string): ListMail {
  return {
    signatures: [
      ['DKIM-Signature', one],
      ['DKIM-Signature', other],
    ],
  };
}

function bare(value: string): string {
  return value.replace(/^[^;]*;\s*/, '').replace(/\r\n/g, '');
}
