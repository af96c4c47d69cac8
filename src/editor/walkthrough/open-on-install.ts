import { stat } from 'node:fs/promises';
import { commands, type ExtensionContext, workspace } from 'vscode';

/** Under which the note is kept that the walkthrough has been opened. */
const OPENED = 'walkthrough-opened';

/**
 * Opens the walkthrough once, after an install in this very window. VS Code does so itself, but in those windows alone
 * in which its welcome page, or another walkthrough, has been open: what listens for installs is not loaded before.
 *
 * @param hostStartedAt when the extension host started, milliseconds since the epoch: the extension was there before,
 *   unless its folder is younger
 */
export async function openOnInstall(
  { extension, globalState }: Pick<ExtensionContext, 'extension' | 'globalState'>,
  hostStartedAt = Date.now() - process.uptime() * 1000,
): Promise<void> {
  const wanted = workspace.getConfiguration('workbench.welcomePage').get('walkthroughs.openOnInstall') !== false;
  if (!wanted || globalState.get(OPENED) === true) return;
  const { ctimeMs: installedAt } = await stat(extension.extensionPath);
  if (installedAt < hostStartedAt) return;
  await globalState.update(OPENED, true);
  await commands.executeCommand('workbench.action.openWalkthrough', `${extension.id}#start`);
}
