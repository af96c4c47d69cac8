import { workspace } from 'vscode';
import { type ChosenFolder, folderAt, isAround, isWideFolder } from '../../shared/chosen-folder.ts';

/**
 * The folders whose files the agent may attach: those of a trusted workspace, and the folder for attachments. A
 * workspace that is the home folder, one around it, or a root holds everything, so it counts for nothing; neither does
 * one around what the extension itself keeps.
 *
 * @param saveFolder as it was when it was chosen; those of the workspace are taken as they are now
 * @param own the extension's own storage, absolute
 */
export function attachmentFolders(saveFolder: ChosenFolder | undefined, own: string): ChosenFolder[] {
  const folders = workspace.isTrusted ? (workspace.workspaceFolders ?? []) : [];
  const isNarrow = (folder: string) => !isWideFolder(folder) && !isAround(folder, own) && !isAround(own, folder);
  const opened = folders.flatMap(({ uri }) => (uri.scheme === 'file' && isNarrow(uri.fsPath) ? uri.fsPath : []));
  // Links on the way lead elsewhere, so that the real place is looked at as well.
  return [...opened.flatMap((folder) => folderAt(folder) ?? []), ...(saveFolder ? [saveFolder] : [])].filter(
    ({ path: real }) => isNarrow(real),
  );
}
