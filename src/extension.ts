import { setImmediate as turn } from 'node:timers/promises';
import type { ExtensionContext } from 'vscode';
import type { LocalGoogle } from './editor/agent/sandbox-command.ts';

/** Ends what the window has begun. */
let close: (() => Promise<void>) | undefined;

/**
 * Called by VS Code, which loads and calls all extensions that start with a window one after the other: what this one
 * needs is loaded in a turn of its own, so that the others do not wait for all of it.
 */
export async function activate(context: ExtensionContext): Promise<void> {
  await turn();
  const { openWindow, closeWindow } = await import('./editor/window.ts');
  close = closeWindow;
  await openWindow(context, startSandbox);
}

/** Called by VS Code when the window closes; it waits for the promise. */
export async function deactivate(): Promise<void> {
  await close?.();
}

/** Loaded on demand: most windows never need a local Google. */
async function startSandbox(): Promise<LocalGoogle> {
  const sandbox = await import('./sandbox/start.ts');
  return sandbox.startSandbox();
}
