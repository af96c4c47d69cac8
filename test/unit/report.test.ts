import assert from 'node:assert/strict';
import { registerHooks } from 'node:module';
import { beforeEach, describe, it } from 'node:test';
import type { Reporter } from '../../src/editor/report.ts';
import { Problem } from '../../src/shared/problems.ts';
import { Redactor } from '../../src/shared/redact.ts';
import { silent } from './support.ts';

interface Shown {
  text: string;
  buttons: string[];
}

/** As much of VS Code as notifications need; the workbench tests read them in the real one. */
const shown: Shown[] = [];
const executed: string[] = [];
let press: string | undefined;
Object.assign(globalThis, {
  vscodeStandIn: {
    window: {
      showErrorMessage: async (text: string, ...buttons: string[]) => {
        shown.push({ text, buttons });
        return press;
      },
    },
    commands: { executeCommand: async (id: string) => void executed.push(id) },
  },
});
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'vscode'
      ? {
          url: `data:text/javascript,${encodeURIComponent('export const { commands, window } = globalThis.vscodeStandIn;')}`,
          shortCircuit: true,
        }
      : next(specifier, context),
});
const { Reporter: RealReporter } = await import('../../src/editor/report.ts');

const ME = 'me@example.org';
const dead = () => Problem.of('grant_dead', {}, 'invalid_grant');

describe('notifications', () => {
  let reporter: Reporter;
  let redactor: Redactor;

  beforeEach(() => {
    [shown.length, executed.length, press] = [0, 0, undefined];
    redactor = new Redactor();
    reporter = new RealReporter(silent, redactor);
  });

  it('name the mailbox, the cause and the step, and lead on by their one button', async () => {
    press = 'Add Account…';
    await reporter.show(dead(), ME);
    assert.match(
      shown[0]?.text ?? '',
      /^me@example\.org: Google no longer accepts.*Sign in again with "Gmail: Add Account…"/,
    );
    assert.deepEqual(shown[0]?.buttons, ['Add Account…']);
    assert.deepEqual(executed, ['headlessGmail.addAccount']);
  });

  it('lead to the log where no sign-in would help', async () => {
    press = 'Show Log';
    await reporter.show(Problem.of('google_failed', { status: '503' }));
    assert.deepEqual(shown[0]?.buttons, ['Show Log']);
    assert.deepEqual(executed, ['headlessGmail.showLog']);
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

  it('do not come from the background for what passes by itself', () => {
    for (const problem of [
      Problem.of('offline', { host: 'gmail.googleapis.com', code: 'ENOTFOUND' }),
      Problem.of('rate_limited', {}),
      Problem.of('cancelled', {}),
    ]) {
      reporter.background(ME, problem);
    }
    assert.deepEqual(shown, []);
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
