import type { ChangeQuestion } from '../../broker/change-protocol.ts';
import { visible } from '../../shared/visible.ts';
import { tell } from '../tell.ts';
import type { ModalTurns } from './modal-turns.ts';
import { clip, rows } from './rows.ts';

/** The first button has the focus, and changes nothing. */
const KEEP = 'Leave It as It Is';

/** Stands before each line of strangers' words, so that none can pose as one of the question. */
const EXAMPLE_MARK = '| ';

/** Begins each further row of a fact. */
const FURTHER_ROW = '  ';

/** How much of an example is shown, in code points. A fact is shown whole: the person agrees to all of it. */
const LONGEST_EXAMPLE = 160;

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
function changeDetail({ facts, examples, reason }: ChangeQuestion, account: string): string {
  return [
    `In ${visible(account)}`,
    ...[...facts, ...(reason ? [reason] : [])].flatMap((fact) => rows(oneLine(fact), FURTHER_ROW)),
    ...(examples.length > 0 ? ['', 'For example:'] : []),
    ...examples.flatMap((example) => rows(`${EXAMPLE_MARK}${clip(oneLine(example), LONGEST_EXAMPLE)}`, EXAMPLE_MARK)),
  ].join('\n');
}

const oneLine = (text: string): string => visible(text.replace(/\s*\n\s*/g, ' ⏎ '));
