import { homedir } from 'node:os';
import path from 'node:path';
import { workspace } from 'vscode';

/**
 * The folders whose files the agent may attach: those of a trusted workspace, and the folder for attachments. A
 * workspace that is the home folder, one around it, or a root holds everything, so it counts for nothing; neither does
 * one around what the extension itself keeps.
 *
 * @param own the extension's own storage, absolute
 */
export function attachmentFolders(saveFolder: string | undefined, own: string): string[] {
  const folders = workspace.isTrusted ? (workspace.workspaceFolders ?? []) : [];
  const opened = folders.flatMap(({ uri }) => (uri.scheme === 'file' ? uri.fsPath : []));
  return [...opened, ...(saveFolder === undefined ? [] : [saveFolder])].filter(
    (folder) => !contains(folder, homedir()) && !contains(folder, own) && !contains(own, folder),
  );
}

/** Whether a folder is another one, or around it. */
function contains(folder: string, other: string): boolean {
  const way = path.relative(folder, other);
  return way === '' || (!way.startsWith('..') && !path.isAbsolute(way));
}
