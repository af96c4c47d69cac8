import { type Memento, window } from 'vscode';
import { type ChosenFolder, folderAt, isWideFolder } from '../../shared/chosen-folder.ts';
import { Problem } from '../../shared/problems.ts';
import { tell } from '../tell.ts';

const KEY = 'chosen-save-folder';

/**
 * The folder into which attachments may be saved. It is kept outside the settings, which an agent with a terminal could
 * edit, and only a person at the dialog can name it. What lies at the path then is kept too: it is what was chosen.
 */
export class SaveFolder {
  readonly #memento: Memento;
  #asking: Promise<ChosenFolder | undefined> | undefined;

  constructor(memento: Memento) {
    this.#memento = memento;
  }

  /** The chosen folder, where one has been chosen. */
  get known(): ChosenFolder | undefined {
    const kept = this.#memento.get<ChosenFolder>(KEY);
    return kept && !isWideFolder(kept.path) ? kept : undefined;
  }

  /** The chosen folder; asks where none has been chosen. Undefined where the person gives none. */
  get(): Promise<ChosenFolder | undefined> {
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
    if (folder) tell(`The agent may save attachments into ${folder.path}, and nowhere else.`);
  }

  /** Throws `save_folder_missing` where the dialog answers with what is no folder of this computer, or `save_folder_wide`. */
  async #ask(): Promise<ChosenFolder | undefined> {
    const [picked] =
      (await window.showOpenDialog({
        title: 'Folder into which the agent may save attachments',
        openLabel: 'Use This Folder',
        canSelectFiles: false,
        canSelectFolders: true,
      })) ?? [];
    if (!picked) return undefined;
    const folder = folderAt(picked.fsPath);
    if (!folder) throw Problem.of('save_folder_missing', { folder: picked.fsPath });
    if (isWideFolder(folder.path)) throw Problem.of('save_folder_wide', { folder: folder.path });
    await this.#memento.update(KEY, folder);
    return folder;
  }
}
