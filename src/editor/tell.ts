import { ProgressLocation, window } from 'vscode';

/** Shows a notification without waiting for it to be closed. */
export function tell(message: string): void {
  window.showInformationMessage(message).then(undefined, () => undefined);
}

/** Shows that work is under way, until it ends. */
export function withProgress<T>(title: string, work: () => Promise<T>): Thenable<T> {
  return window.withProgress({ location: ProgressLocation.Notification, title }, work);
}
