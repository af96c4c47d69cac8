import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { asProblem, Problem, sentence } from '../../../src/shared/problems.ts';

describe('asProblem', () => {
  it('hands a Problem on as it is', () => {
    const problem = Problem.of('cancelled', {});
    assert.equal(asProblem(problem), problem);
  });

  it('calls an abort a cancelled call', () => {
    assert.equal(asProblem(AbortSignal.abort().reason).code, 'cancelled');
    assert.equal(asProblem(Object.assign(new Error('x'), { name: 'AbortError' })).code, 'cancelled');
  });

  const secret = 'hunter2-hunter2';
  const thrown: [string, unknown, string][] = [
    ['an error', new Error(`refused ${secret}`), 'Error'],
    ['an error with a cause', new TypeError(secret, { cause: new Error(secret) }), 'TypeError'],
    ['a text', secret, 'string'],
    ['an object', { message: secret, name: secret }, 'object'],
    ['nothing', undefined, 'undefined'],
    ['null', null, 'object'],
  ];
  for (const [name, value, shown] of thrown) {
    it(`says of ${name} that was thrown its kind and nothing that it holds`, () => {
      const problem = asProblem(value);
      assert.equal(problem.code, 'internal');
      assert.equal(problem.details, undefined);
      assert.equal(problem.cause, undefined);
      const said = `${problem.message} ${sentence(problem.explain('arguments'))}`;
      assert.match(said, new RegExp(`Unexpected ${shown}\\.`));
      assert.ok(!`${said}${problem.stack}`.includes(secret));
    });
  }
});

describe('sentence', () => {
  it('puts what, why and next in this order', () => {
    assert.equal(sentence({ what: 'A.', why: 'B.', next: 'C.' }), 'A. B. C.');
  });
});
