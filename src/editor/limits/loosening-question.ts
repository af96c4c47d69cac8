import { window } from 'vscode';
import { type Clock, systemClock } from '../../shared/clock.ts';
import { tell } from '../tell.ts';

/** For so long after it has appeared no answer counts: it was meant for whatever was there before. Milliseconds. */
const DEAF_MS = 1000;

/** After so many answers that came too early nothing is loosened. */
const MOST_SHOWN = 10;

const KEEP = 'Keep the Stricter Ones';
const ALLOW = 'Allow It';

/**
 * Asks the person, in a modal that no model can answer, whether settings may let the agent reach more. The first button
 * has the focus, so it is the one that changes nothing.
 *
 * @param changes one sentence each
 * @returns whether the person allowed it, a second or more after the question appeared
 */
export async function askToLoosen(changes: readonly string[], clock: Clock = systemClock): Promise<boolean> {
  const detail = [
    ...changes,
    '',
    'The settings say so. If you have not changed them yourself, a program or the agent has: keep the stricter ones.',
  ].join('\n');
  for (let shown = 0; shown < MOST_SHOWN; shown += 1) {
    const since = clock.now();
    const question = 'May the agent reach more, or be seen less, than before?';
    const answer = await window.showWarningMessage(question, { modal: true, detail }, KEEP, ALLOW);
    if (clock.now() - since < DEAF_MS) continue;
    if (answer !== ALLOW) tellOfStricter();
    return answer === ALLOW;
  }
  tellOfStricter();
  return false;
}

/** The settings go on saying what does not hold, so this is said where they are refused. */
function tellOfStricter(): void {
  tell(
    'The stricter settings stay in effect, whatever the settings say. To allow the change after all, set it back and then again.',
  );
}
