import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { renderBody } from '../../../../src/mail/render-body.ts';
import { targetOf } from '../../../../src/mail/text/link-target.ts';
import { printLink } from '../../../../src/mail/text/links.ts';
import { bodyOf, readPart } from '../support.ts';

/** The link as it reads in a line, folded. */
function shown(text: string, href: string): string {
  const link = printLink(text, href);
  if (!link) return text;
  return link.replacesText ? link.short : text + link.short;
}

describe('a link', () => {
  const long = `https://x.example/${'a'.repeat(80)}`;
  const rows: [string, string, string, string][] = [
    ['prints its address behind its text', 'here', 'https://x.example/a', 'here (https://x.example/a)'],
    ['prints once where the text is the address', 'https://x.example/a', 'https://x.example/a', 'https://x.example/a'],
    ['the same without scheme, www. and slash', 'X.example', 'https://www.x.example/', 'https://www.x.example/'],
    [
      'the same where the text has the tracking',
      'https://x.example/?utm_source=a',
      'https://x.example/?utm_source=a',
      'https://x.example/',
    ],
    ['prints its host where it is long', 'here', long, 'here (x.example)'],
    ['prints the beginning where its text is long too', long, long, 'https://x.example/…'],
    ['prints 80 characters whole', 'here', long.slice(0, 80), `here (${long.slice(0, 80)})`],
    ['prints nothing of a page of its own', 'top', '#top', 'top'],
    ['prints nothing of a script', 'x', ' JavaScript:alert(1)', 'x'],
    ['prints nothing of data', 'x', 'data:text/html,x', 'x'],
    ['prints nothing of what has no host', 'x', '/a?b=1', 'x'],
    ['names a script under a host', 'x.example', ' Java\nScript:alert(1)', 'x.example (WARNING: a javascript link)'],
    ['names data under a host', 'to x.example', 'data:text/html,x', 'to x.example (WARNING: a data link)'],
    ['names a file under a host', 'x.example', 'file:///etc/passwd', 'x.example (WARNING: a file link)'],
    ['says where a host leads nowhere', 'x.example', '/a?b=1', 'x.example (WARNING: a relative link)'],
    ['prints nothing of a telephone', 'x.example', 'tel:+491234', 'x.example'],
    ['takes a host without its scheme', 'x', 'www.evil.example/a', 'x (http://www.evil.example/a)'],
    ['takes a host without its scheme and www.', 'x', 'evil.com:8080/a', 'x (http://evil.com:8080/a)'],
    ['takes an address without a scheme', 'x', '//evil.example/a', 'x (https://evil.example/a)'],
    ['the same in the other strokes', 'x', '\\\\evil.example/a', 'x (https://evil.example/a)'],
    ['is not fooled by a missing stroke', 'x', 'https:/evil.example/a', 'x (https://evil.example/a)'],
    [
      'is not fooled by a backslash',
      'x',
      'https://evil.example\\@bank.example/',
      'x (https://evil.example/@bank.example/)',
    ],
    ['is not fooled by escapes in the host', 'x', 'https://%65vil.example/a', 'x (https://evil.example/a)'],
    [
      'prints letters of a host that may look like others',
      'x',
      'https://b\u0430nk.example/a',
      'x (https://b\u0430nk.example/a [xn--bnk-6cd.example])',
    ],
    [
      'the same where its text is the address',
      'b\u0430nk.example',
      'https://b\u0430nk.example/',
      'https://b\u0430nk.example/ [xn--bnk-6cd.example]',
    ],
    [
      'does not look into what is too long',
      'bank.example',
      `https://bank.example${'a'.repeat(17_000)}@evil.example/`,
      'bank.example (WARNING: an address of 17034 characters)',
    ],
    ['prints nothing of what is no address', 'x', 'https://', 'x'],
    ['prints nothing without a text', '', 'https://x.example/', ''],
    ['prints the address of a person', 'write', 'mailto:Ann%20B@x.example?subject=hi', 'write (Ann B@x.example)'],
    ['prints it once where it is the text', 'ann@x.example', 'MAILTO:Ann@x.example', 'ann@x.example'],
    ['takes blanks and line breaks as browsers do', 'x', ' https://x.exa\nmple/a b ', 'x (https://x.example/a%20b)'],
  ];
  for (const [name, text, href, expected] of rows) it(name, () => assert.equal(shown(text, href), expected));
});

