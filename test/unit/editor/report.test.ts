import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import type { Reporter } from '../../../src/editor/report.ts';
import { Problem, type ProblemCode } from '../../../src/shared/problems.ts';
import { Redactor } from '../../../src/shared/redact.ts';
import { silent } from '../support.ts';
import { standInForVscode } from './vscode-stand-in.ts';

interface Shown {
  text: string;
  buttons: string[];
}

/** As much of VS Code as notifications need; the workbench tests read them in the real one. */
const shown: Shown[] = [];
/** What was told, and not as an error. */
const told: Shown[] = [];
/** Commands with their argument, and addresses that were opened. */
const executed: [string, object | undefined][] = [];
let press: string | undefined;
standInForVscode({
  window: {
    showErrorMessage: async (text: string, ...buttons: string[]) => {
      shown.push({ text, buttons });
      return press;
    },
    showInformationMessage: async (text: string, ...buttons: string[]) => {
      told.push({ text, buttons });
      return press;
    },
  },
  commands: { executeCommand: async (id: string, target?: object) => void executed.push([id, target]) },
  env: { openExternal: async (address: string) => void executed.push([address, undefined]) },
  Uri: { parse: (address: string) => address },
});
const { Reporter: RealReporter } = await import('../../../src/editor/report.ts');

const ME = 'me@example.org';
const dead = () => Problem.of('grant_dead', {}, 'invalid_grant');

