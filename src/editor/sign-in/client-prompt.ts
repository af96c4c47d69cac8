import { type Uri, window, workspace } from 'vscode';
import {
  checkClient,
  clientIdFault,
  type ImportedClient,
  parseClientFile,
  secretFault,
} from '../../accounts/client-file.ts';
import type { Reporter } from '../report.ts';
import { guideToClient } from './client-guide.ts';

type Way = 'guide' | 'file' | 'paste' | 'type';

const WAYS: readonly { label: string; detail: string; way: Way }[] = [
  {
    way: 'guide',
    label: '$(compass) Guide me to a client of my own…',
    detail: 'Five pages of Google Cloud, about ten minutes, once',
  },
  {
    way: 'file',
    label: '$(file) Import the client file…',
    detail: 'client_secret….json, as Google Cloud offers it for download',
  },
  { way: 'paste', label: '$(clippy) Paste the client file', detail: 'The content of that file' },
  { way: 'type', label: '$(edit) Type the client id and secret', detail: 'From APIs & Services > Credentials' },
];

/** Each step has a title of its own, so that nobody types a secret into the wrong box. */
const TITLES = {
  way: 'Sign in to Gmail: the OAuth client',
  paste: 'Sign in to Gmail: paste the client file',
  id: 'Sign in to Gmail: client id',
  secret: 'Sign in to Gmail: client secret',
};

/** Asks for the OAuth client. Undefined when the person leaves. A bad file is explained and asked for again. */
export async function askForClient(reporter: Reporter): Promise<ImportedClient | undefined> {
  const picked = await window.showQuickPick(WAYS, {
    title: TITLES.way,
    placeHolder: 'Every user brings an OAuth client of the type Desktop app',
    ignoreFocusOut: true,
  });
  if (picked?.way === 'guide') return (await guideToClient()) ? importFile(reporter) : undefined;
  if (picked?.way === 'file') return importFile(reporter);
  if (picked?.way === 'paste') return pasteFile(reporter);
  return picked ? typeClient() : undefined;
}

async function importFile(reporter: Reporter): Promise<ImportedClient | undefined> {
  for (;;) {
    const [file] =
      (await window.showOpenDialog({
        title: 'Import the client file',
        openLabel: 'Import',
        filters: { JSON: ['json'] },
      })) ?? [];
    if (!file) return undefined;
    try {
      return parseClientFile(await readText(file));
    } catch (error) {
      if (!(await reporter.show(error, { button: 'Choose Another File' }))) return undefined;
    }
  }
}

async function readText(file: Uri): Promise<string> {
  return new TextDecoder().decode(await workspace.fs.readFile(file));
}

async function pasteFile(reporter: Reporter): Promise<ImportedClient | undefined> {
  const text = await window.showInputBox({
    title: TITLES.paste,
    prompt: 'Paste the whole content of client_secret….json',
    password: true,
    ignoreFocusOut: true,
    validateInput: (value) => (value ? faultOf(reporter, () => parseClientFile(value)) : undefined),
  });
  return text ? parseClientFile(text) : undefined;
}

async function typeClient(): Promise<ImportedClient | undefined> {
  const id = await window.showInputBox({
    title: TITLES.id,
    prompt: 'From the OAuth client of the type Desktop app',
    placeHolder: '….apps.googleusercontent.com',
    ignoreFocusOut: true,
    validateInput: (value) => (value ? sentenceOf(clientIdFault(value)) : undefined),
  });
  if (!id) return undefined;
  const secret = await window.showInputBox({
    title: TITLES.secret,
    prompt: 'It is shown beside the client id, or in its download',
    password: true,
    ignoreFocusOut: true,
    validateInput: (value) => (value ? sentenceOf(secretFault('client secret', value)) : undefined),
  });
  return secret ? { ...checkClient(id, secret), sandboxOrigin: undefined } : undefined;
}

function faultOf(reporter: Reporter, parse: () => unknown): string | undefined {
  try {
    parse();
    return undefined;
  } catch (error) {
    return reporter.words(error);
  }
}

/** A fault as it stands under an input box. */
export function sentenceOf(fault: string | undefined): string | undefined {
  return fault && `${fault.charAt(0).toUpperCase()}${fault.slice(1)}.`;
}
