import { type ExtensionContext, ExtensionKind, env, type InputBox, UIKind, type Uri, window } from 'vscode';
import type { Browser } from '../../accounts/sign-in.ts';
import type { AuthorizationAnswer } from '../../oauth/authorization-answer.ts';
import type { Reporter } from '../report.ts';

const COPY = { iconPath: { id: 'copy' }, tooltip: 'Copy the address of the sign-in page' };

/**
 * The person's browser. Where it may run on another computer than this code, the end of a sign-in cannot always reach
 * us, so the person can paste the address that the browser ended on.
 */
export function signInBrowser({ extension }: Pick<ExtensionContext, 'extension'>, reporter: Reporter): Browser {
  const isNear =
    env.uiKind === UIKind.Desktop && (env.remoteName === undefined || extension.extensionKind === ExtensionKind.UI);
  let page = '';
  const open = async (url: string) => {
    page = url;
    // A parsed Uri would encode the query anew and change it; the string is taken as it is.
    const opened = await env.openExternal(url as unknown as Uri);
    if (!opened) showAddress(url);
  };
  return isNear ? { open } : { open, paste: (read, signal) => askForAddress(read, signal, () => page, reporter) };
}

/** For a browser that did not open, or another one than the usual. */
function showAddress(url: string): void {
  const copy = 'Copy the Address';
  window.showWarningMessage('The browser was not opened. Open the address of the sign-in page yourself.', copy).then(
    (pressed) => (pressed === copy ? env.clipboard.writeText(url) : undefined),
    () => undefined,
  );
}

function askForAddress(
  read: (text: string) => AuthorizationAnswer,
  signal: AbortSignal,
  page: () => string,
  reporter: Reporter,
): Promise<AuthorizationAnswer | undefined> {
  const box = window.createInputBox();
  box.title = 'Sign in to Gmail: end of the sign-in';
  box.prompt =
    'Sign in in the browser. If it ends on a page of 127.0.0.1 that cannot be reached, paste the whole address of that page here.';
  box.placeholder = 'http://127.0.0.1:…/?state=…&code=…';
  box.ignoreFocusOut = true;
  box.password = true;
  box.buttons = [COPY as InputBox['buttons'][number]];
  return new Promise((resolve) => {
    const end = (answer: AuthorizationAnswer | undefined) => {
      resolve(answer);
      box.dispose();
    };
    const check = (): AuthorizationAnswer | undefined => {
      try {
        return read(box.value);
      } catch (error) {
        box.validationMessage = reporter.words(error);
        return undefined;
      }
    };
    box.onDidTriggerButton(() => void env.clipboard.writeText(page()));
    box.onDidChangeValue(() => {
      box.validationMessage = undefined;
    });
    box.onDidAccept(() => {
      const answer = check();
      if (answer) end(answer);
    });
    box.onDidHide(() => end(undefined));
    signal.addEventListener('abort', () => end(undefined), { once: true });
    box.show();
  });
}
