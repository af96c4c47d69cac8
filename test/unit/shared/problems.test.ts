import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Audience } from '../../../src/shared/problem-catalogue.ts';
import { Problem, type ProblemCode, sentence } from '../../../src/shared/problems.ts';
import { SAMPLES } from './problem-samples.ts';

const AUDIENCES: readonly Audience[] = ['arguments', 'environment', 'editor', 'person'];

const samples = Object.entries(SAMPLES) as [ProblemCode, Problem][];

describe('the catalogue of problems', () => {
  for (const [code, problem] of samples) {
    it(`${code} says what, why and what to do next, whoever reads it`, () => {
      assert.equal(problem.code, code);
      for (const audience of AUDIENCES) {
        const { what, why, next } = problem.explain(audience);
        for (const text of [what, why, next]) {
          assert.match(text, /^\S.{8,}[^.]\.$/u, `${code}, ${audience}: "${text}"`);
          assert.doesNotMatch(text, /undefined|null|NaN|\[object|\$\{|\n/, `${code}, ${audience}: "${text}"`);
        }
        assert.equal(new Set([what, why, next]).size, 3, `${code}, ${audience} repeats itself`);
      }
    });
  }

  it('says nothing twice: no two codes read the same', () => {
    const texts = samples.map(([, problem]) => sentence(problem.explain('editor')));
    assert.equal(new Set(texts).size, texts.length);
  });

  it('names the facts of the case', () => {
    const facts: [ProblemCode, string[]][] = [
      ['argument_invalid', ['max_results', '1 to 500', '"ten"']],
      ['argument_missing', ['to', 'an address']],
      ['argument_unknown', ['cc', 'to, subject']],
      ['recipient_invalid', ['to', '"nobody"']],
      ['message_too_large', ['31.0 MB', '25.0 MB']],
      ['offline', ['gmail.googleapis.com', 'ENOTFOUND']],
      ['timed_out', ['gmail.googleapis.com', '60 seconds']],
      ['certificate_refused', ['gmail.googleapis.com', 'CERT_HAS_EXPIRED']],
      ['clock_wrong', ['90 minutes ahead']],
      ['metadata_scope', ['gmail.metadata', 'myaccount.google.com']],
      ['not_found', ['message', '18f0']],
      ['google_failed', ['503']],
      ['account_unknown', ['lena@example.org', 'Signed in: robin@example.org']],
      ['level_too_low', ['robin@example.org', 'sending mail', 'level Read', 'needs Full']],
      ['scope_not_granted', ['robin@example.org', 'organising mail']],
      ['send_unclear', ['"Hello"', 'ECONNRESET']],
      ['sign_in_refused', ['temporarily_unavailable']],
      ['sign_in_other_mailbox', ['as lena@example.org', 'not as robin@example.org', 'choose robin@example.org']],
      ['redirect_port_refused', ['127.0.0.1', 'EACCES']],
      ['address_wrong', ['it is empty']],
      ['part_unknown', ['18f0', 'part 9', '1, 2.1']],
      ['save_folder_missing', ['/tmp/gone']],
      ['save_failed', ['ENOSPC']],
      ['text_too_large', ['31.0 MB']],
      ['unsubscribe_not_trusted', ['its web address has a user part', 'gmail_modify_emails']],
      ['unsubscribe_unusable', ['its mail address names nobody', 'gmail_modify_emails']],
      ['unsubscribe_behind_proxy', ['lists.example', 'proxy']],
      ['unsubscribe_redirected', ['lists.example', '302', 'not followed']],
      ['unsubscribe_unclear', ['lists.example', 'ECONNRESET', 'not repeated']],
    ];
    for (const [code, words] of facts) {
      const text = sentence(SAMPLES[code].explain('arguments'));
      for (const word of words) assert.ok(text.includes(word), `${code} does not say ${word}: ${text}`);
    }
  });

  // These come up in the editor, or say who can be asked there.
  const ofTheEditor =
    /^(level_too_low|storage_failed|signed_out|editor_absent|folder_unsafe|send_needs_approval|redirect_port_refused)$/;
  for (const [code, problem] of samples) {
    it(`${code} gives everyone a step that they can take`, () => {
      // Inside the editor there is neither an argument nor a variable to set.
      for (const audience of ['editor', 'person'] as const)
        assert.doesNotMatch(problem.explain(audience).next, /google_\w+|GMAIL_\w+|restart the server/, audience);
      if (ofTheEditor.test(code)) return;
      assert.doesNotMatch(problem.explain('environment').next, /google_\w+|VS Code/);
      assert.doesNotMatch(problem.explain('arguments').next, /GMAIL_\w+|VS Code|restart the server/);
    });
  }

  for (const code of ['grant_dead', 'reauthentication_required', 'scope_missing'] as const) {
    it(`${code} leads to a new sign-in`, () => {
      assert.match(SAMPLES[code].explain('arguments').next, /sign in.*google_refresh_token/i);
      assert.match(SAMPLES[code].explain('environment').next, /sign in.*GMAIL_REFRESH_TOKEN/i);
      assert.match(SAMPLES[code].explain('editor').next, /Ask the user.*Gmail: Sign In…/);
      assert.match(SAMPLES[code].explain('person').next, /^Sign in again.*Gmail: Sign In…/);
    });
  }

  it('tells of the seven days of an unpublished app, the commonest cause of a dead grant', () => {
    assert.match(SAMPLES.grant_dead.explain('environment').why, /Testing.*seven days.*publish/);
  });

  for (const code of [
    'sign_in_denied',
    'sign_in_refused',
    'sign_in_unanswered',
    'sign_in_other_mailbox',
    'nothing_granted',
  ] as const) {
    it(`${code} leads a person to another try`, () => {
      assert.match(SAMPLES[code].explain('person').next, /^Sign in again/);
    });
  }

  it('leads from the end of the seven days to the publishing that ends them', () => {
    for (const audience of AUDIENCES) assert.match(SAMPLES.grant_expired.explain(audience).next, /publish the app/i);
    assert.match(SAMPLES.grant_expired.explain('editor').next, /^Ask the user.*Gmail: Sign In…/);
  });

  for (const code of ['send_needs_approval', 'send_declined', 'send_unanswered', 'send_unclear'] as const) {
    it(`${code} leaves no doubt about whether something was sent`, () => {
      const expected = code === 'send_unclear' ? /unknown whether/ : /not sent/;
      for (const audience of AUDIENCES) assert.match(SAMPLES[code].explain(audience).what, expected);
    });
  }
});

describe('a problem on its way through the broker', () => {
  for (const [code, problem] of samples) {
    it(`${code} arrives as it left`, () => {
      const arrived = Problem.fromWire(JSON.parse(JSON.stringify(problem.toWire())));
      assert.equal(arrived.code, code);
      for (const audience of AUDIENCES) assert.deepEqual(arrived.explain(audience), problem.explain(audience));
    });
  }

  it('keeps what Google said', () => {
    const problem = Problem.of('grant_dead', {}, 'invalid_grant: Bad Request');
    assert.equal(Problem.fromWire(JSON.parse(JSON.stringify(problem.toWire()))).details, 'invalid_grant: Bad Request');
    assert.equal(Problem.fromWire(SAMPLES.grant_dead.toWire()).details, undefined);
  });

  for (const code of ['from_a_later_version', 'toString', '__proto__', '']) {
    it(`becomes internal where its code is ${JSON.stringify(code)}`, () => {
      const arrived = Problem.fromWire({ code, facts: { secret: 'hunter2' } });
      assert.equal(arrived.code, 'internal');
      assert.doesNotMatch(sentence(arrived.explain('editor')), /hunter2|undefined/);
    });
  }
});
