import { type Memento, window } from 'vscode';
import { tell } from '../tell.ts';

const KEY = 'save-folder';

/**
 * The folder into which attachments may be saved. It is kept outside the settings, which an agent with a terminal could
 * edit, and only a person at the dialog can name it.
 */
export class SaveFolder {
  readonly #memento: Memento;
  #asking: Promise<string | undefined> | undefined;

  constructor(memento: Memento) {
    this.#memento = memento;
  }

  /** The chosen folder, where one has been chosen. */
  get known(): string | undefined {
    return this.#memento.get<string>(KEY);
  }

  /** The chosen folder; asks where none has been chosen. Undefined where the person gives none. */
  get(): Promise<string | undefined> {
    const { known } = this;
    if (known !== undefined) return Promise.resolve(known);
    // Several files at once are one question.
    this.#asking ??= this.#ask().finally(() => {
      this.#asking = undefined;
    });
    return this.#asking;
  }

  /** `Gmail: Choose Folder for Attachments…`. */
  async choose(): Promise<void> {
    const folder = await this.#ask();
    if (folder) tell(`The agent may save attachments into ${folder}, and nowhere else.`);
  }

  async #ask(): Promise<string | undefined> {
    const [folder] =
      (await window.showOpenDialog({
        title: 'Folder into which the agent may save attachments',
        openLabel: 'Use This Folder',
        canSelectFiles: false,
        canSelectFolders: true,
      })) ?? [];
    if (!folder) return undefined;
    await this.#memento.update(KEY, folder.fsPath);
    return folder.fsPath;
  }
}
