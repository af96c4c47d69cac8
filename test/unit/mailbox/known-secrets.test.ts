import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { KnownSecrets } from '../../../src/mailbox/secrecy/known-secrets.ts';
import { learnThreads } from '../../../src/mailbox/secrecy/unlearned.ts';
import { Problem } from '../../../src/shared/problems.ts';
import { problemOf } from '../support.ts';

const ME = 'robin@example.org';

describe('what is known to be masked', () => {
  it('belongs to a thread, and all of it together to the mailbox', () => {
    const known = new KnownSecrets();
    known.add(ME, 'one', ['482 913', '4821']);
    known.add(ME, 'two', ['XKQ-WVB']);
    assert.deepEqual([...known.of(ME, 'one')], ['482913']);
    assert.deepEqual([...known.of(ME, 'three')], []);
    assert.deepEqual([...known.all(ME)], ['482913', 'XKQWVB']);
  });

  it('is of one mailbox at a time', () => {
    const known = new KnownSecrets();
    known.add(ME, 'one', ['482913']);
    assert.equal(known.all('ann@example.org').size, 0);
    assert.equal(known.all(ME).size, 0);
  });

  it('is bounded, in a thread and in all', () => {
    const known = new KnownSecrets();
    const numbers = Array.from({ length: 2000 }, (_, n) => String(100_000 + n));
    known.add(ME, 'one', numbers);
    assert.equal(known.of(ME, 'one').size, 40);
    for (const number of numbers) known.add(ME, number, [number]);
    assert.equal(known.all(ME).size, 500);
    assert.equal(known.of(ME, 'one').size, 0);
  });
});

describe('a thread that may tell of a code', () => {
  const learning = (list: (id: string) => Promise<{ id: string }[]>) => {
    const asked: string[][] = [];
    const read = async (ids: readonly string[]) => asked.push([...ids]);
    return { asked, options: { known: new KnownSecrets(), mailbox: ME, list, read } };
  };

  it('is read once, its beginning and its end', async () => {
    const entries = Array.from({ length: 30 }, (_, n) => ({ id: String(n) }));
    const { asked, options } = learning(async () => entries);
    await learnThreads([{ threadId: 'one' }, { threadId: 'one' }], options);
    await learnThreads([{ threadId: 'one' }], options);
    assert.deepEqual(asked, [['0', '1', '2', '3', '4', '25', '26', '27', '28', '29']]);
  });

  it('is tried again where it could not be read, and left alone where it is not there', async () => {
    const problems = [Problem.of('not_found', { kind: 'thread', id: 'one' }), Problem.of('cancelled', {})];
    const { asked, options } = learning(async () => {
      const problem = problems.shift();
      if (problem) throw problem;
      return [{ id: 'a' }];
    });
    await learnThreads([{ threadId: 'one' }], options);
    assert.equal((await problemOf(learnThreads([{ threadId: 'one' }], options))).code, 'cancelled');
    await learnThreads([{ threadId: 'one' }], options);
    assert.deepEqual(asked, [['a']]);
  });
});
