import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { EXTENSION, type Fixture } from '../support/fixture.ts';
import { ScriptedModel, type Step } from '../support/scripted-model.ts';
import { StatusBar } from '../support/status-bar.ts';

/** The themes that VS Code brings for those who do not choose, and for those who need contrast. */
export const THEMES = {
  light: 'Default Light Modern',
  dark: 'Default Dark Modern',
  'contrast-dark': 'Default High Contrast',
  'contrast-light': 'Default High Contrast Light',
} as const;

/** Until the workbench has taken a theme over, and a notification has come in, in milliseconds. */
const SETTLED = 700;

/** Takes what a window shows, in each theme, into a folder. */
export class Album {
  readonly fixture: Fixture;
  readonly #model: ScriptedModel;
  readonly bar: StatusBar;
  readonly #folder: string;
  #pictures = 0;

  constructor(fixture: Fixture, folder: string) {
    this.fixture = fixture;
    this.#model = new ScriptedModel(fixture.workbench);
    this.bar = new StatusBar(fixture.ui.screen, `${EXTENSION}.gmail`);
    this.#folder = folder;
    mkdirSync(folder, { recursive: true });
  }

  /** How many there are of each theme. */
  get pictures(): number {
    return this.#pictures;
  }

  /** Has the agent do something, in a new chat. */
  async ask(prompt: string, ...steps: Step[]): Promise<void> {
    const { ui } = this.fixture;
    this.#model.script([...steps, { text: 'The tools said: {{results}}' }], prompt);
    await ui.notifications.clear();
    await ui.chat.start();
    await ui.chat.prompt(prompt);
  }

  /** @param show what goes away with a change of the theme, to be done again in each */
  async take(name: string, show?: () => Promise<unknown>): Promise<void> {
    const { driver, ui } = this.fixture;
    this.#pictures += 1;
    for (const [theme, id] of Object.entries(THEMES)) {
      await driver.read(
        (vscode, value) =>
          vscode.workspace.getConfiguration('workbench').update('colorTheme', value, vscode.ConfigurationTarget.Global),
        id,
      );
      await show?.();
      await ui.page.waitForTimeout(SETTLED);
      const file = `${String(this.#pictures).padStart(2, '0')}-${name}-${theme}.png`;
      await ui.page.screenshot({ path: path.join(this.#folder, file) });
    }
  }

  /** The palette, the status bar with its hover, and the menu, as they are now. */
  async takeWindow(state: string): Promise<void> {
    const { ui, driver } = this.fixture;
    await ui.openPalette('Gmail: ');
    await this.take(`palette-${state}`);
    await ui.screen.press('Escape');
    await this.take(`status-${state}`, () => this.bar.pointAt());
    await ui.page.mouse.move(10, 10);
    await driver.start('headlessGmail.showMenu');
    await ui.input.rows('Gmail');
    await this.take(`menu-${state}`);
    await ui.input.cancel('Gmail');
  }
}
