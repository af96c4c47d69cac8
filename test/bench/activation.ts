import { openBrowser } from '../workbench/support/browser.ts';
import { vsixFile } from '../workbench/support/fixture.ts';
import { openWindow } from '../workbench/support/ui.ts';
import { startWorkbench } from '../workbench/support/workbench.ts';
import { type Spread, spreadOf } from './figures.ts';

/** The extension in the list of those that run, and its time there. */
const ROW = '.runtime-extensions-editor .monaco-list-row';
const TIME = /(\d+)\s*ms/;

/**
 * What VS Code itself says of how long the packaged extension took to activate, in whole milliseconds, in the real
 * workbench, whose window is loaded anew each time.
 *
 * @throws Error where this computer is none for the workbench tests (Linux on x64)
 */
export async function measureActivation(loads: number): Promise<Spread> {
  const workbench = await startWorkbench({ vsixFiles: [vsixFile()], removesProfile: true });
  const browser = await openBrowser(workbench.profile.browser);
  try {
    const times: number[] = [];
    const ui = await openWindow(browser, workbench);
    for (let load = 0; load < loads; load += 1) {
      await ui.page.reload({ waitUntil: 'domcontentloaded' });
      await ui.runCommand('Developer: Show Running Extensions');
      const row = ui.page.locator(ROW, { hasText: 'Headless Mail' });
      const look = async () => TIME.exec((await row.allInnerTexts())[0] ?? '')?.[1];
      times.push(Number(await ui.screen.until('the time of the activation', look)));
    }
    return spreadOf(times);
  } finally {
    await browser.close();
    await workbench.stop();
  }
}
