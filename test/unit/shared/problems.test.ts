import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Audience } from '../../../src/shared/problem-catalogue.ts';
import { Problem, type ProblemCode, sentence } from '../../../src/shared/problems.ts';

const AUDIENCES: readonly Audience[] = ['arguments', 'environment', 'editor', 'person'];

// A code that is added to the catalogue and not here fails the type check.
const SAMPLES = {
  argument_invalid: Problem.of('argument_invalid', { argument: 'max_results', expected: '1 to 500', got: '"ten"' }),
  argument_missing: Problem.of('argument_missing', { argument: 'to', expected: 'an address' }),
  argument_unknown: Problem.of('argument_unknown', { argument: 'cc', known: 'to, subject' }),
  cursor_wrong: Problem.of('cursor_wrong', { reason: 'it belongs to another tool' }),
  query_unbalanced: Problem.of('query_unbalanced', { reason: 'a bracket is not closed' }),
  hidden_query_wrong: Problem.of('hidden_query_wrong', { reason: 'there are no words' }),
  hidden_label_unknown: Problem.of('hidden_label_unknown', { label: 'private' }),
  credentials_missing: Problem.of('credentials_missing', { names: 'GMAIL_CLIENT_ID' }),
  too_many_recipients: Problem.of('too_many_recipients', { argument: 'to', got: '501', limit: '500' }),
  credential_malformed: Problem.of('credential_malformed', { name: 'google_access_token' }),
  recipient_invalid: Problem.of('recipient_invalid', { argument: 'to', got: '"nobody"' }),
  header_line_break: Problem.of('header_line_break', { argument: 'subject' }),
  message_empty: Problem.of('message_empty', {}),
  message_too_large: Problem.of('message_too_large', { size: '31.0 MB', limit: '25.0 MB' }),
  client_file_wrong: Problem.of('client_file_wrong', { reason: 'it is a service account' }),
  client_setting_wrong: Problem.of('client_setting_wrong', { reason: 'it is empty' }),
  refresh_token_wrong: Problem.of('refresh_token_wrong', { reason: 'it is an access token' }),
  part_unknown: Problem.of('part_unknown', { part: '9', message: '18f0', known: '1, 2.1' }),
  save_folder_unset: Problem.of('save_folder_unset', {}),
  save_folder_wide: Problem.of('save_folder_wide', { folder: '/home/me' }),
  save_folder_missing: Problem.of('save_folder_missing', { folder: '/tmp/gone' }),
  save_folder_changed: Problem.of('save_folder_changed', { folder: '/tmp/mine' }),
  save_failed: Problem.of('save_failed', { reason: 'ENOSPC' }),
  text_too_large: Problem.of('text_too_large', { size: '31.0 MB', limit: '8.0 MB' }),
  text_unreadable: Problem.of('text_unreadable', { reason: 'memory' }),
  storage_failed: Problem.of('storage_failed', { action: 'read' }),
  signed_out: Problem.of('signed_out', {}),
  account_unknown: Problem.of('account_unknown', { account: 'lena@example.org', known: 'robin@example.org' }),
  maximum_access_wrong: Problem.of('maximum_access_wrong', { value: 'raed' }),
  level_too_low: Problem.of('level_too_low', { account: 'robin@example.org', level: 'read', needed: 'send' }),
  scope_not_granted: Problem.of('scope_not_granted', { account: 'robin@example.org', needed: 'organise' }),
  editor_absent: Problem.of('editor_absent', {}),
  folder_unsafe: Problem.of('folder_unsafe', { reason: 'It belongs to somebody else' }),
  sign_in_denied: Problem.of('sign_in_denied', {}),
  sign_in_refused: Problem.of('sign_in_refused', { reason: 'temporarily_unavailable' }),
  sign_in_unanswered: Problem.of('sign_in_unanswered', {}),
  sign_in_other_mailbox: Problem.of('sign_in_other_mailbox', {
    expected: 'robin@example.org',
    got: 'lena@example.org',
  }),
  nothing_granted: Problem.of('nothing_granted', {}),
  refresh_token_absent: Problem.of('refresh_token_absent', {}),
  redirect_port_refused: Problem.of('redirect_port_refused', { code: 'EACCES' }),
  address_wrong: Problem.of('address_wrong', { reason: 'it is empty' }),
  grant_dead: Problem.of('grant_dead', {}),
  signed_in_elsewhere: Problem.of('signed_in_elsewhere', { account: 'robin@example.org' }),
  grant_expired: Problem.of('grant_expired', {}),
  reauthentication_required: Problem.of('reauthentication_required', {}),
  client_unknown: Problem.of('client_unknown', {}),
  client_mismatch: Problem.of('client_mismatch', {}),
  policy_enforced: Problem.of('policy_enforced', {}),
  token_request_refused: Problem.of('token_request_refused', { reason: 'invalid_request' }),
  offline: Problem.of('offline', { host: 'gmail.googleapis.com', code: 'ENOTFOUND' }),
  timed_out: Problem.of('timed_out', { host: 'gmail.googleapis.com', seconds: '60' }),
  redirected: Problem.of('redirected', { host: 'gmail.googleapis.com', status: '307' }),
  certificate_refused: Problem.of('certificate_refused', { host: 'gmail.googleapis.com', code: 'CERT_HAS_EXPIRED' }),
  clock_wrong: Problem.of('clock_wrong', { minutes: '90', direction: 'ahead' }),
  access_token_refused: Problem.of('access_token_refused', {}),
  scope_missing: Problem.of('scope_missing', {}),
  metadata_scope: Problem.of('metadata_scope', {}),
  rate_limited: Problem.of('rate_limited', {}),
  mailbox_missing: Problem.of('mailbox_missing', {}),
  request_too_large: Problem.of('request_too_large', {}),
  daily_limit: Problem.of('daily_limit', {}),
  domain_policy: Problem.of('domain_policy', {}),
  api_disabled: Problem.of('api_disabled', {}),
  not_found: Problem.of('not_found', { kind: 'message', id: '18f0' }),
  request_refused: Problem.of('request_refused', { reason: 'Invalid label' }),
  google_failed: Problem.of('google_failed', { status: '503' }),
  recipient_unreadable: Problem.of('recipient_unreadable', { argument: 'to' }),
  recipient_group: Problem.of('recipient_group', { argument: 'to', group: '"Team"' }),
  recipient_twice: Problem.of('recipient_twice', { argument: 'cc', address: 'Ann@example.org' }),
  recipient_name_long: Problem.of('recipient_name_long', { argument: 'to', address: 'c@d.example', limit: '200' }),
  recipient_poses: Problem.of('recipient_poses', { argument: 'to', name: '"a@b.example"', address: 'c@d.example' }),
  recipient_invisible: Problem.of('recipient_invisible', { argument: 'to', character: 'U+200D' }),
  recipient_not_allowed: Problem.of('recipient_not_allowed', { address: 'eve@example.org' }),
  recipients_missing: Problem.of('recipients_missing', { answers: true }),
  subject_too_long: Problem.of('subject_too_long', { length: '20000', limit: '2000' }),
  body_too_large: Problem.of('body_too_large', { size: '512 KB', limit: '400 KB' }),
  one_origin_only: Problem.of('one_origin_only', { given: 'draft_id and forward_message_id' }),
  origin_needed: Problem.of('origin_needed', { argument: 'reply_all', needed: 'reply_to_message_id' }),
  answer_unthreaded: Problem.of('answer_unthreaded', { id: '18f0' }),
  original_unreadable: Problem.of('original_unreadable', { id: 'abc123', reason: 'It is too large.' }),
  draft_not_answerable: Problem.of('draft_not_answerable', { id: '18f0' }),
  alias_unknown: Problem.of('alias_unknown', { address: 'x@example.org', known: 'me@example.org' }),
  alias_pending: Problem.of('alias_pending', { address: 'new@example.org' }),
  draft_fixed: Problem.of('draft_fixed', { id: 'r1', part: 'text/calendar' }),
  send_refused: Problem.of('send_refused', { said: Problem.of('rate_limited', {}).words() }),
  draft_gone: Problem.of('draft_gone', { id: 'r1' }),
  draft_header_unclear: Problem.of('draft_header_unclear', { id: 'r1', header: 'bcc' }),
  draft_changed: Problem.of('draft_changed', { id: 'r1' }),
  sent_otherwise: Problem.of('sent_otherwise', { id: 'm1' }),
  draft_in_question: Problem.of('draft_in_question', { id: 'r1' }),
  draft_unclear: Problem.of('draft_unclear', { reason: 'ECONNRESET' }),
  send_failed_draft_kept: Problem.of('send_failed_draft_kept', { draft: 'r1' }),
  send_saved_as_draft: Problem.of('send_saved_as_draft', { draft: 'r1' }),
  send_cancelled_by_client: Problem.of('send_cancelled_by_client', {}),
  send_answer_unusable: Problem.of('send_answer_unusable', {}),
  questions_open: Problem.of('questions_open', { limit: '5' }),
  attachment_unreadable: Problem.of('attachment_unreadable', { file: 'a.txt', reason: 'it is empty' }),
  attachment_outside: Problem.of('attachment_outside', { file: '/etc/passwd', folders: '/home/me/work' }),
  send_needs_approval: Problem.of('send_needs_approval', {}),
  send_declined: Problem.of('send_declined', {}),
  send_unanswered: Problem.of('send_unanswered', {}),
  send_unclear: Problem.of('send_unclear', { subject: '"Hello"', reason: 'ECONNRESET' }),
  label_hides_mail: Problem.of('label_hides_mail', { label: 'private' }),
  labels_renamed_partly: Problem.of('labels_renamed_partly', {
    ...{ label: 'Work', to: 'Job', done: '1', left: 'Work/b', reason: 'Google does not answer.' },
  }),
  operation_unclear: Problem.of('operation_unclear', { operation: 'rename', reason: 'It needs new_name.' }),
  filter_criteria_wrong: Problem.of('filter_criteria_wrong', { reason: 'none of from, list and subject is given' }),
  filter_unknown: Problem.of('filter_unknown', { id: 'ANe1Bm' }),
  filter_refused: Problem.of('filter_refused', { reason: 'Filter already exists' }),
  change_not_agreed: Problem.of('change_not_agreed', { how: 'unable' }),
  mailbox_unknown: Problem.of('mailbox_unknown', {}),
  undo_claimed: Problem.of('undo_claimed', { change: 'Archived', state: 'under way' }),
  undone_partly: Problem.of('undone_partly', {
    ...{ done: 'Taken back (Archived): 3 messages. ', left: 'Starred, 1 message (18f0)' },
    said: Problem.of('timed_out', { host: 'Gmail', seconds: '30' }).words(),
  }),
  messages_unnamed: Problem.of('messages_unnamed', { given: 'none is named' }),
  change_unnamed: Problem.of('change_unnamed', {}),
  labels_conflict: Problem.of('labels_conflict', { label: 'Receipts' }),
  selection_gone: Problem.of('selection_gone', { selection: 's1' }),
  selection_too_wide: Problem.of('selection_too_wide', { limit: '5,000', of: 'messages' }),
  changed_partly: Problem.of('changed_partly', {
    done: '900',
    left: '2',
    ids: '18f0, 18f1',
    selection: 's1',
    reason: 'Gmail did not take them.',
  }),
  label_unknown: Problem.of('label_unknown', { label: 'Recepits', known: 'Receipts, Travel' }),
  label_fixed: Problem.of('label_fixed', { label: 'INBOX' }),
  label_name_wrong: Problem.of('label_name_wrong', { label: 'a//b', reason: 'A part of it is blank.' }),
  history_gone: Problem.of('history_gone', {}),
  nothing_to_undo: Problem.of('nothing_to_undo', { others: '' }),
  unsubscribe_not_offered: Problem.of('unsubscribe_not_offered', {}),
  unsubscribe_not_trusted: Problem.of('unsubscribe_not_trusted', { reason: 'its web address has a user part' }),
  unsubscribe_unusable: Problem.of('unsubscribe_unusable', { reason: 'its mail address names nobody' }),
  unsubscribe_behind_proxy: Problem.of('unsubscribe_behind_proxy', { host: 'lists.example' }),
  unsubscribe_address_refused: Problem.of('unsubscribe_address_refused', { host: 'lists.example' }),
  unsubscribe_unreachable: Problem.of('unsubscribe_unreachable', { host: 'lists.example', reason: 'ENOTFOUND' }),
  unsubscribe_redirected: Problem.of('unsubscribe_redirected', { host: 'lists.example', status: '302' }),
  unsubscribe_refused: Problem.of('unsubscribe_refused', { host: 'lists.example', status: '404' }),
  unsubscribe_unclear: Problem.of('unsubscribe_unclear', { host: 'lists.example', reason: 'ECONNRESET' }),
  activity_unwritable: Problem.of('activity_unwritable', { reason: 'ENOSPC' }),
  activity_unnoted: Problem.of('activity_unnoted', { why: 'The record cannot be written (ENOSPC).' }),
  cancelled: Problem.of('cancelled', {}),
  internal: Problem.of('internal', { reason: 'Unexpected TypeError.' }),
} satisfies Record<ProblemCode, Problem>;

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
