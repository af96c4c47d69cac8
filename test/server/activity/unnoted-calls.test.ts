import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Entry } from '../../../src/activity/entries.ts';
import { type Sandbox, startSandbox } from '../../../src/sandbox/start.ts';
import { Problem } from '../../../src/shared/problems.ts';
import { startServer } from '../../support/mcp-server.ts';
import { accountOf, brokerFolder, Opened, openWindow, type WindowOptions } from '../../support/window.ts';

const MESSAGE = { to: 'Lena <lena@example.com>', subject: 'Two signs', body: 'Both of them, please.' };

describe('a call that cannot be noted', () => {
  let sandbox: Sandbox;
  const opened = new Opened();
  before(async () => {
    sandbox = await startSandbox();
  });
  afterEach(() => opened.close());
  after(() => sandbox.close());

  const FULL = Problem.of('activity_unwritable', { reason: 'ENOSPC' });
  /** A window that writes no line of these kinds. */
  const refusing = async (kinds: Entry['kind'][], options: WindowOptions = {}) => {
    const folder = brokerFolder();
    const onEntry = ({ kind }: Entry) => {
      if (kinds.includes(kind)) throw FULL;
    };
    const window = opened.add(await openWindow(folder, { confirm: () => true, onEntry, ...options }));
    await window.store.save(accountOf(sandbox));
    return opened.add(await startServer({ HEADLESS_GMAIL_BROKER: folder }));
  };
  const sent = () => sandbox.store.messages().filter(({ labelIds }) => labelIds.has('SENT')).length;

  it('gives nothing of what it has read', async () => {
    const server = await refusing(['call']);
    for (const [tool, args] of [
      ['gmail_search_emails', { query: 'in:inbox' }],
      ['gmail_get_recent_emails', { max_results: 2 }],
    ] as const) {
      const { isError, text } = await server.call(tool, args);
      assert.equal(isError, true);
      assert.match(text, /result is withheld.*cannot be written.*ENOSPC.*Nothing was changed/);
      assert.doesNotMatch(text, /Pip|newest first|untrusted/);
    }
  });

  it('says truly what it has sent and changed, and that it is not noted', async () => {
    const server = await refusing(['call']);
    const before = sent();
    const { isError, json } = await server.call('gmail_send_email', MESSAGE);
    assert.deepEqual([isError, sent()], [true, before + 1]);
    assert.match(
      String(json.error),
      /^Sent an email\. .*"messageId".*could not be noted.*ENOSPC.*do not simply call the tool again/s,
    );
    const [id = ''] = sandbox.store
      .messages()
      .filter(({ labelIds }) => labelIds.has('INBOX'))
      .map((each) => each.id);
    const changed = await server.call('gmail_modify_emails', { message_ids: [id], action: 'archive' });
    assert.equal(changed.isError, true);
    assert.match(changed.text, /^Archived an email\. The result: Archived: 1 message\..*could not be noted/s);
    assert.ok(!sandbox.store.get(id)?.labelIds.has('INBOX'));
  });

  it('keeps the error of one that failed and did nothing', async () => {
    const server = await refusing(['call']);
    const { text } = await server.call('gmail_read_email', { message_ids: ['none'] });
    assert.match(text, /none/);
    assert.doesNotMatch(text, /noted|withheld/);
  });

  it('does nothing where not even the token can be noted, or the answer of the person', async () => {
    const before = sent();
    for (const kind of ['token', 'answer'] as const) {
      const server = await refusing([kind]);
      const { isError, json } = await server.call('gmail_send_email', MESSAGE);
      assert.equal(isError, true);
      assert.match(String(json.error), /cannot be written.*ENOSPC/);
    }
    assert.equal(sent(), before);
  });
});
