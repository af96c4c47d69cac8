import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import type { Entry } from '../../../src/activity/entries.ts';
import { Recorder } from '../../../src/activity/recorder.ts';
import type { CallReport } from '../../../src/broker/activity/protocol.ts';
import { storedAccount } from '../../support/account.ts';

const ROBIN = storedAccount();
const REPORT: CallReport = {
  tool: 'gmail_search_emails',
  client: 'An editor 1.2',
  deed: 'found',
  count: 3,
  outcome: 'done',
  approval: 'none',
};

describe('the recorder', () => {
  let [isOn, takesSearches] = [true, false];
  let entries: Entry[];
  let recorder: Recorder;
  beforeEach(() => {
    [isOn, takesSearches, entries] = [true, false, []];
    recorder = new Recorder({
      log: { append: async (entry) => void entries.push(entry) },
      isOn: () => isOn,
      takesSearches: () => takesSearches,
      clock: { now: () => 7 },
    });
  });

  it('notes a call with the account that it was about, and no other address', async () => {
    const question = 'b0e42fe7-31a5-4894-a441-007e5256afea';
    await recorder.called({ ...REPORT, question, account: 'mallory@example.com' }, undefined);
    await recorder.called({ ...REPORT, account: ROBIN.email }, { ...ROBIN, sandboxOrigin: 'http://127.0.0.1:1' });
    assert.deepEqual(entries, [
      { kind: 'call', at: 7, call: REPORT },
      { kind: 'call', at: 7, account: ROBIN.email, isSandbox: true, call: REPORT },
    ]);
  });

  it('notes a search only where the person wants that', async () => {
    const searched = { ...REPORT, query: 'from:lena' };
    await recorder.called(searched, ROBIN);
    takesSearches = true;
    await recorder.called(searched, ROBIN);
    const queries = entries.map((entry) => entry.kind === 'call' && entry.call.query);
    assert.deepEqual([queries, recorder.notesSearches()], [[undefined, 'from:lena'], true]);
    isOn = false;
    assert.equal(recorder.notesSearches(), false);
  });

  it('makes visible what cannot be seen, and bounds it', async () => {
    takesSearches = true;
    const long = `a\u202eb\n${'\u200b'.repeat(190)}`;
    await recorder.called({ ...REPORT, client: long, query: long }, ROBIN);
    const [entry] = entries;
    assert.ok(entry?.kind === 'call');
    assert.match(entry.call.client, /^a⟨U\+202E⟩b⟨U\+000A⟩/);
    assert.deepEqual([entry.call.client.length, entry.call.query?.length], [200, 500]);
  });

  it('notes a token once for each client that gets it, and the next one again', async () => {
    for (const client of ['one', 'one', 'two', undefined]) await recorder.handedOut(ROBIN, 'ya29.a', client);
    await recorder.handedOut(ROBIN, 'ya29.b', 'one');
    await recorder.handedOut({ ...ROBIN, email: 'mira@example.org' }, 'ya29.b', 'one');
    assert.deepEqual(
      entries.map((entry) => entry.kind === 'token' && `${entry.account} ${entry.client}`),
      [
        'robin@example.org one',
        'robin@example.org two',
        'robin@example.org a program without a name',
        'robin@example.org one',
        'mira@example.org one',
      ],
    );
    assert.ok(!JSON.stringify(entries).includes('ya29'));
  });

  it('counts a token as handed out only once that is noted', async () => {
    isOn = false;
    await recorder.handedOut(ROBIN, 'ya29.a', 'one');
    isOn = true;
    const failing = new Recorder({
      log: { append: async () => Promise.reject(new Error('full')) },
      isOn: () => true,
      takesSearches: () => false,
      clock: { now: () => 7 },
    });
    for (let times = 0; times < 2; times += 1) await assert.rejects(failing.handedOut(ROBIN, 'ya29.a', 'one'));
  });

  it('notes nothing where the person has switched it off', async () => {
    isOn = false;
    await recorder.called(REPORT, ROBIN);
    await recorder.answered(ROBIN, 'send', 'yes');
    await recorder.handedOut(ROBIN, 'ya29.a', 'one');
    assert.deepEqual(entries, []);
    isOn = true;
    await recorder.answered(ROBIN, 'send', 'no');
    assert.deepEqual(entries, [{ kind: 'answer', at: 7, account: ROBIN.email, question: 'send', answer: 'no' }]);
  });
});