describe('a link that shows another host', () => {
  const warned: [string, string, string][] = [
    ['www.bank.example', 'https://evil.example/', 'evil.example'],
    ['bank.example', 'https://bank.example.evil.example/', 'bank.example.evil.example'],
    ['https://bank.example/login', 'https://bank.example@evil.example/', 'evil.example'],
    ['Go to https://bank.example now', 'https://evil.example/', 'evil.example'],
    ['See www.bank.example.', 'https://evil.example/', 'evil.example'],
    ['bank.co.uk', 'https://evil.co.uk/', 'evil.co.uk'],
    ['https://192.0.2.1/', 'https://192.0.2.2/', '192.0.2.2'],
    ['https://bank.example', 'https://www.google.com/url?q=https://evil.example/', 'evil.example'],
    ['bänk.example', 'https://bank.example/', 'bank.example'],
    ['Visit WWW.Bank.example now →', 'https://evil.example/', 'evil.example'],
    ['Go to BANK.COM', 'https://evil.example/', 'evil.example'],
    ['Bank.com account', 'https://evil.example/', 'evil.example'],
    ['“bank.example”', 'https://evil.example/', 'evil.example'],
    ['→ bank.example ←', 'https://evil.example/', 'evil.example'],
    ['»bank.example/login«', 'https://evil.example/', 'evil.example'],
    ['(bank.example)', 'https://evil.example/', 'evil.example'],
    ['Web:bank.example', 'https://evil.example/', 'evil.example'],
    ['Login/bank.example', 'https://evil.example/', 'evil.example'],
    ['ba\u200bnk.example', 'https://evil.example/', 'evil.example'],
    ['ｂａｎｋ．ｅｘａｍｐｌｅ', 'https://evil.example/', 'evil.example'],
    ['bank。example', 'https://evil.example/', 'evil.example'],
    ['https://bank.example@x.example', 'https://x.example/', 'x.example'],
    ['here', 'https://bank.example@evil.example/', 'evil.example'],
    ['here', 'https://bank.example%2Flogin:x@evil.example/', 'evil.example'],
    ['https://bank.example@evil.example/', 'https://bank.example@evil.example/', 'evil.example'],
    ['bank.example', 'evil.example/login', 'evil.example'],
    ['bank.example', '//evil.example', 'evil.example'],
    ['ann.github.io', 'https://eve.github.io/', 'eve.github.io'],
    ['ann.pages.dev', 'https://eve.pages.dev/', 'eve.pages.dev'],
    ['bank.com.ng', 'https://evil.com.ng/', 'evil.com.ng'],
    ['bank.example', 'https://bаnk.example/', 'xn--bnk-6cd.example'],
  ];
  for (const [text, href, host] of warned) {
    it(`is told: ${text}`, () => assert.equal(shown(text, href), `${text} (WARNING: leads to ${host})`));
  }

  const quiet: [string, string][] = [
    ['www.bank.example', 'https://help.bank.example/faq'],
    ['bank.co.uk', 'https://www.bank.co.uk/faq'],
    ['invoice.pdf', 'https://files.example/1'],
    ['Visit WWW.Bank.example now →', 'https://help.bank.example/'],
    ['ann.github.io', 'https://ann.github.io/a'],
    ['the bank.com.ng page', 'https://www.bank.com.ng/'],
    ['read README.md', 'https://code.example/'],
    ['README.md', 'https://code.example/'],
    ['a.m. or p.m.', 'https://x.example/'],
    ['Press here.To stop', 'https://x.example/'],
    ['version 1.2.3.4', 'https://x.example/'],
    ['Node.js', 'https://nodejs.example/'],
    ['St.Gallen', 'https://city.example/'],
    ['12.03.2026', 'https://calendar.example/'],
    ['e.g. this', 'https://x.example/'],
    ['ann@bank.example', 'https://x.example/'],
    ['Click here', 'https://x.example/'],
  ];
  for (const [text, href] of quiet) {
    it(`is not seen where there is none: ${text}`, () => assert.doesNotMatch(shown(text, href), /WARNING/));
  }
});

