import { type QuickInput, QuickInputButtons, type QuickPickItem, window } from 'vscode';

/** Where a question stands among those of one command. */
export interface Place {
  step: number;
  totalSteps: number;
}

/** The person goes back to the question before. */
export const BACK: unique symbol = Symbol('back');

/** What comes of a question; undefined when the person leaves. */
export type Answer<T> = T | typeof BACK | undefined;

/** A question that notes its answer by itself, and says how the person left it. */
export type Step = (place: Place) => Promise<Answer<'answered'>>;

/**
 * Asks one question after the other, numbered, and goes back where the person does.
 *
 * @returns whether all of them were answered
 */
export async function inSteps(steps: readonly Step[]): Promise<boolean> {
  for (let index = 0; index < steps.length; ) {
    const outcome = await steps[index]?.({ step: index + 1, totalSteps: steps.length });
    if (outcome === undefined) return false;
    index += outcome === BACK ? -1 : 1;
  }
  return true;
}

/** A step whose answer is handed on. */
export async function noted<T extends object>(
  answer: Promise<Answer<T>>,
  note: (value: T) => void,
): Promise<Answer<'answered'>> {
  const value = await answer;
  if (value === undefined) return undefined;
  if (value === BACK) return BACK;
  note(value);
  return 'answered';
}

export interface PickQuestion {
  title: string;
  placeHolder: string;
  place?: Place | undefined;
  /** Whether there is a question before; where absent, as its place says. */
  canGoBack?: boolean;
}

/** One of several rows. */
export function pick<T extends QuickPickItem>(items: readonly T[], question: PickQuestion): Promise<Answer<T>> {
  const picker = window.createQuickPick<T>();
  picker.items = items;
  picker.placeholder = question.placeHolder;
  return ask<T>(picker, question, (answer) =>
    picker.onDidAccept(() => {
      const [item] = picker.selectedItems;
      if (item) answer(item);
    }),
  );
}

export interface TextQuestion extends Omit<PickQuestion, 'placeHolder'> {
  prompt: string;
  placeHolder?: string;
  isSecret?: boolean;
  /** What is wrong with a text, an empty one too, in a sentence. */
  faultOf(text: string): string | undefined;
}

/** A text without a fault. */
export function typeText(question: TextQuestion): Promise<Answer<string>> {
  const box = window.createInputBox();
  box.prompt = question.prompt;
  box.placeholder = question.placeHolder;
  box.password = question.isSecret ?? false;
  box.onDidChangeValue((value) => {
    box.validationMessage = value ? question.faultOf(value) : undefined;
  });
  return ask<string>(box, question, (answer) =>
    box.onDidAccept(() => {
      box.validationMessage = question.faultOf(box.value);
      if (!box.validationMessage) answer(box.value);
    }),
  );
}

/** Opens a box and waits until it is answered, left, or left for the question before. */
export async function ask<T>(
  box: QuickInput & { buttons: readonly unknown[]; onDidTriggerButton(listener: (button: unknown) => void): unknown },
  { title, place, canGoBack = place !== undefined && place.step > 1 }: Omit<PickQuestion, 'placeHolder'>,
  listen: (answer: (value: T) => void) => unknown,
): Promise<Answer<T>> {
  const { promise, resolve } = Promise.withResolvers<Answer<T>>();
  box.title = title;
  box.ignoreFocusOut = true;
  box.step = place?.step;
  box.totalSteps = place?.totalSteps;
  box.buttons = canGoBack ? [QuickInputButtons.Back] : [];
  box.onDidTriggerButton(() => resolve(BACK));
  box.onDidHide(() => resolve(undefined));
  listen(resolve);
  box.show();
  try {
    return await promise;
  } finally {
    box.dispose();
  }
}
