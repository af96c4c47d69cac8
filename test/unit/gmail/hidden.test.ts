import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { fetchMessage } from '../../../src/gmail/messages/fetch-messages.ts';
import { HiddenMemory, HiddenMessages } from '../../../src/gmail/messages/hidden.ts';
import { searchMessages } from '../../../src/gmail/messages/search.ts';
import type { Sandbox } from '../../../src/sandbox/start.ts';
import type { StoredMessage } from '../../../src/sandbox/store/mail-store.ts';
import { connect, fileMessage, problemOf, sandboxForAll } from '../support.ts';

const SIGNAL = new AbortController().signal;

describe('hidden messages', () => {
  let sandbox: Sandbox;
  let label: string;
  let shown: StoredMessage;
  let secret: StoredMessage;
  let nameless: StoredMessage;
  let filed = 0;

  const file = (labels: string[], headers: Record<string, string> = {}) => {
    filed += 1;
    return fileMessage(sandbox, { 'Message-ID': `<hidden-${filed}@example.org>`, ...headers }, 'gatetest', labels);
  };
  sandboxForAll(async (started) => {
    sandbox = started;
    label = sandbox.store.labelId('private');
    shown = await file(['INBOX'], { Subject: 'shown', From: 'ann@example.org' });
    secret = await file(['INBOX', label], { Subject: 'secret', From: 'bank@example.org' });
    nameless = await fileMessage(sandbox, { Subject: 'nameless' }, 'gatetest', ['INBOX']);
  });
  beforeEach(() => {
    sandbox.requests.length = 0;
  });

  const gate = (query?: string, memory?: HiddenMemory) => new HiddenMessages(query, memory);
  const search = async (query: string, hidden: HiddenMessages) =>
    (await searchMessages(connect(sandbox), { query, limit: 25, hidden }, SIGNAL)).rows.map(({ subject }) => subject);
  const visible = async (hidden: HiddenMessages, ...ids: string[]) => [
    ...(await hidden.visible(
      connect(sandbox),
      ids.map((id) => ({ id })),
      SIGNAL,
    )),
  ];
  const require = (hidden: HiddenMessages, id: string, messageId?: string) =>
    hidden.requireVisible(connect(sandbox), { id, messageId }, SIGNAL);

  it('are asked for anew, whatever was found visible before', async () => {
    const both = [await file(['INBOX']), await file(['SPAM'])];
    const ids = both.map(({ id }) => id);
    const hidden = gate('label:private');
    assert.equal((await visible(hidden, ...ids)).length, 2);
    for (const { id } of both) sandbox.store.modify(id, [label], []);
    assert.equal((await visible(hidden, ...ids)).length, 2);
    assert.deepEqual(await hidden.stillVisible(connect(sandbox), [...ids, shown.id], SIGNAL), [shown.id]);
    assert.deepEqual(await visible(hidden, ...ids), []);
    assert.equal((await gate('').stillVisible(connect(sandbox), ids, SIGNAL)).length, 2);
    for (const { id } of both) sandbox.store.remove(id);
  });

  describe('in a search', () => {
    for (const query of [undefined, '', '  ']) {
      it(`are none where the setting is ${JSON.stringify(query)}`, async () => {
        assert.deepEqual(new Set(await search('gatetest', gate(query))), new Set(['shown', 'secret', 'nameless']));
        assert.equal(sandbox.requests.length, 2);
      });
    }

    const settings: [string, string[]][] = [
      ['label:private', ['shown']],
      ['label:private OR from:ann', []],
      ['{label:private from:ann}', []],
      ['label:private from:ann', ['shown', 'secret']],
      ['-label:private', ['secret']],
      ['subject:“secret”', ['shown']],
      ['"nobody wrote this (ever"', ['shown', 'secret']],
      ['rfc822msgid:<hidden-1@example.org>', ['secret']],
    ];
    for (const [setting, expected] of settings) {
      it(`are those of ${setting}`, async () => {
        assert.deepEqual((await search('gatetest', gate(setting))).toSorted(), expected.toSorted());
      });
    }

    const tricks = [
      ...['secret', 'label:private', 'gatetest OR label:private', '{gatetest label:private}', 'OR label:private'],
      ...[
        'label:private OR',
        'AND label:private',
        '-(gatetest',
        '"',
        'x) OR (label:private',
        ') OR label:private OR (',
      ],
      ...[
        '} OR {label:private',
        '{',
        '(" ) OR label:private OR (")',
        '“) OR (label:private',
        '“(” ) OR in:anywhere (“)”',
      ],
      ...['-', '--(gatetest)', 'NOT', 'in:anywhere', '(((', '\\" OR label:private "', 'gatetest\nOR\nlabel:private'],
    ];
    for (const trick of tricks) {
      it(`stay hidden from ${JSON.stringify(trick)}`, async () => {
        try {
          assert.ok(!(await search(trick, gate('label:private'))).includes('secret'));
        } catch (error) {
          assert.equal((await problemOf(Promise.reject(error))).code, 'query_unbalanced');
        }
      });
    }

    it('cost one request more for each 25 rows, one for the labels now and then, and none when they are read', async () => {
      const clock = { time: 5000, now: () => clock.time };
      const memory = new HiddenMemory(clock);
      const hidden = gate('label:private', memory);
      await search('gatetest', hidden);
      assert.equal(sandbox.requests.length, 4);
      await require(hidden, shown.id);
      assert.equal(sandbox.requests.length, 4);
      await search('gatetest', gate('label:private', memory));
      assert.equal(sandbox.requests.length, 7);
      clock.time += 60_001;
      await search('gatetest', gate('label:private', memory));
      assert.equal(sandbox.requests.length, 11);
    });
  });

  describe('asked for by id', () => {
    it('read like messages that do not exist', async () => {
      const missing = 'fedcba9876543210';
      const real = await problemOf(fetchMessage(connect(sandbox), missing, SIGNAL));
      for (const id of [missing, secret.id, nameless.id]) {
        const problem = await problemOf(require(gate('label:private'), id));
        const { facts, ...rest } = problem.toWire() as { facts: { id: string } };
        const { facts: realFacts, ...realRest } = real.toWire() as { facts: { id: string } };
        assert.deepEqual(rest, realRest);
        assert.deepEqual({ ...facts, id: missing }, realFacts);
      }
    });

    it('leave the others alone, in spam and trash too', async () => {
      const [spam, trash] = [await file(['SPAM']), await file(['TRASH'])];
      const ids = [shown.id, spam.id, trash.id, secret.id];
      assert.deepEqual(await visible(gate('label:private'), ...ids), [shown.id, spam.id, trash.id]);
      assert.deepEqual(await visible(gate('in:spam'), ...ids), [shown.id, trash.id, secret.id]);
    });

    it('cost one request where the Message-ID is known, two where not, and none the second time', async () => {
      const hidden = gate('label:private');
      await require(hidden, shown.id, shown.header('message-id'));
      assert.equal(sandbox.requests.length, 1);
      await require(gate('label:private'), shown.id);
      assert.equal(sandbox.requests.length, 3);
      await require(hidden, shown.id);
      assert.equal(sandbox.requests.length, 3);
    });

    it('cost one request for each 25', async () => {
      const messages = sandbox.store.messages().slice(0, 60);
      const asked = messages.map(({ id, header }) => ({ id, messageId: header('message-id') }));
      await gate('label:private').visible(connect(sandbox), asked, SIGNAL);
      assert.equal(sandbox.requests.length, 3);
    });

    it('cost nothing where nothing is hidden', async () => {
      assert.deepEqual(await visible(gate(), shown.id, 'whatever'), [shown.id, 'whatever']);
      assert.equal(sandbox.requests.length, 0);
    });

    it('are asked about again by each call: labels change', async () => {
      const memory = new HiddenMemory();
      const { id } = await file(['INBOX']);
      await require(gate('label:private', memory), id);
      sandbox.store.modify(id, [label], []);
      assert.equal(gate('label:private', memory).isKnownVisible(id), true);
      assert.equal((await problemOf(require(gate('label:private', memory), id))).code, 'not_found');
      assert.equal(gate('label:private', memory).isKnownVisible(id), false);
      sandbox.store.modify(id, [], [label]);
      await require(gate('label:private', memory), id);
    });

    it('are remembered for five minutes, for the sake of those that are gone', async () => {
      const clock = { time: 5000, now: () => clock.time };
      const memory = new HiddenMemory(clock);
      await require(gate('label:private', memory), shown.id);
      clock.time += 5 * 60_000;
      assert.equal(gate('label:private', memory).isKnownVisible(shown.id), true);
      clock.time += 1;
      assert.equal(gate('label:private', memory).isKnownVisible(shown.id), false);
    });

    it('are told from copies with the same Message-ID', async () => {
      const [one, other] = [
        await file(['INBOX'], { 'Message-ID': '<copy@x>' }),
        await file([label], { 'Message-ID': '<copy@x>' }),
      ];
      assert.deepEqual(await visible(gate('label:private'), one.id, other.id), [one.id]);
    });

    const odd = [
      '<a b@x>',
      '<a"@x>',
      '<a(b)@x>',
      '<{a}@x>',
      '<a|b@x>',
      '<>',
      ' ',
      '<x@y> OR in:anywhere',
      '<a\u0007@x>',
    ];
    for (const messageId of odd) {
      it(`are those, too, whose Message-ID could say more than one thing: ${JSON.stringify(messageId)}`, async () => {
        assert.equal((await problemOf(require(gate('label:private'), shown.id, messageId))).code, 'not_found');
        assert.equal(sandbox.requests.length, 0);
      });
    }

    for (const messageId of ['<CAF+x=_y.z$1@mail.gmail.com>', "<!#$%&'*+-/=?^_`~@x>", '<-a:b@[127.0.0.1]>']) {
      it(`are not those with the Message-ID ${messageId}`, async () => {
        const { id } = await file(['INBOX'], { 'Message-ID': messageId });
        await require(gate('label:private'), id);
      });
    }
  });

  it('fill a thread that then does not exist', async () => {
    const add = (messageId: string, labelIds: string[], threadId?: string) =>
      sandbox.store.add(Buffer.from(`Message-ID: ${messageId}\r\n\r\nx\r\n`), {
        labelIds,
        internalDate: 1,
        ...(threadId ? { threadId } : {}),
      });
    const first = await add('<t1@x>', ['INBOX']);
    const second = await add('<t2@x>', [label], first.threadId);
    const ask = (...ids: string[]) =>
      gate('label:private').visibleInThread(
        connect(sandbox),
        first.threadId,
        ids.map((id) => ({ id })),
        SIGNAL,
      );
    assert.deepEqual([...(await ask(first.id, second.id))], [first.id]);
    const problem = await problemOf(ask(second.id));
    assert.equal(problem.code, 'not_found');
    assert.match(problem.explain('editor').what, new RegExp(`no thread with the id ${first.threadId}`));
  });

  describe('by a label that is not there', () => {
    for (const setting of [
      'label:nosuch',
      'from:bank OR label:(nosuch)',
      'in:nosuch',
      'label:private -label:"no such"',
    ]) {
      it(`hide everything, and it is said: ${setting}`, async () => {
        for (const work of [
          () => search('gatetest', gate(setting)),
          () => search('', gate(setting)),
          () => require(gate(setting), shown.id),
        ]) {
          const problem = await problemOf(work);
          assert.equal(problem.code, 'hidden_label_unknown');
          assert.match(problem.explain('editor').why, /the label no ?such;/);
        }
      });
    }

    it('cost no request more than those that are asked for by id', async () => {
      await problemOf(require(gate('label:nosuch'), shown.id, shown.header('message-id')));
      assert.equal(sandbox.requests.length, 1);
    });

    for (const name of ['Work/Private stuff', 'Ünlü (eski)', 'UPPER', 'a & b']) {
      it(`are none where it is there, as ${name}`, async () => {
        const id = sandbox.store.labelId(name);
        const { id: kept } = await file(['INBOX', id]);
        const written = name.toLowerCase().replace(/[\s/()&]/g, '-');
        for (const setting of [`label:${written}`, `label:"${name}"`].slice(0, /[()&]/.test(name) ? 1 : 2))
          assert.deepEqual(await visible(gate(setting), shown.id, kept), [shown.id], setting);
      });
    }
  });

  it('by a search that nobody can understand hide everything', async () => {
    for (const setting of ['label:(private', 'lable:private', 'foo:bar', 'is:privat', 'label:private or from:bank']) {
      const hidden = gate(setting);
      assert.equal((await problemOf(search('x', hidden))).code, 'hidden_query_wrong');
      assert.equal((await problemOf(require(hidden, shown.id))).code, 'hidden_query_wrong');
    }
    assert.equal(sandbox.requests.length, 0);
  });
});
