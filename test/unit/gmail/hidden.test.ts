import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { HiddenMemory } from '../../../src/gmail/messages/hidden.ts';
import { connect, problemOf } from '../support.ts';
import { HiddenDesk, SIGNAL } from './hidden-desk.ts';

describe('hidden messages', () => {
  const desk = new HiddenDesk();
  const { file, gate, require, search, visible } = desk;

  it('are asked for anew, whatever was found visible before', async () => {
    const both = [await file(['INBOX']), await file(['SPAM'])];
    const ids = both.map(({ id }) => id);
    const hidden = gate('label:private');
    assert.equal((await visible(hidden, ...ids)).length, 2);
    for (const { id } of both) desk.sandbox.store.modify(id, [desk.label], []);
    assert.equal((await visible(hidden, ...ids)).length, 2);
    assert.deepEqual(await hidden.stillVisible(connect(desk.sandbox), [...ids, desk.shown.id], SIGNAL), [
      desk.shown.id,
    ]);
    assert.deepEqual(await visible(hidden, ...ids), []);
    assert.equal((await gate('').stillVisible(connect(desk.sandbox), ids, SIGNAL)).length, 2);
    for (const { id } of both) desk.sandbox.store.remove(id);
  });

  describe('in a search', () => {
    for (const query of [undefined, '', '  ']) {
      it(`are none where the setting is ${JSON.stringify(query)}`, async () => {
        assert.deepEqual(new Set(await search('gatetest', gate(query))), new Set(['shown', 'secret', 'nameless']));
        assert.equal(desk.sandbox.requests.length, 2);
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
      assert.equal(desk.sandbox.requests.length, 4);
      await require(hidden, desk.shown.id);
      assert.equal(desk.sandbox.requests.length, 4);
      await search('gatetest', gate('label:private', memory));
      assert.equal(desk.sandbox.requests.length, 7);
      clock.time += 60_001;
      await search('gatetest', gate('label:private', memory));
      assert.equal(desk.sandbox.requests.length, 11);
    });
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
          () => require(gate(setting), desk.shown.id),
        ]) {
          const problem = await problemOf(work);
          assert.equal(problem.code, 'hidden_label_unknown');
          assert.match(problem.explain('editor').why, /the label no ?such;/);
        }
      });
    }

    it('cost no request more than those that are asked for by id', async () => {
      await problemOf(require(gate('label:nosuch'), desk.shown.id, desk.shown.header('message-id')));
      assert.equal(desk.sandbox.requests.length, 1);
    });

    for (const name of ['Work/Private stuff', 'Ünlü (eski)', 'UPPER', 'a & b']) {
      it(`are none where it is there, as ${name}`, async () => {
        const id = desk.sandbox.store.labelId(name);
        const { id: kept } = await file(['INBOX', id]);
        const written = name.toLowerCase().replace(/[\s/()&]/g, '-');
        for (const setting of [`label:${written}`, `label:"${name}"`].slice(0, /[()&]/.test(name) ? 1 : 2))
          assert.deepEqual(await visible(gate(setting), desk.shown.id, kept), [desk.shown.id], setting);
      });
    }
  });

  it('by a search that nobody can understand hide everything', async () => {
    for (const setting of ['label:(private', 'lable:private', 'foo:bar', 'is:privat', 'label:private or from:bank']) {
      const hidden = gate(setting);
      assert.equal((await problemOf(search('x', hidden))).code, 'hidden_query_wrong');
      assert.equal((await problemOf(require(hidden, desk.shown.id))).code, 'hidden_query_wrong');
    }
    assert.equal(desk.sandbox.requests.length, 0);
  });
});
