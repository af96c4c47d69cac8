import type { Clock } from '../../../src/shared/clock.ts';
import { standInForVscode } from './vscode-stand-in.ts';

interface OpenModal {
  title: string;
  detail: string;
  buttons: string[];
  /** Presses a button; none is Cancel. */
  press(button?: string): void;
}

/** Lets everything that is due happen. */
export const settle = () => new Promise((resolve) => setImmediate(resolve));

/** In the order in which they were opened. */
export const modals: OpenModal[] = [];
/** What the person was told. */
export const told: string[] = [];
let now = 0;

standInForVscode({
  ProgressLocation: {},
  window: {
    showInformationMessage: async (message: string) => void told.push(message),
    showWarningMessage: (title: string, { detail }: { detail: string }, ...buttons: string[]) =>
      new Promise((resolve) => modals.push({ title, detail, buttons, press: resolve })),
  },
});
const { ModalTurns } = await import('../../../src/editor/gate/modal-turns.ts');

/** Forgets what was shown; the turns begin at the zero of a clock that only `press` sets forward. */
export function freshTurns(): InstanceType<typeof ModalTurns> {
  [now, modals.length, told.length] = [0, 0, 0];
  const clock: Pick<Clock, 'now'> = { now: () => now };
  return new ModalTurns(clock as Clock);
}

/** Presses a button of the newest modal, so many milliseconds after the last moment. */
export async function press(button: string | undefined, after = 1_000): Promise<void> {
  await settle();
  now += after;
  modals.at(-1)?.press(button);
  await settle();
}
