import { openBrowser } from '../workbench/support/browser.ts';
import { openWindow } from '../workbench/support/ui.ts';
import { startWorkbench } from '../workbench/support/workbench.ts';
import { type Spread, spreadOf } from './figures.ts';

/** The extension in the list of those that run, and its time there. */
const ROW = '.runtime-extensions-editor .monaco-list-row';
const TIME = /(\d+)\s*ms/;

interface Window {
  /** Loads the window anew: milliseconds of the activation. */
  load(): Promise<number>;
  close(): Promise<void>;
}

/**
 * What VS Code itself says of how long each packaged extension took to activate, in whole milliseconds, in a real
 * workbench of its own, whose window is loaded anew each time; they take turns.
 *
 * @throws Error where this computer is none for the workbench tests (Linux on x64)
 */
export async function measureActivation(vsixFiles: readonly string[], loads: number): Promise<Spread[]> {
  const windows: Window[] = [];
  try {
    for (const file of vsixFiles) windows.push(await openWith(file));
    const times = windows.map((): number[] => []);
    for (let load = 0; load < loads; load += 1) {
      for (const [index, window] of windows.entries()) times[index]?.push(await window.load());
    }
    return times.map(spreadOf);
  } finally {
    for (const window of windows) await window.close();
  }
}

async function openWith(vsixFile: string): Promise<Window> {
  const workbench = await startWorkbench({ vsixFiles: [vsixFile], removesProfile: true });
  const browser = await openBrowser(workbench.profile.browser);
  const ui = await openWindow(browser, workbench);
  return {
    load: async () => {
      await ui.page.reload({ waitUntil: 'domcontentloaded' });
      await ui.runCommand('Developer: Show Running Extensions');
      const row = ui.page.locator(ROW, { hasText: 'Headless Mail' });
      const look = async () => TIME.exec((await row.allInnerTexts())[0] ?? '')?.[1];
      return Number(await ui.screen.until('the time of the activation', look));
    },
    close: async () => {
      await browser.close();
      await workbench.stop();
    },
  };
}
