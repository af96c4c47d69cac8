import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { EmailAddress } from '../../../src/compose/email-address.ts';
import { parseRecipients } from '../../../src/compose/recipients.ts';
import { sentence } from '../../../src/shared/problems.ts';
import { problemOf } from '../support.ts';

const at = (address: string, name = ''): EmailAddress => ({ name, address });

describe('parseRecipients', () => {
  const accepted: [string, EmailAddress[]][] = [
    ['ann@example.org', [at('ann@example.org')]],
    ['  ann@example.org  ', [at('ann@example.org')]],
    ['<ann@example.org>', [at('ann@example.org')]],
    ['Ann <ann@example.org>', [at('ann@example.org', 'Ann')]],
    ['Ann B. Cole <ann@example.org>', [at('ann@example.org', 'Ann B. Cole')]],
    ['"Cole, Ann" <ann@example.org>', [at('ann@example.org', 'Cole, Ann')]],
    ['"Cole, Ann" <ann@example.org>, bob@example.org', [at('ann@example.org', 'Cole, Ann'), at('bob@example.org')]],
    ['a@example.org,b@example.org , c@example.org', [at('a@example.org'), at('b@example.org'), at('c@example.org')]],
    ['"\\"The Boss\\"" <boss@example.org>', [at('boss@example.org', '"The Boss"')]],
    ['Ødegård <post@ødegård.example>', [at('post@ødegård.example', 'Ødegård')]],
    ['喫茶 もりやま <info@example.jp>', [at('info@example.jp', '喫茶 もりやま')]],
    ['用户@例子.example', [at('用户@例子.example')]],
    ['first.last+tag@mail.example.org', [at('first.last+tag@mail.example.org')]],
    ["o'hara@example.org", [at("o'hara@example.org")]],
  ];
  for (const [list, expected] of accepted) {
    it(`reads ${list}`, () => assert.deepEqual(parseRecipients('to', list), expected));
  }

  const refused: [string, string][] = [
    // The list, and what the error points at.
    ['ann', '"ann"'],
    ['ann@', '"ann@"'],
    ['@example.org', '"@example.org"'],
    ['ann@localhost', '"ann@localhost"'],
    ['ann@example.org; bob@example.org', '"ann@example.org; bob@example.org"'],
    ['ann@example.org;', '"ann@example.org;"'],
    ['ann@example.org bob@example.org', '"ann@example.org bob@example.org"'],
    ['=?utf-8?q?eve=40evil.example?=@mail.example', '"=?utf-8?q?eve=40evil.example?=@mail.example"'],
    ['ann@@example.org', '"ann@@example.org"'],
    ['Ann <ann@example.org', '"Ann <ann@example.org"'],
    ['ann@exa mple.org', '"ann@exa mple.org"'],
    ['ann@example.org, bob', '"bob"'],
    ['ann@example.org, bob, cat@example.org', '"bob"'],
    ['nobody, ann@example.org', '"nobody"'],
  ];
  for (const [list, culprit] of refused) {
    it(`refuses ${JSON.stringify(list)} and points at ${culprit}`, async () => {
      const problem = await problemOf(() => parseRecipients('cc', list));
      assert.equal(problem.code, 'recipient_invalid');
      assert.equal(problem.explain('arguments').what, `${culprit} in cc is not an e-mail address.`);
    });
  }

  for (const list of ['', '   ', '\t']) {
    it(`calls ${JSON.stringify(list)} a missing argument`, async () => {
      const problem = await problemOf(() => parseRecipients('to', list));
      assert.equal(problem.code, 'argument_missing');
      assert.match(problem.explain('arguments').what, /^The argument to /);
    });
  }

  it('passes over a comma at the end, and says what is wrong between two', async () => {
    assert.deepEqual(parseRecipients('to', 'ann@example.org, '), [at('ann@example.org')]);
    for (const list of ['ann@example.org,, bob@example.org', 'ann@example.org,,']) {
      const { what } = (await problemOf(() => parseRecipients('to', list))).explain('arguments');
      assert.equal(what, 'nothing between two commas in to is not an e-mail address.');
    }
  });

  it('does not repeat a whole long list', async () => {
    const problem = await problemOf(() => parseRecipients('to', 'x'.repeat(5000)));
    assert.ok(sentence(problem.explain('arguments')).length < 400);
  });

  for (const [name, character] of [
    ['CR LF', '\r\n'],
    ['LF', '\n'],
    ['CR', '\r'],
    ['NUL', '\0'],
    ['vertical tab', '\v'],
    ['escape', '\u001b'],
    ['delete', '\u007f'],
    ['next line', '\u0085'],
    ['line separator', '\u2028'],
    ['paragraph separator', '\u2029'],
  ] as const) {
    it(`refuses ${name}, which could begin another header`, async () => {
      for (const list of [
        `ann@example.org${character}Bcc: eve@example.org`,
        `"Ann${character}X: y" <ann@example.org>`,
        `ann@example.org${character}`,
      ]) {
        const problem = await problemOf(() => parseRecipients('to', list));
        assert.equal(problem.code, 'header_line_break');
        assert.match(problem.explain('arguments').what, /^to /);
      }
    });
  }

  it('accepts a tab, which a folded header may hold', () => {
    assert.deepEqual(parseRecipients('to', 'Ann\t<ann@example.org>'), [at('ann@example.org', 'Ann')]);
  });

  const refusals: [string, string, string][] = [
    ['a group', 'Team: a@example.org, Bo <b@example.org>;', 'recipient_group'],
    ['an empty group', 'undisclosed-recipients:;', 'recipient_group'],
    ['an address in two spellings', 'ann@example.org, Ann <ANN@example.org>', 'recipient_twice'],
    ['an address whose domain stands in two forms', 'a@bücher.example, a@xn--bcher-kva.example', 'recipient_twice'],
    ['a name that is another address', '"mara@bank.example" <kim@evil.example>', 'recipient_poses'],
    ['a name that looks like another address', '"mara＠bank.example" <kim@evil.example>', 'recipient_poses'],
    [
      'a name that is decoded to another address',
      '"=?utf-8?q?mara=40bank.example?=" <kim@evil.example>',
      'recipient_poses',
    ],
    ['a name that is too long', `${'x'.repeat(250)} <kim@mail.example>`, 'recipient_name_long'],
    ['a joiner in an address', 'ann@mail\u200d.example', 'recipient_invisible'],
    ['a mark of direction in a name', 'Ann \u202e <ann@mail.example>', 'recipient_invisible'],
    ['a filler in a name', 'Ann\u3164 <ann@mail.example>', 'recipient_invisible'],
    ['fifty thousand empty comments', '()'.repeat(50_000), 'recipient_invalid'],
    ['brackets in brackets', `${'('.repeat(9000)}a@example.org`, 'recipient_unreadable'],
    ['thousands of comments', '(a)'.repeat(13_000), 'recipient_unreadable'],
    ['thousands of comments of as many entries', '(a),'.repeat(9_000), 'recipient_unreadable'],
    ['thousands of quotes', '"" '.repeat(13_000), 'recipient_unreadable'],
    ['thousands of words', 'a '.repeat(19_000), 'recipient_unreadable'],
    ['thousands of dots', 'a.'.repeat(19_000), 'recipient_unreadable'],
    ['thousands of blanks', `a${' '.repeat(39_000)}b`, 'recipient_unreadable'],
  ];
  for (const [what, list, code] of refusals) {
    it(`refuses ${what}`, async () => {
      assert.equal((await problemOf(() => parseRecipients('to', list))).code, code);
    });
  }

  it('takes an address that stands there twice in one spelling once', () => {
    assert.deepEqual(parseRecipients('to', 'a@example.org, a@example.org'), [at('a@example.org')]);
  });

  it('keeps joiners in names that need them', () => {
    const [entry] = parseRecipients('to', '"می\u200cخواهم 👩\u200d🔬" <a@example.org>');
    assert.equal(entry?.name, 'می\u200cخواهم 👩\u200d🔬');
  });
});
