import type { ChangeQuestion } from '../../broker/change-protocol.ts';
import { visible } from '../../shared/visible.ts';
import { tell } from '../tell.ts';
import type { ModalTurns } from './modal-turns.ts';

/** The first button has the focus, and changes nothing. */
const KEEP = 'Leave It as It Is';

/** Stands before each line of strangers' words, so that none can pose as one of the question. */
const EXAMPLE_MARK = '| ';

/** How long a line is, in code points; VS Code wraps none that is shorter at the usual width. */
const LONGEST_LINE = 160;

/** Puts changes of mail, labels and filters to the person. */
export class ChangeGate {
  readonly #turns: ModalTurns;

  constructor(turns: ModalTurns) {
    this.#turns = turns;
  }

  /**
   * Asks the person.
   *
   * @param account whose mail is about to be changed
   * @param signal aborts when the question is withdrawn; nothing is changed after that, whatever is pressed
   * @returns whether the person agrees
   * @throws Problem `questions_open`
   */
  ask(question: ChangeQuestion, account: string, signal: AbortSignal): Promise<boolean> {
    const verb = visible(question.verb);
    return this.#turns.take(async () => {
      if (signal.aborted) return false;
      const pressed = await this.#turns.press(visible(question.title), changeDetail(question, account), [KEEP, verb]);
      if (pressed !== verb) return false;
      if (signal.aborted) tell('Nothing was changed: the call that asked for it was cancelled meanwhile.');
      return !signal.aborted;
    });
  }
}

/** What stands below the headline: whose mailbox it is, the facts, and examples that are marked as such. */
export function changeDetail({ facts, examples }: ChangeQuestion, account: string): string {
  return [
    `In ${visible(account)}`,
    ...facts.map((fact) => clipped(fact)),
    ...(examples.length > 0 ? ['', 'For example:'] : []),
    ...examples.map((example) => `${EXAMPLE_MARK}${clipped(example)}`),
  ].join('\n');
}

function clipped(line: string): string {
  const characters = [...visible(line.replace(/\s*\n\s*/g, ' ⏎ '))];
  if (characters.length <= LONGEST_LINE) return characters.join('');
  return `${characters.slice(0, LONGEST_LINE).join('')}… (${characters.length - LONGEST_LINE} more characters)`;
}
