import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { inspect } from 'node:util';
import { readAnswer, readPastedAnswer } from '../../../src/oauth/authorization-answer.ts';
import { type ProblemCode, sentence } from '../../../src/shared/problems.ts';
import { problemOf } from '../support.ts';

const STATE = 'q3VtYnJpYS1zdGF0ZS1vZi10aGlzLXNpZ24taW4';
const CODE = '4/0AfJohXcanarycodecanarycodecanary';
const answered = (query: string) => readAnswer(new URLSearchParams(query), STATE);

describe('the answer of the authorization endpoint', () => {
  it('is the code, where the state is that of the sign-in', () => {
    assert.deepEqual(answered(`state=${STATE}&code=${CODE}&scope=x&authuser=0&prompt=consent`), { code: CODE });
    assert.deepEqual(answered(`code=${encodeURIComponent(CODE)}&state=${STATE}`), { code: CODE });
  });

  const others: [string, string][] = [
    ['without a state', `code=${CODE}`],
    ['with a blank state', `state=&code=${CODE}`],
    ['with another state', `state=${'x'.repeat(STATE.length)}&code=${CODE}`],
    ['with the beginning of the state', `state=${STATE.slice(0, -1)}&code=${CODE}`],
    ['with more than the state', `state=${STATE}x&code=${CODE}`],
    ['with the state in other letters', `state=${STATE.toUpperCase()}&code=${CODE}`],
    ['with a foreign state before the right one', `state=x&state=${STATE}&code=${CODE}`],
    ['with an error and another state', 'state=x&error=access_denied'],
    ['with an error and no state', 'error=access_denied'],
    ['with the state alone', `state=${STATE}`],
    ['with a blank code', `state=${STATE}&code=`],
    ['that is empty', ''],
  ];
  for (const [kind, query] of others) {
    it(`is none ${kind}`, () => assert.equal(answered(query), undefined));
  }

  const refusals: [string, ProblemCode, string][] = [
    ['access_denied', 'sign_in_denied', ''],
    ['admin_policy_enforced', 'policy_enforced', ''],
    ['org_internal', 'policy_enforced', ''],
    ['invalid_request', 'sign_in_refused', 'invalid_request'],
    ['temporarily_unavailable', 'sign_in_refused', 'temporarily_unavailable'],
    ['Call +1 555 0100 now', 'sign_in_refused', 'unknown'],
    ['<script>alert(1)</script>', 'sign_in_refused', 'unknown'],
    ['a'.repeat(61), 'sign_in_refused', 'unknown'],
  ];
  for (const [error, code, reason] of refusals) {
    it(`${error.slice(0, 30)} is ${code}`, () => {
      const query = new URLSearchParams({ state: STATE, error, error_description: 'words of a stranger' });
      const answer = readAnswer(query, STATE);
      assert.ok(answer && 'refusal' in answer);
      assert.equal(answer.refusal.code, code);
      const words = sentence(answer.refusal.explain('person'));
      assert.ok(words.includes(reason), words);
      assert.doesNotMatch(words, /555|script|stranger|aaaa/);
    });
  }

  it('is a refusal where it has both an error and a code', () => {
    const answer = answered(`state=${STATE}&code=${CODE}&error=access_denied`);
    assert.ok(answer && 'refusal' in answer);
  });
});

describe('a pasted address', () => {
  const query = `?state=${STATE}&code=${CODE}&scope=https://www.googleapis.com/auth/gmail.modify`;
  const right: [string, string][] = [
    ['whole', `http://127.0.0.1:41234/${query}`],
    ['without a path', `http://127.0.0.1:41234${query}`],
    ['without the scheme', `127.0.0.1:41234/${query}`],
    ['with a name and without the scheme', `localhost:41234/${query}`],
    ['with blanks and a line break around it', `  \n http://127.0.0.1:41234/${query}\r\n`],
    ['with its code encoded', `http://127.0.0.1:41234/?code=${encodeURIComponent(CODE)}&state=${STATE}`],
    ['as a remote editor forwards it', `https://41234.codespaces.example.org/${query}`],
    ['with a fragment', `http://127.0.0.1:41234/${query}#`],
  ];
  for (const [kind, text] of right) {
    it(`is read ${kind}`, () => assert.deepEqual(readPastedAnswer(text, STATE), { code: CODE }));
  }

  it('may be a refusal', () => {
    const answer = readPastedAnswer(`127.0.0.1:41234/?error=access_denied&state=${STATE}`, STATE);
    assert.ok('refusal' in answer);
    assert.equal(answer.refusal.code, 'sign_in_denied');
  });

  const wrong: [string, string, RegExp][] = [
    ['nothing', '', /is empty/],
    ['blanks', ' \t\n', /is empty/],
    ['the code alone', CODE, /the code alone/],
    [
      'the address of Google’s page',
      `https://accounts.google.com/signin/oauth/consent?state=${STATE}`,
      /page of Google/,
    ],
    ['Google’s page without the scheme', 'accounts.google.com/o/oauth2/v2/auth?code=x', /page of Google/],
    ['the address without the answer', 'http://127.0.0.1:41234/', /no answer of Google/],
    ['the address cut off before the code', `http://127.0.0.1:41234/?state=${STATE}`, /no answer of Google/],
    ['the address of another sign-in', `http://127.0.0.1:41234/?state=other&code=${CODE}`, /another sign-in/],
    ['the address without its state', `http://127.0.0.1:41234/?code=${CODE}`, /another sign-in/],
    ['a refusal of another sign-in', 'http://127.0.0.1:41234/?state=other&error=access_denied', /another sign-in/],
    ['something endless', `http://127.0.0.1:41234/${query}&x=${'x'.repeat(16_384)}`, /far too long/],
    ['words', 'I do not know', /not an address/],
    ['a broken address', '[::1', /not an address/],
  ];
  for (const [kind, text, reason] of wrong) {
    it(`is not ${kind}`, async () => {
      const problem = await problemOf(() => readPastedAnswer(text, STATE));
      assert.equal(problem.code, 'address_wrong');
      assert.match(problem.explain('person').why, reason);
      assert.doesNotMatch(inspect(problem, { showHidden: true, depth: 9 }), /canary|q3VtYnJpYS/, 'it repeats the text');
    });
  }

  it('is not mistaken for a page of Google’s by its ending', () => {
    assert.deepEqual(readPastedAnswer(`http://notgoogle.com/${query}`, STATE), { code: CODE });
  });
});
