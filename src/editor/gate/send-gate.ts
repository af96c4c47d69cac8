import { window } from 'vscode';
import type { SendAnswer, SendQuestion } from '../../broker/send-question.ts';
import type { Clock } from '../../shared/clock.ts';
import { OpenQuestions } from '../../shared/turns/open-questions.ts';
import { SerialQueue } from '../../shared/turns/serial-queue.ts';
import { tell } from '../tell.ts';
import type { ExactMessages } from './exact-message.ts';
import { questionDetail, questionTitle } from './question-text.ts';

type Answer = SendAnswer['answer'];

/** The first button has the focus: it opens the message, and sends nothing. */
const SHOW = 'Show Message';
const SAVE = 'Save as Draft';
const SEND = 'Send';

/** Short, since a notification shows little more of a line. */
const CANCELLED = 'Nothing was sent: the call was cancelled before the answer.';

/** Whatever is pressed sooner was meant for another place, in milliseconds after the question has opened. */
const DEAF_MS = 1_000;
/** A key that is held down ends at some time; then the question counts as declined. */
const MOST_OPENINGS = 10;

/** Puts messages to the person, one after the other. */
export class SendGate {
  readonly #messages: Pick<ExactMessages, 'ask' | 'keep'>;
  readonly #clock: Clock;
  readonly #open = new Set<SendQuestion>();
  readonly #questions = new OpenQuestions();
  readonly #turns = new SerialQueue();

  constructor(messages: Pick<ExactMessages, 'ask' | 'keep'>, clock: Clock) {
    this.#messages = messages;
    this.#clock = clock;
  }

  /** Whether the person is being asked about this draft. */
  holds(draftId: string): boolean {
    return [...this.#open].some((question) => question.draftId === draftId);
  }

  /**
   * Asks the person.
   *
   * @param signal aborts when the question is withdrawn; nothing is sent after that, whatever is pressed
   * @throws Problem `questions_open`
   */
  async ask(question: SendQuestion, isSandbox: boolean, signal: AbortSignal): Promise<Answer> {
    return this.#questions.ask(async () => {
      this.#open.add(question);
      try {
        return await this.#turns.run(async () => (signal.aborted ? 'decline' : this.#put(question, isSandbox, signal)));
      } finally {
        this.#open.delete(question);
      }
    });
  }

  async #put(question: SendQuestion, isSandbox: boolean, signal: AbortSignal): Promise<Answer> {
    const pressed = await this.#show(question, isSandbox);
    if (pressed === SHOW && !signal.aborted) return this.#messages.ask(question, signal);
    if (signal.reason === 'gone' && pressed !== undefined) await this.#messages.keep(question);
    if (pressed === SAVE) return 'draft';
    if (signal.reason === 'cancelled' && pressed !== undefined) tell(CANCELLED);
    return pressed === SEND && !signal.aborted ? 'send' : 'decline';
  }

  /** The modal; opened anew where an answer came sooner than a person can read. */
  async #show(question: SendQuestion, isSandbox: boolean): Promise<string | undefined> {
    const buttons = question.kind === 'send' ? [SHOW, SAVE, SEND] : [SHOW, SAVE];
    for (let openings = 0; openings < MOST_OPENINGS; openings += 1) {
      const opened = this.#clock.now();
      const pressed = await window.showWarningMessage(
        questionTitle(question, isSandbox),
        { modal: true, detail: unbroken(questionDetail(question)) },
        ...buttons,
      );
      if (this.#clock.now() - opened >= DEAF_MS) return pressed;
    }
    return undefined;
  }
}

/** With spaces that no modal of VS Code breaks at: where a row is of wide letters, the modal gets wider instead. */
const unbroken = (text: string): string => text.replaceAll(' ', '\u00a0');
