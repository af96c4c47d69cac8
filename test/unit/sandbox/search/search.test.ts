import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Sandbox } from '../../../../src/sandbox/start.ts';
import { accessTokenOf, fileMessage, listMessages, type Query, sandboxForAll } from '../../support.ts';

describe('a search in the sandbox', () => {
  let sandbox: Sandbox;
  let token: string;
  const SUBJECTS: Record<string, string> = {};
  const idsOf = async (query: Query) => (await listMessages(sandbox, token, query)).messages?.map(({ id }) => id) ?? [];
  sandboxForAll(async (started) => {
    sandbox = started;
    token = accessTokenOf(sandbox);
    const mail = async (name: string, headers: Record<string, string>, body: string, labels: string[]) => {
      SUBJECTS[(await fileMessage(sandbox, { Subject: name, ...headers }, `zebrafish ${body}`, labels)).id] = name;
    };
    const ann = { From: 'Ann Cole <ann@garden.example>', To: 'robin.vale@sandbox.example' };
    await mail('Green tea', ann, 'drink it hot', ['INBOX', 'UNREAD']);
    await mail('Tea green', { ...ann, To: 'bob@garden.example' }, 'hot drink', ['INBOX', 'STARRED']);
    await mail('Teamwork', { From: 'Bob <bob@garden.example>', To: 'ann@garden.example' }, 'it is hot', ['SENT']);
    await mail('Junk', { From: 'x@y.example', To: 'a@b.example' }, 'drink', ['SPAM', 'UNREAD']);
    await mail('Old', { From: 'x@y.example', To: 'a@b.example' }, 'drink', ['TRASH']);
  });

  const rows: [string, string[]][] = [
    ['', ['Green tea', 'Tea green', 'Teamwork']],
    ['is:unread', ['Green tea']],
    ['is:read', ['Tea green', 'Teamwork']],
    ['-is:unread', ['Tea green', 'Teamwork']],
    ['is:starred', ['Tea green']],
    ['in:inbox', ['Green tea', 'Tea green']],
    ['in:sent', ['Teamwork']],
    ['-in:inbox', ['Teamwork']],
    ['in:spam', ['Junk']],
    ['in:trash', ['Old']],
    ['in:anywhere', ['Green tea', 'Tea green', 'Teamwork', 'Junk', 'Old']],
    ['in:anywhere -in:spam', ['Green tea', 'Tea green', 'Teamwork', 'Old']],
    ['in:anywhere is:unread', ['Green tea', 'Junk']],
    ['-in:trash', ['Green tea', 'Tea green', 'Teamwork']],
    ['from:ann', ['Green tea', 'Tea green']],
    ['from:ann@garden.example', ['Green tea', 'Tea green']],
    ['FROM:Ann', ['Green tea', 'Tea green']],
    ['from:"Ann Cole"', ['Green tea', 'Tea green']],
    ['-from:ann', ['Teamwork']],
    ['to:bob', ['Tea green']],
    ['from:ann to:bob', ['Tea green']],
    ['subject:"green tea"', ['Green tea']],
    ['subject:green', ['Green tea', 'Tea green']],
    ['-subject:green', ['Teamwork']],
    ['subject:hot', []],
    ['hot', ['Green tea', 'Tea green', 'Teamwork']],
    ['HOT drink', ['Green tea', 'Tea green']],
    ['"hot drink"', ['Tea green']],
    ['-"hot drink"', ['Green tea', 'Teamwork']],
    ['hot -drink', ['Teamwork']],
    ['hot -drink -from:bob', []],
    ['nowhere-to-be-found', []],
    // Other forms of a word are found too, unless exactly this one is asked for.
    ['drinks', ['Green tea', 'Tea green']],
    ['+drinks', []],
    ['"drinks"', []],
    ['subject:teas', ['Green tea', 'Tea green']],
    // A word is a word, not a part of one.
    ['tea', ['Green tea', 'Tea green']],
    ['-tea', ['Teamwork']],
  ];
  for (const [q, expected] of rows) {
    it(`for ${q || 'a word'} finds ${expected.join(', ') || 'nothing'}`, async () => {
      const found = await idsOf({ q: `zebrafish ${q}` });
      assert.deepEqual(found.map((id) => SUBJECTS[id] ?? id).sort(), [...expected].sort());
    });
  }

  it('reaches spam and trash where it is told to, or where the label says so', async () => {
    const hidden = async (query: Record<string, string>) =>
      (await idsOf({ q: 'zebrafish', ...query }))
        .map((id) => SUBJECTS[id])
        .filter((name) => /Junk|Old/.test(name ?? ''));
    assert.deepEqual((await hidden({ includeSpamTrash: 'true' })).sort(), ['Junk', 'Old']);
    assert.deepEqual(await hidden({ includeSpamTrash: 'false' }), []);
    assert.deepEqual(await hidden({ labelIds: 'SPAM' }), ['Junk']);
    assert.deepEqual(await hidden({ labelIds: 'TRASH' }), ['Old']);
    assert.deepEqual(await hidden({ labelIds: 'UNREAD' }), []);
  });
});
