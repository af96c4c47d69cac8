import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import type { Account } from '../../../src/accounts/account.ts';
import type { CallReport } from '../../../src/broker/activity/protocol.ts';
import type { SentNotices } from '../../../src/editor/gate/sent-notices.ts';
import { storedAccount } from '../../support/account.ts';
import { questionOf } from '../../support/question.ts';
import { standInForVscode } from './vscode-stand-in.ts';

let [told, warned, opened]: [string[][], string[][], string[]] = [[], [], []];
let press: string | undefined;
const say =
  (into: () => string[][]) =>
  async (text: string, ...buttons: string[]) => {
    into().push([text, ...buttons]);
    return press;
  };
standInForVscode({
  window: { showInformationMessage: say(() => told), showWarningMessage: say(() => warned) },
  env: { openExternal: async (page: string) => void opened.push(page) },
  Uri: { parse: (page: string) => page },
});
const { SentNotices: RealNotices } = await import('../../../src/editor/gate/sent-notices.ts');

const ROBIN = storedAccount();
const SANDBOX: Account = { ...ROBIN, sandboxOrigin: 'http://127.0.0.1:1' };
const to = (...addresses: string[]) => addresses.map((address) => ({ shown: `A name <${address}>`, address }));
const QUESTION = questionOf({ to: to('ann@example.org'), cc: to('bo@example.org'), bcc: to('cy@example.org') });
const CALL: CallReport = { tool: 'gmail_send_email', client: 'one', outcome: 'done', approval: 'person' };
const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('what a person is told of a message that was let go', () => {
  let notices: SentNotices;
  beforeEach(() => {
    [told, warned, opened, press] = [[], [], [], undefined];
    notices = new RealNotices();
  });
  const end = (change: Partial<CallReport>, account = ROBIN) =>
    notices.ended({ ...CALL, question: notices.letGo(QUESTION, account), ...change });
  const sent = { deed: 'sent', messageId: '18f0' };

  it('is to whom it was sent, with a way to it, and nothing of what it says', async () => {
    press = 'Open in Gmail';
    end(sent);
    await turn();
    assert.deepEqual(told, [['Sent to ann@example.org and 2 more, from robin@example.org.', 'Open in Gmail']]);
    assert.deepEqual(opened, ['https://mail.google.com/mail/u/?authuser=robin%40example.org#all/18f0']);
    assert.deepEqual(warned, []);
  });

  it('has no way to the sandbox, which has no pages', () => {
    end(sent, SANDBOX);
    end({ outcome: 'unclear' }, SANDBOX);
    assert.deepEqual([told[0]?.length, warned[0]?.length], [1, 1]);
  });

  it('is that it was sent where something failed behind it', () => {
    end({ ...sent, outcome: 'partly', reason: 'offline' });
    assert.match(told[0]?.[0] ?? '', /^Sent to/);
  });

  it('is that nobody knows, or that it was not sent', async () => {
    press = 'Open Sent in Gmail';
    end({ outcome: 'unclear', reason: 'send_unclear' });
    end({ outcome: 'failed', reason: 'daily_limit' });
    await turn();
    assert.deepEqual(
      warned.map(([text]) => text?.replace(/ ann.*org/, '')),
      [
        'Nobody knows whether the email to was sent. Look among the sent ones before it is sent again.',
        'Not sent: the email to. The agent has been told why.',
      ],
    );
    assert.deepEqual(opened, ['https://mail.google.com/mail/u/?authuser=robin%40example.org#sent']);
    assert.deepEqual(told, []);
  });

  it('is that nobody knows where the server ended before it said a word', () => {
    const gone = new AbortController();
    const question = notices.letGo(QUESTION, ROBIN, gone.signal);
    notices.letGo(QUESTION, ROBIN, gone.signal);
    notices.ended({ ...CALL, ...sent, question });
    gone.abort();
    assert.deepEqual([told.length, warned.length], [1, 1]);
    assert.match(warned[0]?.[0] ?? '', /^Nobody knows/);
  });

  it('comes once, and for what was let go alone', () => {
    const question = notices.letGo(QUESTION, ROBIN);
    for (let times = 0; times < 2; times += 1) notices.ended({ ...CALL, ...sent, question });
    notices.ended({ ...CALL, ...sent });
    notices.ended({ ...CALL, ...sent, question: 'b0e42fe7-31a5-4894-a441-007e5256afea' });
    assert.deepEqual([told.length, warned.length], [1, 0]);
  });

  it('makes no link of an address, whatever a server says that it is', () => {
    const address = '[Look](command:workbench.action.quit)@mail.example';
    notices.ended({ ...CALL, ...sent, question: notices.letGo({ ...QUESTION, to: to(address) }, ROBIN) });
    assert.match(told[0]?.[0] ?? '', /^Sent to \[Look\] \(command:/);
  });

  it('shows what cannot be seen in an address', () => {
    const question = notices.letGo({ ...QUESTION, to: to('ann@mail\u200d.example'), cc: [], bcc: [] }, ROBIN);
    notices.ended({ ...CALL, ...sent, question });
    assert.equal(told[0]?.[0], 'Sent to ann@mail⟨U+200D⟩.example, from robin@example.org.');
  });
});