describe('notifications', () => {
  let reporter: Reporter;
  let redactor: Redactor;

  beforeEach(() => {
    [shown.length, told.length, executed.length, press] = [0, 0, 0, undefined];
    redactor = new Redactor();
    reporter = new RealReporter(silent, redactor);
  });

  it('name the mailbox, the cause and the step', async () => {
    await reporter.show(dead(), { email: ME });
    const [{ text } = { text: '' }] = shown;
    assert.match(text, /^me@example\.org: Google no longer accepts.*Sign in again with "Gmail: Sign In…"/);
  });

  it('say what was being done in place of the mailbox', async () => {
    await reporter.show(dead(), { email: ME, prefix: 'Sign-in' });
    assert.match(shown[0]?.text ?? '', /^Sign-in: Google no longer/);
    await reporter.show(dead());
    assert.match(shown[1]?.text ?? '', /^Google no longer/);
  });

  const target = { email: ME };
  const note: [string, string, object] = [
    'Copy a Note for the Administrator',
    'headlessGmail.copyNoteForAdministrator',
    target,
  ];
  const again: [string, string, object] = ['Sign In Again', 'headlessGmail.signIn', target];
  const fix: [string, string, object] = ['Fix the Client', 'headlessGmail.signIn', { ...target, replaceClient: true }];
  const retry: [string, string, object] = ['Try Again', 'headlessGmail.refreshToken', target];
  const log: [string, string] = ['Show Log', 'headlessGmail.showLog'];
  const setting = (name: string): [string, string, string] => [
    'Open the Setting',
    'workbench.action.openSettings',
    `headlessGmail.${name}`,
  ];
  const buttons: [Problem, [string, string, (object | string)?]][] = [
    [dead(), again],
    [Problem.of('reauthentication_required', {}), again],
    [Problem.of('scope_missing', {}), again],
    [Problem.of('token_request_refused', { reason: 'x' }), again],
    [Problem.of('client_unknown', {}), fix],
    [Problem.of('client_mismatch', {}), fix],
    [Problem.of('grant_expired', {}), ['Publish the App', 'https://console.cloud.google.com/auth/audience']],
    [
      Problem.of('api_disabled', {}),
      ['Enable the Gmail API', 'https://console.cloud.google.com/apis/library/gmail.googleapis.com'],
    ],
    [Problem.of('policy_enforced', {}), note],
    [Problem.of('domain_policy', {}), note],
    [Problem.of('offline', { host: 'gmail.googleapis.com', code: 'ENOTFOUND' }), retry],
    [Problem.of('timed_out', { host: 'gmail.googleapis.com', seconds: '20' }), retry],
    [Problem.of('rate_limited', {}), retry],
    [Problem.of('google_failed', { status: '503' }), retry],
    [Problem.of('clock_wrong', { minutes: '90', direction: 'ahead' }), retry],
    [Problem.of('hidden_query_wrong', { reason: 'x' }), setting('hiddenQuery')],
    [Problem.of('hidden_label_unknown', { label: 'x' }), setting('hiddenQuery')],
    [Problem.of('maximum_access_wrong', { value: 'raed' }), setting('maximumAccess')],
    [Problem.of('client_setting_wrong', { reason: 'x' }), setting('clientFile')],
    [Problem.of('storage_failed', { action: 'read' }), log],
    [Problem.of('sign_in_refused', { reason: 'x' }), log],
    [Problem.of('internal', { reason: 'Unexpected Error.' }), log],
  ];
  for (const [problem, [button, id, argument]] of buttons) {
    it(`lead on from ${problem.code} by their one button, ${button}`, async () => {
      assert.equal(await reporter.show(problem, target), false);
      assert.deepEqual([shown[0]?.buttons, executed], [[button], []]);
      press = button;
      assert.equal(await reporter.show(problem, target), false);
      assert.deepEqual(executed, [[id, argument]]);
    });
  }

  it('lead whoever has no account to the sign-in, or to the sandbox to look around', async () => {
    await reporter.show(Problem.of('signed_out', {}));
    assert.match(shown[0]?.text ?? '', /Gmail: Sign In….*Gmail: Try the Sandbox Mailbox/);
    assert.deepEqual(shown[0]?.buttons, ['Sign In…', 'Try the Sandbox Mailbox']);
    for (press of ['Sign In…', 'Try the Sandbox Mailbox']) await reporter.show(Problem.of('signed_out', {}));
    assert.deepEqual(
      executed.map(([id]) => id),
      ['headlessGmail.signIn', 'headlessGmail.trySandbox'],
    );
  });

  it('are silent about what the person has cancelled, and no error where Google’s page was left', async () => {
    assert.equal(await reporter.show(Problem.of('cancelled', {})), false);
    press = 'Sign In Again';
    assert.equal(await reporter.show(Problem.of('sign_in_denied', {}), { button: 'Sign In Again' }), true);
    assert.deepEqual(shown, []);
    assert.deepEqual(
      told.map(({ text, buttons }) => [text.slice(0, 26), buttons]),
      [['The sign-in was cancelled.', ['Sign In Again']]],
    );
  });

  it('have the caller’s button where it brings one, and leave to it what that does', async () => {
    assert.equal(await reporter.show(dead(), { button: 'Sign In Again' }), false);
    press = 'Sign In Again';
    assert.equal(await reporter.show(dead(), { button: 'Sign In Again' }), true);
    press = 'Fix the Client';
    assert.equal(await reporter.show(dead(), { button: 'Fix the Client' }), true);
    assert.deepEqual(
      shown.map((each) => each.buttons),
      [['Sign In Again'], ['Sign In Again'], ['Fix the Client']],
    );
    assert.deepEqual(executed, []);
  });

  it('repeat no secret', async () => {
    redactor.learn('canary-secret');
    await reporter.show(Problem.of('client_file_wrong', { reason: 'it says canary-secret' }));
    assert.ok(!shown[0]?.text.includes('canary-secret'));
  });

  it('come once for a mailbox while an agent tries again and again, and anew after it has worked', () => {
    for (let attempt = 0; attempt < 3; attempt += 1) reporter.background(ME, dead());
    assert.equal(shown.length, 1);
    reporter.background('other@example.org', dead());
    assert.equal(shown.length, 2);
    reporter.recovered(ME);
    reporter.background(ME, dead());
    assert.equal(shown.length, 3);
  });

  it('come from the background only for what needs somebody', () => {
    const passing: ReadonlySet<ProblemCode> = new Set(['offline', 'timed_out', 'rate_limited', 'google_failed']);
    const others: ReadonlySet<ProblemCode> = new Set(['sign_in_refused', 'internal']);
    for (const [problem] of buttons) {
      shown.length = 0;
      reporter.background(ME, problem);
      const isShown = !passing.has(problem.code) && !others.has(problem.code);
      assert.equal(shown.length, isShown ? 1 : 0, problem.code);
    }
    shown.length = 0;
    reporter.background(ME, Problem.of('certificate_refused', { host: 'x', code: 'CERT_HAS_EXPIRED' }));
    assert.equal(shown.length, 1);
    reporter.background(ME, Problem.of('cancelled', {}));
    assert.equal(shown.length, 1);
  });

  it('say again that nobody is signed in after somebody was', () => {
    const nobody = () => Problem.of('signed_out', {});
    reporter.background('', nobody());
    reporter.background('', nobody());
    assert.equal(shown.length, 1);
    reporter.recovered(ME);
    reporter.background('', nobody());
    assert.equal(shown.length, 2);
  });

  it('tell once of a mailbox whose stored sign-in cannot be read', () => {
    reporter.unreadable([ME]);
    reporter.unreadable([ME, 'other@example.org']);
    assert.deepEqual(
      shown.map(({ text }) => text.replace(/ Run .*/, '')),
      [
        'me@example.org is signed out. The stored sign-in can no longer be read.',
        'other@example.org is signed out. The stored sign-in can no longer be read.',
      ],
    );
  });
});