describe('the target of a link', () => {
  const rows: [string, string][] = [
    ['https://x.example/?a=1&utm_source=b&UTM_Medium=c&d=2#e', 'https://x.example/?a=1&d=2#e'],
    ['https://x.example/?fbclid=1#e', 'https://x.example/#e'],
    ['https://x.example/?utmost=1&trka=2', 'https://x.example/?utmost=1&trka=2'],
    ['https://x.example/%20?q=a+b%2Bc', 'https://x.example/%20?q=a+b%2Bc'],
    ['https://www.google.de/url?q=https://x.example/a%3Fb%3D1', 'https://x.example/a?b=1'],
    ['https://www.google.com/search?q=https://x.example/', 'https://www.google.com/search?q=https://x.example/'],
    ['https://www.google.com/url?q=javascript:alert(1)', 'https://www.google.com/url?q=javascript:alert(1)'],
    ['https://www.google.evil/url?q=https://x.example/', 'https://www.google.evil/url?q=https://x.example/'],
    ['https://evil.example/url?q=https://x.example/', 'https://evil.example/url?q=https://x.example/'],
    ['https://urldefense.com/v3/__https://x.example/a*b__;Kw!!abc$', 'https://x.example/a+b'],
    ['https://urldefense.com/v3/__https:/x.example/a__;!!abc$', 'https://x.example/a'],
    [
      'https://l.facebook.com/l.php?u=https%3A%2F%2Fwww.google.com%2Furl%3Fq%3Dhttps%253A%252F%252Fx.example%252F',
      'https://x.example/',
    ],
  ];
  for (const [href, expected] of rows) it(`of ${href}`, () => assert.equal(targetOf(href)?.url, expected));
});

describe('links in a mail', () => {
  const long = `https://x.example/${'a'.repeat(80)}`;

  it('are whole where the mail is unfolded', async () => {
    const mail = await readPart(
      'text/html',
      `<p><a href="${long}">here</a>, <a href="https://evil.example/a">bank.example</a></p>`,
    );
    assert.equal(
      renderBody(mail, { unfold: true }),
      `here (${long}), bank.example (WARNING: leads to https://evil.example/a)`,
    );
  });

  it('begin with the base of the mail, wherever that stands', async () => {
    const links = '<p><a href="/a">bank.example</a>, <a href="b">here</a>, <a href="https://x.example/">there</a></p>';
    const expected =
      'bank.example (WARNING: leads to evil.example), here (https://evil.example/d/b), there (https://x.example/)';
    const base = '<base target="_top"><base href="https://evil.example/d/e"><base href="https://x.example/">';
    assert.equal(await bodyOf('text/html', `<head>${base}</head>${links}`), expected);
    assert.equal(await bodyOf('text/html', links + base), expected);
    assert.match(
      await bodyOf('text/html', `<base href="data:,">${links}`),
      /^bank\.example \(WARNING: a relative link\), here, there /,
    );
  });

  it('show their user part nowhere, folded or whole', async () => {
    const mail = await readPart('text/html', '<a href="https://bank.example:a@evil.example/b">here</a>');
    assert.equal(renderBody(mail, { unfold: true }), 'here (WARNING: leads to https://evil.example/b)');
  });

  it('stay on the line of their text, whatever lies within', async () => {
    const html = '<a href="https://x.example/"><table><tr><td><div>Buy</div></td></tr></table></a><p>Bye</p>';
    assert.equal(await bodyOf('text/html', html), 'Buy (https://x.example/)\n\nBye');
  });

  it('are left alone in plain text', async () => {
    assert.equal(await bodyOf('text/plain', `${long}?utm_source=a`), `${long}?utm_source=a`);
  });

  it('cannot be forged with the marks that stand for them', async () => {
    const html = '\ufdd40\ufdd5<p>&#xFDD4;0&#xFDD5;\ufdd0x <a href="https://x.example/&#xFDD4;0&#xFDD5;">a</a></p>';
    assert.equal(await bodyOf('text/html', html), '0\n\n0x a (https://x.example/0)');
    assert.equal(await bodyOf('text/plain', '\ufdd40\ufdd5'), '0');
  });
});
