import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { standInForVscode } from './vscode-stand-in.ts';

interface Shown {
  message: string;
  options: { modal: boolean; detail: string };
  buttons: string[];
}
let shown: Shown[] = [];
/** How long each question stands, in milliseconds, and what is pressed then. */
let answers: [number, string | undefined][] = [];
let told: string[] = [];
const clock = { time: 0, now: () => clock.time };

standInForVscode({
  ProgressLocation: {},
  window: {
    showInformationMessage: async (message: string) => void told.push(message),
    showWarningMessage: async (message: string, options: Shown['options'], ...buttons: string[]) => {
      shown.push({ message, options, buttons });
      const [after, pressed] = answers.shift() ?? [0, 'Allow It'];
      clock.time += after;
      return pressed;
    },
  },
});
const { askToLoosen } = await import('../../../src/editor/limits/loosening-question.ts');

describe('the question before settings are loosened', () => {
  beforeEach(() => {
    [shown, told] = [[], []];
  });
  const ask = (...given: typeof answers) => {
    answers = given;
    return askToLoosen(['One change.', 'Another.'], clock);
  };

  it('is a modal that says what changes, and has the focus on the answer that changes nothing', async () => {
    assert.equal(await ask([1000, 'Allow It']), true);
    assert.deepEqual(told, []);
    const [{ options, buttons } = assert.fail()] = shown;
    assert.equal(options.modal, true);
    assert.match(options.detail, /^One change\.\nAnother\.\n\n/);
    assert.deepEqual(buttons, ['Keep the Stricter Ones', 'Allow It']);
  });

  it('counts every other answer for a no', async () => {
    for (const pressed of [undefined, 'Keep the Stricter Ones', 'Something else'])
      assert.equal(await ask([5000, pressed]), false);
    assert.equal(shown.length, 3);
    assert.match(told.at(-1) ?? '', /stricter settings stay in effect/);
  });

  it('is deaf for a second, and then stands there again', async () => {
    assert.equal(await ask([0, 'Allow It'], [999, 'Allow It'], [999, undefined], [1000, 'Allow It']), true);
    assert.equal(shown.length, 4);
    shown = [];
    assert.equal(await ask([0, 'Allow It'], [1000, undefined]), false);
    assert.equal(shown.length, 2);
  });

  it('is given up where every answer comes too early', async () => {
    assert.equal(await ask(), false);
    assert.equal(shown.length, 10);
  });
});
