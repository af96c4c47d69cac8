import { openBrowser } from '../workbench/support/browser.ts';
import { openWindow } from '../workbench/support/ui.ts';
import { startWorkbench } from '../workbench/support/workbench.ts';
import { type Spread, spreadOf } from './figures.ts';

/** An extension in the list of those that run, and its time there. */
const ROW = '.runtime-extensions-editor .monaco-list-row';
const TIME = /(\d+)\s*ms/;

const OURS = 'Headless Mail';

/** An extension that VS Code brings along: a small one, which is activated at the same time of a start. */
const CONTROL = 'Merge Conflict';

/** In milliseconds. */
export interface ActivationFigures {
  extension: Spread;
  /** Of an extension of VS Code's own in the same windows. */
  control: Spread;
}

/**
 * What VS Code itself says of how long the packaged extension took to activate, and a small one of its own, in whole
 * milliseconds, in the real workbench, whose window is loaded anew each time.
 *
 * @throws Error where this computer is none for the workbench tests (Linux on x64)
 */
export async function measureActivation(vsixFile: string, loads: number): Promise<ActivationFigures> {
  const workbench = await startWorkbench({ vsixFiles: [vsixFile], removesProfile: true });
  const browser = await openBrowser(workbench.profile.browser);
  try {
    const [extension, control]: [number[], number[]] = [[], []];
    const ui = await openWindow(browser, workbench);
    const timeOf = async (name: string) => {
      const row = ui.page.locator(ROW, { hasText: name });
      const look = async () => TIME.exec((await row.allInnerTexts())[0] ?? '')?.[1];
      return Number(await ui.screen.until(`the time of the activation of ${name}`, look));
    };
    for (let load = 0; load < loads; load += 1) {
      await ui.page.reload({ waitUntil: 'domcontentloaded' });
      await ui.runCommand('Developer: Show Running Extensions');
      extension.push(await timeOf(OURS));
      control.push(await timeOf(CONTROL));
    }
    return { extension: spreadOf(extension), control: spreadOf(control) };
  } finally {
    await browser.close();
    await workbench.stop();
  }
}
