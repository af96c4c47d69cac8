import type { SendAnswer, SendQuestion } from '../../broker/send-question.ts';
import { tell } from '../tell.ts';
import type { ExactMessages } from './exact-message.ts';
import type { ModalTurns } from './modal-turns.ts';
import { questionDetail, questionTitle } from './question-text.ts';

type Answer = SendAnswer['answer'];

/** The first button has the focus: it opens the message, and sends nothing. */
const SHOW = 'Show Message';
const SAVE = 'Save as Draft';
const SEND = 'Send';

/** Short, since a notification shows little more of a line. */
const CANCELLED = 'Nothing was sent: the call was cancelled before the answer.';

/** Puts messages to the person, one after the other. */
export class SendGate {
  readonly #messages: Pick<ExactMessages, 'ask' | 'keep'>;
  readonly #turns: ModalTurns;

  constructor(messages: Pick<ExactMessages, 'ask' | 'keep'>, turns: ModalTurns) {
    this.#messages = messages;
    this.#turns = turns;
  }

  /**
   * Asks the person.
   *
   * @param signal aborts when the question is withdrawn; nothing is sent after that, whatever is pressed
   * @throws Problem `questions_open`
   */
  async ask(question: SendQuestion, isSandbox: boolean, signal: AbortSignal): Promise<Answer> {
    return this.#turns.take(async () => (signal.aborted ? 'decline' : this.#put(question, isSandbox, signal)));
  }

  async #put(question: SendQuestion, isSandbox: boolean, signal: AbortSignal): Promise<Answer> {
    const pressed = await this.#show(question, isSandbox);
    if (pressed === SHOW && !signal.aborted) return this.#messages.ask(question, signal);
    if (signal.reason === 'gone' && pressed !== undefined) await this.#messages.keep(question);
    if (pressed === SAVE) return 'draft';
    if (signal.reason === 'cancelled' && pressed !== undefined) tell(CANCELLED);
    return pressed === SEND && !signal.aborted ? 'send' : 'decline';
  }

  #show(question: SendQuestion, isSandbox: boolean): Promise<string | undefined> {
    const buttons = question.kind === 'send' ? [SHOW, SAVE, SEND] : [SHOW, SAVE];
    return this.#turns.press(questionTitle(question, isSandbox), questionDetail(question), buttons);
  }
}
